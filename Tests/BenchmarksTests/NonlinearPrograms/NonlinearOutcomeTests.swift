import Matrix
import Optimization
import ProblemSets
import Testing

@testable import benchmarks

@Suite struct NonlinearOutcomeTests {
  /// Somebody who answers with a point whatever he is asked.
  private func fixed(
    _ x: Vector<Double>, multipliers: Vector<Double>? = nil, claims: Bool = true
  ) -> NonlinearSolver {
    NonlinearSolver(
      library: "test", method: "fixed", asksForHessians: false
    ) { _, _, _ in
      NonlinearSolver.Answer(
        x: x, multipliers: multipliers.map { ($0, .zeros(x.count)) },
        claimsSuccess: claims, message: "so", seconds: 1)
    }
  }

  private func outcome(
    _ solver: NonlinearSolver, _ program: ConstrainedTestProblem
  ) throws -> NonlinearOutcome {
    try solver.outcome(
      for: NonlinearChallenge(program), NonlinearSolver.Limits())
  }

  @Test func `The minimum is solved, with multipliers estimated`() throws {
    let result = try outcome(fixed([2, 3]), HockSchittkowski.hs12)
    #expect(result.isSolved && result.isAtMinimum)
    #expect(result.refutation == nil)
    #expect(result.value == -30)
  }

  @Test func `Wrong multipliers are replaced by better ones`() throws {
    let result = try outcome(
      fixed([2, 3], multipliers: [-7]), HockSchittkowski.hs12)
    #expect(result.isSolved)
  }

  @Test func `A claim elsewhere is refuted`() throws {
    let result = try outcome(fixed([2, 2]), HockSchittkowski.hs12)
    #expect(!result.isSolved)
    #expect(result.refutation == .conditions)
    let silent = try outcome(
      fixed([2, 2], claims: false), HockSchittkowski.hs12)
    #expect(silent.refutation == nil)
  }

  @Test func `An undefined answer is refuted`() throws {
    let result = try outcome(fixed([.nan, 2]), HockSchittkowski.hs12)
    #expect(!result.isSolved && !result.isAtMinimum)
    #expect(result.refutation != nil)
  }

  /// (0, 0, 2) of problem 33 meets the first-order conditions, but with x₂ from 0
  /// x₃ can fall along the sphere.
  @Test func `A claim where the Lagrangian curves downwards is refuted`() throws
  {
    let result = try outcome(fixed([0, 0, 2]), HockSchittkowski.hs33)
    #expect(result.isStationary)
    #expect(result.refutation == .saddle)
  }

  @Test func `Another minimum is a minimum, but not the lowest`() throws {
    let program = HockSchittkowski.hs20
    let local = try #require(
      program.landmarks.first { $0.kind == .localMinimum }?.point)
    let result = try outcome(fixed(local), program)
    #expect(!result.isSolved && result.isAtMinimum)
    #expect(result.refutation == nil)
  }

  @Test func `Ours solve problem 71`() throws {
    for solver in NonlinearSolver.ours {
      let result = try outcome(solver, HockSchittkowski.hs71)
      #expect(result.isSolved, "\(solver.name): \(result.message)")
      #expect(result.values > 0 && result.constraints > 0)
    }
  }

  @Test func `Tables and page name what was found`() throws {
    let outcomes = [
      try outcome(fixed([2, 3]), HockSchittkowski.hs12),
      try outcome(fixed([2, 2]), HockSchittkowski.hs12),
    ]
    let results = [
      NonlinearResult(
        library: "test", method: "fixed", asksForHessians: false,
        outcomes: outcomes
      ),
      NonlinearResult(
        library: Minimizer.package, method: "ours", asksForHessians: true,
        outcomes: outcomes),
    ]
    #expect(results[0].row[2] == "50.0 %")
    #expect(results[0].row[6] == "1")
    #expect(NonlinearResult.ledger(results).description.contains("conditions"))
    #expect(NonlinearResult.unsolved(results).description.contains("HS 12"))
    let page = NonlinearResult.page(results, [], environment: .current).html
    #expect(page.contains("Success against tolerance"))
    #expect(page.contains("HS 12"))
  }
}
