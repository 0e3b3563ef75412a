internal import Matrix

/// A quadratic program as methods work on it: without fixed variables and rows
/// that say nothing, equalities apart, inequalities one side at a time,
/// equilibrated.
///
///     min ½ xᵀP x + qᵀx   where   Eᵀx = b,   σₖ vₖ ≥ σₖ βₖ,   v = (Gᵀx, x)
///
/// E and G hold constraints as columns, so that one constraint is contiguous. With
/// user's numbers x, A and x = D x̂ the scaled ones are P̂ = c D P D, q̂ = c D q,
/// Â = R A D.
struct ScaledProgram {
  /// A finite side of an inequality: σ v ≥ σ β, for constraint v.
  struct Side {
    /// The place in v: a column of G, or the number of those and a variable.
    var constraint: Int
    /// σ: 1 for a lower side, −1 for an upper one.
    var sign: Double
    /// β.
    var bound: Double
  }

  /// The user's numbers of the variables that are not fixed.
  let variables: [Int]
  /// The user's numbers of the rows in E.
  let equalityRows: [Int]
  /// The user's numbers of the rows in G.
  let inequalityRows: [Int]

  /// P̂, both triangles.
  private(set) var p: Matrix<Double>
  private(set) var q: Vector<Double>
  private(set) var e: Matrix<Double>
  private(set) var b: Vector<Double>
  private(set) var g: Matrix<Double>
  private(set) var sides: [Side] = []

  /// D, c and R of E and of G.
  private(set) var d: Vector<Double>
  private(set) var c = 1.0
  private(set) var equalityScale: Vector<Double>
  private(set) var inequalityScale: Vector<Double>

  /// The number of variables n.
  var n: Int { variables.count }
  /// The number of inequalities, bounds on variables included.
  var constraintCount: Int { g.columns + n }
  /// Whether P = 0.
  let isLinear: Bool

  init(_ program: QuadraticProgram, equilibrating: Bool = true) {
    let bounds = program.bounds
    let rows = program.constraints
    let variables = (0..<program.dimension).filter {
      bounds.lower[$0] < bounds.upper[$0]
    }
    let equalities = (0..<rows.count).filter {
      rows.lower[$0] == rows.upper[$0]
    }
    let inequalities = (0..<rows.count).filter {
      rows.lower[$0] < rows.upper[$0]
        && (rows.lower[$0].isFinite || rows.upper[$0].isFinite)
    }
    let n = variables.count
    if n == program.dimension {
      p = program.hessian
    } else {
      p = Matrix(rows: n, columns: n) {
        program.hessian[variables[$0], variables[$1]]
      }
    }
    let a = rows.matrix
    e = Matrix(rows: n, columns: equalities.count) {
      a[equalities[$1], variables[$0]]
    }
    g = Matrix(rows: n, columns: inequalities.count) {
      a[inequalities[$1], variables[$0]]
    }
    isLinear = p.maximumMagnitude == 0
    q = .zeros(n)
    b = .zeros(equalities.count)
    d = Vector(repeating: 1, count: n)
    equalityScale = Vector(repeating: 1, count: equalities.count)
    inequalityScale = Vector(repeating: 1, count: inequalities.count)
    self.variables = variables
    equalityRows = equalities
    inequalityRows = inequalities
    if equilibrating { equilibrate() }
    setVectors(of: program)
  }

  /// Takes over q, l, u and the bounds of a program with the same matrices, the
  /// same equalities and the same fixed variables.
  mutating func setVectors(
    of program: QuadraticProgram, keepingScale: Bool = false
  ) {
    let bounds = program.bounds
    let rows = program.constraints
    // What the fixed variables contribute.
    var shift = Vector<Double>.zeros(program.dimension)
    var fixed = false
    for j in 0..<program.dimension where bounds.lower[j] == bounds.upper[j] {
      shift[j] = bounds.lower[j]
      fixed = fixed || shift[j] != 0
    }
    var gradient = program.gradient
    var image = Vector<Double>.zeros(rows.count)
    if fixed {
      program.hessian.symmetricMultiply(shift, into: &gradient, beta: 1)
      rows.matrix.multiply(shift, into: &image)
    }
    for (k, j) in variables.enumerated() { q[k] = d[k] * gradient[j] }
    if !keepingScale { setObjectiveScale() }
    q.scale(by: c)
    for (k, i) in equalityRows.enumerated() {
      b[k] = equalityScale[k] * (rows.lower[i] - image[i])
    }
    sides.removeAll(keepingCapacity: true)
    for (k, i) in inequalityRows.enumerated() {
      addSides(
        k, rows.lower[i] - image[i], rows.upper[i] - image[i],
        inequalityScale[k])
    }
    for (k, j) in variables.enumerated() {
      addSides(
        g.columns + k, bounds.lower[j], bounds.upper[j], 1 / d[k])
    }
  }

  /// Chooses c so that the objective is of about 1: multipliers then are about
  /// as large as x.
  private mutating func setObjectiveScale() {
    let size = max(q.normInfinity, meanColumnNorm / c)
    let scale = size > 0 ? min(max(1 / size, 1e-8), 1e8).binade : 1
    if scale != c { p.scale(by: scale / c) }
    c = scale
  }

  /// The mean over columns of max |P̂ᵢⱼ|.
  private var meanColumnNorm: Double {
    guard n > 0 else { return 0 }
    let n = n
    var sum = 0.0
    p.read { p in
      for j in 0..<n { sum += Double._maxMagnitude(n, p + j * n) }
    }
    return sum / Double(n)
  }

  private mutating func addSides(
    _ constraint: Int, _ lower: Double, _ upper: Double, _ scale: Double
  ) {
    if lower > -.infinity {
      sides.append(Side(constraint: constraint, sign: 1, bound: scale * lower))
    }
    if upper < .infinity {
      sides.append(Side(constraint: constraint, sign: -1, bound: scale * upper))
    }
  }

  /// Ruiz's iteration: each row and column of the matrix (P Aᵀ; A 0) is divided
  /// by the square root of its largest magnitude, until all are about 1.
  ///
  /// Powers of 2 make the scaling exact.
  ///
  /// Source: Ruiz, A scaling algorithm to equilibrate both rows and columns norms in
  /// matrices, RAL-TR-2001-034.
  private mutating func equilibrate() {
    let n = n
    guard n > 0 else { return }
    var largest = [Double](repeating: 0, count: n)
    for _ in 0..<6 {
      var deviation = 0.0
      for j in 0..<n { largest[j] = 0 }
      p.read { p in
        for j in 0..<n { largest[j] = Double._maxMagnitude(n, p + j * n) }
      }
      var factors = [e, g].map { Vector<Double>.zeros($0.columns) }
      for (k, a) in [e, g].enumerated() {
        a.read { a in
          for i in 0..<factors[k].count {
            let column = a + i * n
            let size = Double._maxMagnitude(n, column)
            factors[k][i] = size > 0 ? Self.root(size) : 1
            if size > 0 { deviation = max(deviation, abs(1 - size)) }
            largest.withUnsafeMutableBufferPointer { largest in
              for j in 0..<n {
                let element = abs(column[j])
                largest[j] = element > largest[j] ? element : largest[j]
              }
            }
          }
        }
      }
      var columnFactors = Vector<Double>(repeating: 1, count: n)
      for j in 0..<n where largest[j] > 0 {
        columnFactors[j] = Self.root(largest[j])
        deviation = max(deviation, abs(1 - largest[j]))
      }
      Self.scale(&p, rows: columnFactors, columns: columnFactors)
      Self.scale(&e, rows: columnFactors, columns: factors[0])
      Self.scale(&g, rows: columnFactors, columns: factors[1])
      for j in 0..<n { d[j] *= columnFactors[j] }
      for i in 0..<e.columns { equalityScale[i] *= factors[0][i] }
      for i in 0..<g.columns { inequalityScale[i] *= factors[1][i] }
      if deviation <= 0.5 { break }
    }
  }

  /// The power of 2 next to 1 / √size.
  private static func root(_ size: Double) -> Double {
    let exponent = (Double(size.exponent) / 2).rounded()
    return Double(sign: .plus, exponent: -Int(exponent), significand: 1)
  }

  private static func scale(
    _ a: inout Matrix<Double>, rows: Vector<Double>, columns: Vector<Double>
  ) {
    let (m, n) = (a.rows, a.columns)
    a.write { a in
      rows.read { rows in
        for j in 0..<n {
          let factor = columns[j]
          let column = a + j * m
          for i in 0..<m { column[i] *= factor * rows[i] }
        }
      }
    }
  }
}
