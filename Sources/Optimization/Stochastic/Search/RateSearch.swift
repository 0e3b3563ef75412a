package import Presentation

/// What became of a run at each of several learning rates.
///
///     let search = searchRate(
///       over: RateSearch.rates(from: 1e-4, to: 10, count: 11),
///       perThread: { sum }, from: x, within: .epochs(5)
///     ) { rate in
///       StochasticDescent(by: SGD(rate: .constant(rate)), sampling: sampling)
///     }
///     print(search)  // a table
///     search.best?.rate
public struct RateSearch: Codable, Equatable, Sendable {
  /// What a rate is worth, beside the others.
  public enum Verdict: String, Codable, Sendable {
    /// f became undefined, or larger than it was at the start.
    case diverging
    /// f rose more along the run than it fell in all.
    case oscillating
    /// f fell by less than nine tenths of what it fell by at the best rate.
    case slow
    /// f fell by at least nine tenths of what it fell by at the best rate.
    case good
  }

  /// The run at one rate.
  public struct Trial: Codable, Equatable, Sendable {
    /// The learning rate.
    public let rate: Double
    /// What it is worth.
    public internal(set) var verdict: Verdict
    /// Why the verdict, in a sentence.
    public internal(set) var reason: String
    /// f at the start, of all samples.
    public let firstValue: Double
    /// f at the end, of all samples; nil where it is undefined.
    public let lastValue: Double?
    /// The steps taken.
    public let steps: Int
    /// f along the run, at most 60 numbers: the means of as many equal parts of
    /// what each step saw; of a sum's batches as many as there were epochs.
    public let curve: [Double]
    /// Why the run ended.
    let cause: StopCause

    /// Σ max(0, cᵢ₊₁ − cᵢ) over the curve.
    var rise: Double {
      zip(curve, curve.dropFirst()).reduce(0) { $0 + max(0, $1.1 - $1.0) }
    }
  }

  /// The runs, by ascending rate.
  public private(set) var trials: [Trial]

  /// The best of the good rates: the one with the lowest f at the end; nil where
  /// every rate diverges or oscillates.
  public var best: Trial? {
    trials.filter { $0.verdict == .good || $0.verdict == .slow }
      .min { ($0.lastValue ?? .infinity) < ($1.lastValue ?? .infinity) }
  }

  /// Rates that are spread evenly on a logarithmic scale, both ends among them.
  ///
  /// - Precondition: 0 < low < high and at least two rates.
  public static func rates(
    from low: Double, to high: Double, count: Int
  ) -> [Double] {
    precondition(
      low > 0 && low < high && high < .infinity && count >= 2,
      "\(count) rates from \(low) to \(high)")
    return (0..<count).map { k in
      low * Double.pow(high / low, Double(k) / Double(count - 1))
    }
  }

  init(judging trials: [Trial]) {
    self.trials = trials.sorted { $0.rate < $1.rate }
    // What the best of those that did not diverge has achieved.
    let fall =
      trials.map { $0.firstValue - ($0.lastValue ?? .infinity) }.max() ?? 0
    for k in self.trials.indices {
      let (verdict, reason) = Self.judge(self.trials[k], best: fall)
      self.trials[k].verdict = verdict
      self.trials[k].reason = reason
    }
  }

  private static func judge(
    _ trial: Trial, best: Double
  ) -> (Verdict, String) {
    let first = trial.firstValue.rounded(digits: 3)
    guard let last = trial.lastValue else {
      return (
        .diverging, "f is undefined after step \(trial.steps): \(trial.cause)"
      )
    }
    if trial.cause == .stuck(.undefined) {
      return (
        .diverging, "f is undefined at what step \(trial.steps + 1) led to"
      )
    }
    guard last <= trial.firstValue else {
      return (
        .diverging,
        "f rose from \(first) to \(last.rounded(digits: 3)) in "
          + "\(trial.steps) steps"
      )
    }
    let fall = trial.firstValue - last
    let share = (100 * fall / best).rounded(digits: 3)
    if trial.rise > fall {
      return (
        .oscillating,
        "f rose by \(trial.rise.rounded(digits: 3)) on its way down by "
          + "\(fall.rounded(digits: 3))"
      )
    }
    return fall >= 0.9 * best
      ? (.good, "f fell by \(share) % of the best")
      : (.slow, "f fell by \(share) % of the best")
  }
}

extension RateSearch: CustomStringConvertible {
  /// A table of the rates, the best one marked.
  public var description: String { table.description }

  /// The rates, the best one marked.
  package var table: Table {
    var table = Table(
      columns: ["rate", "verdict", "why", "steps", "f at the end"],
      textColumns: 3)
    let best = best?.rate
    for trial in trials {
      table.append([
        trial.rate.rounded(digits: 3) + (trial.rate == best ? " ←" : ""),
        trial.verdict.rawValue, trial.reason, "\(trial.steps)",
        trial.lastValue?.rounded(digits: 6) ?? "undefined",
      ])
    }
    return table
  }

  /// f along each run as an SVG plot: good rates in green, slow ones in blue,
  /// oscillating ones in orange, diverging ones in vermilion.
  public var svg: String {
    plot.svg
  }

  /// f along each run.
  package var plot: Plot {
    let top =
      trials.map(\.firstValue).filter(\.isFinite).max().map { 4 * $0 } ?? 1
    let isPositive = trials.allSatisfy { $0.curve.allSatisfy { $0 > 0 } }
    return Plot(
      title: "f along runs at \(trials.count) learning rates",
      x: .linear("part of the run"),
      y: isPositive ? .logarithmic("f") : .linear("f"),
      series: trials.map { trial in
        let count = max(1, trial.curve.count - 1)
        return Plot.Series(
          name: "\(trial.rate.rounded(digits: 2)) \(trial.verdict.rawValue)",
          // What diverges would flatten the others.
          points: trial.curve.enumerated()
            .filter {
              $0.element <= top || !isPositive && $0.element <= abs(top)
            }
            .map { (Double($0.offset) / Double(count), $0.element) },
          color: trial.verdict.color,
          style: trial.rate == best?.rate ? .lineWithPoints : .line)
      })
  }
}

extension RateSearch.Verdict {
  fileprivate var color: Plot.Color {
    switch self {
    case .diverging: .vermilion
    case .oscillating: .orange
    case .slow: .blue
    case .good: .green
    }
  }
}
