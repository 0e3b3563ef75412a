import Differentiation
import Matrix

extension UnconstrainedProblems {
  /// Fourth powers alone.
  ///
  ///     f = Σ (xᵢ − i)⁴
  ///
  /// ∇²f = 0 at the minimum.
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Conn, Gould and Toint 1992; QUARTC in CUTE.
  public static func quartic(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 1, "Quartic", n, rule: "n ≥ 1")
    return UnconstrainedProblem(
      "Quartic, n = \(n)", from: Vector(repeating: 2, count: n),
      [.family, .singularMinimum],
      landmarks: [
        .minimum(0, at: Vector(count: n) { Double($0 + 1) }, "zero Hessian")
      ],
      source: "Conn, Gould and Toint 1992", Quartic())
  }

  struct Quartic: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in x.indices {
        let d = x[i] - Number(i + 1)
        sum += d * d * d * d
      }
      return sum
    }
  }

  /// Fourth powers that share their last variable, and two squares.
  ///
  ///     f = (x₁ − x₂)² + Σ (xᵢ + xᵢ₊₁ + xₙ)⁴ + (xₙ₋₁ + xₙ)²,  i ≤ n − 2
  ///
  /// ∇²f has rank 2 at the minimum.
  ///
  /// - Precondition: n ≥ 3.
  ///
  /// Source: Conn, Gould and Toint 1992; NONDQUAR in CUTE.
  public static func nondiagonalQuartic(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 3, "Nondiagonal quartic", n, rule: "n ≥ 3")
    return UnconstrainedProblem(
      "Nondiagonal quartic, n = \(n)",
      from: Vector(count: n) { $0.isMultiple(of: 2) ? 1 : -1 },
      [.family, .singularMinimum],
      landmarks: [.minimum(0, at: .zeros(n), "Hessian of rank 2")],
      source: "Conn, Gould and Toint 1992", NondiagonalQuartic())
  }

  struct NondiagonalQuartic: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let n = x.count
      let (a, b) = (x[0] - x[1], x[n - 2] + x[n - 1])
      var sum = a * a + b * b
      for i in 0..<n - 2 {
        let d = x[i] + x[i + 1] + x[n - 1]
        sum += d * d * d * d
      }
      return sum
    }
  }
}
