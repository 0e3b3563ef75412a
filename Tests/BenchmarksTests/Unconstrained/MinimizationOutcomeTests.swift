import Matrix
import Optimization
import ProblemSets
import Testing

@testable import benchmarks

@Suite struct MinimizationOutcomeTests {
  /// Somebody who comes back with a point that is known beforehand.
  func outcome(
    _ problem: UnconstrainedProblem, _ x: Vector<Double>, claims: Bool = true
  ) throws -> MinimizationOutcome {
    let minimizer = Minimizer(
      library: "test", method: "oracle", derivatives: .none
    ) { function, start, _ in
      _ = try function.value(at: start)
      _ = try function.value(at: x)
      return Minimizer.Answer(
        x: x, claimsSuccess: claims, message: "done", seconds: 2)
    }
    return try minimizer.outcome(for: problem, Minimizer.Limits())
  }

  /// A landmark's point.
  func place(
    _ kind: Landmark.Kind, _ problem: UnconstrainedProblem
  ) throws -> Vector<Double> {
    try #require(problem.landmarks.first { $0.kind == kind }?.point)
  }

  @Test func `The minimum solves the problem`() throws {
    let camel = UnconstrainedProblems.threeHumpCamel
    let outcome = try outcome(camel, [0, 0])
    #expect(outcome.isSolved && outcome.isAtMinimum && outcome.isStationary)
    #expect(outcome.refutation == nil)
    #expect(outcome.values == 2)
    #expect(outcome.valuesToDecrease == 2)
    #expect(outcome.seconds == 2)
    #expect(!outcome.isBelowBest)
  }

  @Test func `Another minimum does not solve it, but is one`() throws {
    let camel = UnconstrainedProblems.threeHumpCamel
    let outcome = try outcome(camel, try place(.localMinimum, camel))
    #expect(!outcome.isSolved && outcome.isAtMinimum)
    #expect(outcome.refutation == nil)
    #expect(outcome.valuesToDecrease == nil)
  }

  @Test func `A saddle refutes a claim`() throws {
    let camel = UnconstrainedProblems.threeHumpCamel
    let saddle = try place(.saddle, camel)
    let claimed = try outcome(camel, saddle)
    #expect(claimed.isStationary && !claimed.isAtMinimum)
    #expect(claimed.refutation == .saddle)
    #expect(try outcome(camel, saddle, claims: false).refutation == nil)
  }

  @Test func `A gradient refutes a claim, unless it is nearly small`() throws {
    let camel = UnconstrainedProblems.threeHumpCamel
    #expect(try outcome(camel, [1, 1]).refutation == .gradient)
    // ∇f = (4 x₁ + x₂, x₁ + 2 x₂) near 0.
    let near = try outcome(camel, [2e-5, 0])
    #expect(near.refutation == nil)
    #expect(!near.isStationary && !near.isSolved)
  }

  @Test func `What is not a number solves nothing`() throws {
    let camel = UnconstrainedProblems.threeHumpCamel
    let outcome = try outcome(camel, [.nan, 0])
    #expect(!outcome.isStationary && !outcome.isSolved)
    #expect(outcome.refutation == .gradient)
  }

  @Test func `All problems have a value that is known to be lowest`() {
    for problem in Unconstrained.problems {
      let ends = problem.landmarks.filter(\.isAcceptableEnd)
      #expect(!ends.isEmpty, "\(problem.name)")
    }
    #expect(Unconstrained.problems.count == 78)
    #expect(Set(Unconstrained.problems.map(\.name)).count == 78)
  }
}
