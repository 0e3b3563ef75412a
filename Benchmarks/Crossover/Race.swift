import Matrix
import Optimization

/// What one method needed for one problem.
struct Outcome: Codable {
  /// The method's name with its settings.
  let method: String
  /// Seconds from the start to the point where the stop rule held; without the
  /// certificate, which is the same work for either method.
  let time: Measurement
  /// The median of the time, in seconds.
  let seconds: Double
  /// Seconds of a step.
  let secondsPerStep: Double
  /// Floating-point operations of a step.
  let flopsPerStep: Double
  /// Whether the certificate confirmed the answer.
  let isVerified: Bool
  /// What kind of point the certificate found.
  let classification: Classification
  /// Why the run ended.
  let cause: String
  /// f at the end.
  let value: Double
  /// ‖∇f‖∞ at the end.
  let gradientNorm: Double
  /// The steps taken.
  let iterations: Int
  /// What was evaluated and factorized, and the flops of all of it.
  let counts: Counts
  /// ‖∇f‖∞ after every step, with the seconds.
  let convergence: [ConvergencePoint]

  init(_ solution: Solution, time: Measurement) {
    let steps = Double(max(1, solution.iterations))
    method = solution.method
    self.time = time
    seconds = time.median
    secondsPerStep = time.median / steps
    flopsPerStep = solution.counts.flops / steps
    isVerified = solution.isVerified
    classification = solution.certificate.classification
    cause = solution.cause.map { "\($0)" } ?? ""
    value = solution.value
    gradientNorm = solution.certificate.gradientNorm
    iterations = solution.iterations
    counts = solution.counts
    convergence = Self.thinned(solution.trace.rows)
  }

  /// At most 200 of the rows, evenly spaced, the last one besides.
  private static func thinned(_ rows: [Trace.Row]) -> [ConvergencePoint] {
    let step = max(1, (rows.count + 199) / 200)
    return rows.enumerated().filter { i, _ in
      i.isMultiple(of: step) || i == rows.count - 1
    }.map { _, row in
      ConvergencePoint(
        iteration: row.iteration, seconds: row.seconds,
        gradientNorm: row.gradientNorm)
    }
  }
}

/// Where a run stood after a step.
struct ConvergencePoint: Codable {
  let iteration: Int
  let seconds: Double
  let gradientNorm: Double
}

/// Newton's method and L-BFGS on the same problem from the same start.
struct Race: Codable {
  /// The problem's name.
  let problem: String
  /// The number of variables n.
  let size: Int
  let newton: Outcome
  let lbfgs: Outcome

  /// Runs both methods, for their answers and then, in turn, for their times.
  init(
    _ entry: ProblemEntry, until stop: StopRule, effort: Effort
  ) throws {
    let (objective, start) = try entry.make()
    func solve<M: Method>(_ method: M, _ problem: M.Problem) -> Solution {
      func solution() -> Solution {
        minimize(
          problem, from: start, using: method, until: stop,
          within: Self.budget, recording: .every(1))
      }
      // The times of the steps are shown too: those of the quickest of three runs,
      // which met least of other processes.
      var best = solution()
      for _ in 0..<2 where best.seconds < 0.5 {
        let next = solution()
        if next.seconds < best.seconds { best = next }
      }
      return best
    }
    func advance<M: Method>(_ method: M, _ problem: M.Problem) -> StopCause {
      var run = Run(problem, from: start, using: method)
      return run.advance(until: stop, within: Self.budget)
    }
    let answers = (solve(.newton(), objective), solve(.lbfgs(), objective))
    let times = compare(effort) {
      advance(.newton(), objective)
    } theirs: {
      advance(.lbfgs(), objective)
    }
    problem = entry.name
    size = start.count
    newton = Outcome(answers.0, time: times.ours)
    lbfgs = Outcome(answers.1, time: times.theirs)
  }

  /// The most that one run may cost.
  private static let budget = Budget(iterations: 100_000, seconds: 60)
}
