import Differentiation
import Matrix
import ProblemSets
import TestSupport
import Testing

@testable import Optimization

private func starts(_ count: Int, dimension n: Int) -> [Vector<Double>] {
  StartingRegion.cube(-2...2, dimension: n).points(count, seed: 4)
}

extension SolutionBatch {
  /// The bits of all answers.
  fileprivate var bits: [[UInt64]] {
    map { answer in
      answer.x.map(\.bitPattern)
        + [
          answer.value.bitPattern, answer.gradientNorm.bitPattern,
          UInt64(answer.iterations), UInt64(answer.counts.values),
          answer.isVerified ? 1 : 0, answer.cause == nil ? 1 : 0,
        ]
    }
  }
}

@Suite struct ManyStartsTests {
  struct EqualsOneByOne: MethodVisitor {
    func visit<M: Method>(
      _ method: M, _ problem: (Objectives) -> M.Problem
    ) {
      let starts = starts(7, dimension: 2)
      func solve(threads: Int) -> SolutionBatch {
        withoutActuallyEscaping(problem) { problem in
          nonisolated(unsafe) let problem = problem
          return minimize(
            perThread: { problem(Objectives(ExtendedRosenbrock(2))) },
            fromEach: starts, using: method, within: Budget(iterations: 200),
            threads: threads)
        }
      }
      let batch = solve(threads: 1)
      #expect(batch.count == starts.count)
      for (answer, start) in zip(batch, starts) {
        var run = Run(
          problem(Objectives(ExtendedRosenbrock(2))), from: start,
          using: method)
        run.advance(until: M.usualRule, within: Budget(iterations: 200))
        let solution = run.solution(
          verifying: Verification(curvature: .never))
        #expect(answer.x == solution.x, "\(method.name)")
        #expect(answer.value == solution.value)
        #expect(answer.cause == solution.cause)
        #expect(answer.counts == solution.counts)
        #expect(answer.iterations == solution.iterations)
        #expect(answer.isVerified == solution.isVerified)
        #expect(answer.gradientNorm == solution.certificate.gradientNorm)
      }
      // More threads than cores, to have them meet.
      #expect(solve(threads: 5).bits == batch.bits, "\(method.name)")
    }
  }

  @Test func everyMethodFindsWhatItFindsOneByOne() throws {
    try forEveryMethod(EqualsOneByOne())
    try forEveryRule(EqualsOneByOne())
  }

  @Test func thousandsOfSolvesAllocateWhatOneDoes() {
    let rosenbrock = ExtendedRosenbrock(2)
    let many = starts(10_000, dimension: 2)
    let one = [many[0]]
    var batch = minimize(rosenbrock, fromEach: one, using: .lbfgs(), threads: 1)
    let alone = allocations {
      batch = minimize(rosenbrock, fromEach: one, using: .lbfgs(), threads: 1)
    }
    let together = allocations {
      batch = minimize(rosenbrock, fromEach: many, using: .lbfgs(), threads: 1)
    }
    #expect(together <= alone)
    #expect(batch.verifiedCount == 10_000)
    let plain = allocations {
      _ = minimize(
        rosenbrock, from: many[0], using: .lbfgs(),
        verifying: Verification(curvature: .never))
    }
    // The answers themselves, what threads know of one another, and closures.
    #expect(alone <= plain + 8)
  }

  @Test(arguments: [1, 2, 5])
  func budgetOfAllEndsWithTheSameProblemOnAnyNumberOfThreads(threads: Int) {
    let starts = starts(40, dimension: 2)
    let rosenbrock = ExtendedRosenbrock(2)
    let whole = minimize(
      rosenbrock, fromEach: starts, using: .lbfgs(), threads: threads)
    let limit = 500
    let cut = minimize(
      rosenbrock, fromEach: starts, using: .lbfgs(),
      altogether: Budget(iterations: .max, evaluations: limit),
      threads: threads)
    var spent = 0
    for (k, answer) in cut.enumerated() {
      if spent < limit {
        #expect(answer == whole[k])
      } else {
        #expect(answer.cause == nil)
        #expect(answer.x == starts[k])
        #expect(answer.counts.values == 0)
      }
      spent += whole[k].counts.values
    }
    #expect(spent > 2 * limit)
    #expect(cut[0].cause != nil)
  }

  @Test func problemsMayHaveDifferentSizes() {
    let sizes = [2, 6, 6, 4, 2, 2, 8]
    for threads in [1, 3] {
      let batch = minimize(
        each: sizes.map { ExtendedRosenbrock($0).start }, using: .newton(),
        threads: threads
      ) { ExtendedRosenbrock(sizes[$0]) }
      #expect(batch.map(\.x.count) == sizes)
      #expect(batch.verifiedCount == sizes.count)
    }
  }

  @Test func eachProblemIsMinimised() {
    let targets = (0..<50).map { Double($0) / 7 }
    let batch = minimize(
      each: targets.map { [$0 + 1, -3] }, using: .lbfgs()
    ) { i in
      DifferentiableFunction { x, gradient in
        gradient[0] = 2 * (x[0] - targets[i])
        gradient[1] = 8 * (x[1] - 1)
        let (a, b) = (x[0] - targets[i], x[1] - 1)
        return a * a + 4 * b * b
      }
    }
    for (target, answer) in zip(targets, batch) {
      #expect((answer.x - [target, 1]).normInfinity < 1e-6)
    }
  }

  @Test func bestIsTheLowestVerified() {
    // A double well, tilted: minima near −1 and 1, the left one lower.
    struct Wells: DifferentiableObjective, Sendable {
      func valueAndGradient(
        at x: Vector<Double>, into gradient: inout Vector<Double>
      ) -> Double {
        let a = x[0] * x[0] - 1
        gradient[0] = 4 * x[0] * a + 0.1
        return a * a + 0.1 * x[0]
      }
    }
    let batch = minimize(
      Wells(), fromEach: [[1.2], [-0.7], [0.8]], using: .lbfgs())
    #expect(batch.bestIndex == 1)
    let none = minimize(Wells(), fromEach: [], using: .lbfgs())
    #expect(none.isEmpty && none.bestIndex == nil)
  }

  @Test func functionsThatRecordAreMadeOnEachThread() {
    let batch = minimize(
      perThread: {
        AutomaticFunction { x in
          100 * (x[1] - x[0] * x[0]).squared + (1 - x[0]).squared
        }
      }, fromEach: starts(20, dimension: 2), using: .newton(), threads: 2)
    #expect(batch.verifiedCount == 20)
  }

  @Test func cancelledTaskBeginsNoMore() async {
    // Cancels its own task at the 40th evaluation.
    final class Cancelling: DifferentiableObjective {
      var calls = 0
      func valueAndGradient(
        at x: Vector<Double>, into gradient: inout Vector<Double>
      ) -> Double {
        calls += 1
        if calls == 40 { withUnsafeCurrentTask { $0?.cancel() } }
        return ExtendedRosenbrock(2).valueAndGradient(at: x, into: &gradient)
      }
    }
    let batch = await Task {
      minimize(
        perThread: { Cancelling() }, fromEach: starts(30, dimension: 2),
        using: .lbfgs(), threads: 1)
    }.value
    let cancelled = batch.firstIndex { $0.cause == .cancelled }
    #expect(cancelled.map { (1..<29).contains($0) } == true)
    for (k, answer) in batch.enumerated() {
      if let cancelled, k > cancelled { #expect(answer.cause == nil) }
    }
  }

  @Test func startsOfDifferentSizesForOneProblemTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = minimize(
        ExtendedRosenbrock(2), fromEach: [[1, 2], [1, 2, 3, 4]], using: .lbfgs()
      )
    }
  }
}
