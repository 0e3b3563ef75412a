import Matrix
import ProblemSets
import RandomNumbers
import TestSupport
import Testing

@testable import Optimization

@Suite struct SubproblemSolverTests {
  /// A strictly convex program with equalities, ranges and bounds, for which x = 0
  /// need not be feasible.
  private struct Random {
    let p: Matrix<Double>
    let a: Matrix<Double>
    let g: Vector<Double>
    var lower: Vector<Double>
    var upper: Vector<Double>
    let bounds: Bounds

    init(_ n: Int, _ m: Int, seed: UInt64) throws {
      var generator = SplitMix64(seed: seed)
      p = randomSPD(n, using: &generator)
      a = randomMatrix(m, n, using: &generator)
      g = 10 * randomVector(n, using: &generator)
      // Sides around a point within the bounds.
      let inside = 0.3 * (randomVector(n, using: &generator) as Vector<Double>)
      let values = a * inside
      lower = values
      upper = values
      for i in 0..<m where i % 3 != 0 {
        lower[i] -= 0.1 * Double(i)
        upper[i] += i % 3 == 1 ? .infinity : 0.2
      }
      bounds = try Bounds(-0.5...0.5, count: n)
    }

    /// The solver after it has run, with J of P.
    func solve(
      price: Double
    ) throws -> (SubproblemSolver, SubproblemSolver.Outcome) {
      let (n, m) = (p.rows, a.rows)
      let solver = SubproblemSolver(variables: n, rows: m)
      for i in 0..<m {
        for k in 0..<n { solver.normals[k + i * n] = a[i, k] }
        solver.lower[i] = lower[i]
        solver.upper[i] = upper[i]
        solver.prices[i] = price
      }
      for k in 0..<n {
        solver.lower[m + k] = bounds.lower[k]
        solver.upper[m + k] = bounds.upper[k]
      }
      var j = try #require(ActiveSetFactors(p, shift: 0)).j
      let outcome = j.write { j in
        g.read { g in solver.solve(j, gradient: g) }
      }
      return (solver, outcome)
    }
  }

  @Test(arguments: [(1, 0), (2, 1), (4, 3), (7, 6), (12, 20), (40, 25)])
  func agreesWithQuadraticPrograms(n: Int, m: Int) throws {
    for seed in 1...10 as ClosedRange<UInt64> {
      let random = try Random(n, m, seed: seed)
      let (solver, outcome) = try random.solve(price: .infinity)
      let program = try QuadraticProgram(
        hessian: random.p, gradient: random.g,
        subjectTo: m == 0
          ? [] : [.rows(random.a, from: random.lower, to: random.upper)],
        within: random.bounds)
      let expected = minimize(program, using: .interiorPoint())
      #expect(
        (outcome == .solved) == (expected.certificate.finding == .optimal))
      guard outcome == .solved else { continue }
      for k in 0..<n { #expect(abs(solver.d[k] - expected.x[k]) <= 1e-7) }
      #expect(solver.givenUp == 0)
    }
  }

  /// The first-order conditions of the program with prices, checked one by one.
  @Test(arguments: [0.1, 1, 30])
  func givesUpWhatCostsMoreThanItsPrice(price: Double) throws {
    var total = 0
    for seed in 1...20 as ClosedRange<UInt64> {
      let (n, m) = (6, 9)
      var random = try Random(n, m, seed: seed)
      // Two rows that cannot both hold.
      for k in 0..<1 {
        random.lower[3 * k] += 4
        random.upper[3 * k] += 4
      }
      let (solver, outcome) = try random.solve(price: price)
      #expect(outcome == .solved)
      total += solver.givenUp
      let d = Vector((0..<n).map { solver.d[$0] })
      var rest = random.p * d + random.g
      for i in 0..<m {
        let y = solver.multipliers[i]
        let value = (0..<n).reduce(0) { $0 + random.a[i, $1] * d[$1] }
        for k in 0..<n { rest[k] -= y * random.a[i, k] }
        let below = random.lower[i] - value
        let above = value - random.upper[i]
        #expect(abs(y) <= price)
        if below > 1e-9 { #expect(y == price) }
        if above > 1e-9 { #expect(y == -price) }
        if below < -1e-9 { #expect(y <= 0) }
        if above < -1e-9 { #expect(y >= 0) }
      }
      for k in 0..<n {
        rest[k] -= solver.multipliers[m + k]
        #expect(abs(d[k]) <= 0.5 + 1e-12)
      }
      #expect(rest.normInfinity <= 1e-9 * max(1, price))
    }
    #expect(total > 0)
  }
}
