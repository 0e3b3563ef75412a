internal import Matrix

extension LeastSquaresWorkspace {
  /// Writes the Newton step p = −(JᵀJ + Σ rᵢ∇²rᵢ)⁻¹ Jᵀr.
  ///
  /// Where residuals are large and curved, the steps of JᵀJ alone converge at a
  /// rate that does not improve, or not at all without damping. The whole Hessian
  /// converges quadratically, and is asked for when that has shown.
  ///
  /// Δ says how far the model without curvature can be trusted, which may be much
  /// less far; whether this step was good is seen when it has been tried.
  ///
  /// - Returns: nil where the Hessian is undefined or not positive definite: then
  ///   the damped step is the better one.
  /// - Complexity: the second derivatives and n³ flops, and an evaluation of r
  ///   where it was not kept.
  ///
  /// Source: Dennis and Schnabel 1983, section 10.3.
  mutating func setNewtonStep(
    at point: Point, _ memory: LeastSquaresMemory, _ evaluator: inout Evaluator
  ) -> DampedStep? {
    let n = point.dimension
    guard setHessian(at: point, memory, &evaluator) else { return nil }
    evaluator.countFactorization(ofOrder: n)
    guard (try? cholesky.factorize(hessian)) != nil else { return nil }
    // In variables D p, as the factor and the radius are.
    memory.factor.divide(point.gradient, by: memory.scale, into: &correction)
    cholesky.solve(inPlace: &correction)
    correction.scale(by: -1)
    let length = correction.norm
    guard length.isFinite else { return nil }
    memory.factor.divide(correction, by: memory.scale, into: &step)
    let slope = point.gradient.dot(step)
    guard slope < 0 else { return nil }
    return DampedStep(
      damping: 0, length: length, predicted: -0.5 * slope, slope: slope)
  }

  /// Writes D⁻¹ ∇²f D⁻¹.
  private mutating func setHessian(
    at point: Point, _ memory: LeastSquaresMemory, _ evaluator: inout Evaluator
  ) -> Bool {
    if evaluator.loss != nil {
      // The factor holds what the loss leaves of JᵀJ only after clipping.
      guard evaluator.hessian(at: point.x, into: &hessian) else { return false }
      memory.factor.divideSquare(&hessian, by: memory.scale)
      return true
    }
    if kept.recall(at: point.x, &evaluator) {
      otherResiduals.copy(from: kept.residuals)
    } else if !evaluator.evaluateResiduals(
      at: point.x, into: &otherResiduals
    ).isFinite {
      return false
    }
    guard
      evaluator.secondOrderTerm(
        at: point.x, weights: otherResiduals, into: &hessian,
        scratch: &secondOrder)
    else { return false }
    memory.factor.divideSquare(&hessian, by: memory.scale)
    memory.factor.addSquare(to: &hessian)
    return true
  }
}
