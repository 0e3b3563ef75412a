import Matrix
import ProblemSets
import Testing

@testable import benchmarks

@Suite struct OurMinimizersTests {
  @Test func `Ours solve Rosenbrock's function but for the slowest`() throws {
    let problem = MoreGarbowHillstrom.rosenbrock.unconstrained
    for minimizer in Minimizer.ours where minimizer.method != "gradient descent"
    {
      let outcome = try minimizer.outcome(for: problem, Minimizer.Limits())
      #expect(outcome.isSolved, "\(minimizer.name): \(outcome.message)")
      #expect(outcome.claimsSuccess)
      #expect(outcome.seconds > 0)
      #expect(outcome.values > 0)
      #expect((outcome.gradients > 0) == (minimizer.derivatives != .none))
    }
  }

  @Test func `The certificate's evaluations are not the method's`() throws {
    let newton = try #require(
      Minimizer.ours.first { $0.method == "Newton" })
    let function = Witness(MoreGarbowHillstrom.rosenbrock.objective)
    let answer = try newton.minimize(
      function, [1, 1], Minimizer.Limits())
    #expect(answer.claimsSuccess)
    #expect(answer.counts?.values == 1)
    #expect(answer.counts?.hessians == 0)
    #expect(function.hessians == 1)
  }
}
