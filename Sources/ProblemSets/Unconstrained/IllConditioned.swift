import Differentiation
import Matrix

extension UnconstrainedProblems {
  /// A square, and the second and fourth power of one direction.
  ///
  ///     f = Σ xᵢ² + s² + s⁴,  s = Σ i xᵢ/2
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Zakharov, in Rahnamayan, Tizhoosh and Salama 2007. The start is
  /// ours.
  public static func zakharov(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 1, "Zakharov", n, rule: "n ≥ 1")
    return UnconstrainedProblem(
      "Zakharov, n = \(n)", from: Vector(repeating: 1, count: n),
      [.family, .badlyScaled], landmarks: [.minimum(0, at: .zeros(n))],
      source: "Rahnamayan, Tizhoosh and Salama 2007", Zakharov())
  }

  struct Zakharov: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var s = Number(0)
      for i in x.indices { s += Number(Double(i + 1) / 2) * x[i] }
      let square = s * s
      return sumOfSquares(x) + square + square * square
    }
  }

  /// A tridiagonal quadratic of condition O(n²).
  ///
  ///     f = Σ (xᵢ − 1)² − Σ xᵢ xᵢ₋₁
  ///
  /// The minimum is −n (n + 4)(n − 1)/6 at xᵢ = i (n + 1 − i).
  ///
  /// - Precondition: n ≥ 2.
  ///
  /// Source: Neumaier, in Hedar 2005 (TRID).
  public static func trid(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 2, "Trid", n, rule: "n ≥ 2")
    return UnconstrainedProblem(
      "Trid, n = \(n)", from: .zeros(n), [.family],
      landmarks: [
        .minimum(
          -Double(n * (n + 4) * (n - 1)) / 6,
          at: Vector(count: n) { Double(($0 + 1) * (n - $0)) })
      ],
      source: "Hedar 2005", Trid())
  }

  struct Trid: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in x.indices {
        let d = x[i] - 1
        sum += d * d
        if i > 0 { sum -= x[i] * x[i - 1] }
      }
      return sum
    }
  }

  /// Hilbert's matrix as a quadratic: condition 10¹⁶ for n = 12.
  ///
  ///     f = Σ xᵢ xⱼ/(i + j − 1)
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Fletcher and Powell 1963; HILBERTA in CUTE.
  public static func hilbert(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 1, "Hilbert", n, rule: "n ≥ 1")
    return UnconstrainedProblem(
      "Hilbert, n = \(n)", from: Vector(repeating: -3, count: n),
      [.family, .badlyScaled, .singularMinimum],
      landmarks: [
        .minimum(0, at: .zeros(n), "singular Hessian, to working precision")
      ],
      source: "Fletcher and Powell 1963", Hilbert())
  }

  struct Hilbert: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in x.indices {
        var row = Number(0)
        for j in x.indices { row += Number(1 / Double(i + j + 1)) * x[j] }
        sum += x[i] * row
      }
      return sum
    }
  }
}
