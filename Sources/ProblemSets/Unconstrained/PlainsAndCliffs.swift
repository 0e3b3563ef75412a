import Differentiation
import Matrix

extension UnconstrainedProblems {
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
}
