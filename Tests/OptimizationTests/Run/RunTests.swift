import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct RunTests {
  @Test func advancingInPiecesIsAdvancingAtOnce() {
    let rosenbrock = ExtendedRosenbrock(10)
    var pieces = Run(rosenbrock, from: rosenbrock.start, using: .lbfgs())
    pieces.advance(until: .iterations(3))
    pieces.step()
    pieces.advance(until: .iterations(9))
    pieces.advance(until: .gradientNorm(1e-8))
    var whole = Run(rosenbrock, from: rosenbrock.start, using: .lbfgs())
    whole.advance(until: .gradientNorm(1e-8))
    #expect(pieces.state == whole.state)
  }

  @Test func traceOfPiecesHasEachIterationOnce() {
    let rosenbrock = ExtendedRosenbrock(2)
    var run = Run(rosenbrock, from: rosenbrock.start, using: .lbfgs())
    run.advance(until: .iterations(3), recording: .every(1))
    run.advance(until: .iterations(5), recording: .every(1))
    #expect(run.trace.rows.map(\.iteration) == [0, 1, 2, 3, 4, 5])
  }

  struct RestartsAfresh: MethodVisitor {
    func visit<M: Method>(
      _ method: M, _ problem: (Objectives) -> M.Problem
    ) {
      let objectives = Objectives(ExtendedRosenbrock(4))
      var used = Run(
        problem(objectives), from: [-1.2, 1, 0, 3], using: method)
      used.advance(until: .iterations(7))
      used.restart(from: [2, -1, 0.5, 0])
      used.advance(until: .iterations(7))
      var fresh = Run(
        problem(objectives), from: [2, -1, 0.5, 0], using: method)
      fresh.advance(until: .iterations(7))
      #expect(used.state == fresh.state, "\(method.name)")
    }
  }

  @Test func restartEqualsAFreshRunForEveryMethod() throws {
    try forEveryMethod(RestartsAfresh())
    try forEveryRule(RestartsAfresh())
  }
}
