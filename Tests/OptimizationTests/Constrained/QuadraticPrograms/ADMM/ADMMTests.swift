import Foundation
import Matrix
import ProblemSets
import TestSupport
import Testing

@testable import Optimization

@Suite struct ADMMTests {
  @Test(arguments: QuadraticPrograms.solvable.map(\.name))
  func solves(name: String) throws {
    let problem = try #require(
      QuadraticPrograms.solvable.first { $0.name == name })
    let solution = minimize(problem.program, using: .admm())
    try expect(solution, solves: problem)
    let isLeft = solution.notes.contains { $0.hasPrefix("left to") }
    #expect(isLeft == Self.left.contains(name), "\(name): \(solution)")
  }

  /// What the method by itself does not solve in 4000 steps.
  static let left: Set<String> = []

  @Test func recognisesWhatHasNoSolution() {
    for problem in QuadraticPrograms.infeasible + QuadraticPrograms.unbounded {
      let solution = minimize(problem.program, using: .admm())
      #expect(
        solution.certificate.finding
          == (problem.kind == .infeasible ? .infeasible : .unbounded),
        "\(problem.name): \(solution)")
      let isLeft = solution.notes.contains { $0.hasPrefix("left to") }
      #expect(
        isLeft == Self.leftUnsolvable.contains(problem.name),
        "\(problem.name): \(solution)")
    }
  }

  static let leftUnsolvable: Set<String> = []

  @Test func solvesWhatIsMadeAroundASolution() throws {
    var left: [Int] = []
    for seed in 0..<60 {
      let n = 2 + seed % 23
      let problem = Construction(
        seed: UInt64(100 + seed), variables: n, rank: seed * 7 % (n + 1),
        equalities: seed % 5 * n / 8, inequalities: n + seed % 7,
        active: seed % 5 == 4 ? 0.3 : 0.8,
        degenerate: seed % 3 == 0 ? 0.5 : 0, bounded: 1,
        fixed: seed % 4 == 0 ? 0.2 : 0, dependent: seed % 2 * n / 3,
        spread: seed % 6 == 5 ? 1 : 0
      ).problem("seed \(seed)")
      let solution = minimize(problem.program, using: .admm())
      try expect(solution, solves: problem)
      if solution.notes.contains(where: { $0.hasPrefix("left to") }) {
        left.append(seed)
      }
    }
    #expect(left.isEmpty, "\(left)")
  }

  /// Many right-hand sides on one factorization: each answer is that of its own
  /// program, as interior points have it.
  @Test func solvesManyColumns() throws {
    let problem = Construction(
      seed: 31, variables: 30, rank: 20, equalities: 4, inequalities: 30,
      active: 0.4, bounded: 0.8
    ).problem("columns")
    var generator = SplitMix64(seed: 5)
    let (n, m, count) = (30, problem.program.constraints.count, 17)
    var q = Matrix<Double>.zeros(n, count)
    var (lower, upper) = (
      Matrix<Double>.zeros(m, count), Matrix<Double>.zeros(m, count)
    )
    let sides = problem.program.constraints
    for k in 0..<count {
      var gradient = problem.program.gradient
      gradient.add(randomVector(n, using: &generator), scaledBy: 0.3)
      q.setColumn(k, to: gradient)
      var (low, high) = (sides.lower, sides.upper)
      for i in 0..<m {
        let shift = 0.1 * generator.nextUniform()
        low[i] -= shift
        high[i] += i < 4 ? -shift : shift
        // One in three of the rows comes and goes.
        if i >= 4, (i + k).isMultiple(of: 3) { high[i] = .infinity }
      }
      lower.setColumn(k, to: low)
      upper.setColumn(k, to: high)
    }
    let solutions = try ADMM().solve(
      problem.program, gradients: q, lower: lower, upper: upper)
    #expect(solutions.count == count)
    let own = solutions.dropFirst().map(\.factorizations).reduce(0, +)
    for (k, solution) in solutions.enumerated() {
      let program = try problem.program.with(
        gradient: q.column(k), lower: lower.column(k), upper: upper.column(k))
      let other = minimize(program, using: .interiorPoint())
      #expect(solution.isVerified && other.isVerified, "\(solution)")
      #expect(abs(solution.value - other.value) < 1e-8)
      #expect((solution.x - other.x).normInfinity < 1e-5)
      #expect(solution.notes.isEmpty, "\(solution)")
    }
    // Factorizations are shared; what a column has of its own is its polish.
    #expect(own <= 8 * (count - 1))
  }

  @Test func columnsThatDoNotFitTrapInWords() async {
    await #expect(processExitsWith: .failure) {
      let program = try QuadraticProgram(
        hessian: .identity(2), gradient: [1, 1])
      _ = try ADMM().solve(program, gradients: .zeros(3, 2))
    }
  }

  @Test func columnsWhoseSidesCrossAreAnError() throws {
    let program = try QuadraticProgram(
      hessian: .identity(1), gradient: [1],
      subjectTo: [.rows([[1]], from: [0], to: [1])])
    #expect(
      throws: QuadraticProgramError.crossedSides(row: 0, lower: 2, upper: 1)
    ) {
      try ADMM().solve(program, lower: [[0, 2]])
    }
    #expect(try ADMM().solve(program, gradients: .zeros(1, 0)).isEmpty)
  }

  @Test(arguments: [1, 5])
  func aStepAllocatesNothing(columns: Int) throws {
    let problem = Construction(
      seed: 5, variables: 60, rank: 30, equalities: 5, inequalities: 60
    ).problem("allocations")
    let programs = Array(repeating: problem.program, count: columns)
    var run = try #require(
      ADMMRun(ADMM(), problem.program, QuadraticVectors(programs)))
    var standings = [ADMMRun.Standing](repeating: .going, count: columns)
    run.advance()
    run.assess(&standings)
    let count = allocations {
      run.advance()
      run.assess(&standings)
    }
    #expect(count == 0)
  }

  /// A state that is saved and read goes on as the run that went on.
  @Test func resumesBitForBit() throws {
    let problem = Construction(
      seed: 12, variables: 30, rank: 10, equalities: 5, inequalities: 30,
      active: 0.6, bounded: 0.9
    ).problem("resumed")
    let method = ADMM()
    let whole = method.solve(problem.program)
    #expect(whole.iterations > 10)
    for stop in stride(from: 0, to: whole.iterations, by: 10) {
      var saved: ADMMState?
      _ = method.solve(problem.program, from: nil) { state in
        saved = state
        return state.iteration == stop
      }
      let state = try JSONDecoder().decode(
        ADMMState.self, from: JSONEncoder().encode(#require(saved)))
      #expect(state == saved)
      let rest = method.solve(problem.program, from: state)
      #expect(rest.x == whole.x)
      #expect(rest.multipliers == whole.multipliers)
      #expect(rest.boundMultipliers == whole.boundMultipliers)
      #expect(rest.iterations == whole.iterations)
    }
  }

  @Test func anObserverEndsIt() throws {
    let problem = QuadraticPrograms.constructed[1]
    let solution = ADMM().solve(problem.program, from: nil) { state in
      state.iteration == 10
    }
    #expect(solution.iterations == 10)
    #expect(solution.notes == ["stopped by its observer"])
  }

  /// Solved again from where it was, on the factorization that is there.
  @Test func solvesASeries() throws {
    let problem = Construction(
      seed: 3, variables: 40, rank: 40, equalities: 8, inequalities: 40,
      active: 0.3
    ).problem("series")
    var solver = QuadraticSolver(problem.program, using: .admm())
    let first = solver.solve()
    try expect(first, solves: problem)
    var generator = SplitMix64(seed: 77)
    for _ in 0..<5 {
      var q = problem.program.gradient
      q.add(randomVector(40, using: &generator), scaledBy: 0.02)
      try solver.update(gradient: q)
      let next = solver.solve()
      let cold = minimize(solver.program, using: .interiorPoint())
      #expect(next.isVerified && next.notes.isEmpty, "\(next)")
      #expect(abs(next.value - cold.value) < 1e-9)
      #expect(next.iterations <= first.iterations)
      // Those of the polish, and none of the shared matrix.
      #expect(next.factorizations <= 6, "\(next)")
    }
  }

  @Test func numbersAtTheEndsOfTheRangeAreNoTrap() throws {
    for size in [1e-300, 1e-150, 1e150, 1e300] {
      let program = try QuadraticProgram(
        hessian: [[size, 0], [0, 1]], gradient: [-size, size],
        subjectTo: [.rows([[1, size]], atMost: [size])],
        within: Bounds(-1...1, count: 2))
      let solution = minimize(program, using: .admm())
      if solution.certificate.finding == .optimal {
        #expect(solution.certificate.value.isFinite)
      }
    }
  }

  @Test func noVariablesAndNoRows() throws {
    let nothing = minimize(try QuadraticProgram(linear: []), using: .admm())
    #expect(nothing.isVerified && nothing.x.isEmpty)
    let free = minimize(
      try QuadraticProgram(hessian: [[2]], gradient: [-6]), using: .admm())
    #expect(free.isVerified)
    #expect(abs(free.x[0] - 3) < 1e-9)
  }
}
