internal import Dispatch
public import Matrix

/// Runs a method at several learning rates, on as many threads as there are.
///
/// - Parameters:
///   - rates: the rates, such as ``RateSearch/rates(from:to:count:)``.
///   - makeProblem: makes the problem, once for each rate.
///   - start: the starting point of all runs.
///   - budget: what each run may cost.
///   - threads: how many threads at most; `Threads.maximum` unless told.
///   - makeMethod: the method with a rate.
/// - Returns: the runs with a verdict on each; the same on any number of threads.
/// - Precondition: rates are positive.
/// - Complexity: the budget for each rate, and two evaluations of f.
public func searchRate<M: Method>(
  over rates: [Double], perThread makeProblem: @Sendable () -> M.Problem,
  from start: Vector<Double>, within budget: Budget = .epochs(5),
  threads: Int? = nil, using makeMethod: @Sendable (Double) -> M
) -> RateSearch {
  precondition(
    rates.allSatisfy { $0 > 0 && $0 < .infinity },
    "rates that are not all positive: \(rates)")
  let workers = min(rates.count, threads ?? Threads.maximum)
  var trials: [RateSearch.Trial?] = Array(repeating: nil, count: rates.count)
  guard workers > 0 else { return RateSearch(judging: []) }
  trials.withUnsafeMutableBufferPointer { trials in
    // Each place is written by the one thread that took its number.
    nonisolated(unsafe) let trials = trials
    @Sendable func work(_ worker: Int) {
      for k in stride(from: worker, to: rates.count, by: workers) {
        trials[k] = RateSearch.Trial(
          of: makeMethod(rates[k]), rate: rates[k], on: makeProblem(),
          from: start, within: budget)
      }
    }
    if workers == 1 {
      work(0)
    } else {
      DispatchQueue.concurrentPerform(iterations: workers, execute: work)
    }
  }
  return RateSearch(judging: trials.compactMap { $0 })
}

extension RateSearch.Trial {
  /// Runs a method within a budget.
  fileprivate init<M: Method>(
    of method: M, rate: Double, on problem: M.Problem,
    from start: Vector<Double>, within budget: Budget
  ) {
    var first = Point(start)
    var evaluator = method.evaluator(for: problem)
    evaluator.evaluate(&first)
    var run = Run(problem, from: start, using: method)
    var values: [Double] = []
    let cause = run.advance(within: budget) { progress in
      values.append(progress.value)
      return .proceed
    }
    let solution = run.solution(verifying: Verification(curvature: .never))
    self.rate = rate
    self.cause = cause
    verdict = .slow
    reason = ""
    firstValue = first.value
    lastValue = solution.value.isFinite ? solution.value : nil
    steps = solution.iterations
    // Within an epoch f differs from batch to batch, whatever the rate.
    let epochs = evaluator.sum.map {
      solution.counts.samples / max(1, $0.sampleCount)
    }
    curve = values.means(of: min(60, epochs.map { max(2, $0) } ?? 60))
  }
}

extension [Double] {
  /// The means of at most so many consecutive parts of about equal counts.
  fileprivate func means(of parts: Int) -> [Double] {
    let parts = Swift.min(parts, count)
    return (0..<parts).map { k in
      let part = self[k * count / parts..<(k + 1) * count / parts]
      return part.reduce(0, +) / Double(part.count)
    }
  }
}
