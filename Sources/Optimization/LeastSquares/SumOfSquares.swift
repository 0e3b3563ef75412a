public import Matrix

/// Residuals as an objective: f(x) = ½ ‖r(x)‖², ∇f = Jᵀ r, or with a ``Loss`` its
/// sum.
///
/// The methods of least squares take residuals as they are; this is for all the
/// others, and for the certificate:
///
///     minimize(SumOfSquares(of: residuals), from: x0, using: .lbfgs())
///
/// ∇²f = JᵀJ + Σ rᵢ ∇²rᵢ, where the second term is exact if the residuals have
/// second derivatives and otherwise the central difference of Jᵀr with r held
/// fixed. It has scratch of its own: one object is for one thread.
public final class SumOfSquares: TwiceDifferentiableObjective {
  /// The residuals.
  public let residuals: any DifferentiableResiduals
  private var r: Vector<Double>
  private var jacobian: Matrix<Double>
  private var scratch = SecondOrderScratch(residuals: 0, dimension: 0)
  private let loss: Loss?

  /// The sum of squares of `residuals`.
  public init(of residuals: any DifferentiableResiduals) {
    self.residuals = residuals
    loss = residuals.loss
    r = .zeros(residuals.count)
    jacobian = .zeros(residuals.count, 0)
  }

  /// The number of variables of the residuals.
  public var dimension: Int? { residuals.dimension }

  /// f(x).
  ///
  /// - Throws: what the residuals throw, or a ``WrongCount``.
  public func value(at x: Vector<Double>) throws -> Double {
    try residuals.residuals(at: x, into: &r)
    try checkCount()
    return loss?.value(of: r) ?? 0.5 * r.dot(r)
  }

  /// f(x) and ∇f(x).
  ///
  /// - Throws: what the residuals throw, or that r or J has a wrong size.
  public func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    try evaluate(at: x)
    let value = loss?.value(of: r) ?? 0.5 * r.dot(r)
    loss?.differentiate(&r)
    jacobian.multiplyTransposed(r, into: &gradient)
    return value
  }

  /// ∇²f(x).
  ///
  /// - Throws: what the residuals throw, or that r or J has a wrong size.
  public func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    let n = x.count
    try evaluate(at: x)
    if !residuals.hasSecondDerivatives && scratch.jacobian.columns != n {
      scratch = SecondOrderScratch(residuals: r.count, dimension: n)
    }
    // Σ ρ′rᵢ ∇²rᵢ + Σ (ρ′ + 2ρ″s) JᵢJᵢᵀ, where the factors of the second sum may
    // be negative: a row at a time would be rank-one updates, so the rows are
    // multiplied on one side only.
    let raw = loss == nil ? r : Vector(r.array.map { $0 })
    loss?.differentiate(&r)
    try writeSecondOrderTerm(
      of: residuals, at: x, weights: r, into: &hessian, scratch: &scratch)
    guard let loss else {
      return hessian.symmetricRankUpdate(
        jacobian, transposed: true, alpha: 1, beta: 1)
    }
    var weighted = jacobian
    for i in 0..<raw.count {
      let factor = loss.curvature(at: raw[i])
      for j in 0..<n { weighted[i, j] *= factor }
    }
    jacobian.multiply(
      weighted, transposingSelf: true, into: &hessian, beta: 1)
  }

  /// This objective, where its Hessian is exact.
  public var withSecondDerivatives: (any TwiceDifferentiableObjective)? {
    residuals.hasSecondDerivatives ? self : nil
  }

  /// That of the Jacobian.
  public var gradientAccuracy: Double { residuals.jacobianAccuracy }

  /// r and J at x, for whoever does not trust those of a method.
  func evaluate(at x: Vector<Double>) throws {
    let n = x.count
    if jacobian.columns != n || jacobian.rows != residuals.count {
      jacobian = .zeros(residuals.count, n)
    }
    if r.count != residuals.count { r = .zeros(residuals.count) }
    try residuals.residualsAndJacobian(at: x, into: &r, jacobian: &jacobian)
    try checkCount()
    try checkJacobian(jacobian, rows: residuals.count, columns: n)
  }

  private func checkCount() throws {
    guard r.count == residuals.count else {
      throw WrongCount(found: r.count, expected: residuals.count)
    }
  }

  /// ‖P r‖ / ‖r‖ at x and what rounding may make of it; see ``RelativeOffset``.
  func relativeOffset(at x: Vector<Double>) -> RelativeOffset? {
    guard (try? evaluate(at: x)) != nil else { return nil }
    let value = loss?.value(of: r) ?? 0.5 * r.dot(r)
    loss?.weight(&r, &jacobian)
    if let bounds = residuals.bounds, bounds.count == x.count {
      var gradient = Vector<Double>.zeros(x.count)
      jacobian.multiplyTransposed(r, into: &gradient)
      bounds.hold(&jacobian, at: x, gradient: gradient)
    }
    return RelativeOffset(
      of: jacobian, r, at: x, value: value,
      accuracy: residuals.jacobianAccuracy)
  }
}

/// Throws where a Jacobian has another shape than it came with.
func checkJacobian(
  _ jacobian: Matrix<Double>, rows: Int, columns: Int
) throws {
  if jacobian.rows != rows || jacobian.columns != columns {
    throw WrongShape(
      rows: jacobian.rows, columns: jacobian.columns, expectedRows: rows,
      expectedColumns: columns)
  }
}

/// A Jacobian of another shape than it was asked for.
public struct WrongShape: Error, Equatable, CustomStringConvertible {
  let rows: Int
  let columns: Int
  let expectedRows: Int
  let expectedColumns: Int

  /// A sentence with both shapes.
  public var description: String {
    """
    a Jacobian of \(rows)×\(columns) for \(expectedRows) residuals of \
    \(expectedColumns) variables
    """
  }
}
