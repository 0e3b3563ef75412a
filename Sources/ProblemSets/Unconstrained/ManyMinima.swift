import Differentiation
import Matrix

extension UnconstrainedProblems {
  /// Four minima around a maximum, with four saddles between.
  ///
  ///     f = (x₁² + x₂ − 11)² + (x₁ + x₂² − 7)²
  ///
  /// Source: Himmelblau 1972.
  public static var himmelblau: UnconstrainedProblem {
    UnconstrainedProblem(
      "Himmelblau", from: [1, 1], [.multimodal, .saddle],
      landmarks: [
        .minimum(0, at: [3, 2]),
        .minimum(0, at: [-2.8051180869527449, 3.1313125182505730]),
        .minimum(0, at: [-3.7793102533777469, -3.2831859912861694]),
        .minimum(0, at: [3.5844283403304917, -1.8481265269644036]),
        .saddle(
          104.01516291755811, at: [-3.0730257507643896, -0.081353044287967512]),
        .saddle(
          67.719150087526140, at: [0.086677504555396352, 2.8842547011747761]),
        .saddle(
          13.311926270405590, at: [3.3851541836070209, 0.073851879837749287]),
        .saddle(
          178.33723920192746, at: [-0.12796134673068007, -1.9537149802445765]),
        .saddle(
          181.61652152258270, at: [-0.27084459066734761, -0.92303855647998146],
          "a maximum"),
      ],
      source: "Himmelblau 1972", Himmelblau())
  }

  struct Himmelblau: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let a = x[0] * x[0] + x[1] - 11
      let b = x[0] + x[1] * x[1] - 7
      return a * a + b * b
    }
  }

  /// A sine across a valley that falls to −∞ along its bottom.
  ///
  ///     f = sin(x₁ + x₂) + (x₁ − x₂)² − 1.5x₁ + 2.5x₂ + 1
  ///
  /// The minima repeat at distances of (π, π), each π lower than the one before.
  /// The one listed is the lowest in McCormick's box.
  ///
  /// Source: McCormick 1976.
  public static var mcCormick: UnconstrainedProblem {
    let point = 0.5 - Double.pi / 3
    return UnconstrainedProblem(
      "McCormick", from: [0, 0], [.multimodal, .unattained],
      landmarks: [
        .localMinimum(
          -3.0.squareRoot() / 2 - .pi / 3, at: [point, point - 1],
          "and this minus kπ at distances of k (π, π)")
      ],
      source: "McCormick 1976", McCormick())
  }

  struct McCormick: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let d = x[0] - x[1]
      return .sin(x[0] + x[1]) + d * d - 1.5 * x[0] + 2.5 * x[1] + 1
    }
  }

  /// Equal minima along a parabola.
  ///
  ///     f = (x₂ − 5.1x₁²/4π² + 5x₁/π − 6)² + 10 (1 − 1/8π) cos x₁ + 10
  ///
  /// f = 5/4π wherever cos x₁ = −1 and the square vanishes.
  ///
  /// Source: Branin 1972.
  public static var branin: UnconstrainedProblem {
    let minimum = 5 / (4 * Double.pi)
    return UnconstrainedProblem(
      "Branin", from: [2.5, 7.5], [.multimodal],
      landmarks: [
        .minimum(minimum, at: [.pi, 2.275]),
        .minimum(minimum, at: [-.pi, 12.275]),
        .minimum(minimum, at: [3 * .pi, 2.475]),
      ],
      source: "Branin 1972", Branin())
  }

  struct Branin: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let (square, slope) = (5.1 / (4 * Double.pi * .pi), 5 / Double.pi)
      let a = x[1] - Number(square) * x[0] * x[0] + Number(slope) * x[0] - 6
      return a * a + Number(10 - 10 / (8 * .pi)) * .cos(x[0]) + 10
    }
  }

  /// A polynomial of degree eight with values from 3 to 10⁶.
  ///
  ///     f = (1 + (x₁ + x₂ + 1)² (19 − 14x₁ + 3x₁² − 14x₂ + 6x₁x₂ + 3x₂²))
  ///       × (30 + (2x₁ − 3x₂)² (18 − 32x₁ + 12x₁² + 48x₂ − 36x₁x₂ + 27x₂²))
  ///
  /// Source: Goldstein and Price 1971.
  public static var goldsteinPrice: UnconstrainedProblem {
    UnconstrainedProblem(
      "Goldstein and Price", from: [-0.5, 0.25], [.multimodal, .badlyScaled],
      landmarks: [
        .minimum(3, at: [0, -1]), .localMinimum(30, at: [-0.6, -0.4]),
        .localMinimum(84, at: [1.8, 0.2]), .localMinimum(840, at: [1.2, 0.8]),
      ],
      source: "Goldstein and Price 1971", GoldsteinPrice())
  }

  struct GoldsteinPrice: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let s = x[0] + x[1]
      let d = 2 * x[0] - 3 * x[1]
      let first = (s + 1) * (s + 1) * (19 - 14 * s + 3 * s * s)
      let second = d * d * (18 - 16 * d + 3 * d * d)
      return (1 + first) * (30 + second)
    }
  }

  /// 760 minima, 18 of them global.
  ///
  ///     f = Σ j cos((j + 1) x₁ + j) · Σ j cos((j + 1) x₂ + j),  j = 1 … 5
  ///
  /// Source: Levy and Montalvo 1985.
  public static var shubert: UnconstrainedProblem {
    UnconstrainedProblem(
      "Shubert", from: [-1.3, -0.9], [.multimodal],
      landmarks: [
        .minimum(
          -186.73090883102383, at: [-1.4251284283197610, -0.80032110047197312],
          "modulo 2π, and with x₁ and x₂ exchanged")
      ],
      source: "Levy and Montalvo 1985", Shubert())
  }

  struct Shubert: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      sum(x[0]) * sum(x[1])
    }

    private func sum<Number: RealNumber>(_ x: Number) -> Number {
      var sum = Number.cos(2 * x + 1)
      for j in 2...5 {
        let j = Number(j)
        sum += j * .cos((j + 1) * x + j)
      }
      return sum
    }
  }
}
