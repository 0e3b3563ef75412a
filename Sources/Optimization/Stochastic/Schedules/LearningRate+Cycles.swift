internal import Foundation

extension LearningRate {
  /// What the height of a cycle is multiplied by.
  enum Amplitude: Codable, Equatable, Sendable {
    case whole
    /// By ½ after each cycle.
    case halved
    /// By a factor after each step.
    case decaying(Double)

    func factor(_ step: Int, _ cycle: Int) -> Double {
      switch self {
      case .whole: 1
      case .halved: pow(0.5, Double(cycle))
      case .decaying(let factor): pow(factor, Double(step))
      }
    }
  }

  /// A rate that rises and falls between two bounds along straight lines.
  ///
  ///     η(t) = a + (b − a) h(t)
  ///
  /// where h rises from 0 to 1 over `rising` steps and falls back to 0 over
  /// `falling`, again and again. `CyclicLR(mode="triangular")` of PyTorch.
  ///
  /// - Parameters:
  ///   - low: a, with which a cycle begins.
  ///   - high: b.
  ///   - rising: the steps from a to b.
  ///   - falling: the steps from b to a; nil for as many.
  /// - Precondition: 0 ≤ a ≤ b < ∞, rising, falling ≥ 1.
  ///
  /// Source: Smith 2017, section 3.2.
  public static func triangular(
    from low: Double, to high: Double, rising: Int, falling: Int? = nil
  ) -> LearningRate {
    cycle(low, high, rising, falling, .whole)
  }

  /// A triangular rate whose height is halved after each cycle.
  ///
  ///     η(t) = a + (b − a) h(t) / 2ⁱ    in cycle i = 0, 1, …
  ///
  /// with h as in ``triangular(from:to:rising:falling:)``.
  /// `CyclicLR(mode="triangular2")` of PyTorch.
  ///
  /// - Parameters:
  ///   - low: a, with which a cycle begins.
  ///   - high: b, the peak of the first cycle.
  ///   - rising: the steps from a to the peak.
  ///   - falling: the steps from the peak to a; nil for as many.
  /// - Precondition: 0 ≤ a ≤ b < ∞, rising, falling ≥ 1.
  ///
  /// Source: Smith 2017, section 3.2.
  public static func triangular2(
    from low: Double, to high: Double, rising: Int, falling: Int? = nil
  ) -> LearningRate {
    cycle(low, high, rising, falling, .halved)
  }

  /// A triangular rate whose height decays with each step.
  ///
  ///     η(t) = a + (b − a) h(t) γᵗ
  ///
  /// with h as in ``triangular(from:to:rising:falling:)``.
  /// `CyclicLR(mode="exp_range")` of PyTorch.
  ///
  /// - Parameters:
  ///   - low: a, with which a cycle begins.
  ///   - high: b, the peak that γ = 1 would have.
  ///   - rising: the steps from a to the peak.
  ///   - falling: the steps from the peak to a; nil for as many.
  ///   - factor: γ, per step.
  /// - Precondition: 0 ≤ a ≤ b < ∞, rising, falling ≥ 1, 0 < γ < ∞.
  ///
  /// Source: Smith 2017, section 3.2.
  public static func expRange(
    from low: Double, to high: Double, rising: Int, falling: Int? = nil,
    factor: Double
  ) -> LearningRate {
    cycle(low, high, rising, falling, .decaying(checked(factor: factor)))
  }

  private static func cycle(
    _ low: Double, _ high: Double, _ rising: Int, _ falling: Int?,
    _ amplitude: Amplitude
  ) -> LearningRate {
    precondition(
      low <= high, "a cycle from \(low) up to \(high), which is less")
    return LearningRate(
      form: .cycle(
        from: checked(low), to: checked(high),
        rising: checked(rising, "the rise"),
        falling: checked(falling ?? rising, "the fall"), amplitude: amplitude))
  }
}
