internal import Matrix

extension LeastSquaresWorkspace {
  /// Bends the step that was just tried along the valley, and tries again.
  ///
  /// In a narrow curved valley the linear model is good for short steps only,
  /// and hundreds of them may lead through it. At x + p the residuals have told
  /// how they curve: r(x + p) − r − J p = ½ ∂²r(p, p) + …. The step that takes
  /// this away as far as the damping lets it,
  ///
  ///     c = −(JᵀJ + λD²)⁻¹ Jᵀ (r(x + p) − r − J p),
  ///
  /// needs no more than Jᵀr(x + p), as Jᵀ(r + J p) = −λD²p. It is accepted if it
  /// is short beside p, ‖D c‖ ≤ ⅜ ‖D p‖, and leads lower than x + p.
  ///
  /// - Returns: f at x + p + c, which is then the trial point, or nil when
  ///   x + p remains it.
  /// - Complexity: an evaluation of r, and a product with Jᵀ where J was not
  ///   kept; no allocation.
  ///
  /// Source: Transtrum and Sethna, Improvements to the Levenberg-Marquardt
  /// algorithm for nonlinear least-squares minimization, 2012, section 4, where
  /// ∂²r(p, p) is taken from a short step along p and not from p itself.
  mutating func bendStep(
    _ p: DampedStep, from point: Point, value found: Double,
    _ memory: LeastSquaresMemory, _ evaluator: inout Evaluator
  ) -> Double? {
    if kept.recall(at: point.x, &evaluator) {
      kept.jacobian.multiplyTransposed(residuals, into: &product)
    } else if !evaluator.transposedProduct(
      at: point.x, weights: residuals, into: &product, jacobian: &jacobian)
    {
      return nil
    }
    memory.factor.correction(
      for: product, z, damping: p.damping, scale: memory.scale,
      into: &correction, scratch: &scratch)
    guard correction.norm <= 0.375 * p.length else { return nil }
    memory.factor.unscale(correction, by: memory.scale, into: &product)
    otherTrial.x.setSum(trial.x, product, scaledBy: 1)
    let value = evaluator.evaluateResiduals(
      at: otherTrial.x, into: &otherResiduals)
    guard value < found else { return nil }
    otherTrial.value = value
    swap(&trial, &otherTrial)
    swap(&residuals, &otherResiduals)
    step.add(product)
    return value
  }
}
