/// A parameter as a fit leaves it.
public struct Estimate: Equatable, Sendable {
  /// What is known of a parameter.
  public enum Status: Equatable, Sendable {
    /// Estimated from the observations.
    case estimated
    /// Known beforehand.
    case fixed
    /// Held by one of its bounds, which is not a place that errors spread about;
    /// what is said of the other parameters is said with it held there.
    case atBound
    /// The observations do not determine it: it can be changed, with others or by
    /// itself, without changing how well the model fits.
    case undetermined
  }

  /// What it is called.
  public let name: String
  /// The number.
  public let value: Double
  /// What is known of it.
  public let status: Status
  /// Its standard error; nil where it has none: it is fixed or at a bound, is not
  /// determined, or there are as many parameters as observations, so that nothing is left to
  /// tell the size of the errors from.
  public let standardError: Double?
  let degreesOfFreedom: Double

  /// The interval that holds the true parameter with this confidence, of those of
  /// all samples: value ± t s, with the quantile t of Student's distribution.
  ///
  /// To first order in how the model depends on the parameter.
  ///
  /// - Precondition: 0 < `level` < 1.
  public func confidenceInterval(level: Double = 0.95) -> ClosedRange<Double>? {
    guard let standardError, standardError.isFinite, value.isFinite else {
      return nil
    }
    let half = quantile(level, degreesOfFreedom) * standardError
    return (value - half)...(value + half)
  }
}

/// The t that |T| exceeds with probability 1 − level, with ν = ∞ for the normal
/// distribution.
func quantile(_ level: Double, _ degreesOfFreedom: Double) -> Double {
  precondition(
    level > 0 && level < 1, "a confidence of \(level), not between 0 and 1")
  return StudentT(degreesOfFreedom: degreesOfFreedom)
    .twoSidedQuantile(1 - level)
}
