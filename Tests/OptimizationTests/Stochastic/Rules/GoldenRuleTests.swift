import Matrix
import Optimization
import Testing

@Suite struct GoldenRuleTests {
  @Test func everyTrajectoryIsThatOfPyTorchOrOptax() throws {
    let golden = try Golden.rules()
    var untried = Set(RuleTable<Double>.rules(1).keys)
    for expected in golden.cases {
      let problem = try #require(RuleProblem<Double>(named: expected.problem))
      let rule = try #require(
        RuleTable<Double>.rules(expected.rate[0])[expected.name],
        "no rule \(expected.name)")
      untried.remove(expected.name)
      let points = problem.points(of: rule, at: golden.steps)
      for (k, (point, golden)) in zip(points, expected.points).enumerated() {
        let size = golden.map(abs).max() ?? 0
        let error = zip(point, golden).map { abs($0 - $1) }.max() ?? 0
        #expect(
          error <= 1e-12 * size,
          "\(expected): \(error / size) at the \(k + 1)th point")
      }
    }
    #expect(untried == [], "these have no golden trajectory")
  }
}
