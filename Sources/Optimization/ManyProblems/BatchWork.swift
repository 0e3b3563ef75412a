internal import Dispatch
internal import Matrix
internal import Synchronization

/// Many runs of one method, shared among threads.
///
/// Each thread has a run of its own, which it starts again for each problem; it
/// takes the next problem when it is done with the last. What is found does not
/// depend on which thread found it.
struct BatchWork<M: Method>: Sendable {
  /// The problem with a number; nil when it is that of the call before.
  typealias Source = (Int) -> M.Problem?

  let method: M
  let stop: StopRule
  let budget: Budget
  let total: Budget
  let verification: Verification
  let workers: Int?

  /// Minimises from each of the starts.
  ///
  /// - Parameter makeSource: makes what a thread takes its problems from.
  func solve(
    from starts: [Vector<Double>], _ makeSource: @Sendable () -> Source
  ) -> SolutionBatch {
    var batch = SolutionBatch(starts)
    let threads = min(starts.count, workers ?? Threads.maximum)
    guard threads > 0 else { return batch }
    let shared = SharedProgress()
    batch.withUnsafeStorage { numbers, offsets, records in
      // Each answer is written by the one thread that took its number.
      nonisolated(unsafe) let (numbers, records) = (numbers, records)
      @Sendable func work(_: Int) {
        self.work(on: starts, makeSource(), shared) {
          index, run, answer, certificate in
          let x = UnsafeMutableBufferPointer(
            rebasing: numbers[offsets[index]..<offsets[index + 1]])
          answer.x.withUnsafeBufferPointer {
            _ = x.update(fromContentsOf: $0)
          }
          records[index] = .init(
            value: answer.value,
            gradientNorm: certificate.gradientNorm, cause: run.cause,
            iterations: run.state.iteration, counts: run.state.counts,
            isVerified: certificate.isVerified)
        }
      }
      if threads == 1 {
        work(0)
      } else {
        DispatchQueue.concurrentPerform(iterations: threads, execute: work)
      }
    }
    batch.limit(to: total, starts: starts)
    return batch
  }

  /// One thread's share.
  private func work(
    on starts: [Vector<Double>], _ problem: Source, _ shared: SharedProgress,
    _ finish: (Int, borrowing Run<M>, Point, Certificate) -> Void
  ) {
    guard var index = shared.next(of: starts.count, within: total) else {
      return
    }
    var run = begin(problem(index), from: starts, at: index, shared)
    var scratch = Point(dimension: starts[index].count)
    while true {
      var budget = budget
      if total.seconds < .infinity {
        budget.seconds = min(budget.seconds, total.seconds - shared.seconds)
      }
      run.advance(until: stop, within: budget)
      let certificate = run.certificate(verifying: verification, in: &scratch)
      finish(
        index, run, run.isAnswered ? run.state.point : scratch, certificate)
      shared.spend(run.state.counts.values, run.state.iteration)

      guard let next = shared.next(of: starts.count, within: total) else {
        return
      }
      index = next
      let problem = problem(index)
      if scratch.dimension != starts[index].count {
        run = begin(problem, from: starts, at: index, shared)
        scratch = Point(dimension: starts[index].count)
      } else if let problem {
        run.restart(on: problem, from: starts[index])
      } else {
        run.restart(from: starts[index])
      }
    }
  }

  private func begin(
    _ problem: M.Problem?, from starts: [Vector<Double>], at index: Int,
    _ shared: SharedProgress
  ) -> Run<M> {
    guard let problem else {
      preconditionFailure(
        "start \(index) has \(starts[index].count) elements, the first "
          + "\(starts[0].count)")
    }
    var run = Run(problem, from: starts[index], using: method)
    run.interruption = shared.interruption
    return run
  }
}

/// What the threads know of one another.
private final class SharedProgress: Sendable {
  let interruption = Interruption()
  private let taken = Atomic<Int>(0)
  private let evaluations = Atomic<Int>(0)
  private let iterations = Atomic<Int>(0)
  private let began = ContinuousClock.now

  /// The number of the next problem; nil when there is none or no more may be
  /// begun.
  func next(of count: Int, within total: Budget) -> Int? {
    if Task.isCancelled { interruption.raise() }
    // Problems are taken in order, so that what has been spent was spent on
    // earlier ones: a problem that is not begun here would not be either if there
    // were one thread.
    guard !interruption.isRaised,
      evaluations.load(ordering: .relaxed) < total.evaluations,
      iterations.load(ordering: .relaxed) < total.iterations,
      total.seconds == .infinity || seconds < total.seconds
    else { return nil }
    let index = taken.add(1, ordering: .relaxed).oldValue
    return index < count ? index : nil
  }

  func spend(_ evaluations: Int, _ iterations: Int) {
    self.evaluations.add(evaluations, ordering: .relaxed)
    self.iterations.add(iterations, ordering: .relaxed)
  }

  var seconds: Double { (ContinuousClock.now - began).seconds }
}
