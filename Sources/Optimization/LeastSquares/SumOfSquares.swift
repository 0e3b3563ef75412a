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
/// fixed. It has scratch of its own: one object is for one thread. What was
/// evaluated last is not evaluated again for the Hessian at the same x.
public final class SumOfSquares: TwiceDifferentiableObjective {
  /// The residuals.
  public let residuals: any DifferentiableResiduals
  private var r: Vector<Double>
  private var jacobian: Matrix<Double>
  /// ρ′(rᵢ) rᵢ where there is a loss.
  private var slopes: Vector<Double> = []
  /// Where r and J belong to.
  private var place: Vector<Double> = []
  /// Whether r and J are those of `place`, neither failed nor overwritten.
  private var isCurrent = false
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
    isCurrent = false
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
    guard let loss else {
      jacobian.multiplyTransposed(r, into: &gradient)
      return 0.5 * r.dot(r)
    }
    setSlopes(loss)
    jacobian.multiplyTransposed(slopes, into: &gradient)
    return loss.value(of: r)
  }

  /// ∇²f(x).
  ///
  /// - Throws: what the residuals throw, or that r or J has a wrong size.
  public func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    let n = x.count
    try evaluateIfNeeded(at: x)
    if !residuals.hasSecondDerivatives && scratch.jacobian.columns != n {
      scratch = SecondOrderScratch(residuals: r.count, dimension: n)
    }
    // Σ ρ′rᵢ ∇²rᵢ + Σ (ρ′ + 2ρ″s) JᵢJᵢᵀ, where the factors of the second sum may
    // be negative: a row at a time would be rank-one updates, so the rows are
    // multiplied on one side only.
    if let loss { setSlopes(loss) }
    try writeSecondOrderTerm(
      of: residuals, at: x, weights: loss == nil ? r : slopes, into: &hessian,
      scratch: &scratch)
    guard let loss else {
      return hessian.symmetricRankUpdate(
        jacobian, transposed: true, alpha: 1, beta: 1)
    }
    var weighted = jacobian
    for i in 0..<r.count {
      let factor = loss.curvature(at: r[i])
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
    isCurrent = false
    if jacobian.columns != n || jacobian.rows != residuals.count {
      jacobian = .zeros(residuals.count, n)
    }
    if r.count != residuals.count { r = .zeros(residuals.count) }
    try residuals.residualsAndJacobian(at: x, into: &r, jacobian: &jacobian)
    try checkCount()
    try checkJacobian(jacobian, rows: residuals.count, columns: n)
    if place.count == n { place.copy(from: x) } else { place = x }
    isCurrent = true
  }

  /// r and J at x, those of the last evaluation if it was there.
  private func evaluateIfNeeded(at x: Vector<Double>) throws {
    if isCurrent && place.hasBits(of: x) { return }
    try evaluate(at: x)
  }

  private func setSlopes(_ loss: Loss) {
    if slopes.count == r.count { slopes.copy(from: r) } else { slopes = r }
    loss.differentiate(&slopes)
  }

  private func checkCount() throws {
    guard r.count == residuals.count else {
      throw WrongCount(found: r.count, expected: residuals.count)
    }
  }

  /// ‖P r‖ / ‖r‖ at x and what rounding may make of it; see ``RelativeOffset``.
  func relativeOffset(at x: Vector<Double>) -> RelativeOffset? {
    guard (try? evaluateIfNeeded(at: x)) != nil else { return nil }
    let value = loss?.value(of: r) ?? 0.5 * r.dot(r)
    if loss != nil || residuals.bounds != nil { isCurrent = false }
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

extension Vector<Double> {
  /// Whether the two are equal bit for bit: functions may tell −0 from 0.
  fileprivate func hasBits(of other: Vector<Double>) -> Bool {
    guard count == other.count else { return false }
    return withUnsafeBufferPointer { a in
      other.withUnsafeBufferPointer { b in
        a.indices.allSatisfy { a[$0].bitPattern == b[$0].bitPattern }
      }
    }
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
