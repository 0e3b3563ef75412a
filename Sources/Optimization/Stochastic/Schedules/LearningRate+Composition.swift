extension LearningRate {
  /// Linear warm-up before any other schedule.
  ///
  ///     η(t) = a + (s(0) − a) t / w   for t < w,    s(t − w) from w on
  ///
  /// With a = 0 the first step does not move; a = s(0) / w makes the rates of
  /// the first w steps equal parts of the peak.
  ///
  /// - Parameters:
  ///   - steps: w; 0 for no warm-up.
  ///   - start: a, the rate at step 0.
  ///   - schedule: s, which begins at its own step 0 when the warm-up ends.
  /// - Precondition: w ≥ 0, 0 ≤ a < ∞.
  ///
  /// Source: Goyal et al. 2017, section 2.2 (gradual warm-up).
  public static func warmUp(
    over steps: Int, from start: Double = 0, to schedule: LearningRate
  ) -> LearningRate {
    precondition(steps >= 0, "the warm-up is \(steps) steps, less than 0")
    let start = checked(start)
    if steps == 0 { return schedule }
    return LearningRate(
      form: .warmUp(over: steps, from: start, to: schedule.form))
  }

  /// This schedule for a number of steps, then another one from its beginning.
  ///
  ///     η(t) = r(t)   for t < n,    s(t − n) from n on
  ///
  /// - Parameters:
  ///   - schedule: s.
  ///   - steps: n.
  /// - Precondition: n ≥ 0.
  public func then(_ schedule: LearningRate, after steps: Int) -> LearningRate {
    precondition(steps >= 0, "another rate after \(steps) steps, less than 0")
    return LearningRate(form: .joined(form, schedule.form, at: steps))
  }

  /// This schedule with every rate multiplied by a factor.
  ///
  /// - Precondition: 0 < factor < ∞.
  public func scaled(by factor: Double) -> LearningRate {
    LearningRate(form: .scaled(form, Self.checked(factor: factor)))
  }

  /// A schedule with every rate multiplied by a factor.
  public static func * (
    factor: Double, schedule: LearningRate
  ) -> LearningRate {
    schedule.scaled(by: factor)
  }

  /// This schedule with no rate above a bound.
  ///
  /// - Precondition: 0 ≤ bound < ∞.
  public func atMost(_ bound: Double) -> LearningRate {
    LearningRate(form: .atMost(form, Self.checked(bound)))
  }

  /// This schedule with no rate below a bound.
  ///
  /// - Precondition: 0 ≤ bound < ∞.
  public func atLeast(_ bound: Double) -> LearningRate {
    LearningRate(form: .atLeast(form, Self.checked(bound)))
  }
}
