import Differentiation
import Matrix

extension UnconstrainedProblems {
  /// Wood's function for each four variables, overlapping by two.
  ///
  ///     f = Σ 100 (xᵢ₋₁² − xᵢ)² + (xᵢ₋₁ − 1)² + 90 (xᵢ₊₁² − xᵢ₊₂)²
  ///         + (xᵢ₊₁ − 1)² + 10 (xᵢ + xᵢ₊₂ − 2)² + (xᵢ − xᵢ₊₂)²/10,
  ///     i = 2, 4 … n − 2
  ///
  /// - Precondition: n is even, n ≥ 4.
  ///
  /// Source: Conn, Gould and Toint 1988; Lukšan and Vlček 1999, problem 2.
  public static func chainedWood(_ n: Int = 12) -> UnconstrainedProblem {
    requireChain("Chained Wood", n)
    return UnconstrainedProblem(
      "Chained Wood, n = \(n)",
      from: Vector(count: n) {
        $0 < 4 ? [-3, -1][$0 % 2] : [-2, 0][$0 % 2]
      },
      [.family, .saddle],
      landmarks: [.minimum(0, at: Vector(repeating: 1, count: n))],
      source: "Conn, Gould and Toint 1988", ChainedWood())
  }

  struct ChainedWood: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in stride(from: 0, through: x.count - 4, by: 2) {
        let (a, b) = (x[i] * x[i] - x[i + 1], x[i] - 1)
        let (c, d) = (x[i + 2] * x[i + 2] - x[i + 3], x[i + 2] - 1)
        let (e, f) = (x[i + 1] + x[i + 3] - 2, x[i + 1] - x[i + 3])
        sum += 100 * a * a + b * b + 90 * c * c
        sum += d * d + 10 * e * e + f * f / 10
      }
      return sum
    }
  }

  /// Powell's singular function for each four variables, overlapping by two.
  ///
  ///     f = Σ (xᵢ₋₁ + 10xᵢ)² + 5 (xᵢ₊₁ − xᵢ₊₂)² + (xᵢ − 2xᵢ₊₁)⁴
  ///         + 10 (xᵢ₋₁ − xᵢ₊₂)⁴,  i = 2, 4 … n − 2
  ///
  /// - Precondition: n is even, n ≥ 4.
  ///
  /// Source: Conn, Gould and Toint 1988; Lukšan and Vlček 1999, problem 3.
  public static func chainedPowellSingular(
    _ n: Int = 12
  ) -> UnconstrainedProblem {
    requireChain("Chained Powell singular", n)
    return UnconstrainedProblem(
      "Chained Powell singular, n = \(n)",
      from: Vector(count: n) { [3, -1, 0, 1][$0 % 4] },
      [.family, .singularMinimum],
      landmarks: [.minimum(0, at: .zeros(n), "singular Hessian")],
      source: "Conn, Gould and Toint 1988", ChainedPowellSingular())
  }

  struct ChainedPowellSingular: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in stride(from: 0, through: x.count - 4, by: 2) {
        let (a, b) = (x[i] + 10 * x[i + 1], x[i + 2] - x[i + 3])
        let (c, d) = (x[i + 1] - 2 * x[i + 2], x[i] - x[i + 3])
        sum += a * a + 5 * b * b + c * c * c * c + 10 * d * d * d * d
      }
      return sum
    }
  }

  /// Powers from two to eight of unlike functions.
  ///
  ///     f = Σ (e^xᵢ₋₁ − xᵢ)⁴ + 100 (xᵢ − xᵢ₊₁)⁶ + tan⁴(xᵢ₊₁ − xᵢ₊₂)
  ///         + xᵢ₋₁⁸ + (xᵢ₊₂ − 1)²,  i = 2, 4 … n − 2
  ///
  /// The tangents have poles. For n = 4 the minimum is 0, with a singular
  /// Hessian; for others the value is that of the descent from the start.
  ///
  /// - Precondition: n is even, n ≥ 4. Values are known for 4, 6, 10, 12, 100 and
  ///   1000.
  ///
  /// Source: Cragg and Levy 1969; Lukšan and Vlček 1999, problem 4.
  public static func chainedCraggLevy(_ n: Int = 12) -> UnconstrainedProblem {
    requireChain("Chained Cragg and Levy", n)
    let known: [Int: Double] = [
      6: 0.21772044579283079, 10: 0.92093174549864924, 12: 1.3882383264926991,
      100: 25.206129463129873, 1000: 269.49954348720975,
    ]
    var landmarks = known[n].map { [Landmark.localMinimum($0)] } ?? []
    if n == 4 {
      landmarks = [.minimum(0, at: [0, 1, 1, 1], "singular Hessian")]
    }
    return UnconstrainedProblem(
      "Chained Cragg and Levy, n = \(n)",
      from: Vector(count: n) { $0 == 0 ? 1 : 2 },
      [.family, .badlyScaled, .partlyInfinite], landmarks: landmarks,
      source: "Cragg and Levy 1969", ChainedCraggLevy())
  }

  struct ChainedCraggLevy: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in stride(from: 0, through: x.count - 4, by: 2) {
        let first: Number = .exp(x[i]) - x[i + 1]
        let second = x[i + 1] - x[i + 2]
        let third: Number = .tan(x[i + 2] - x[i + 3])
        let last = x[i + 3] - 1
        let cube = second * second * second
        sum += fourth(first) + 100 * cube * cube + fourth(third)
        sum += fourth(x[i] * x[i]) + last * last
      }
      return sum
    }

    private func fourth<Number: RealNumber>(_ x: Number) -> Number {
      let square = x * x
      return square * square
    }
  }

  /// Broyden's tridiagonal system in a power that is not twice smooth.
  ///
  ///     f = Σ |(3 − 2xᵢ) xᵢ − xᵢ₋₁ − xᵢ₊₁ + 1|^(7/3),  x₀ = xₙ₊₁ = 0
  ///
  /// ∇²f is 0 at the minimum, and not differentiable where a residual vanishes.
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Toint 1983; Lukšan and Vlček 1999, problem 5.
  public static func broydenPower(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 1, "Broyden in a power", n, rule: "n ≥ 1")
    return UnconstrainedProblem(
      "Broyden in a power, n = \(n)", from: Vector(repeating: -1, count: n),
      [.family, .singularMinimum], landmarks: [.minimum(0)],
      source: "Toint 1983", BroydenPower())
  }

  struct BroydenPower: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in x.indices {
        var r = (3 - 2 * x[i]) * x[i] + 1
        if i > 0 { r -= x[i - 1] }
        if i < x.count - 1 { r -= x[i + 1] }
        sum += .pow(abs(r), Number(7.0 / 3))
      }
      return sum
    }
  }

  /// Steps against a double well: a saddle at the start, exactly.
  ///
  ///     f = Σ (xᵢ₊₁ − xᵢ)²/2h + h Σ (xᵢ² − 1)²/4,  h = 10/n
  ///
  /// The phases ±1 are the minima; x = 0 is critical, where a descent has
  /// nothing to follow, and fronts between the phases move exponentially slowly.
  ///
  /// - Precondition: n ≥ 2.
  ///
  /// Source: Allen and Cahn 1979; Carr and Pego 1989 (slow fronts).
  public static func allenCahn(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 2, "Allen and Cahn", n, rule: "n ≥ 2")
    return UnconstrainedProblem(
      "Allen and Cahn, n = \(n)", from: .zeros(n), [.family, .saddle, .flat],
      landmarks: [
        .minimum(0, at: Vector(repeating: 1, count: n)),
        .minimum(0, at: Vector(repeating: -1, count: n)),
        .saddle(2.5, at: .zeros(n)),
      ],
      source: "Allen and Cahn 1979", AllenCahn())
  }

  struct AllenCahn: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let h = 10 / Double(x.count)
      var (steps, wells) = (Number(0), Number(0))
      for i in x.indices {
        let well = x[i] * x[i] - 1
        wells += well * well
        guard i > 0 else { continue }
        let step = x[i] - x[i - 1]
        steps += step * step
      }
      return Number(0.5 / h) * steps + Number(h / 4) * wells
    }
  }

  private static func requireChain(_ name: String, _ n: Int) {
    requireSize(
      n >= 4 && n.isMultiple(of: 2), name, n, rule: "n even, n ≥ 4")
  }
}
