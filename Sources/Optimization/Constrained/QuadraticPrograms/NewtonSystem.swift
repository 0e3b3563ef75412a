internal import Matrix

/// The linear system of a step of the interior-point method.
///
///     (P + G W Gᵀ + w   E ) ( dx)   (f)
///     (      Eᵀ         0 ) (−dy) = (h)
///
/// Inequalities are condensed into the first block, whose order stays n however
/// many there are: with W > 0 that adds squares, nothing cancels. It is factorized by
/// Cholesky where there are no equalities and by LDLᵀ where there are, with ρ I
/// added to the first block and −δ I to the second: then both exist for singular P
/// and dependent rows. What that changes, refinement takes back where the system
/// is regular; where it is not, the next step does, as in the proximal method of
/// multipliers.
///
/// Source: Friedlander and Orban 2012, section 3 (regularised quasi-definite
/// systems); Altman and Gondzio 1999.
struct NewtonSystem {
  /// The first block, or all of it when there are equalities.
  private var block: Matrix<Double>
  private var whole: Matrix<Double>
  private var cholesky: Cholesky<Double>
  private var ldlt: LDLT<Double>
  private var square: WeightedSquare
  /// W, and w of the variables.
  private var rowWeights: Vector<Double>
  private var variableWeights: Vector<Double>
  private var both: Vector<Double>
  private var image: Vector<Double>
  /// What is left of the right-hand sides.
  private var f: Vector<Double>
  private var h: Vector<Double>
  private var correction: Vector<Double>
  private let n: Int
  private let equalities: Int
  /// The least ρ = δ.
  static let smallest = 1e-10

  init(_ program: ScaledProgram) {
    n = program.n
    equalities = program.e.columns
    let order = n + equalities
    block = .zeros(n, n)
    whole = equalities > 0 ? .zeros(order, order) : .zeros(0, 0)
    cholesky = Cholesky(order: equalities > 0 ? 0 : n)
    ldlt = LDLT(order: equalities > 0 ? order : 0)
    square = WeightedSquare(of: program.g, order: n)
    rowWeights = .zeros(program.g.columns)
    variableWeights = .zeros(n)
    both = .zeros(order)
    image = .zeros(program.g.columns)
    f = .zeros(n)
    h = .zeros(equalities)
    correction = .zeros(order)
  }

  /// Factorizes the system with these weights of the constraints, those of the
  /// variables last.
  ///
  /// - Parameters:
  ///   - program: the matrices.
  ///   - weights: W, and w of the variables.
  ///   - regularization: ρ = δ, that of the last factorization and then of this.
  /// - Returns: false where even strong regularisation gives no factorization.
  mutating func factorize(
    _ program: ScaledProgram, weights: Vector<Double>,
    regularization: inout Double
  ) -> Bool {
    let rows = rowWeights.count
    for i in 0..<rows { rowWeights.set(i, to: weights[i]) }
    for j in 0..<n { variableWeights.set(j, to: weights[rows + j]) }
    square.form(of: program.g, weights: rowWeights, into: &block)
    block.add(program.p)
    block.addToDiagonal(variableWeights)
    regularization = max(Self.smallest, regularization / 16)
    for _ in 0..<8 {
      if attempt(program, regularization) { return true }
      regularization *= 100
    }
    return false
  }

  private mutating func attempt(
    _ program: ScaledProgram, _ regularization: Double
  ) -> Bool {
    if equalities == 0 {
      // Beside large weights ρ is lost; what is kept of it is rounding's size.
      return cholesky.attempt(block, addingToDiagonal: regularization) == nil
    }
    let (n, order, m) = (n, n + equalities, equalities)
    let e = program.e
    block.read { block in
      e.read { e in
        whole.write { k in
          for j in 0..<n {
            let column = k + j * order
            (column + j).update(from: block + j * n + j, count: n - j)
            column[j] += regularization
            for i in 0..<m { column[n + i] = e[j + i * n] }
          }
          for i in 0..<m {
            let column = k + (n + i) * order + n + i
            column.update(repeating: 0, count: m - i)
            column[0] = -regularization
          }
        }
      }
    }
    do { try ldlt.factorize(whole) } catch { return false }
    return true
  }

  /// Solves for dx and dy, refining the solution against the system without
  /// regularisation.
  mutating func solve(
    _ program: ScaledProgram, _ first: Vector<Double>, _ second: Vector<Double>,
    into dx: inout Vector<Double>, _ dy: inout Vector<Double>,
    refinements: Int
  ) {
    dx.fill(with: 0)
    dy.fill(with: 0)
    f.copy(from: first)
    h.copy(from: second)
    var norm = max(f.normInfinity, h.normInfinity)
    for k in 0...refinements {
      for j in 0..<n { both.set(j, to: f[j]) }
      for i in 0..<equalities { both.set(n + i, to: h[i]) }
      if equalities == 0 {
        cholesky.solve(inPlace: &both)
      } else {
        ldlt.solve(inPlace: &both)
      }
      for j in 0..<n { dx.set(j, to: dx[j] + both[j]) }
      for i in 0..<equalities { dy.set(i, to: dy[i] - both[n + i]) }
      guard k < refinements else { return }
      setResidual(program, first, second, dx, dy)
      let rest = max(f.normInfinity, h.normInfinity)
      // A residual that does not shrink is rounding, or NaN.
      guard rest < 0.5 * norm else {
        if !(rest <= 2 * norm) {
          for j in 0..<n { dx.set(j, to: dx[j] - both[j]) }
          for i in 0..<equalities { dy.set(i, to: dy[i] + both[n + i]) }
        }
        return
      }
      norm = rest
      if norm <= 1e-15 { return }
    }
  }

  private mutating func setResidual(
    _ program: ScaledProgram, _ first: Vector<Double>, _ second: Vector<Double>,
    _ dx: Vector<Double>, _ dy: Vector<Double>
  ) {
    f.copy(from: first)
    program.p.symmetricMultiply(dx, into: &f, alpha: -1, beta: 1)
    program.g.multiply(dx, transposed: true, into: &image)
    for i in 0..<image.count { image.set(i, to: image[i] * rowWeights[i]) }
    program.g.multiply(image, into: &f, alpha: -1, beta: 1)
    for j in 0..<n { f.set(j, to: f[j] - variableWeights[j] * dx[j]) }
    program.e.multiply(dy, into: &f, alpha: 1, beta: 1)
    h.copy(from: second)
    program.e.multiply(dx, transposed: true, into: &h, alpha: -1, beta: 1)
  }
}
