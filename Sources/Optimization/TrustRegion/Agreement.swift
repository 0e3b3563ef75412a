internal import Matrix

/// How well a model has predicted f, and the radius that follows.
struct Agreement {
  /// ρ, the decrease of f as a multiple of the predicted one.
  let ratio: Double
  /// Whether both decreases are no more than rounding of f; where its noise is
  /// known, whether the predicted one is.
  let isRounding: Bool
  /// Whether f shows a decrease; where it does not, the gradient has to fall.
  ///
  /// Where the noise of f is known, a decrease by the gradients will do: between
  /// rounding and noise they have many correct digits.
  let isVisible: Bool
  /// What the model said of the step.
  private let step: ModelStep
  /// f(x) − f(x + s).
  let decrease: Double
  /// ∇f(x + s)ᵀs.
  private let endSlope: Double

  /// The agreement at a trial point where f and ∇f are finite.
  ///
  /// Within some hundred units in the last place of f, or some times its noise, the
  /// difference of two values has few correct digits. There the decrease is taken from the gradients,
  /// −½ (∇f(x) + ∇f(x + s))ᵀs, the trapezoidal rule, whose error is of third order in
  /// s: where s is that small, it is next to nothing (compare Hager and Zhang 2005,
  /// the approximate Wolfe condition).
  init(
    _ step: ModelStep, from point: Point, to sample: LineSample,
    _ evaluator: Evaluator
  ) {
    let noise = evaluator.noise(of: point.value)
    let difference = point.value - sample.value
    let visible = max(step.predicted, abs(difference))
    if evaluator.valueNoise > 0 {
      isRounding = step.predicted <= roundingNoise(of: point.value)
      isVisible = difference > 0 || visible <= noise
    } else {
      isRounding = visible <= noise
      isVisible = difference > 0 && !isRounding
    }
    decrease =
      visible
        <= max(
          100 * roundingNoise(of: point.value), 4 * evaluator.valueNoise)
      ? -0.5 * (step.slope + sample.slope) : difference
    ratio = decrease / step.predicted
    self.step = step
    endSlope = sample.slope
  }

  /// Whether f has decreased by a fraction of what was predicted.
  var isAcceptable: Bool { ratio > 1e-4 }

  /// The next radius.
  ///
  /// The cubic through both values and both slopes along s has a minimum at t s. It
  /// tells how far to go where the model fails, within [‖s‖/10, ‖s‖/2], and how
  /// much farther where it holds although the radius cut the step, within
  /// [1.5 ‖s‖, 5 ‖s‖].
  func radius(after radius: Double) -> Double {
    if !(ratio >= 0.25) {
      return min(0.5, max(0.1, cubicMinimum ?? 0.1)) * step.norm
    }
    if ratio > 0.9 && step.isConstrained {
      return max(radius, min(5, max(1.5, cubicMinimum ?? 5)) * step.norm)
    }
    return radius
  }

  /// The t > 0 at which φ(t) = f(x + t s), as a cubic, is lowest; nil where that
  /// falls for ever.
  private var cubicMinimum: Double? {
    // φ(t) − φ(0) = c t + b t² + a t³ with c < 0, minimal where
    // 3a t² + 2b t + c = 0, in the form of the root in which nothing cancels.
    let c = step.slope
    let b = -3 * decrease - 2 * c - endSlope
    let a = c + endSlope + 2 * decrease
    let discriminant = b * b - 3 * a * c
    guard discriminant >= 0 else { return nil }
    let denominator = b + discriminant.squareRoot()
    return denominator > 0 ? -c / denominator : nil
  }
}
