extension LearningRate.Form: CustomStringConvertible {
  /// The schedule in words.
  var description: String {
    switch self {
    case .constant(let rate):
      return "\(rate)"
    case .steps(let start, let factor, let interval):
      return "\(start), times \(factor) every \(interval) steps"
    case .milestones(let start, let factor, let milestones):
      let list = milestones.map { "\($0)" }.joined(separator: ", ")
      return "\(start), times \(factor) at each of steps [\(list)]"
    case .exponential(let start, let decay):
      return "\(start), exponential decay by \(decay) a step"
    case .geometric(let start, let factor, let interval):
      return "\(start), exponential decay by the factor \(factor) in "
        + (interval == 1 ? "a step" : "\(interval) steps")
    case .polynomial(let start, let end, let steps, let power):
      let form = power == 1 ? "linear" : "polynomial of power \(power)"
      return "\(form) from \(start) to \(end) over \(steps) steps"
    case .inverseTime(let start, let decay):
      return "\(start) / (1 + \(decay) t)"
    case .inverseSquareRoot(let start, let timescale):
      return "\(start) / √(1 + t / \(timescale))"
    case .cosine(let start, let end, let steps):
      return "cosine from \(start) to \(end) over \(steps) steps"
    case .restarts(let start, let end, let period, let multiplier, let factor):
      return "cosine from \(start) to \(end) over \(period) steps, restarted"
        + (multiplier == 1 ? "" : ", each \(multiplier) times as long")
        + (factor == 1 ? "" : ", each \(factor) times as high")
    case .cycle(let low, let high, let rising, let falling, let amplitude):
      let ending =
        switch amplitude {
        case .whole: ""
        case .halved: ", halved after each cycle"
        case .decaying(let factor): ", times \(factor) each step"
        }
      return "cycles from \(low) to \(high) in \(rising) steps and back in "
        + "\(falling)\(ending)"
    case .oneCycle(let cycle):
      return "one cycle from \(cycle.first) to \(cycle.peak) to \(cycle.last) "
        + "over \(cycle.steps) steps, \(cycle.annealing.rawValue)"
        + (cycle.threePhases ? " in three phases" : "")
    case .warmUp(let steps, let start, let schedule):
      return "warm-up from \(start) over \(steps) steps, then \(schedule)"
    case .joined(let first, let second, let boundary):
      return "\(first) for \(boundary) steps, then \(second)"
    case .scaled(let schedule, let factor):
      return "\(factor) times (\(schedule))"
    case .atMost(let schedule, let bound):
      return "\(schedule), at most \(bound)"
    case .atLeast(let schedule, let bound):
      return "\(schedule), at least \(bound)"
    }
  }
}
