import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

@Suite struct AllocationTests {
  struct StepsWithoutAllocating: MethodVisitor {
    let size: Int

    func visit<M: Method>(
      _ method: M, _ problem: (Objectives) -> M.Problem
    ) {
      let rosenbrock = ChainedRosenbrock(size)
      var run = Run(
        problem(Objectives(rosenbrock)), from: rosenbrock.start, using: method)
      // Until the memory of every method is full and an indefinite Hessian
      // has been met.
      for _ in 0..<15 { run.step() }
      let count = allocations {
        for _ in 0..<5 { run.step() }
      }
      #expect(count == 0, "\(method.name), n = \(size)")
    }
  }

  @Test(arguments: [4, 150])
  func stepsOfEveryMethodAllocateNothing(size: Int) throws {
    try forEveryMethod(StepsWithoutAllocating(size: size))
    try forEveryRule(StepsWithoutAllocating(size: size))
  }

  @Test func advancingAllocatesNothing() {
    let rosenbrock = ChainedRosenbrock(200)
    var run = Run(rosenbrock, from: rosenbrock.start, using: .lbfgs())
    run.advance(until: .iterations(20))
    let count = allocations {
      _ = run.advance(
        until: .gradientNorm(1e-3), within: Budget(iterations: 60))
    }
    #expect(count == 0)
  }
}
