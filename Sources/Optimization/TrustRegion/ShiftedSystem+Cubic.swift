internal import Matrix
internal import RealModule

extension ShiftedSystem {
  /// Writes the minimum of gᵀs + ½ sᵀBs + ⅓ σ‖s‖³.
  ///
  /// The root of λ/‖s(λ)‖ = σ is looked for by Newton's method. Where B dominates the
  /// left side is nearly linear in λ, where λ does it is nearly a square, so that a
  /// few iterations do from anywhere; on 1/‖s‖ = σ/λ they would but double a small
  /// λ. Where ‖s(λ)‖ < λ/σ down to −λ₁, the hard case, a vector of small curvature
  /// takes s to the length λ/σ.
  ///
  /// The λ that is found belongs to σ′ = λ/‖s‖, within `tolerance` of σ where
  /// rounding allows.
  mutating func minimise(
    _ b: Matrix<Double>, _ g: Vector<Double>, weight sigma: Double,
    tolerance: Double, _ evaluator: inout Evaluator,
    into step: inout Vector<Double>
  ) -> ModelStep? {
    bound(b)
    // With a between the extreme eigenvalues, λ/σ = ‖s‖ = ‖g‖ / (a + λ) is
    // λ² + a λ = σ‖g‖.
    let pull = sigma * g.norm
    let root = (height * height + 4 * pull).squareRoot()
    var lower = max(floor, 2 * pull / (height + root))
    var upper = max(
      0.5 * (depth + (depth * depth + 4 * pull).squareRoot()), lower)
    guard upper > 0 && upper.isFinite else { return nil }
    var lambda = floor > 0 ? between(lower, upper) : lower
    if isFactorized && shift >= lower && shift <= upper { lambda = shift }

    let patience = 10 - Int(5 * Double.log10(tolerance))
    for _ in 0..<patience {
      guard factorize(b, g, shift: lambda, &evaluator) else {
        if upper - lambda <= .ulpOfOne * upper { break }
        lower = max(lower, lambda, floor)
        lambda = between(lower, upper)
        continue
      }
      let target = lambda / sigma
      if abs(norm - target) <= tolerance * target {
        return cubicStep(into: &step)
      }
      // d(λ/‖s‖)/dλ = 1/‖s‖ + λ ‖w‖²/‖s‖³.
      let ratio = decay() / norm
      var next =
        lambda + (sigma * norm - lambda) / (1 + lambda * ratio * ratio)
      if norm > target {
        lower = max(lower, lambda)
      } else {
        upper = min(upper, lambda)
        if next <= floor || floor > 0 {
          let curvature = cholesky.nearNullVector(into: &null, work: &scratch)
          let error = Double(b.rows) * Double.ulpOfOne * (lambda + curvature)
          floor = max(floor, lambda - curvature - error)
          lower = max(lower, floor)
          let most = lambda * target * target - slope
          if let hard = completeStep(
            g, radius: target, curvature: curvature,
            loss: tolerance * (2 - tolerance) * most / 3, into: &step)
          {
            var cubic = hard
            cubic.predicted -= lambda * target * target / 3
            return cubic
          }
        }
      }
      if !(next < upper && next > lower) { next = between(lower, upper) }
      // ‖s(λ)‖ is known as well as λ + λ₁ is, of which λ − floor is a bound.
      if next == lambda || upper - lower <= 0.1 * tolerance * (lower - floor) {
        break
      }
      lambda = next
    }
    // Rounding decides how long s is. It is the minimum for another σ.
    if !isFactorized {
      guard factorize(b, g, shift: upper, &evaluator) else { return nil }
    }
    return norm > 0 ? cubicStep(into: &step) : nil
  }

  /// s(λ), the minimum for σ′ = λ/‖s‖.
  private func cubicStep(into step: inout Vector<Double>) -> ModelStep {
    step.copy(from: solution)
    // ½ (λ‖s‖² − gᵀs) − ⅓ λ‖s‖².
    return ModelStep(
      predicted: shift * norm * norm / 6 - 0.5 * slope, slope: slope,
      norm: norm, isConstrained: true)
  }
}
