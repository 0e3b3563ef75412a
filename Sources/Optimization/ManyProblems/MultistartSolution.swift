public import Matrix

/// What was found from many starts: the distinct answers, lowest first.
public struct MultistartSolution: Sendable {
  /// An answer with the number of starts that led to it.
  public struct Distinct: Sendable {
    /// The run with the lowest value among those that ended here, with its
    /// certificate.
    public let solution: Solution
    /// How many starts led here.
    public let count: Int
    /// The number of the start that led to ``solution``.
    public let start: Int
  }

  /// The distinct answers, by ascending value.
  ///
  /// Of the runs that arrived or are verified; what a certificate says of each is
  /// in its solution.
  public let distinct: [Distinct]
  /// The starting points, in the order in which they were begun.
  public let starts: [Vector<Double>]
  /// The answer from each start.
  public let runs: SolutionBatch
  /// The evaluations of f by all runs, and by the choice of starts.
  public let evaluations: Int

  /// The lowest verified answer or, where none is verified, the lowest.
  public var best: Solution? {
    (distinct.first { $0.solution.isVerified } ?? distinct.first)?.solution
  }

  /// How many starts led to no answer: neither arrived nor verified, or not begun.
  public var unfinishedCount: Int {
    runs.count - distinct.reduce(0) { $0 + $1.count }
  }
}

extension MultistartSolution: CustomStringConvertible {
  /// A table of the distinct answers; of many, the first ten.
  public var description: String {
    var report = Report(
      "\(runs.count) starts, \(distinct.count) distinct answers, "
        + "\(evaluations) evaluations")
    for entry in distinct.prefix(10) {
      let solution = entry.solution
      report.add(
        solution.value.rounded(digits: 8),
        "from \(entry.count), "
          + (solution.isVerified ? "verified" : "not verified")
          + ", \(solution.certificate.classification.rawValue)"
          + " at \(solution.x.summary)")
    }
    if distinct.count > 10 {
      report.add("…", "and \(distinct.count - 10) more")
    }
    if unfinishedCount > 0 { report.add("unfinished", "\(unfinishedCount)") }
    return "\(report)"
  }
}
