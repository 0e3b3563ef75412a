import Foundation
import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

@Suite struct QuadraticSolverTests {
  private let problem = Construction(
    seed: 3, variables: 40, rank: 40, equalities: 8, inequalities: 40,
    active: 0.3
  ).problem("series")

  @Test func solvesASeries() throws {
    var solver = QuadraticSolver(problem.program)
    let first = solver.solve()
    try expect(first, solves: problem)
    var generator = SplitMix64(seed: 77)
    for k in 0..<5 {
      var q = problem.program.gradient
      q.add(randomVector(40, using: &generator), scaledBy: 0.02)
      try solver.update(gradient: q)
      let next = solver.solve()
      let cold = minimize(solver.program, using: .interiorPoint())
      #expect(next.isVerified && next.notes.isEmpty, "\(next)")
      #expect(abs(next.value - cold.value) < 1e-9)
      #expect(next.factorizations == 0)
      #expect(
        next.iterations <= first.iterations / 2,
        "\(next.iterations) steps, \(first.iterations) at first; \(k)")
    }
    // Back where it began, nothing is to be done.
    try solver.update(gradient: problem.program.gradient)
    _ = solver.solve()
    try solver.update(gradient: problem.program.gradient)
    let again = solver.solve()
    #expect(again.iterations == 0)
    #expect(abs(again.value - first.value) < 1e-11)
  }

  @Test func startsFromMultipliers() throws {
    let first = minimize(problem.program, using: .interiorPoint())
    var solver = QuadraticSolver(problem.program)
    // What interior points leave of the others is not 0; active multipliers
    // are at least 0.1.
    func large(_ y: Vector<Double>) -> Vector<Double> {
      Vector(y.map { abs($0) > 1e-2 ? $0 : 0 })
    }
    solver.start(
      from: large(first.multipliers), large(first.boundMultipliers))
    let second = solver.solve()
    #expect(second.iterations == 0)
    try expect(second, solves: problem)
  }

  @Test func followsSidesThatComeAndGo() throws {
    var solver = QuadraticSolver(problem.program)
    _ = solver.solve()
    let sides = problem.program.constraints
    var upper = sides.upper
    for i in 0..<upper.count where sides.lower[i] < upper[i] {
      upper[i] = .infinity
    }
    try solver.update(upper: upper)
    let solution = solver.solve()
    let cold = minimize(solver.program, using: .interiorPoint())
    #expect(solution.isVerified)
    #expect(abs(solution.value - cold.value) < 1e-9)
    #expect(throws: QuadraticProgramError.self) {
      try solver.update(
        lower: Vector(repeating: 1, count: upper.count),
        upper: Vector(repeating: 0, count: upper.count))
    }
    #expect(solver.program.constraints.upper == upper)
  }

  /// A state that is saved and read goes on as the run that went on.
  @Test func resumesBitForBit() throws {
    var solver = QuadraticSolver(problem.program)
    _ = solver.solve()
    let data = try JSONEncoder().encode(solver.state)
    let state = try JSONDecoder().decode(ActiveSetState.self, from: data)
    #expect(state == solver.state)
    var other = QuadraticSolver(problem.program, resuming: state)
    var q = problem.program.gradient
    for j in 0..<q.count { q[j] += j.isMultiple(of: 3) ? 0.1 : -0.05 }
    try solver.update(gradient: q)
    try other.update(gradient: q)
    let (a, b) = (solver.solve(), other.solve())
    #expect(a.x == b.x)
    #expect(a.multipliers == b.multipliers)
    #expect(a.iterations == b.iterations)
  }
}
