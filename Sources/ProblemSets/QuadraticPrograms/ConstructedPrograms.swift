import Matrix
import Optimization
import RandomNumbers

/// A program made around a solution that is chosen first.
///
/// P = B Bᵀ / rank, A, x and the active sides with their multipliers are drawn; the
/// other sides are put at a distance; q = Aᵀy + z − P x then makes x and the
/// multipliers satisfy the optimality conditions, which for a convex program is
/// all that it takes to be a solution.
public struct Construction: Sendable {
  private let seed: UInt64
  private let variables: Int
  private let rank: Int
  private let equalities: Int
  private let inequalities: Int
  private let active: Double
  private let degenerate: Double
  private let bounded: Double
  private let fixed: Double
  private let dependent: Int
  private let spread: Double

  /// What is drawn.
  ///
  /// - Parameters:
  ///   - seed: the seed of all random numbers.
  ///   - variables: their number n.
  ///   - rank: the rank of P.
  ///   - equalities: their number.
  ///   - inequalities: their number.
  ///   - active: the chance of an inequality, or a bound, to be active.
  ///   - degenerate: the chance of an active side to have the multiplier 0.
  ///   - bounded: the chance of a variable to have bounds.
  ///   - fixed: the chance of a variable with bounds to be fixed.
  ///   - dependent: how many rows more there are that are sums of two of the
  ///     others, with sides to match.
  ///   - spread: rows and columns are multiplied by powers of 2, about
  ///     10^(±spread) at most.
  public init(
    seed: UInt64, variables: Int, rank: Int, equalities: Int = 0,
    inequalities: Int = 0, active: Double = 0.3, degenerate: Double = 0,
    bounded: Double = 0.5, fixed: Double = 0, dependent: Int = 0,
    spread: Double = 0
  ) {
    self.seed = seed
    self.variables = variables
    self.rank = rank
    self.equalities = equalities
    self.inequalities = inequalities
    self.active = active
    self.degenerate = degenerate
    self.bounded = bounded
    self.fixed = fixed
    self.dependent = dependent
    self.spread = spread
  }

  /// The program, with its value.
  public func problem(_ name: String) -> QuadraticTestProblem {
    var random = SplitMix64(seed: seed)
    let (n, k, m) = (variables, equalities, equalities + inequalities)
    let factor = Matrix<Double>(rows: n, columns: max(1, rank)) { _, _ in
      random.nextNormal()
    }
    var p = Matrix<Double>.zeros(n, n)
    if rank > 0 {
      p.symmetricRankUpdate(factor, alpha: 1 / Double(rank), beta: 0)
      p.symmetrizeFromLower()
    }
    let all = m + dependent
    var a = Matrix<Double>.zeros(all, n)
    for i in 0..<m {
      for j in 0..<n { a[i, j] = random.nextNormal() }
    }
    var x = Vector<Double>(count: n) { _ in random.nextNormal() }
    let values = a * x
    var (y, z) = (Vector<Double>.zeros(all), Vector<Double>.zeros(n))
    var lower = [Double](repeating: -.infinity, count: all)
    var upper = [Double](repeating: .infinity, count: all)

    func sides(
      _ v: Double, _ random: inout SplitMix64
    ) -> (lower: Double, upper: Double, multiplier: Double) {
      let isActive = random.nextUniform() < active
      let isLower = random.nextUniform() < 0.5
      let hasOther = random.nextUniform() < 0.5
      let multiplier =
        random.nextUniform() < degenerate ? 0 : 0.1 + random.nextUniform()
      let gap = isActive ? 0 : 0.1 + random.nextUniform()
      let other = hasOther ? 0.5 + random.nextUniform() : .infinity
      return isLower
        ? (v - gap, v + other, isActive ? multiplier : 0)
        : (v - other, v + gap, isActive ? -multiplier : 0)
    }

    for i in 0..<m {
      if i < k {
        (lower[i], upper[i], y[i]) = (values[i], values[i], random.nextNormal())
      } else {
        (lower[i], upper[i], y[i]) = sides(values[i], &random)
      }
    }
    for i in m..<all {
      let (s, t) = ((i - m) % m, (i - m + 1) % m)
      for j in 0..<n { a[i, j] = a[s, j] + a[t, j] }
      (lower[i], upper[i]) = (lower[s] + lower[t], upper[s] + upper[t])
    }
    var low = [Double](repeating: -.infinity, count: n)
    var high = [Double](repeating: .infinity, count: n)
    for j in 0..<n where random.nextUniform() < bounded {
      if random.nextUniform() < fixed {
        (low[j], high[j], z[j]) = (x[j], x[j], random.nextNormal())
      } else {
        (low[j], high[j], z[j]) = sides(x[j], &random)
      }
    }
    var q = a.transposed * y
    q.add(z)
    p.symmetricMultiply(x, into: &q, alpha: -1, beta: 1)
    if spread > 0 {
      func scale(_ random: inout SplitMix64) -> Double {
        let exponent = (2 * random.nextUniform() - 1) * spread * 3.3219
        return Double(
          sign: .plus, exponent: Int(exponent.rounded()), significand: 1)
      }
      // Powers of 2, so that the solution stays exact.
      for j in 0..<n {
        let s = scale(&random)
        for i in 0..<n {
          p[i, j] *= s
          p[j, i] *= s
        }
        for i in 0..<all { a[i, j] *= s }
        q[j] *= s
        x[j] /= s
        low[j] /= s
        high[j] /= s
      }
      for i in 0..<all {
        let s = scale(&random)
        for j in 0..<n { a[i, j] *= s }
        lower[i] *= s
        upper[i] *= s
      }
    }
    let program = convex { () throws(QuadraticProgramError) in
      try QuadraticProgram(
        hessian: p, gradient: q,
        subjectTo: [.rows(a, from: Vector(lower), to: Vector(upper))],
        within: box(low, high))
    }
    return QuadraticTestProblem(
      name, program, .optimal(program.value(at: x)),
      source: "made around its solution, seed \(seed)")
  }
}

extension QuadraticPrograms {
  /// Programs made around their solutions.
  public static var constructed: [QuadraticTestProblem] {
    [
      Construction(seed: 1, variables: 20, rank: 20, inequalities: 20)
        .problem("strictly convex 20"),
      Construction(
        seed: 2, variables: 100, rank: 100, inequalities: 100, bounded: 0
      ).problem("strictly convex 100"),
      Construction(
        seed: 3, variables: 60, rank: 60, equalities: 20, inequalities: 30
      ).problem("with equalities 60"),
      Construction(
        seed: 4, variables: 60, rank: 15, equalities: 10, inequalities: 60,
        active: 0.7, bounded: 0.9
      ).problem("rank 15 of 60"),
      Construction(
        seed: 5, variables: 40, rank: 1, inequalities: 80, active: 0.45
      ).problem("rank 1 of 40"),
      Construction(
        seed: 6, variables: 40, rank: 0, equalities: 10, inequalities: 40,
        active: 0.6, bounded: 1
      ).problem("linear 40"),
      Construction(
        seed: 7, variables: 30, rank: 30, equalities: 10, inequalities: 20,
        dependent: 15
      ).problem("dependent rows 30"),
      Construction(
        seed: 8, variables: 30, rank: 10, equalities: 8, inequalities: 40,
        active: 0.8, degenerate: 0.5, bounded: 1, dependent: 10
      ).problem("degenerate 30"),
      Construction(
        seed: 9, variables: 25, rank: 0, equalities: 5, inequalities: 60,
        active: 0.9, degenerate: 0.5, bounded: 1
      ).problem("degenerate linear 25"),
      Construction(
        seed: 10, variables: 30, rank: 30, equalities: 5, inequalities: 30,
        spread: 2
      ).problem("badly scaled 30"),
      Construction(
        seed: 11, variables: 30, rank: 12, equalities: 5, inequalities: 40,
        active: 0.6, bounded: 0.8, spread: 3
      ).problem("badly scaled, rank 12 of 30"),
      Construction(
        seed: 12, variables: 50, rank: 50, equalities: 5, inequalities: 10,
        bounded: 0.8, fixed: 0.4
      ).problem("fixed variables 50"),
      Construction(
        seed: 13, variables: 200, rank: 200, active: 0.5, bounded: 1
      ).problem("bounds 200"),
      Construction(
        seed: 14, variables: 1, rank: 1, inequalities: 3, active: 0
      ).problem("one variable"),
    ]
  }
}
