import Differentiation
import Matrix

extension UnconstrainedProblems {
  /// Six minima in three pairs.
  ///
  ///     f = (4 − 2.1x₁² + x₁⁴/3) x₁² + x₁x₂ + (4x₂² − 4) x₂²
  ///
  /// The origin is a saddle.
  ///
  /// Source: Branin 1972; Dixon and Szegő 1978.
  public static var sixHumpCamel: UnconstrainedProblem {
    UnconstrainedProblem(
      "Six-hump camel", from: [-2, 1], [.multimodal, .saddle],
      landmarks: [
        .minimum(
          -1.0316284534898774,
          at: [0.089842013100318062, -0.71265640302073963],
          "and at −x"),
        .localMinimum(
          -0.21546382438371764, at: [1.7036067149699808, -0.79608356867262511],
          "and at −x"),
        .localMinimum(
          2.1042503103112583, at: [1.6071047529201972, 0.56865145488413137],
          "and at −x"),
        .saddle(0, at: [0, 0]),
      ],
      source: "Branin 1972", SixHumpCamel())
  }

  struct SixHumpCamel: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let (a, b) = (x[0] * x[0], x[1] * x[1])
      let first = (4 - 2.1 * a + a * a / 3) * a
      return first + x[0] * x[1] + (4 * b - 4) * b
    }
  }

  /// Three minima.
  ///
  ///     f = 2x₁² − 1.05x₁⁴ + x₁⁶/6 + x₁x₂ + x₂²
  ///
  /// Source: Dixon and Szegő 1975.
  public static var threeHumpCamel: UnconstrainedProblem {
    UnconstrainedProblem(
      "Three-hump camel", from: [-2, -1], [.multimodal, .saddle],
      landmarks: [
        .minimum(0, at: [0, 0]),
        .localMinimum(
          0.29863844223685982, at: [1.7475523458302889, -0.87377617291514445],
          "and at −x"),
        .saddle(
          0.87736155776314018, at: [1.0705422918236600, -0.53527114591182999],
          "and at −x"),
      ],
      source: "Dixon and Szegő 1975", ThreeHumpCamel())
  }

  struct ThreeHumpCamel: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let a = x[0] * x[0]
      let first = (2 - 1.05 * a + a * a / 6) * a
      return first + x[0] * x[1] + x[1] * x[1]
    }
  }

  /// Two minima, of different depth, along x₁.
  ///
  ///     f = x₁⁴/4 − x₁²/2 + x₁/10 + x₂²/2
  ///
  /// Source: Aluffi-Pentini, Parisi and Zirilli 1985.
  public static var aluffiPentini: UnconstrainedProblem {
    UnconstrainedProblem(
      "Aluffi-Pentini", from: [1, 1], [.multimodal, .saddle],
      landmarks: [
        .minimum(-0.35238607380003642, at: [-1.0466805318046023, 0]),
        .localMinimum(-0.15263944177378456, at: [0.94564927392359144, 0]),
        .saddle(0.0050255155738209837, at: [0.10103125788101082, 0]),
      ],
      source: "Aluffi-Pentini, Parisi and Zirilli 1985", AluffiPentini())
  }

  struct AluffiPentini: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let a = x[0] * x[0]
      let first = a * (a - 2) / 4 + x[0] / 10
      return first + x[1] * x[1] / 2
    }
  }
}
