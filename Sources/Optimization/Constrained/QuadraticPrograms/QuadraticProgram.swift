public import Matrix

/// A convex quadratic program.
///
///     min ½ xᵀP x + qᵀx + r   where   l ≤ A x ≤ u   and   bounds on x
///
/// P is symmetric and positive semidefinite; with P = 0 this is a linear program.
///
///     let program = try QuadraticProgram(
///       hessian: [[2, 0], [0, 2]], gradient: [-2, -5],
///       subjectTo: [
///         .rows([[1, -2], [-1, -2], [-1, 2]], atLeast: [-2, -6, -2])
///       ],
///       within: Bounds(0...Double.infinity, count: 2))
///     let solution = minimize(program)
///     print(solution.x)                       // [1.4, 1.7]
///
/// What cannot be a convex program is an error before anything runs: sides that
/// cross, numbers that are not finite, a P with negative curvature.
public struct QuadraticProgram: Codable, Equatable, Sendable {
  /// P, both triangles.
  public let hessian: Matrix<Double>
  /// q.
  public internal(set) var gradient: Vector<Double>
  /// r.
  public internal(set) var constant: Double
  /// A, l and u.
  public internal(set) var constraints: LinearConstraints
  /// The bounds on x.
  public internal(set) var bounds: Bounds

  /// A convex quadratic program.
  ///
  /// - Parameters:
  ///   - hessian: P, n×n.
  ///   - gradient: q, of n elements.
  ///   - constant: r.
  ///   - constraints: the rows, one list below the other.
  ///   - bounds: those of the variables; none if nil.
  /// - Throws: ``QuadraticProgramError`` where a number is not finite, sides cross,
  ///   or P is not symmetric or has an eigenvalue below −10 n ε ‖P‖.
  /// - Precondition: shapes agree.
  /// - Complexity: n³/3 flops, by which P is found to be convex.
  public init(
    hessian: Matrix<Double>, gradient: Vector<Double>, constant: Double = 0,
    subjectTo constraints: [LinearConstraints] = [],
    within bounds: Bounds? = nil
  ) throws(QuadraticProgramError) {
    let n = gradient.count
    precondition(
      hessian.rows == n && hessian.columns == n,
      "P is \(hessian.rows)×\(hessian.columns) and q has \(n) elements")
    if let bounds {
      precondition(
        bounds.count == n, "bounds of \(bounds.count) variables for \(n)")
    }
    self.hessian = try Self.symmetrized(hessian)
    self.gradient = gradient
    self.constant = constant
    self.constraints = .stack(constraints, variables: n)
    self.bounds = bounds ?? .none(count: n)
    try checkVectors()
    try checkMatrix()
    try Self.checkConvexity(self.hessian)
  }

  /// A linear program: min qᵀx + r where l ≤ A x ≤ u within bounds.
  ///
  /// - Throws: ``QuadraticProgramError`` where a number is not finite or sides
  ///   cross.
  /// - Precondition: shapes agree.
  public init(
    linear gradient: Vector<Double>, constant: Double = 0,
    subjectTo constraints: [LinearConstraints] = [],
    within bounds: Bounds? = nil
  ) throws(QuadraticProgramError) {
    let n = gradient.count
    try self.init(
      hessian: .zeros(n, n), gradient: gradient, constant: constant,
      subjectTo: constraints, within: bounds)
  }

  /// The number of variables n.
  public var dimension: Int { gradient.count }

  /// The same program with other vectors; the matrices, examined already, are
  /// kept.
  ///
  /// - Parameters:
  ///   - gradient: q; as it is if nil.
  ///   - lower: l; as it is if nil.
  ///   - upper: u; as it is if nil.
  ///   - bounds: the bounds on x; as they are if nil.
  /// - Throws: ``QuadraticProgramError`` as the initialiser.
  /// - Precondition: the counts are those of the program.
  public func with(
    gradient: Vector<Double>? = nil, lower: Vector<Double>? = nil,
    upper: Vector<Double>? = nil, bounds: Bounds? = nil
  ) throws(QuadraticProgramError) -> QuadraticProgram {
    var result = self
    if let gradient {
      precondition(
        gradient.count == dimension,
        "q of \(gradient.count) elements for \(dimension) variables")
      result.gradient = gradient
    }
    if lower != nil || upper != nil {
      result.constraints = LinearConstraints(
        constraints.matrix, from: lower ?? constraints.lower,
        to: upper ?? constraints.upper)
    }
    if let bounds {
      precondition(
        bounds.count == dimension,
        "bounds of \(bounds.count) variables for \(dimension)")
      result.bounds = bounds
    }
    try result.checkVectors()
    return result
  }

  /// ½ xᵀP x + qᵀx + r.
  ///
  /// - Precondition: x has n elements.
  /// - Complexity: 2n² flops, one allocation.
  public func value(at x: Vector<Double>) -> Double {
    precondition(
      x.count == dimension,
      "a point of \(x.count) elements for \(dimension) variables")
    var product = Vector<Double>.zeros(dimension)
    hessian.symmetricMultiply(x, into: &product)
    return 0.5 * product.dot(x) + gradient.dot(x) + constant
  }
}

extension QuadraticProgram {
  /// (P + Pᵀ) / 2, where the two differ by rounding alone.
  private static func symmetrized(
    _ p: Matrix<Double>
  ) throws(QuadraticProgramError) -> Matrix<Double> {
    let n = p.rows
    var result = p
    for j in 0..<n {
      for i in j..<n {
        let (a, b) = (p[i, j], p[j, i])
        guard a.isFinite else {
          throw .hessianNotFinite(row: i, column: j)
        }
        guard b.isFinite else {
          throw .hessianNotFinite(row: j, column: i)
        }
        guard a != b else { continue }
        // Two sums in different orders, of terms up to the diagonal's size.
        let size = max(abs(a), abs(b), abs(p[i, i]), abs(p[j, j]))
        guard abs(a - b) <= 0x1p-40 * size else {
          throw .hessianNotSymmetric(row: i, column: j)
        }
        result[i, j] = a + (b - a) / 2
        result[j, i] = result[i, j]
      }
    }
    return result
  }

  private func checkVectors() throws(QuadraticProgramError) {
    for j in 0..<gradient.count where !gradient[j].isFinite {
      throw .gradientNotFinite(variable: j)
    }
    guard constant.isFinite else {
      throw .gradientNotFinite(variable: nil)
    }
    let (lower, upper) = (constraints.lower, constraints.upper)
    for i in 0..<lower.count
    where !(lower[i] <= upper[i]) || lower[i] == .infinity
      || upper[i] == -.infinity
    {
      throw .crossedSides(row: i, lower: lower[i], upper: upper[i])
    }
  }

  private func checkMatrix() throws(QuadraticProgramError) {
    let a = constraints.matrix
    for j in 0..<a.columns {
      for i in 0..<a.rows where !a[i, j].isFinite {
        throw .constraintNotFinite(row: i, column: j)
      }
    }
  }

  /// Throws where an eigenvalue of P is below −10 n ε ‖P‖.
  ///
  /// A Cholesky factorization of P + σ I exists where all eigenvalues are above −σ,
  /// up to rounding that is smaller than this σ. Only where it does not are the
  /// eigenvalues themselves computed, at some 25 times the cost.
  private static func checkConvexity(
    _ p: Matrix<Double>
  ) throws(QuadraticProgramError) {
    let n = p.rows
    var size = 0.0
    for i in 0..<n { size = max(size, abs(p[i, i])) }
    let norm = p.symmetricNorm1
    guard norm > 0 else { return }
    let tolerance = 10 * Double(n) * .ulpOfOne * norm
    var cholesky = Cholesky<Double>(order: n)
    if size > 0, cholesky.attempt(p, addingToDiagonal: tolerance) == nil {
      return
    }
    guard let eigen = try? SymmetricEigen(p) else { return }
    let curvature = eigen.eigenvalues[0]
    guard curvature < -tolerance else { return }
    throw .notConvex(
      curvature: curvature, direction: eigen.eigenvectors.column(0))
  }
}

extension Bounds {
  /// No bounds on n variables.
  static func none(count n: Int) -> Bounds {
    Bounds(
      unchecked: Vector(repeating: -.infinity, count: n),
      Vector(repeating: .infinity, count: n))
  }

  init(unchecked lower: Vector<Double>, _ upper: Vector<Double>) {
    self.lower = lower
    self.upper = upper
  }
}
