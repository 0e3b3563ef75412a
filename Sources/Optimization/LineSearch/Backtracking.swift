internal import Matrix

/// Backtracks until φ(t) ≤ R + c₁ t φ′(0), where R is φ(0) or, for searches that
/// allow a value to rise, a value before it.
///
/// - Complexity: an evaluation for each step tried.
@inline(__always)
func backtrack(
  from origin: Point, along direction: Vector<Double>, slope: Double,
  firstStep: Double, reference: Double, decrease: Double,
  maximumEvaluations: Int, evaluator: inout Evaluator, trial: inout Point
) -> LineSearchOutcome {
  let noise = evaluator.noise(of: origin.value)
  var t = firstStep
  var failure = StepFailure.undefined
  for _ in 0..<maximumEvaluations {
    // A step that has shrunk to 0 would be accepted for its value.
    guard t > 0 && t.isFinite else { break }
    let sample = evaluator.sample(
      origin, along: direction, at: t, into: &trial)
    guard sample.isDefined else {
      t *= 0.1
      continue
    }
    failure = .lineSearch
    if sample.value - reference <= decrease * t * slope {
      return .found(step: t)
    }
    let excess = sample.value - origin.value
    if abs(excess) <= noise && abs(sample.slope) <= abs(slope) {
      return .found(step: t)
    }
    // q(t) = φ(0) + φ′(0) t + a t² has a > 0 here, since φ(t) lies above
    // the tangent.
    let minimiser = -slope * t / (2 * (excess / t - slope))
    t = min(max(minimiser, 0.1 * t), 0.5 * t)
  }
  return .failed(failure)
}
