import Matrix
import ProblemSets
import TestSupport
import Testing

@testable import Optimization

@Suite struct ActiveSetTests {
  @Test(arguments: QuadraticPrograms.solvable.map(\.name))
  func solves(name: String) throws {
    let problem = try #require(
      QuadraticPrograms.solvable.first { $0.name == name })
    try expect(minimize(problem.program, using: .activeSet()), solves: problem)
  }

  @Test func recognisesWhatHasNoSolution() {
    for problem in QuadraticPrograms.infeasible + QuadraticPrograms.unbounded {
      let solution = minimize(problem.program, using: .activeSet())
      #expect(
        solution.certificate.finding
          == (problem.kind == .infeasible ? .infeasible : .unbounded),
        "\(problem.name): \(solution)")
    }
  }

  /// The steps of the method's paper on its example: x = (1.4, 1.7) from the
  /// minimiser (1, 2.5) without constraints, by one active side.
  @Test func takesOneStepWhereOneSideHolds() throws {
    let program = try QuadraticProgram(
      hessian: [[2, 0], [0, 2]], gradient: [-2, -5],
      subjectTo: [
        .rows([[1, -2], [-1, -2], [-1, 2]], atLeast: [-2, -6, -2])
      ],
      within: Bounds(0...Double.infinity, count: 2))
    let solution = minimize(program, using: .activeSet())
    #expect(solution.iterations == 1)
    #expect(abs(solution.x[0] - 1.4) < 1e-15)
    #expect(abs(solution.x[1] - 1.7) < 1e-15)
    #expect(abs(solution.multipliers[0] - 0.8) < 1e-14)
    #expect(solution.notes.isEmpty)
  }

  @Test func factorsStayThoseOfTheActiveNormals() throws {
    var generator = SplitMix64(seed: 8)
    let n = 12
    let p: Matrix<Double> = randomSPD(n, using: &generator)
    let a: Matrix<Double> = randomMatrix(n, 9, using: &generator)
    var factors = try #require(ActiveSetFactors(p, shift: 0))
    var active: [Int] = []
    var (d, z) = (Vector<Double>.zeros(n), Vector<Double>.zeros(n))
    for change in [0, 1, 2, 3, 4, -2, 5, 6, -1, -4, 7, 8, 0, -1] {
      if change < 0 || active.contains(change) {
        factors.remove(change < 0 ? -change - 1 : 0)
        active.remove(at: change < 0 ? -change - 1 : 0)
      } else {
        factors.transform(a.column(change), into: &d)
        factors.setStep(d, into: &z)
        factors.add(&d, step: &z)
        active.append(change)
      }
      // J Jᵀ P = I and Jᵀ N = (R; 0).
      let product = factors.j * factors.j.transposed * p
      for i in 0..<n {
        for j in 0..<n {
          #expect(abs(product[i, j] - (i == j ? 1 : 0)) < 1e-12)
        }
      }
      for (k, column) in active.enumerated() {
        let image = factors.j.transposed * a.column(column)
        for i in 0..<n {
          let r = i <= k ? factors.r[i, k] : 0
          #expect(abs(image[i] - r) < 1e-12)
        }
      }
    }
  }

  /// One by one, and in blocks.
  @Test(arguments: [60, 160])
  func aStepAllocatesNothing(n: Int) throws {
    let problem = Construction(
      seed: 5, variables: n, rank: n, equalities: 10, inequalities: n,
      active: 0.8
    ).problem("allocations")
    // What the language makes when a type is first used is made here.
    var first = try #require(
      ActiveSetRun(ActiveSet(), on: ScaledProgram(problem.program)))
    #expect(first.run() == .arrived)
    var run = try #require(
      ActiveSetRun(ActiveSet(), on: ScaledProgram(problem.program)))
    // A step adds up to 32 constraints, or drops what is in the way of one.
    for _ in 0..<2 { _ = run.step() }
    let before = run.state.iteration
    var last = ActiveSetRun.Standing.going
    let count = allocations {
      for _ in 0..<3 { last = run.step() }
    }
    #expect(last == .going)
    #expect(run.state.iteration >= before + 3)
    #expect(count == 0)
  }

  /// Constraints that are added in blocks leave the factors as one by one:
  /// J Jᵀ P = I, and Jᵀ N = (R; 0) for the active normals.
  @Test(arguments: [24, 150])
  func blocksLeaveTheFactors(n: Int) throws {
    let problem = Construction(
      seed: 8, variables: n, rank: n, equalities: 5, inequalities: n,
      active: 0.7
    ).problem("blocks")
    let scaled = ScaledProgram(problem.program)
    var run = try #require(ActiveSetRun(ActiveSet(), on: scaled))
    #expect(run.run() == .arrived)
    let factors = run.state.factors
    #expect(run.state.active.count > 10)
    let product = factors.j * factors.j.transposed * scaled.p
    for i in 0..<scaled.n {
      for j in 0..<scaled.n {
        #expect(abs(product[i, j] - (i == j ? 1 : 0)) < 1e-8)
      }
    }
    for (k, id) in run.state.active.enumerated() {
      var normal = Vector<Double>.zeros(scaled.n)
      let side = id - scaled.e.columns
      if side < 0 {
        normal = scaled.e.column(id)
      } else if scaled.sides[side].constraint < scaled.g.columns {
        normal = scaled.g.column(scaled.sides[side].constraint)
      } else {
        normal[scaled.sides[side].constraint - scaled.g.columns] = 1
      }
      normal.scale(by: run.state.signs[k])
      let image = factors.j.transposed * normal
      for i in 0..<scaled.n {
        let r = i <= k ? factors.r[i, k] : 0
        #expect(abs(image[i] - r) < 1e-9 * image.normInfinity)
      }
    }
  }
}
