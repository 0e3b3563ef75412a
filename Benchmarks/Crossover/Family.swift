import Matrix
import Models
import Optimization
import Presentation
import ProblemSets
import RandomNumbers

/// A problem that is made when its turn comes.
struct ProblemEntry {
  let name: String
  /// The objective and where to start.
  let make: () throws -> (any TwiceDifferentiableObjective, Vector<Double>)
}

/// Problems that belong together: the same kind in several sizes, or several
/// data sets.
struct Family {
  let name: String
  /// What the problems are, for the page.
  let text: String
  let stop: StopRule
  /// Whether the problems differ in their size alone, so that time against n
  /// means something.
  let isScaling: Bool
  let entries: [ProblemEntry]

  /// All families, smaller when `isQuick`.
  static func all(seed: UInt64, isQuick: Bool) throws -> [Family] {
    [
      try realData(isQuick: isQuick),
      logistic(
        seed: seed,
        sizes: isQuick
          ? [10, 30, 100, 300] : [10, 20, 50, 100, 200, 500, 1000, 2000]),
    ]
      + (isQuick ? [1e2] : [1e2, 1e4]).map { condition in
        quadratic(
          seed: seed, condition: condition,
          sizes: isQuick
            ? [10, 30, 100, 300, 1000]
            : [10, 20, 50, 100, 200, 500, 1000, 2000, 4000])
      } + [
        rosenbrock(
          sizes: isQuick ? [10, 20, 50, 100] : [10, 20, 50, 100, 200, 500])
      ]
  }

  /// Logistic regression on breast cancer, and on each digit against the rest.
  static func realData(isQuick: Bool) throws -> Family {
    let cancer = try DataSet.breastCancer().standardized()
    let digits = try DataSet.digits().standardized()
    func entry(_ name: String, _ data: DataSet, _ k: Int) -> ProblemEntry {
      ProblemEntry(name: name) {
        let objective = LogisticRegression(
          data, class: k, penalty: 1 / Double(data.count))
        return (objective, .zeros(data.featureCount + 1))
      }
    }
    let chosen = isQuick ? [0, 8] : Array(0..<10)
    return Family(
      name: "Logistic regression, real data",
      text: """
        Breast Cancer Wisconsin (569 samples, 30 features) and handwritten \
        digits (1797 samples, 64 features), each digit against the other nine: \
        mean logistic loss with intercept, features standardized, \
        λ = 1/m, start 0. Stopped at ‖∇f‖∞ ≤ 10⁻⁸.
        """,
      stop: .gradientNorm(1e-8), isScaling: false,
      entries: [entry("breast cancer", cancer, 0)]
        + chosen.map { entry("digit \($0)", digits, $0) })
  }

  /// Logistic regression on random samples, five for each feature.
  static func logistic(seed: UInt64, sizes: [Int]) -> Family {
    Family(
      name: "Logistic regression, synthetic",
      text: """
        d normal features, neighbours correlated by 0.5, classes drawn from a \
        logistic model, 5d samples; mean logistic loss, λ = 0.001, start 0. f \
        with ∇f takes 20d² flops, ∇²f takes 5d³. Stopped at ‖∇f‖∞ ≤ 10⁻⁸.
        """,
      stop: .gradientNorm(1e-8), isScaling: true,
      entries: sizes.map { d in
        ProblemEntry(name: "d = \(d)") {
          var generator = SplitMix64(seed: seed)
          let data = DataSet.logistic(
            samples: 5 * d, features: d, correlation: 0.5, using: &generator)
          let objective = LogisticRegression(
            data, class: 1, penalty: 1e-3, intercept: false)
          return (objective, .zeros(d))
        }
      })
  }

  /// Strictly convex quadratics of one condition number.
  static func quadratic(
    seed: UInt64, condition: Double, sizes: [Int]
  ) -> Family {
    Family(
      name: "Quadratic, κ = \(Format.powerOfTen(condition))",
      text: """
        ½ xᵀA x − bᵀx with a dense A whose eigenvalues lie in equal ratios \
        between 1 and κ; random minimiser, start 0. Newton's method needs one \
        step, L-BFGS some multiple of √κ. Stopped at ‖∇f‖∞ ≤ 10⁻⁸ ‖∇f(x₀)‖∞.
        """,
      stop: .relativeGradientNorm(1e-8), isScaling: true,
      entries: sizes.map { n in
        ProblemEntry(name: "n = \(n)") {
          var generator = SplitMix64(seed: seed)
          let objective = Quadratic(
            dimension: n, condition: condition, using: &generator)
          return (objective, objective.start)
        }
      })
  }

  /// Chained Rosenbrock functions.
  static func rosenbrock(sizes: [Int]) -> Family {
    Family(
      name: "Chained Rosenbrock",
      text: """
        Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)² from (−1.2, 1, −1.2, 1, …): cheap to \
        evaluate, far from convex, and the number of steps grows with n. The \
        methods may end in different minimisers: the global one, f = 0, or the \
        one near (−1, 1, …, 1), f ≈ 4. Stopped at ‖∇f‖∞ ≤ 10⁻⁸.
        """,
      stop: .gradientNorm(1e-8), isScaling: true,
      entries: sizes.map { n in
        ProblemEntry(name: "n = \(n)") {
          let objective = ChainedRosenbrock(n)
          return (objective, objective.start)
        }
      })
  }
}
