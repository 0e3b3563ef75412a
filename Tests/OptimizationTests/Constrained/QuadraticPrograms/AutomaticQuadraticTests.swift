import Optimization
import ProblemSets
import Testing

@Suite struct AutomaticQuadraticTests {
  @Test func choosesBySize() throws {
    for problem in QuadraticPrograms.constructed {
      let solution = minimize(problem.program)
      try expect(solution, solves: problem)
      #expect(
        solution.notes.first?.contains(
          problem.program.dimension > 60 ? "interior" : "active set") == true)
    }
  }
}
