import Differentiation
import Matrix

extension UnconstrainedProblems {
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
