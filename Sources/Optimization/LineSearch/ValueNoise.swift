internal import Matrix

/// The change of a value that rounding alone explains: a thousand units in the
/// last place, the error of a sum of some hundred terms or of one in which terms
/// ten times as large cancel.
@inline(__always)
func roundingNoise(of value: Double) -> Double {
  1000 * Double.ulpOfOne * abs(value)
}

extension Evaluator {
  /// The difference from `value` that tells nothing: rounding, or the noise of f
  /// where a run has met it.
  @inline(__always)
  func noise(of value: Double) -> Double {
    max(valueNoise, roundingNoise(of: value))
  }
}

extension LineSample {
  /// The sample with the value that the slopes at both ends of the step give,
  /// φ(0) + t (φ′(0) + φ′(t)) / 2, where the noise of f hides the difference.
  ///
  /// A search that compares values then goes by slopes, and by no chance.
  @inline(__always)
  func withoutNoise(_ noise: Double, value start: Double, slope: Double)
    -> LineSample
  {
    guard noise > 0 && abs(value - start) <= noise else { return self }
    return LineSample(
      step: step, value: start + 0.5 * step * (slope + self.slope),
      slope: self.slope)
  }
}
