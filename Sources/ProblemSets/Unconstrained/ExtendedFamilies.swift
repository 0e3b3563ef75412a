import Differentiation
import Matrix

extension UnconstrainedProblems {
  /// A cubic valley for each pair of variables.
  ///
  ///     f = Σ 100 (x₂ᵢ − x₂ᵢ₋₁³)² + (1 − x₂ᵢ₋₁)²
  ///
  /// - Precondition: n is even and positive.
  ///
  /// Source: White and Holst 1964; Andrei 2008, the extended form.
  public static func extendedWhiteHolst(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(
      n > 0 && n.isMultiple(of: 2), "Extended White and Holst", n,
      rule: "n even")
    return UnconstrainedProblem(
      "Extended White and Holst, n = \(n)",
      from: Vector(count: n) { $0.isMultiple(of: 2) ? -1.2 : 1 },
      [.family, .badlyScaled],
      landmarks: [.minimum(0, at: Vector(repeating: 1, count: n))],
      source: "White and Holst 1964", ExtendedWhiteHolst())
  }

  struct ExtendedWhiteHolst: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in stride(from: 0, to: x.count, by: 2) {
        let a = x[i + 1] - x[i] * x[i] * x[i]
        let b = 1 - x[i]
        sum += 100 * a * a + b * b
      }
      return sum
    }
  }

  /// A square and a fourth power for each pair of variables.
  ///
  ///     f = Σ (x₂ᵢ₋₁ + x₂ᵢ − 3)² + (x₂ᵢ₋₁ − x₂ᵢ + 1)⁴
  ///
  /// - Precondition: n is even and positive.
  ///
  /// Source: Andrei 2008, extended tridiagonal 1.
  public static func extendedTridiagonal(
    _ n: Int = 12
  ) -> UnconstrainedProblem {
    requireSize(
      n > 0 && n.isMultiple(of: 2), "Extended tridiagonal", n, rule: "n even")
    return UnconstrainedProblem(
      "Extended tridiagonal, n = \(n)", from: Vector(repeating: 2, count: n),
      [.family, .singularMinimum],
      landmarks: [
        .minimum(
          0, at: Vector(count: n) { $0.isMultiple(of: 2) ? 1 : 2 },
          "singular Hessian")
      ],
      source: "Andrei 2008", ExtendedTridiagonal())
  }

  struct ExtendedTridiagonal: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in stride(from: 0, to: x.count, by: 2) {
        let a = x[i] + x[i + 1] - 3
        let b = x[i] - x[i + 1] + 1
        sum += a * a + b * b * b * b
      }
      return sum
    }
  }

  /// Exponentials against lines of growing slope.
  ///
  ///     f = Σ e^xᵢ − i xᵢ
  ///
  /// The minimum is Σ i (1 − ln i) at xᵢ = ln i.
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Andrei 2008, diagonal 1.
  public static func diagonal(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 1, "Diagonal", n, rule: "n ≥ 1")
    let minimum = (1...n).reduce(0.0) {
      $0 + Double($1) * (1 - .log(Double($1)))
    }
    return UnconstrainedProblem(
      "Diagonal, n = \(n)", from: Vector(repeating: 1 / Double(n), count: n),
      [.family],
      landmarks: [
        .minimum(minimum, at: Vector(count: n) { .log(Double($0 + 1)) })
      ],
      source: "Andrei 2008", Diagonal())
  }

  struct Diagonal: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in x.indices { sum += .exp(x[i]) - Number(i + 1) * x[i] }
      return sum
    }
  }

  /// A Hessian with one full row and column.
  ///
  ///     f = Σ (xᵢ² + xₙ²)² − 4xᵢ + 3,  i < n
  ///
  /// - Precondition: n ≥ 2.
  ///
  /// Source: Conn, Gould and Toint 1992; ARWHEAD in CUTE.
  public static func arrowhead(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 2, "Arrowhead", n, rule: "n ≥ 2")
    return UnconstrainedProblem(
      "Arrowhead, n = \(n)", from: Vector(repeating: 1, count: n), [.family],
      landmarks: [.minimum(0, at: Vector(count: n) { $0 < n - 1 ? 1 : 0 })],
      source: "Conn, Gould and Toint 1992", Arrowhead())
  }

  struct Arrowhead: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let last = x[x.count - 1] * x[x.count - 1]
      var sum = Number(0)
      for x in x.dropLast() {
        let a = x * x + last
        sum += a * a - 4 * x + 3
      }
      return sum
    }
  }

  /// Overlapping quartics, a third of whose curvatures nearly agree.
  ///
  ///     f = Σ (xᵢ² + xᵢ₊₁²)² − 4xᵢ + 3,  i < n
  ///
  /// - Precondition: n ≥ 2. The minimum is known for 2, 10, 12, 100 and 1000.
  ///
  /// Source: Toint 1978; ENGVAL1 in CUTE.
  public static func engval(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 2, "Engval", n, rule: "n ≥ 2")
    let known: [Int: Double] = [
      10: 9.1774699571813889, 12: 11.397714160452858, 100: 109.08813614309213,
      1000: 1108.1947187850134,
    ]
    return UnconstrainedProblem(
      "Engval, n = \(n)", from: Vector(repeating: 2, count: n), [.family],
      landmarks: n == 2
        ? [.minimum(0, at: [1, 0])] : known[n].map { [.minimum($0)] } ?? [],
      source: "Toint 1978", Engval())
  }

  struct Engval: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in 0..<x.count - 1 {
        let a = x[i] * x[i] + x[i + 1] * x[i + 1]
        sum += a * a - 4 * x[i] + 3
      }
      return sum
    }
  }
}
