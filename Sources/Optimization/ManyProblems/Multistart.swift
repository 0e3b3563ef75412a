internal import Dispatch
internal import Foundation
internal import Matrix

/// Minimises from many starts within a box, on as many threads as there are, and tells
/// the distinct answers apart; each thread makes the problem for itself.
///
///     let found = multistart(
///       camel, from: .within(bounds), starts: 50, using: .lbfgs())
///     print(found)          // each minimum, and how many starts led to it
///
/// With `samples`, f is first evaluated at as many points, and starts are only those of
/// them which have no lower one within the critical distance
///
///     r = π^(−½) (4 Γ(1 + n/2) vol ln N / N)^(1/n)
///
/// the lowest first: two points of one valley are rarely both begun from, and with
/// growing N every minimum is found with probability 1 while the number of runs
/// stays finite.
///
/// The box is where starts come from. Whether answers keep to it is for the method
/// and the problem. What is found is the same for any number of threads, but for limits
/// on time.
///
/// - Parameters:
///   - makeProblem: makes the problem, once on each thread.
///   - region: where the starts are.
///   - starts: how many runs are begun, or, with `samples`, at most.
///   - samples: how many points the starts are chosen from.
///   - method: any method that the problem has the derivatives for.
///   - seed: what the starts depend on.
///   - stop: when a run has arrived.
///   - budget: what one run may cost.
///   - total: what all runs together may cost.
///   - verification: how the distinct answers are verified.
///   - separation: answers are distinct when a variable differs by more than this
///     part of the box's width.
///   - threads: how many threads at most; `Threads.maximum` unless told.
/// - Returns: the distinct answers with certificates and counts.
/// - Precondition: the problem has as many variables as the box.
/// - Complexity: that of the runs, and one run more for each distinct answer.
///
/// Source: Rinnooy Kan and Timmer, Stochastic global optimization methods, part II:
/// multi level methods, Mathematical Programming 39, 1987.
public func multistart<M: Method>(
  perThread makeProblem: @Sendable () -> M.Problem,
  from region: StartingRegion, starts: Int, samples: Int? = nil,
  using method: M, seed: UInt64 = 0,
  until stop: StopRule = M.usualRule, within budget: Budget = Budget(),
  altogether total: Budget = .unlimited,
  verifying verification: Verification = .automatic,
  separation: Double = 1e-3, threads: Int? = nil
) -> MultistartSolution {
  let search = Multistart(
    method: method, region: region, stop: stop, budget: budget,
    verification: verification, threads: threads ?? Threads.maximum)
  var points = region.points(samples ?? starts, seed: seed)
  var total = total
  if samples != nil {
    total.evaluations -= min(points.count, total.evaluations)
    points = search.choose(starts, of: points, makeProblem)
  }
  let runs = BatchWork(
    method: method, stop: stop, budget: budget, total: total,
    verification: Verification(
      gradientTolerance: verification.gradientTolerance, curvature: .never),
    workers: threads
  ).solve(from: points) {
    var problem: M.Problem? = makeProblem()
    return { _ in
      defer { problem = nil }
      return problem
    }
  }
  let clusters = search.clusters(of: runs, separation: separation)
  let solutions = search.repeated(
    clusters.map { points[$0.best] }, makeProblem)
  return MultistartSolution(
    distinct: zip(solutions, clusters).map {
      .init(solution: $0, count: $1.count, start: $1.best)
    },
    starts: points, runs: runs,
    evaluations: runs.reduce(samples ?? 0) { $0 + $1.counts.values })
}

/// The parts of a search from many starts.
struct Multistart<M: Method>: Sendable {
  let method: M
  let region: StartingRegion
  let stop: StopRule
  let budget: Budget
  let verification: Verification
  let threads: Int

  /// Calls `body` for each number on the threads, each of which makes its own state
  /// first.
  private func forEach<State>(
    of count: Int, _ makeState: @Sendable () -> State,
    _ body: @Sendable (inout State, Int) -> Void
  ) {
    // A task that was cancelled is so to its own thread alone.
    let threads = Task.isCancelled ? 1 : max(1, min(threads, count))
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      var state = makeState()
      for i in stride(from: thread, to: count, by: threads) { body(&state, i) }
    }
  }

  /// The lowest points that have no lower one within the critical distance.
  func choose(
    _ limit: Int, of points: [Vector<Double>],
    _ makeProblem: @Sendable () -> M.Problem
  ) -> [Vector<Double>] {
    var values = [Double](repeating: .infinity, count: points.count)
    values.withUnsafeMutableBufferPointer { values in
      nonisolated(unsafe) let values = values
      forEach(of: points.count) {
        method.evaluator(for: makeProblem())
      } _: { evaluator, i in
        let value = evaluator.value(at: points[i])
        values[i] = value.isFinite ? value : .infinity
      }
    }
    let order = points.indices.filter { values[$0] < .infinity }
      .sorted { (values[$0], $0) < (values[$1], $1) }
    let radius = criticalDistance(points.count)
    var chosen: [Vector<Double>] = []
    for (rank, i) in order.enumerated() {
      if chosen.count == limit { break }
      // From the nearest in value, which are most often near in x too.
      let isLinked = order[..<rank].reversed().contains {
        scaledDistance(points[$0], points[i]) <= radius
      }
      if !isLinked { chosen.append(points[i]) }
    }
    return chosen
  }

  /// r, for the box scaled to a volume of 1.
  private func criticalDistance(_ count: Int) -> Double {
    let n = Double(region.dimension)
    guard n > 0 && count > 1 else { return 0 }
    let k = Double(count)
    // In logarithms, since Γ(1 + n/2) overflows from n = 341 on.
    let power = lgamma(1 + n / 2) + log(4 * log(k) / k)
    return exp(power / n) / Double.pi.squareRoot()
  }

  private func scaledDistance(
    _ x: Vector<Double>, _ y: Vector<Double>
  ) -> Double {
    var square = 0.0
    for j in 0..<region.dimension where x[j] != y[j] {
      let t = (x[j] - y[j]) / (region.upper[j] - region.lower[j])
      square += t * t
    }
    return square.squareRoot()
  }

  /// The runs that ended in the same place, by ascending value.
  func clusters(
    of runs: SolutionBatch, separation: Double
  ) -> [(best: Int, count: Int)] {
    let answers = Array(runs)
    let order = answers.indices.filter {
      guard answers[$0].value.isFinite else { return false }
      if answers[$0].isVerified { return true }
      if case .arrived = answers[$0].cause { return true }
      return false
    }.sorted { (answers[$0].value, $0) < (answers[$1].value, $1) }
    var clusters: [(best: Int, count: Int)] = []
    for i in order {
      let known = clusters.firstIndex {
        region.distance(answers[$0.best].x, answers[i].x) <= separation
      }
      if let known {
        clusters[known].count += 1
      } else {
        clusters.append((i, 1))
      }
    }
    return clusters
  }

  /// The same runs again, which end where they did, for their certificates.
  func repeated(
    _ starts: [Vector<Double>], _ makeProblem: @Sendable () -> M.Problem
  ) -> [Solution] {
    var solutions = [Solution?](repeating: nil, count: starts.count)
    solutions.withUnsafeMutableBufferPointer { solutions in
      nonisolated(unsafe) let solutions = solutions
      forEach(of: starts.count, makeProblem) { problem, i in
        var run = Run(problem, from: starts[i], using: method)
        run.advance(until: stop, within: budget)
        solutions[i] = run.solution(verifying: verification)
      }
    }
    return solutions.compactMap { $0 }
  }
}
