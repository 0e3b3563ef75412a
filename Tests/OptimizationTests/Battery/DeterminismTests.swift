import Matrix
import Optimization
import ProblemSets
import Testing

/// The same input gives the same bits.
@Suite struct DeterminismTests {
  struct Twice: MethodVisitor {
    func visit<M: Method>(
      _ method: M, _ problem: (Objectives) -> M.Problem
    ) {
      let rosenbrock = ChainedRosenbrock(12)
      func run() -> Run<M> {
        var run = Run(
          problem(Objectives(rosenbrock)), from: rosenbrock.start,
          using: method)
        run.advance(until: .iterations(40), within: Budget(evaluations: 400))
        return run
      }
      let first = run()
      var second = run()
      #expect(first.state == second.state, "\(method.name)")
      // What a run leaves in its storage is of no account to the next.
      second.restart(from: rosenbrock.start)
      second.advance(
        until: .iterations(40), within: Budget(evaluations: 400))
      #expect(first.state == second.state, "\(method.name), restarted")
    }
  }

  @Test func everyMethodComesToTheSameBitsTwice() throws {
    try forEveryMethod(Twice())
    try forEveryRule(Twice())
  }
}
