import Differentiation
import Matrix

extension UnconstrainedProblems {
  /// A flat hollow beside a steep wall.
  ///
  ///     f = (x₁² + x₂² − 2x₁)² + x₁/4
  ///
  /// Source: Zettl 1970.
  public static var zettl: UnconstrainedProblem {
    UnconstrainedProblem(
      "Zettl", from: [3, 4], [],
      landmarks: [
        .minimum(-0.0037912372204688980, at: [-0.029895985050660383, 0])
      ],
      source: "Zettl 1970", Zettl())
  }

  struct Zettl: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let a = x[0] * x[0] + x[1] * x[1] - 2 * x[0]
      return a * a + x[0] / 4
    }
  }

  /// A quartic along a line through the minimum.
  ///
  ///     f = (x₁ − 2)⁴ + (x₁ − 2x₂)²
  ///
  /// Source: Bazaraa and Shetty 1979.
  public static var bazaraaShetty: UnconstrainedProblem {
    UnconstrainedProblem(
      "Bazaraa and Shetty", from: [0, 3], [.singularMinimum],
      landmarks: [.minimum(0, at: [2, 1], "singular Hessian")],
      source: "Bazaraa and Shetty 1979", BazaraaShetty())
  }

  struct BazaraaShetty: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let (a, b) = (x[0] - 2, x[0] - 2 * x[1])
      return a * a * a * a + b * b
    }
  }

  /// Nothing but fourth powers.
  ///
  ///     f = 3x₁⁴ − 2x₁²x₂² + 3x₂⁴
  ///
  /// ∇²f = 0 at the minimum, where Newton's method converges by ⅔ per step.
  ///
  /// Source: Sisser 1982.
  public static var sisser: UnconstrainedProblem {
    UnconstrainedProblem(
      "Sisser", from: [1, 0.1], [.singularMinimum],
      landmarks: [.minimum(0, at: [0, 0], "zero Hessian")],
      source: "Sisser 1982", Sisser())
  }

  struct Sisser: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let (a, b) = (x[0] * x[0], x[1] * x[1])
      return 3 * a * a - 2 * a * b + 3 * b * b
    }
  }

  /// A saddle with three ways down, where ∇f and ∇²f are both 0.
  ///
  ///     f = x₁³ − 3x₁x₂² + (x₁² + x₂²)²
  ///
  /// The start is exactly there. The ways end at −27/256, a quarter short of the
  /// unit circle.
  ///
  /// Source: Hilbert and Cohn-Vossen 1932, section 29 (the saddle); the fourth
  /// power bounds it.
  public static var monkeySaddle: UnconstrainedProblem {
    let side = 0.75 * 3.0.squareRoot() / 2
    return UnconstrainedProblem(
      "Monkey saddle", from: [0, 0], [.saddle, .multimodal],
      landmarks: [
        .minimum(-27.0 / 256, at: [-0.75, 0]),
        .minimum(-27.0 / 256, at: [0.375, side]),
        .minimum(-27.0 / 256, at: [0.375, -side]),
        .saddle(0, at: [0, 0], "degenerate"),
      ],
      source: "Hilbert and Cohn-Vossen 1932", MonkeySaddle())
  }

  struct MonkeySaddle: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let (a, b) = (x[0] * x[0], x[1] * x[1])
      return x[0] * (a - 3 * b) + (a + b) * (a + b)
    }
  }

  /// A minimum beside an abyss.
  ///
  ///     f = x₁³ + x₂² − 3x₁ − 2x₂ + 2
  ///
  /// Source: Himmelblau 1972; HIMMELBH in CUTE.
  public static var himmelblauCubic: UnconstrainedProblem {
    UnconstrainedProblem(
      "Himmelblau's cubic", from: [0, 2], [.saddle, .unattained],
      landmarks: [
        .localMinimum(-1, at: [1, 1], "unbounded for x₁ → −∞"),
        .saddle(3, at: [-1, 1]),
      ],
      source: "Himmelblau 1972", HimmelblauCubic())
  }

  struct HimmelblauCubic: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      x[0] * (x[0] * x[0] - 3) + x[1] * (x[1] - 2) + 2
    }
  }

  /// Three exponentials, convex.
  ///
  ///     f = e^(x₁ + 3x₂ − 0.1) + e^(x₁ − 3x₂ − 0.1) + e^(−x₁ − 0.1)
  ///
  /// The minimum is 2√2 e^(−0.1) at (−½ ln 2, 0).
  ///
  /// Source: Boyd and Vandenberghe 2004, equation 9.20.
  public static var exponentialSum: UnconstrainedProblem {
    UnconstrainedProblem(
      "Sum of exponentials", from: [-1, 0.7], [],
      landmarks: [
        .minimum(8.0.squareRoot() * .exp(-0.1), at: [-.log(2) / 2, 0])
      ],
      source: "Boyd and Vandenberghe 2004", ExponentialSum())
  }

  struct ExponentialSum: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let first: Number = .exp(x[0] + 3 * x[1] - 0.1)
      let second: Number = .exp(x[0] - 3 * x[1] - 0.1)
      return first + second + .exp(-x[0] - 0.1)
    }
  }
}
