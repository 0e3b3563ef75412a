import Differentiation
import Matrix

extension UnconstrainedProblems {
  /// A bowl with shallow waves, whose height goes with their product.
  ///
  ///     f = 1 + Σ xᵢ²/4000 − Π cos(xᵢ/√i)
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Griewank 1981. The start is ours.
  public static func griewank(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 1, "Griewank", n, rule: "n ≥ 1")
    return UnconstrainedProblem(
      "Griewank, n = \(n)", from: Vector(repeating: 100, count: n),
      [.family, .multimodal],
      landmarks: [.minimum(0, at: .zeros(n), "among very many")],
      source: "Griewank 1981", Griewank())
  }

  struct Griewank: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var product = Number(1)
      for i in x.indices {
        product *= .cos(x[i] / Number(Double(i + 1).squareRoot()))
      }
      return 1 + sumOfSquares(x) / 4000 - product
    }
  }

  /// A bowl with high waves, 11ⁿ minima between −5.12 and 5.12.
  ///
  ///     f = 10n + Σ xᵢ² − 10 cos 2πxᵢ = Σ xᵢ² + 20 sin² πxᵢ
  ///
  /// The second form keeps its digits near the minimum.
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Rastrigin 1974. The start is ours.
  public static func rastrigin(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 1, "Rastrigin", n, rule: "n ≥ 1")
    return UnconstrainedProblem(
      "Rastrigin, n = \(n)", from: Vector(repeating: 3.3, count: n),
      [.family, .multimodal],
      landmarks: [.minimum(0, at: .zeros(n), "among very many")],
      source: "Rastrigin 1974", Rastrigin())
  }

  struct Rastrigin: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for x in x {
        let wave = Number.sin(.pi * x)
        sum += x * x + 20 * wave * wave
      }
      return sum
    }
  }

  /// A funnel with waves, and a kink at its bottom.
  ///
  ///     f = 20 + e − 20 exp(−√(Σ xᵢ²/n)/5) − exp(Σ cos(2πxᵢ)/n)
  ///
  /// Written with e^t − 1, so that f keeps its digits near the minimum. Farther
  /// than 20 or so out the funnel is a plain with waves.
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Ackley 1987. The start is ours.
  public static func ackley(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 1, "Ackley", n, rule: "n ≥ 1")
    return UnconstrainedProblem(
      "Ackley, n = \(n)", from: Vector(repeating: 2.6, count: n),
      [.family, .multimodal, .nonsmooth, .flat],
      landmarks: [.minimum(0, at: .zeros(n), "among very many")],
      source: "Ackley 1987", Ackley())
  }

  struct Ackley: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      // cos 2πx − 1 = −2 sin² πx.
      var fall = Number(0)
      for x in x {
        let wave = Number.sin(.pi * x)
        fall -= 2 * wave * wave
      }
      let n = Number(x.count)
      let radius = (sumOfSquares(x) / n).squareRoot()
      let funnel: Number = .expMinusOne(-radius / 5)
      let waves: Number = .expMinusOne(fall / n)
      return -20 * funnel - Number(.exp(1)) * waves
    }
  }

  /// Waves that a parabola bends, 5ⁿ minima.
  ///
  ///     f = π/n (10 sin² πy₁ + Σ (yᵢ − 1)² (1 + 10 sin² πyᵢ₊₁) + (yₙ − 1)²),
  ///     y = 1 + (x + 1)/4
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Levy and Montalvo 1985, problem 1 in n variables. The start is ours.
  public static func levyMontalvo(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 1, "Levy and Montalvo", n, rule: "n ≥ 1")
    return UnconstrainedProblem(
      "Levy and Montalvo, n = \(n)", from: Vector(repeating: 2, count: n),
      [.family, .multimodal],
      landmarks: [
        .minimum(0, at: Vector(repeating: -1, count: n), "among very many")
      ],
      source: "Levy and Montalvo 1985", LevyMontalvo())
  }

  struct LevyMontalvo: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      // sin² πy = sin² π(y − 1), without the rounding of π where y = 1.
      let d = x.map { ($0 + 1) / 4 }
      let waves = d.map { d in
        let wave = Number.sin(.pi * d)
        return 10 * wave * wave
      }
      let last = d[d.count - 1]
      var sum = waves[0] + last * last
      for i in 0..<d.count - 1 { sum += d[i] * d[i] * (1 + waves[i + 1]) }
      return Number(.pi / Double(d.count)) * sum
    }
  }

  /// A quartic with two minima in each variable.
  ///
  ///     f = ½ Σ xᵢ⁴ − 16xᵢ² + 5xᵢ
  ///
  /// Each variable is −2.9035… or 2.7468… at one of the 2ⁿ minima.
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Styblinski and Tang 1990. The start is ours.
  public static func styblinskiTang(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 1, "Styblinski and Tang", n, rule: "n ≥ 1")
    let count = Double(n)
    return UnconstrainedProblem(
      "Styblinski and Tang, n = \(n)", from: .zeros(n),
      [.family, .multimodal],
      landmarks: [
        .minimum(
          -39.166165703771415 * count,
          at: Vector(repeating: -2.9035340277711771, count: n)),
        .localMinimum(
          -25.029446655283943 * count,
          at: Vector(repeating: 2.7468027709908369, count: n)),
        .saddle(
          0.19561235905535807 * count,
          at: Vector(repeating: 0.15673125678034010, count: n), "a maximum"),
      ],
      source: "Styblinski and Tang 1990", StyblinskiTang())
  }

  struct StyblinskiTang: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for x in x {
        let square = x * x
        sum += (square * (square - 16) + 5 * x) / 2
      }
      return sum
    }
  }
}
