import Matrix
import Optimization
import ProblemSets
import Testing

@testable import benchmarks

@Suite struct ProgramVerdictTests {
  /// min ½ x² − 3 x where x ≤ 1: x = 1 with the multiplier −2, value −2.5.
  private func problem(
    _ kind: QuadraticTestProblem.Kind = .optimal(-2.5)
  ) throws -> QuadraticTestProblem {
    QuadraticTestProblem(
      "one",
      try QuadraticProgram(
        hessian: [[1]], gradient: [-3], subjectTo: [.rows([[1]], atMost: [1])]),
      kind, source: "by hand")
  }

  private func answer(
    _ claim: ProgramSolver.Claim?, _ x: Double = 1, _ y: Double = -2
  ) -> ProgramSolver.Answer {
    ProgramSolver.Answer(
      claim: claim, word: "", x: [x], multipliers: [y],
      boundMultipliers: [0], seconds: 1)
  }

  @Test func `A minimum within the tolerance is solved`() throws {
    let problem = try problem()
    let exact = ProgramVerdict(
      answer(.optimal), to: problem, tolerance: 1e-9)
    #expect(exact.isSolved && !exact.isRefuted)
    #expect(exact.primal == 0 && exact.dual == 0 && exact.gap == 0)
    // 10⁻⁵ beyond the side is enough for 10⁻⁴ and not for 10⁻⁶.
    let close = answer(.optimal, 1 + 1e-5)
    #expect(ProgramVerdict(close, to: problem, tolerance: 1e-4).isSolved)
    let refuted = ProgramVerdict(close, to: problem, tolerance: 1e-6)
    #expect(!refuted.isSolved && refuted.isRefuted)
    #expect(abs(refuted.primal - 1e-5) < 1e-12)
  }

  @Test func `Multipliers that are wrong are not held against x`() throws {
    let verdict = ProgramVerdict(
      answer(.optimal, 1, 7), to: try problem(), tolerance: 1e-9)
    #expect(verdict.isSolved)
    let elsewhere = ProgramVerdict(
      answer(.optimal, 0.5, -2.5), to: try problem(), tolerance: 1e-3)
    #expect(elsewhere.isRefuted)
  }

  @Test func `Nothing claimed is nothing refuted`() throws {
    let verdict = ProgramVerdict(answer(nil), to: try problem(), tolerance: 1)
    #expect(!verdict.isSolved && !verdict.isRefuted)
    let nan = ProgramVerdict(
      answer(.optimal, .nan), to: try problem(), tolerance: 1)
    #expect(!nan.isSolved && nan.isRefuted)
  }

  @Test func `Claims that there is no solution are judged by kind`() throws {
    let solvable = ProgramVerdict(
      answer(.infeasible), to: try problem(), tolerance: 1e-6)
    #expect(solvable.isRefuted && !solvable.isSolved)
    for (claim, kind) in [
      (ProgramSolver.Claim.infeasible, QuadraticTestProblem.Kind.infeasible),
      (.unbounded, .unbounded),
    ] {
      let right = ProgramVerdict(
        answer(claim), to: try problem(kind), tolerance: 1e-6)
      #expect(right.isSolved && !right.isRefuted)
    }
  }
}
