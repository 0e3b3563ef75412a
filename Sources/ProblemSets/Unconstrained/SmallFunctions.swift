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

  /// A hole in a plain.
  ///
  ///     f = −cos x₁ cos x₂ exp(−(x₁ − π)² − (x₂ − π)²)
  ///
  /// At the start the gradient is about 10⁻⁷, and 0 to working precision farther
  /// out; around the hole there are ripples with minima of their own.
  ///
  /// Source: Easom 1990.
  public static var easom: UnconstrainedProblem {
    UnconstrainedProblem(
      "Easom", from: [0.5, 0.5], [.flat, .multimodal],
      landmarks: [.minimum(-1, at: [.pi, .pi])], source: "Easom 1990", Easom())
  }

  struct Easom: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let (a, b) = (x[0] - .pi, x[1] - .pi)
      return -.cos(x[0]) * .cos(x[1]) * .exp(-a * a - b * b)
    }
  }

  /// Three bounded terms that share their variables.
  ///
  ///     f = −1/(1 + (x₁ − x₂)²) − sin((π x₂ + x₃)/2)
  ///         − exp(−((x₁ + x₃)/x₂ − 2)²)
  ///
  /// x₂ = 0 divides by zero.
  ///
  /// Source: Schmidt and Vetters 1970; SCHMVETT in CUTE for n = 3.
  public static var schmidtVetters: UnconstrainedProblem {
    let t = Double.pi / (.pi + 1)
    return UnconstrainedProblem(
      "Schmidt and Vetters", from: [0.5, 0.5, 0.5],
      [.multimodal, .partlyUndefined],
      landmarks: [.minimum(-3, at: [t, t, t], "one of many")],
      source: "Schmidt and Vetters 1970", SchmidtVetters())
  }

  struct SchmidtVetters: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let d = x[0] - x[1]
      let ratio = (x[0] + x[2]) / x[1] - 2
      let wave: Number = .sin((.pi * x[1] + x[2]) / 2)
      return -1 / (1 + d * d) - wave - .exp(-ratio * ratio)
    }
  }

  /// An exponential that overflows one side of the start.
  ///
  ///     f = ((x₁ − 3)/100)² − (x₁ − x₂) + e^(20 (x₁ − x₂))
  ///
  /// Source: Himmelblau 1972; CLIFF in CUTE.
  public static var cliff: UnconstrainedProblem {
    let gap = Double.log(20) / 20
    return UnconstrainedProblem(
      "Cliff", from: [0, -1], [.badlyScaled, .partlyInfinite],
      landmarks: [.minimum(gap + 0.05, at: [3, 3 + gap])],
      source: "Himmelblau 1972", Cliff())
  }

  struct Cliff: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let (a, d) = ((x[0] - 3) / 100, x[0] - x[1])
      return a * a - d + .exp(20 * d)
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

  /// An infimum that is not attained.
  ///
  ///     f = e^(−x₁) + x₂²
  ///
  /// Convex, and ∇f → 0: every rule for small gradients is met far enough out.
  ///
  /// Source: Bertsekas 1999, section 1.1 (that convex functions need not have
  /// minima).
  public static var exponentialDecay: UnconstrainedProblem {
    UnconstrainedProblem(
      "Exponential decay", from: [0, 1], [.unattained, .flat],
      landmarks: [.atInfinity(0, "x₁ → ∞")], source: "Bertsekas 1999",
      ExponentialDecay())
  }

  struct ExponentialDecay: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      .exp(-x[0]) + x[1] * x[1]
    }
  }

  /// Rosenbrock's valley with deterministic noise of 10⁻³.
  ///
  ///     f = (1 + 10⁻³ φ(x)) (100 (x₂ − x₁²)² + (1 − x₁)²)
  ///     φ = ψ (4ψ² − 3),  ψ = 0.9 sin(100 ‖x‖₁) cos(100 ‖x‖∞) + 0.1 cos ‖x‖₂
  ///
  /// −1 ≤ φ ≤ 1, so that the minimum is not moved. Its waves are 0.06 long and
  /// make local minima everywhere.
  ///
  /// Source: Moré and Wild 2009, section 4.
  public static var noisyRosenbrock: UnconstrainedProblem {
    UnconstrainedProblem(
      "Noisy Rosenbrock", from: [-1.2, 1], [.noisy, .nonsmooth, .multimodal],
      landmarks: [.minimum(0, at: [1, 1])], source: "Moré and Wild 2009",
      NoisyRosenbrock())
  }

  struct NoisyRosenbrock: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let (a, b) = (abs(x[0]), abs(x[1]))
      let (sum, largest) = (100 * (a + b), 100 * max(a, b))
      let norm = (x[0] * x[0] + x[1] * x[1]).squareRoot()
      let product = Number.sin(sum) * Number.cos(largest)
      let wave = 0.9 * product + 0.1 * Number.cos(norm)
      let noise = wave * (4 * wave * wave - 3)
      let (c, d) = (x[1] - x[0] * x[0], 1 - x[0])
      return (1 + 0.001 * noise) * (100 * c * c + d * d)
    }
  }
}
