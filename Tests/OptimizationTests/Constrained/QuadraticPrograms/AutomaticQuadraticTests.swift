import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct AutomaticQuadraticTests {
  @Test func choosesBySize() throws {
    for problem in QuadraticPrograms.constructed {
      let program = problem.program
      let solution = minimize(program)
      try expect(solution, solves: problem)
      let (n, m) = (program.dimension, program.constraints.count)
      let isDefinite = (try? Cholesky(program.hessian)) != nil
      let isShort = isDefinite && m > 0 && m <= 2 * n
      #expect(
        solution.notes.first?.contains(
          n > 60 && !isShort ? "interior" : "active set") == true)
    }
  }

  @Test func takesTheActiveSetWhereRowsAreFewAndInteriorPointsElsewhere() throws
  {
    let n = 100
    let row = Matrix<Double>(rows: 1, columns: n) { _, _ in 1 }
    let few = minimize(
      try QuadraticProgram(
        hessian: .identity(n), gradient: .zeros(n),
        subjectTo: [.rows(row, equalTo: [1])]))
    #expect(few.notes.first?.contains("active set") == true)
    #expect(few.isVerified)
    #expect(abs(few.x[0] - 0.01) < 1e-12)
    let bounds = minimize(
      try QuadraticProgram(
        hessian: .identity(n), gradient: Vector(repeating: -2, count: n),
        within: Bounds(0...1, count: n)))
    #expect(bounds.notes.first?.contains("interior") == true)
    #expect(bounds.isVerified)
    let linear = minimize(
      try QuadraticProgram(
        linear: Vector(repeating: -1, count: n),
        subjectTo: [.rows(row, atMost: [1])],
        within: Bounds(0...1, count: n)))
    #expect(linear.notes.first?.contains("interior") == true)
    #expect(abs(linear.value + 1) < 1e-8)
  }
}
