import Differentiation
import Matrix

extension MoreGarbowHillstrom {
  /// u″ = ½ (u + t + 1)³ with u(0) = u(1) = 0, by differences (28).
  ///
  ///     rᵢ = 2xᵢ − xᵢ₋₁ − xᵢ₊₁ + h² (xᵢ + tᵢ + 1)³/2,  tᵢ = i h,
  ///     h = 1/(n + 1),  x₀ = xₙ₊₁ = 0
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Moré and Cosnard 1979.
  public static func discreteBoundaryValue(
    _ n: Int = 10
  ) -> LeastSquaresProblem {
    requireSize(n >= 1, "Discrete boundary value", n, rule: "n ≥ 1")
    return LeastSquaresProblem(
      "Discrete boundary value, n = \(n)", number: 28, from: parabola(n),
      residuals: n, landmarks: [.minimum(0)], source: "Moré and Cosnard 1979",
      DiscreteBoundaryValue())
  }

  struct DiscreteBoundaryValue: ResidualFormula {
    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let n = x.count
      let h = 1 / Double(n + 1)
      return x.indices.map { i in
        let u = x[i] + Number(Double(i + 1) * h + 1)
        var r = 2 * x[i] + Number(h * h / 2) * u * u * u
        if i > 0 { r -= x[i - 1] }
        if i < n - 1 { r -= x[i + 1] }
        return r
      }
    }
  }

  /// The same boundary value problem as an integral equation (29).
  ///
  ///     rᵢ = xᵢ + h/2 ((1 − tᵢ) Σ tⱼ cⱼ, j ≤ i, + tᵢ Σ (1 − tⱼ) cⱼ, j > i),
  ///     cⱼ = (xⱼ + tⱼ + 1)³
  ///
  /// The Jacobian is dense; the sums are carried along, 8n flops.
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Moré and Cosnard 1979.
  public static func discreteIntegralEquation(
    _ n: Int = 10
  ) -> LeastSquaresProblem {
    requireSize(n >= 1, "Discrete integral equation", n, rule: "n ≥ 1")
    return LeastSquaresProblem(
      "Discrete integral equation, n = \(n)", number: 29, from: parabola(n),
      residuals: n, landmarks: [.minimum(0)], source: "Moré and Cosnard 1979",
      DiscreteIntegralEquation())
  }

  struct DiscreteIntegralEquation: ResidualFormula {
    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let n = x.count
      let h = 1 / Double(n + 1)
      let cubes = x.indices.map { j in
        let u = x[j] + Number(Double(j + 1) * h + 1)
        return u * u * u
      }
      var after = [Number](repeating: 0, count: n + 1)
      for j in x.indices.reversed() {
        after[j] = after[j + 1] + Number(1 - Double(j + 1) * h) * cubes[j]
      }
      var before = Number(0)
      return x.indices.map { i in
        let t = Double(i + 1) * h
        before += Number(t) * cubes[i]
        let integral = Number(1 - t) * before + Number(t) * after[i + 1]
        return x[i] + Number(h / 2) * integral
      }
    }
  }

  /// The start tᵢ (tᵢ − 1) of both.
  private static func parabola(_ n: Int) -> Vector<Double> {
    Vector(count: n) {
      let t = Double($0 + 1) / Double(n + 1)
      return t * (t - 1)
    }
  }

  /// A tridiagonal system (30).
  ///
  ///     rᵢ = (3 − 2xᵢ) xᵢ − xᵢ₋₁ − 2xᵢ₊₁ + 1,  x₀ = xₙ₊₁ = 0
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Broyden 1965.
  public static func broydenTridiagonal(_ n: Int = 10) -> LeastSquaresProblem {
    requireSize(n >= 1, "Broyden tridiagonal", n, rule: "n ≥ 1")
    return LeastSquaresProblem(
      "Broyden tridiagonal, n = \(n)", number: 30,
      from: Vector(repeating: -1, count: n), residuals: n,
      landmarks: [.minimum(0)], source: "Broyden 1965", BroydenTridiagonal())
  }

  struct BroydenTridiagonal: ResidualFormula {
    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      x.indices.map { i in
        var r = (3 - 2 * x[i]) * x[i] + 1
        if i > 0 { r -= x[i - 1] }
        if i < x.count - 1 { r -= 2 * x[i + 1] }
        return r
      }
    }
  }

  /// A system with a band of five below and one above the diagonal (31).
  ///
  ///     rᵢ = xᵢ (2 + 5xᵢ²) + 1 − Σ xⱼ (1 + xⱼ),  i − 5 ≤ j ≤ i + 1, j ≠ i
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Broyden 1971.
  public static func broydenBanded(_ n: Int = 10) -> LeastSquaresProblem {
    requireSize(n >= 1, "Broyden banded", n, rule: "n ≥ 1")
    return LeastSquaresProblem(
      "Broyden banded, n = \(n)", number: 31,
      from: Vector(repeating: -1, count: n), residuals: n,
      landmarks: [.minimum(0)], source: "Broyden 1971", BroydenBanded())
  }

  struct BroydenBanded: ResidualFormula {
    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let terms = x.map { $0 * (1 + $0) }
      return x.indices.map { i in
        var r = x[i] * (2 + 5 * x[i] * x[i]) + 1
        for j in max(0, i - 5)...min(x.count - 1, i + 1) where j != i {
          r -= terms[j]
        }
        return r
      }
    }
  }
}
