import Matrix
import Optimization
import ProblemSets

/// The programs of the comparison.
enum ProgramSuite {
  /// Published programs and random ones of six kinds.
  static func problems(seed: UInt64, isQuick: Bool) -> [QuadraticTestProblem] {
    guard !isQuick else {
      return Array(QuadraticPrograms.solvable.prefix(8))
        + QuadraticPrograms.infeasible.prefix(1)
        + QuadraticPrograms.unbounded.prefix(1)
        + families(seed: seed, count: 1)
    }
    return QuadraticPrograms.all + families(seed: seed, count: 5)
  }

  /// Programs that are made around their solutions.
  static func families(
    seed: UInt64, count: Int
  ) -> [QuadraticTestProblem] {
    (0..<count).flatMap { k -> [QuadraticTestProblem] in
      let n = 10 + 8 * k
      func made(_ name: String, _ construction: Construction)
        -> QuadraticTestProblem
      { construction.problem("random \(name) \(n)") }
      let seed = 1000 * seed + UInt64(10 * k)
      return [
        made(
          "strictly convex",
          Construction(seed: seed, variables: n, rank: n, inequalities: n)),
        made(
          "of rank n/4",
          Construction(
            seed: seed + 1, variables: n, rank: n / 4, equalities: n / 8,
            inequalities: n, active: 0.8, bounded: 0.9)),
        made(
          "linear",
          Construction(
            seed: seed + 2, variables: n, rank: 0, equalities: n / 4,
            inequalities: n, active: 0.8, bounded: 1)),
        made(
          "degenerate",
          Construction(
            seed: seed + 3, variables: n, rank: n / 2, equalities: n / 8,
            inequalities: n, active: 0.8, degenerate: 0.5, bounded: 1)),
        made(
          "with dependent rows",
          Construction(
            seed: seed + 4, variables: n, rank: n, equalities: n / 3,
            inequalities: n / 2, dependent: n / 3)),
        made(
          "badly scaled",
          Construction(
            seed: seed + 5, variables: n, rank: n, equalities: n / 8,
            inequalities: n, spread: 2)),
      ]
    }
  }

  /// Strictly convex programs with as many inequalities as variables, and one with
  /// bounds alone, for times.
  static func timed(seed: UInt64, isQuick: Bool) -> [QuadraticTestProblem] {
    let sizes = isQuick ? [10, 50] : [10, 50, 100, 200, 500]
    let dense = sizes.map { n in
      Construction(
        seed: seed + UInt64(n), variables: n, rank: n, inequalities: n,
        bounded: 0
      ).problem("n = m = \(n)")
    }
    let n = isQuick ? 100 : 1000
    return dense + [
      Construction(
        seed: seed + 7, variables: n, rank: n, active: 0.5, bounded: 1
      ).problem("bounds, n = \(n)")
    ]
  }
}
