extension LearningRate {
  /// Decodes a schedule.
  ///
  /// - Throws: `DecodingError` where a setting is one that cannot be given.
  public init(from decoder: any Decoder) throws {
    let form = try decoder.singleValueContainer().decode(Form.self)
    guard form.isValid else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath,
          debugDescription: "a learning rate out of range: \(form)"))
    }
    self.form = form
  }

  /// Encodes a schedule.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(form)
  }
}

extension LearningRate.Form {
  /// Whether the functions that make schedules would take these settings.
  ///
  /// A file may hold anything; a period of 0 would end the program.
  var isValid: Bool {
    switch self {
    case .constant(let rate):
      return isRate(rate)
    case .steps(let start, let factor, let interval),
      .geometric(let start, let factor, let interval):
      return isRate(start) && isFactor(factor) && interval >= 1
    case .milestones(let start, let factor, let milestones):
      return isRate(start) && isFactor(factor)
        && milestones.allSatisfy { $0 >= 0 }
        && zip(milestones, milestones.dropFirst()).allSatisfy { $0 <= $1 }
    case .exponential(let start, let decay), .inverseTime(let start, let decay):
      return isRate(start) && isRate(decay)
    case .polynomial(let start, let end, let steps, let power):
      return isRate(start) && isRate(end) && steps >= 1 && isFactor(power)
    case .inverseSquareRoot(let start, let timescale):
      return isRate(start) && isFactor(timescale)
    case .cosine(let start, let end, let steps):
      return isRate(start) && isRate(end) && steps >= 1
    case .restarts(let start, let end, let period, let multiplier, let factor):
      return isRate(start) && isRate(end) && end <= start && period >= 1
        && multiplier >= 1 && isFactor(factor)
    case .cycle(let low, let high, let rising, let falling, let amplitude):
      let isAmplitude =
        if case .decaying(let factor) = amplitude { isFactor(factor) } else {
          true
        }
      return isRate(low) && isRate(high) && low <= high && rising >= 1
        && falling >= 1 && isAmplitude
        && !rising.addingReportingOverflow(falling).overflow
    case .oneCycle(let cycle):
      let most = cycle.threePhases ? 0.5 : 1.0
      return isRate(cycle.first) && isRate(cycle.peak) && isRate(cycle.last)
        && cycle.steps >= 1 && 0 < cycle.rising && cycle.rising <= most
    case .warmUp(let steps, let start, let schedule):
      return steps >= 1 && isRate(start) && schedule.isValid
    case .joined(let first, let second, let boundary):
      return boundary >= 0 && first.isValid && second.isValid
    case .scaled(let schedule, let factor):
      return isFactor(factor) && schedule.isValid
    case .atMost(let schedule, let bound), .atLeast(let schedule, let bound):
      return isRate(bound) && schedule.isValid
    }
  }

  private func isRate(_ rate: Double) -> Bool {
    rate >= 0 && rate < .infinity
  }

  private func isFactor(_ factor: Double) -> Bool {
    factor > 0 && factor < .infinity
  }
}
