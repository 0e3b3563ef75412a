internal import Foundation

extension LearningRate.Form {
  /// η at step t ≥ 0.
  func rate(_ t: Int) -> Double {
    switch self {
    case .constant(let rate):
      return rate
    case .steps(let start, let factor, let interval):
      return start * pow(factor, Double(t / interval))
    case .milestones(let start, let factor, let milestones):
      // Not a loop over elements, which allocates an iterator if unoptimised.
      var passed = 0
      while passed < milestones.count && t >= milestones[passed] {
        passed += 1
      }
      return start * pow(factor, Double(passed))
    case .exponential(let start, let decay):
      return start * exp(-decay * Double(t))
    case .geometric(let start, let factor, let interval):
      return start * pow(factor, Double(t) / Double(interval))
    case .polynomial(let start, let end, let steps, let power):
      // The last rate exactly, which start − (start − end) might miss.
      guard t < steps else { return end }
      let left = 1 - Double(t) / Double(steps)
      return (start - end) * (power == 1 ? left : pow(left, power)) + end
    case .inverseTime(let start, let decay):
      return start / (1 + decay * Double(t))
    case .inverseSquareRoot(let start, let timescale):
      return start * (timescale / (timescale + Double(t))).squareRoot()
    case .cosine(let start, let end, let steps):
      guard t < steps else { return end }
      return Self.cosine(from: start, to: end, Double(t) / Double(steps))
    case .restarts(let start, let end, let period, let multiplier, let factor):
      let cycle = Self.cycle(at: t, first: period, multiplier: multiplier)
      let peak = factor == 1 ? start : start * pow(factor, Double(cycle.index))
      return Self.cosine(
        from: max(peak, end), to: end,
        Double(cycle.step) / Double(cycle.period))
    case .cycle(let low, let high, let rising, let falling, let amplitude):
      let period = rising + falling
      let place = t % period
      let height =
        place <= rising
        ? Double(place) / Double(rising)
        : Double(period - place) / Double(falling)
      return low + (high - low) * height * amplitude.factor(t, t / period)
    case .oneCycle(let cycle):
      return cycle.rate(t)
    case .warmUp(let steps, let start, let schedule):
      guard t < steps else { return schedule.rate(t - steps) }
      let end = schedule.rate(0)
      return start + (end - start) * (Double(t) / Double(steps))
    case .joined(let first, let second, let boundary):
      return t < boundary ? first.rate(t) : second.rate(t - boundary)
    case .scaled(let schedule, let factor):
      return factor * schedule.rate(t)
    case .atMost(let schedule, let bound):
      return min(schedule.rate(t), bound)
    case .atLeast(let schedule, let bound):
      return max(schedule.rate(t), bound)
    }
  }

  /// Half a period of a cosine from `start` at 0 to `end` at 1.
  static func cosine(
    from start: Double, to end: Double, _ fraction: Double
  ) -> Double {
    end + (start - end) * (1 + cos(.pi * fraction)) / 2
  }

  /// The cycle that holds step t, where each is `multiplier` times as long as
  /// the one before.
  static func cycle(
    at t: Int, first: Int, multiplier: Int
  ) -> (index: Int, step: Int, period: Int) {
    if multiplier == 1 { return (t / first, t % first, first) }
    // A loop over the cycles, at most 63: a logarithm may round to the wrong
    // side of a restart.
    var (index, step, period) = (0, t, first)
    while step >= period {
      step -= period
      index += 1
      let next = period.multipliedReportingOverflow(by: multiplier)
      // A cycle of more steps than there are integers has no end.
      period = next.overflow ? .max : next.partialValue
    }
    return (index, step, period)
  }
}
