import Matrix
import Optimization
import ProblemSets
import Testing

@testable import benchmarks

@Suite struct MinimizationOutcomeTests {
  /// Somebody who comes back with a point that is known beforehand.
  func outcome(
    _ challenge: Challenge, _ x: Vector<Double>, claims: Bool = true
  ) throws -> MinimizationOutcome {
    let minimizer = Minimizer(
      library: "test", method: "oracle", derivatives: .none
    ) { function, problem, _ in
      _ = try function.value(at: problem.start)
      _ = try function.value(at: x)
      return Minimizer.Answer(
        x: x, claimsSuccess: claims, message: "done", seconds: 2)
    }
    return try minimizer.outcome(for: challenge, Minimizer.Limits())
  }

  /// A landmark's point.
  func place(
    _ kind: Landmark.Kind, _ problem: Challenge
  ) throws -> Vector<Double> {
    try #require(problem.landmarks.first { $0.kind == kind }?.point)
  }

  @Test func `The minimum solves the problem`() throws {
    let camel = Challenge(UnconstrainedProblems.threeHumpCamel)
    let outcome = try outcome(camel, [0, 0])
    #expect(outcome.isSolved && outcome.isAtMinimum && outcome.isStationary)
    #expect(outcome.refutation == nil)
    #expect(outcome.values == 2)
    #expect(outcome.valuesToDecrease == 2)
    #expect(outcome.seconds == 2)
    #expect(!outcome.isBelowBest)
  }

  @Test func `Another minimum does not solve it, but is one`() throws {
    let camel = Challenge(UnconstrainedProblems.threeHumpCamel)
    let outcome = try outcome(camel, try place(.localMinimum, camel))
    #expect(!outcome.isSolved && outcome.isAtMinimum)
    #expect(outcome.refutation == nil)
    #expect(outcome.valuesToDecrease == nil)
  }

  @Test func `A saddle refutes a claim`() throws {
    let camel = Challenge(UnconstrainedProblems.threeHumpCamel)
    let saddle = try place(.saddle, camel)
    let claimed = try outcome(camel, saddle)
    #expect(claimed.isStationary && !claimed.isAtMinimum)
    #expect(claimed.refutation == .saddle)
    #expect(try outcome(camel, saddle, claims: false).refutation == nil)
  }

  @Test func `A gradient refutes a claim, unless it is nearly small`() throws {
    let camel = Challenge(UnconstrainedProblems.threeHumpCamel)
    #expect(try outcome(camel, [1, 1]).refutation == .gradient)
    // ∇f = (4 x₁ + x₂, x₁ + 2 x₂) near 0.
    let near = try outcome(camel, [2e-5, 0])
    #expect(near.refutation == nil)
    #expect(!near.isStationary && !near.isSolved)
  }

  @Test func `What is not a number solves nothing`() throws {
    let camel = Challenge(UnconstrainedProblems.threeHumpCamel)
    let outcome = try outcome(camel, [.nan, 0])
    #expect(!outcome.isStationary && !outcome.isSolved)
    #expect(outcome.refutation == .gradient)
  }

  @Test func `All problems have a value that is known to be lowest`() {
    let all = Challenge.unconstrained + Challenge.bounded
    for problem in all {
      let ends = problem.landmarks.filter(\.isAcceptableEnd)
      #expect(!ends.isEmpty, "\(problem.name)")
    }
    #expect(Challenge.unconstrained.count == 78)
    #expect(Set(all.map(\.name)).count == all.count)
  }

  @Test func `Within bounds the variables that they hold do not count`() throws
  {
    // min x₁ with x₁ ≥ 1, in Hock and Schittkowski's third.
    let problem = Challenge(BoundedProblems.hs3)
    let minimum = try #require(problem.landmarks[0].point)
    #expect(try outcome(problem, minimum).isSolved)
    // A little inside, as methods that come from there end.
    let bounds = try #require(problem.bounds)
    var inside = minimum
    for i in 0..<inside.count where inside[i] == bounds.lower[i] {
      inside[i] += 1e-9
    }
    #expect(inside != minimum)
    #expect(try outcome(problem, inside).isSolved)
    // A little outside it is moved in.
    var outside = minimum
    for i in 0..<outside.count where outside[i] == bounds.lower[i] {
      outside[i] -= 1e-9
    }
    #expect(try outcome(problem, outside).isSolved)
    #expect(try outcome(problem, problem.start).refutation == .gradient)
  }
}
