import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

@Suite struct ManyProgramsTests {
  /// All published programs, with a solution and without, on four threads and one
  /// by one: the same bits.
  @Test func areTheSameBitsAsOneByOne() {
    let problems = QuadraticPrograms.all
    let programs = problems.map(\.program)
    let solutions = minimize(programs, using: .activeSet(), threads: 4)
    #expect(solutions.count == programs.count)
    for (problem, solution) in zip(problems, solutions) {
      let alone = minimize(problem.program, using: .activeSet())
      #expect(solution.x == alone.x, "\(problem.name)")
      #expect(solution.multipliers == alone.multipliers)
      #expect(solution.boundMultipliers == alone.boundMultipliers)
      #expect(solution.certificate == alone.certificate)
      #expect(solution.isVerified)
    }
  }

  @Test(arguments: [1, 2, 7])
  func areInTheirOrder(threads: Int) throws {
    // min ½ x² − k x where x ≤ 50.
    let programs = try (0..<100).map { k in
      try QuadraticProgram(
        hessian: [[1]], gradient: [-Double(k)],
        within: Bounds(-Double.infinity...50, count: 1))
    }
    let solutions = minimize(programs, threads: threads)
    for k in 0..<100 {
      #expect(abs(solutions[k].x[0] - Double(min(k, 50))) < 1e-12)
    }
  }

  @Test func noneIsNoTrap() {
    #expect(minimize([QuadraticProgram]()).isEmpty)
  }
}
