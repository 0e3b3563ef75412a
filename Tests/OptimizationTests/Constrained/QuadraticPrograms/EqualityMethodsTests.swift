import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct EqualityMethodsTests {
  private let names = ["HS28", "HS48", "HS51", "HS52", "harmonic"]

  @Test func nullSpaceSolvesEqualities() throws {
    for name in names {
      let problem = try #require(
        QuadraticPrograms.solvable.first { $0.name == name })
      let solution = minimize(problem.program, using: .nullSpace())
      try expect(solution, solves: problem)
      #expect(solution.notes.isEmpty, "\(name): \(solution.notes)")
    }
  }

  @Test func bothSolveWhatIsMadeAroundASolution() throws {
    for seed in 0..<20 {
      let n = 3 + seed
      let problem = Construction(
        seed: UInt64(300 + seed), variables: n, rank: n,
        equalities: seed % n, bounded: 0
      ).problem("seed \(seed)")
      for solution in [
        minimize(problem.program, using: .nullSpace()),
        minimize(problem.program, using: .rangeSpace()),
      ] {
        try expect(solution, solves: problem)
        #expect(solution.notes.isEmpty)
      }
    }
  }

  /// P of rank 4 on 10 variables, 7 equalities and two that depend on them: ZᵀP Z is
  /// regular, P is not.
  @Test func singularMatricesAndDependentRows() throws {
    let problem = Construction(
      seed: 9, variables: 10, rank: 4, equalities: 7, bounded: 0, dependent: 2
    ).problem("singular")
    let byNullSpace = minimize(problem.program, using: .nullSpace())
    try expect(byNullSpace, solves: problem)
    #expect(byNullSpace.notes.isEmpty)
    let byRangeSpace = minimize(problem.program, using: .rangeSpace())
    try expect(byRangeSpace, solves: problem)
    #expect(byRangeSpace.notes.contains("left to the interior-point method"))
  }

  @Test func leaveInequalitiesToOthers() throws {
    let problem = QuadraticPrograms.hockSchittkowski[2]
    for solution in [
      minimize(problem.program, using: .nullSpace()),
      minimize(problem.program, using: .rangeSpace()),
    ] {
      try expect(solution, solves: problem)
      #expect(solution.notes.first == "there are inequalities")
    }
  }
}
