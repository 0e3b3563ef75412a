internal import Matrix

extension Bounds {
  /// Looks for x(t) = P(x + t d) with f(x(t)) ≤ f(x) + 10⁻⁴ ∇fᵀ(x(t) − x), from t = 1
  /// on.
  ///
  /// Where ∇f does not promise a decrease on the bent way, or f is undefined, t is
  /// shortened too. Values that equal f(x) up to rounding are accepted when the
  /// projected gradient falls below `norm`.
  ///
  /// - Complexity: an evaluation for each t; no allocation.
  func bentSearch(
    from point: Point, along d: Vector<Double>, _ evaluator: inout Evaluator,
    _ trial: inout Point, norm: Double
  ) -> StepOutcome {
    let noise = evaluator.noise(of: point.value)
    var failure = StepFailure.lineSearch
    var t = 1.0
    for _ in 0..<60 {
      trial.x.setSum(point.x, d, scaledBy: t)
      evaluator.evaluate(&trial)
      if trial.x == point.x { return .failed(failure) }
      guard trial.value.isFinite && trial.gradient.isFinite else {
        failure = .undefined
        t *= 0.1
        continue
      }
      let slope = point.slope(to: trial)
      let excess = trial.value - point.value
      if slope < 0 {
        let isLower = excess <= 1e-4 * slope
        let isFlat =
          abs(excess) <= noise
          && projectedGradientNorm(
            trial.gradient, at: trial.x, value: trial.value) < norm
        if isLower || isFlat {
          return .moved(length: t, norm: trial.distance(to: point))
        }
        // q(1) = excess on the parabola through slope and excess.
        let minimiser = -slope / (2 * (excess - slope))
        t *= min(max(minimiser, 0.1), 0.5)
      } else {
        t *= 0.5
      }
    }
    return .failed(failure)
  }
}

extension Point {
  /// ∇f(x)ᵀ(z − x).
  func slope(to other: Point) -> Double {
    let n = dimension
    return gradient.read { g in
      x.read { x in
        other.x.read { z in
          var sum = 0.0
          for i in 0..<n { sum += g[i] * (z[i] - x[i]) }
          return sum
        }
      }
    }
  }
}
