import Differentiation
import Matrix
import ProblemSets
import Testing

@testable import benchmarks

/// Rosenbrock's function.
private struct Valley: ObjectiveFormula {
  func value<Number: RealNumber>(_ x: [Number]) -> Number {
    let (a, b) = (x[1] - x[0] * x[0], 1 - x[0])
    return 100 * a * a + b * b
  }
}

@Suite struct OurMinimizersTests {
  @Test func `Ours solve Rosenbrock's function but for the slowest`() throws {
    let problem = Challenge(MoreGarbowHillstrom.rosenbrock.unconstrained)
    let slow = ["gradient descent", "accelerated gradient"]
    for minimizer in Minimizer.ours where !slow.contains(minimizer.method) {
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
    let atMinimum = UnconstrainedProblem(
      "valley", from: [1, 1], landmarks: [.minimum(0)], source: "", Valley())
    let function = Witness(atMinimum.objective)
    let answer = try newton.minimize(
      function, Challenge(atMinimum), Minimizer.Limits())
    #expect(answer.claimsSuccess)
    #expect(answer.counts?.values == 1)
    #expect(answer.counts?.hessians == 0)
    #expect(function.hessians == 1)
  }

  @Test func `Ours solve a problem with bounds`() throws {
    let problem = Challenge(BoundedProblems.hs1)
    for minimizer in Minimizer.oursWithinBounds {
      let outcome = try minimizer.outcome(for: problem, Minimizer.Limits())
      #expect(outcome.isSolved, "\(minimizer.name): \(outcome.message)")
    }
  }
}
