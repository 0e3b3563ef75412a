/// When a run has arrived.
///
/// Rules compose:
///
///     .gradientNorm(1e-8).or(.relativeFunctionChange(1e-14))
///     .gradientNorm(1e-6).and(.relativeStep(1e-9))
///
/// A rule is asked after every step, and those on f, ∇f and counts also at the
/// start. What the answer is worth is not for the rule to say but for the
/// ``Certificate``. Limits on cost are not rules but a ``Budget``.
public enum StopRule: Codable, Equatable, Sendable {
  /// ‖∇f(x)‖∞ ≤ ε.
  case gradientNorm(_ bound: Double)
  /// ‖∇f(x)‖∞ ≤ ε ‖∇f(x₀)‖∞.
  case relativeGradientNorm(_ ratio: Double)
  /// ‖P r‖ ≤ τ ‖r‖, with P the projection on the columns of the Jacobian of a
  /// least-squares problem; for other problems it never holds.
  ///
  /// The relative offset of Bates and Watts (1981): the cosine of the angle that
  /// the residuals make with what the variables can still change. It does not
  /// depend on the units of variables or residuals, and in a regression says how
  /// large the next step is beside the uncertainty of the parameters. Where the
  /// residuals vanish at the solution it need not become small.
  case relativeOffset(_ ratio: Double)
  /// |f(xₖ₋₁) − f(xₖ)| ≤ δ.
  case functionChange(_ bound: Double)
  /// |f(xₖ₋₁) − f(xₖ)| ≤ δ max(|f(xₖ₋₁)|, |f(xₖ)|).
  case relativeFunctionChange(_ ratio: Double)
  /// ‖xₖ − xₖ₋₁‖₂ ≤ δ.
  case step(_ bound: Double)
  /// ‖xₖ − xₖ₋₁‖₂ ≤ δ ‖xₖ‖₂.
  case relativeStep(_ ratio: Double)
  /// No vertex of the simplex is farther from the best one than δ times the
  /// variable or, where that is larger, than δ times its scale at the start; see
  /// ``SimplexExtent/size``.
  ///
  /// For methods that know values alone, and independent of the units of f and x.
  /// For other methods it never holds.
  case simplexSize(_ ratio: Double)
  /// The values at the vertices differ by at most δ times what they differed by
  /// at the start; see ``SimplexExtent/spread``.
  case simplexSpread(_ ratio: Double)
  /// f(x) ≤ target.
  case value(atMost: Double)
  /// k steps have been taken.
  case iterations(_ count: Int)
  /// f has been evaluated k times.
  case evaluations(_ count: Int)
  /// t seconds have passed since the run was started or resumed.
  case seconds(_ seconds: Double)
  /// Any of the rules.
  case any([StopRule])
  /// All of the rules at once.
  case all([StopRule])

  /// This rule or another.
  public func or(_ other: StopRule) -> StopRule { .any([self, other]) }

  /// This rule and another at once.
  public func and(_ other: StopRule) -> StopRule { .all([self, other]) }

  /// The bound on ‖∇f‖∞ that the rule asks for, the largest of alternatives and
  /// the smallest of what has to hold at once, given ‖∇f(x₀)‖∞; nil where it
  /// names none.
  func gradientBound(initial: Double) -> Double? {
    switch self {
    case .gradientNorm(let bound): bound
    case .relativeGradientNorm(let ratio): ratio * initial
    case .any(let rules):
      rules.compactMap { $0.gradientBound(initial: initial) }.max()
    case .all(let rules):
      rules.compactMap { $0.gradientBound(initial: initial) }.min()
    default: nil
    }
  }

  /// Whether the rule bounds how far the point is from being stationary.
  var isAboutOptimality: Bool {
    gradientBound(initial: 1) != nil || offsetBound != nil
  }

  /// The bound on the relative offset that the rule asks for, likewise.
  var offsetBound: Double? {
    switch self {
    case .relativeOffset(let ratio): ratio
    case .any(let rules): rules.compactMap(\.offsetBound).max()
    case .all(let rules): rules.compactMap(\.offsetBound).min()
    default: nil
    }
  }

  /// The part of the rule that holds for `progress`, nil when the rule does not.
  func reason(
    _ progress: Progress, initialGradientNorm: Double, previousValue: Double
  ) -> StopRule? {
    func met(_ rule: StopRule) -> StopRule? {
      rule.reason(
        progress, initialGradientNorm: initialGradientNorm,
        previousValue: previousValue)
    }
    let holds: Bool
    switch self {
    case .gradientNorm(let bound):
      holds = progress.gradientNorm <= bound
    case .relativeGradientNorm(let ratio):
      holds = progress.gradientNorm <= ratio * initialGradientNorm
    case .relativeOffset(let ratio):
      holds = progress.relativeOffset <= ratio
    case .functionChange(let bound):
      holds =
        progress.iteration > 0
        && abs(previousValue - progress.value) <= bound
    case .relativeFunctionChange(let ratio):
      holds =
        progress.iteration > 0
        && abs(previousValue - progress.value)
          <= ratio * max(abs(previousValue), abs(progress.value))
    case .step(let bound):
      holds = progress.iteration > 0 && progress.stepNorm <= bound
    case .relativeStep(let ratio):
      holds =
        progress.iteration > 0
        && progress.stepNorm <= ratio * progress.point.x.norm
    case .simplexSize(let ratio):
      holds = progress.simplex.map { $0.size <= ratio } ?? false
    case .simplexSpread(let ratio):
      holds = progress.simplex.map { $0.spread <= ratio } ?? false
    case .value(let target):
      holds = progress.value <= target
    case .iterations(let count):
      holds = progress.iteration >= count
    case .evaluations(let count):
      holds = progress.counts.values >= count
    case .seconds(let seconds):
      holds = progress.seconds >= seconds
    case .any(let rules):
      for rule in rules {
        if let reason = met(rule) { return reason }
      }
      return nil
    case .all(let rules):
      holds = rules.allSatisfy { met($0) != nil }
    }
    return holds ? self : nil
  }

  /// Whether the rule reads the clock.
  var readsClock: Bool {
    switch self {
    case .seconds: true
    case .any(let rules), .all(let rules): rules.contains { $0.readsClock }
    default: false
    }
  }
}

extension StopRule: CustomStringConvertible {
  /// The rule as a condition, such as `‖∇f‖∞ ≤ 1e-08`.
  public var description: String {
    switch self {
    case .gradientNorm(let bound): "‖∇f‖∞ ≤ \(bound)"
    case .relativeGradientNorm(let ratio): "‖∇f‖∞ ≤ \(ratio) ‖∇f(x₀)‖∞"
    case .relativeOffset(let ratio): "‖P r‖ ≤ \(ratio) ‖r‖"
    case .functionChange(let bound): "|Δf| ≤ \(bound)"
    case .relativeFunctionChange(let ratio): "|Δf| ≤ \(ratio) |f|"
    case .step(let bound): "‖Δx‖ ≤ \(bound)"
    case .relativeStep(let ratio): "‖Δx‖ ≤ \(ratio) ‖x‖"
    case .simplexSize(let ratio): "the simplex within \(ratio) of x"
    case .simplexSpread(let ratio):
      "values within \(ratio) of their first spread"
    case .value(let target): "f ≤ \(target)"
    case .iterations(let count): "\(count) iterations"
    case .evaluations(let count): "\(count) evaluations"
    case .seconds(let seconds): "\(seconds) s"
    case .any(let rules):
      rules.map { "\($0)" }.joined(separator: " or ")
    case .all(let rules):
      rules.map { "\($0)" }.joined(separator: " and ")
    }
  }
}
