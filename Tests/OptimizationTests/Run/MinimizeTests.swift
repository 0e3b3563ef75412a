import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct MinimizeTests {
  struct ReachesMinimum: MethodVisitor {
    func visit<M: Method>(
      _ method: M, _ problem: (Objectives) -> M.Problem
    ) {
      let rosenbrock = ExtendedRosenbrock(4)
      // A rule on the gradient is not for methods that know values alone.
      let stop =
        M.Problem.self == (any Objective).self
        ? M.usualRule : .gradientNorm(1e-3)
      let solution = minimize(
        problem(Objectives(rosenbrock)), from: [-1.2, 1, -1.2, 1],
        using: method, until: stop, within: Budget(iterations: 100_000))
      #expect(solution.isVerified, "\(method.name)")
      #expect(
        (solution.x - rosenbrock.minimizer).normInfinity < 0.01,
        "\(method.name)")
      #expect(solution.cause == .arrived(stop))
    }
  }

  @Test func everyMethodReachesTheMinimum() throws {
    try forEveryMethod(ReachesMinimum())
  }

  @Test func startThatIsTheMinimumTakesNoStep() {
    let solution = minimize(
      ExtendedRosenbrock(2), from: [1, 1], using: .lbfgs())
    #expect(solution.iterations == 0)
    #expect(solution.counts.values == 1)
    #expect(solution.isVerified)
  }

  @Test func budgetsEndTheRunUnverified() {
    let rosenbrock = ExtendedRosenbrock(2)
    func run(_ budget: Budget) -> Solution {
      minimize(
        rosenbrock, from: rosenbrock.start, using: .lbfgs(), within: budget)
    }
    let iterations = run(Budget(iterations: 5))
    #expect(iterations.cause == .iterations)
    #expect(iterations.iterations == 5)
    #expect(!iterations.isVerified)
    let evaluations = run(Budget(evaluations: 7))
    #expect(evaluations.cause == .evaluations)
    #expect((7...20).contains(evaluations.counts.values))
    #expect(run(Budget(seconds: 0)).cause == .seconds)
  }

  @Test func fallWithoutBoundIsACause() {
    let slope = DifferentiableFunction { x, gradient in
      gradient.fill(with: 1)
      return x.sum
    }
    #expect(
      minimize(slope, from: [0, 0], using: .lbfgs()).cause == .unbounded)
    let plunge = DifferentiableFunction { x, gradient in
      gradient[0] = -3 * x[0] * x[0] - 1
      return -x[0] * x[0] * x[0] - x[0]
    }
    let solution = minimize(plunge, from: [0], using: .lbfgs())
    #expect(solution.cause == .unbounded)
    #expect(!solution.isVerified)
  }

  @Test func observerSeesEveryIterationAndStops() {
    var seen: [Int] = []
    let solution = minimize(
      ExtendedRosenbrock(2), from: [-1.2, 1], using: .lbfgs(),
      recording: .every(2)
    ) { progress in
      seen.append(progress.iteration)
      return progress.iteration == 7 ? .stop : .proceed
    }
    #expect(seen == Array(0...7))
    #expect(solution.cause == .observer)
    #expect(solution.trace.rows.map(\.iteration) == [0, 2, 4, 6])
    #expect(
      solution.trace.rows.first.map { abs($0.value - 24.2) < 1e-13 } == true)
  }

  @Test func cancelledTaskStops() async {
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return minimize(
        ExtendedRosenbrock(2), from: [-1.2, 1], using: .lbfgs())
    }
    task.cancel()
    let solution = await task.value
    #expect(solution.cause == .cancelled)
    #expect(solution.iterations == 0)
  }

  @Test func noVariablesIsSolved() {
    let constant = DifferentiableFunction { _, _ in 7 }
    let solution = minimize(constant, from: [], using: .lbfgs())
    #expect(solution.isVerified)
    #expect(solution.value == 7)
  }

  @Test func wrongDimensionTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = minimize(ExtendedRosenbrock(4), from: [1, 2], using: .lbfgs())
    }
  }

  @Test func countsAddUp() {
    let solution = minimize(
      ExtendedRosenbrock(2), from: [-1.2, 1], using: .newton())
    #expect(solution.counts.hessians == solution.iterations)
    #expect(solution.counts.factorizations >= solution.iterations)
    #expect(solution.counts.values == solution.counts.gradients)
    #expect(solution.counts.flops > 0)
  }
}
