public import Matrix

/// Residuals as an objective: f(x) = ½ ‖r(x)‖², ∇f = Jᵀ r.
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

  /// The sum of squares of `residuals`.
  public init(of residuals: any DifferentiableResiduals) {
    self.residuals = residuals
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
    return 0.5 * r.dot(r)
  }

  /// f(x) and ∇f(x).
  ///
  /// - Throws: what the residuals throw, or that r or J has a wrong size.
  public func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    try evaluate(at: x)
    jacobian.multiplyTransposed(r, into: &gradient)
    return 0.5 * r.dot(r)
  }

  /// ∇²f(x).
  ///
  /// - Throws: what the residuals throw, or that r or J has a wrong size.
  public func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    try evaluate(at: x)
    var scratch = SecondOrderScratch(
      residuals: residuals.hasSecondDerivatives ? 0 : r.count,
      dimension: x.count)
    try writeSecondOrderTerm(
      of: residuals, at: x, weights: r, into: &hessian, scratch: &scratch)
    hessian.symmetricRankUpdate(
      jacobian, transposed: true, alpha: 1, beta: 1)
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
    return RelativeOffset(
      of: jacobian, r, at: x, accuracy: residuals.jacobianAccuracy)
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
