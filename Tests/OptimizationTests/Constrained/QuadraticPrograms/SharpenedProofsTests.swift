import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

/// Programs that barely have no solution, badly scaled ones among them.
@Suite struct SharpenedProofsTests {
  /// A program with a solution, and a row that asks for less than the others allow:
  /// Σ wᵢ aᵢᵀx ≤ Σ wᵢ lᵢ − gap.
  @Test func contradictionsAreProved() throws {
    for seed in 0..<60 {
      var random = SplitMix64(seed: UInt64(5000 + seed))
      let n = 1 + seed % 20
      let program = Construction(
        seed: UInt64(seed), variables: n, rank: random.next(below: n + 1),
        equalities: random.next(below: n / 2 + 1), inequalities: n + 5,
        active: 0.5, bounded: 0.7, spread: seed % 3 == 0 ? 1.5 : 0
      ).problem("base").program
      let rows = program.constraints
      var (sum, bound) = (Vector<Double>.zeros(n), 0.0)
      for i in 0..<rows.count where i == 0 || random.nextUniform() < 0.3 {
        let sign = rows.lower[i].isFinite ? 1.0 : -1
        let weight = sign * (0.2 + random.nextUniform())
        sum.add(rows.matrix.row(i), scaledBy: weight)
        bound += weight * (sign > 0 ? rows.lower[i] : rows.upper[i])
      }
      let size = max(1, sum.normInfinity)
      let gap = [1, 0.1, 1e-3][seed % 3]
      let impossible = try QuadraticProgram(
        hessian: program.hessian, gradient: program.gradient,
        subjectTo: [
          rows,
          .rows(
            Matrix(rows: 1, columns: n) { _, j in sum[j] / size },
            atMost: [(bound - gap) / size]),
        ],
        within: program.bounds)
      for solution in [
        minimize(impossible, using: .interiorPoint()),
        minimize(impossible, using: .activeSet()),
      ] {
        #expect(
          solution.certificate.finding == .infeasible, "\(seed): \(solution)")
      }
    }
  }

  /// P d = 0, A d ≥ 0 and qᵀd = −slope for a d that is drawn first.
  @Test func raysAreProved() throws {
    for seed in 0..<60 {
      var random = SplitMix64(seed: UInt64(6000 + seed))
      let (n, m) = (2 + seed % 20, 5 + seed % 13)
      var d: Vector<Double> = randomVector(n, using: &random)
      d.scale(by: 1 / d.norm)
      var a: Matrix<Double> = randomMatrix(m, n, using: &random)
      let image = a * d
      for i in 0..<m where image[i] < 0 {
        for j in 0..<n { a[i, j] = -a[i, j] }
      }
      var factor: Matrix<Double> = randomMatrix(
        n, 1 + seed % (n - 1), using: &random)
      factor.rankOneUpdate(d, factor.transposed * d, alpha: -1)
      let p = factor * factor.transposed
      var q: Vector<Double> = randomVector(n, using: &random)
      q.add(d, scaledBy: -[1, 0.1, 0.01][seed % 3] - q.dot(d))
      let program = try QuadraticProgram(
        hessian: p, gradient: q,
        subjectTo: [.rows(a, atLeast: Vector(repeating: -1, count: m))])
      for solution in [
        minimize(program, using: .interiorPoint()),
        minimize(program, using: .activeSet()),
      ] {
        #expect(
          solution.certificate.finding == .unbounded, "\(seed): \(solution)")
      }
    }
  }
}
