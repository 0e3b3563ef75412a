internal import Matrix

/// The matrices of ``ADMM`` and the factorization that its steps share.
///
///     K = P + σ I + Aᵀ R A + W = L Lᵀ
///
/// All in the units of the equilibrated program; the constraints are columns.
struct ADMMSystem {
  /// P̂, with its scale c, and D and R of x = D x̂ and Â = R A D.
  let p: Matrix<Double>
  let g: Matrix<Double>
  let objectiveScale: Double
  let variableScale: Vector<Double>
  let rowScale: Vector<Double>
  /// Where both sides are one in all programs, 1000; where there are none in any
  /// of them, 0; else 1.
  private let rowFactors: Vector<Double>
  private let boundFactors: Vector<Double>
  /// R and W.
  private(set) var rowWeights: Vector<Double>
  private(set) var boundWeights: Vector<Double>
  private(set) var factorizations = 0
  private var cholesky: Cholesky<Double>
  private var square: WeightedSquare
  private var block: Matrix<Double>

  /// σ.
  static let proximity = 1e-6

  var n: Int { g.rows }
  var m: Int { g.columns }

  /// The matrices of a program, for these gradients and sides as columns.
  init(_ program: QuadraticProgram, _ vectors: QuadraticVectors) {
    // Equilibration looks at the matrices and at the size of q; all rows are to
    // stay, and no variable is fixed in all programs for being so in one.
    let scaled = ScaledProgram(
      program.opened(gradient: vectors.largestGradient))
    p = scaled.p
    g = scaled.g
    objectiveScale = scaled.c
    variableScale = scaled.d
    rowScale = scaled.inequalityScale
    rowFactors = Self.factors(vectors.lower, vectors.upper)
    boundFactors = Self.factors(vectors.lowerBounds, vectors.upperBounds)
    rowWeights = rowFactors
    boundWeights = boundFactors
    let n = scaled.n
    cholesky = Cholesky(order: n)
    square = WeightedSquare(of: g, order: n)
    block = .zeros(n, n)
  }

  private static func factors(
    _ lower: Matrix<Double>, _ upper: Matrix<Double>
  ) -> Vector<Double> {
    Vector(count: lower.rows) { i in
      var (isOne, isNone) = (true, true)
      for k in 0..<lower.columns {
        if lower[i, k] != upper[i, k] { isOne = false }
        if lower[i, k] > -.infinity || upper[i, k] < .infinity {
          isNone = false
        }
      }
      return isNone ? 0 : isOne ? 1000 : 1
    }
  }

  /// Factorizes K for this ρ.
  ///
  /// - Returns: false where even a large σ gives no factorization.
  mutating func factorize(penalty: Double) -> Bool {
    for i in 0..<m { rowWeights.set(i, to: penalty * rowFactors[i]) }
    for j in 0..<n { boundWeights.set(j, to: penalty * boundFactors[j]) }
    square.form(of: g, weights: rowWeights, into: &block)
    block.add(p)
    block.addToDiagonal(boundWeights)
    // σ is lost beside weights beyond 10¹⁰ σ; what replaces it then is as small
    // beside them.
    var shift = Self.proximity
    for _ in 0..<6 {
      factorizations += 1
      if cholesky.attempt(block, addingToDiagonal: shift) == nil { return true }
      shift *= 100
    }
    return false
  }

  /// B ← K⁻¹ B in the leading `count` columns.
  func solve(_ b: inout Matrix<Double>, count: Int) {
    let n = n
    cholesky.factor.read { l in
      b.write { b in
        if count == 1 {
          Double._trsv(.lower, false, false, n, l, n, b)
          Double._trsv(.lower, true, false, n, l, n, b)
        } else {
          Double._trsm(.left, .lower, false, false, n, count, 1, l, n, b, n)
          Double._trsm(.left, .lower, true, false, n, count, 1, l, n, b, n)
        }
      }
    }
  }

  /// V ← Gᵀ X in the leading `count` columns.
  func setValues(
    of x: Matrix<Double>, count: Int, into v: inout Matrix<Double>
  ) {
    Self.multiply(g, transposed: true, x, count, beta: 0, &v)
  }

  /// B ← B + G Y in the leading `count` columns.
  func addPull(
    of y: Matrix<Double>, count: Int, to b: inout Matrix<Double>
  ) {
    Self.multiply(g, transposed: false, y, count, beta: 1, &b)
  }

  /// C ← P X in the leading `count` columns.
  func setCurvature(
    of x: Matrix<Double>, count: Int, into c: inout Matrix<Double>
  ) {
    let n = n
    p.read { p in
      x.read { x in
        c.write { c in
          if count == 1 {
            Double._symv(n, 1, p, n, x, 0, c)
          } else {
            Double._symm(.left, n, count, 1, p, n, x, n, 0, c, n)
          }
        }
      }
    }
  }

  private static func multiply(
    _ a: Matrix<Double>, transposed: Bool, _ x: Matrix<Double>, _ count: Int,
    beta: Double, _ y: inout Matrix<Double>
  ) {
    let (rows, columns) = (a.rows, a.columns)
    let (m, k) = transposed ? (columns, rows) : (rows, columns)
    // Products with nothing leave what BLAS is given as it is.
    guard m > 0, k > 0 else { return }
    a.read { a in
      x.read { x in
        y.write { y in
          if count == 1 {
            Double._gemv(
              transposed, rows, columns, 1, a, rows, x, 1, beta, y, 1)
          } else {
            Double._gemm(
              transposed, false, m, count, k, 1, a, rows, x, k, beta, y, m)
          }
        }
      }
    }
  }
}

extension QuadraticProgram {
  /// The program with this gradient, without bounds, and with two sides for each
  /// row.
  fileprivate func opened(gradient: Vector<Double>) -> QuadraticProgram {
    var result = self
    result.gradient = gradient
    let ones = Vector(repeating: 1.0, count: constraints.count)
    result.constraints = LinearConstraints(
      constraints.matrix, from: -ones, to: ones)
    result.bounds = .none(count: dimension)
    return result
  }
}
