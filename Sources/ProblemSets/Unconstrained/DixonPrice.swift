import Differentiation
import Matrix

extension UnconstrainedProblems {
  /// Squares of doubled squares, in a chain.
  ///
  ///     f = (x₁ − 1)² + Σ i (2xᵢ² − xᵢ₋₁)²,  i = 2 … n
  ///
  /// The minimisers are xᵢ = ±2^(−1 + 2^(1−i)), the first with plus. At
  /// (⅓, 0, …, 0) f = ⅔, which is often taken for a local minimum. It is a saddle:
  /// on the curve xᵢ₋₁ = 2xᵢ², i > 2, all terms but two vanish and f falls, but only as
  /// the power 2ⁿ⁻¹ of xₙ.
  ///
  /// - Precondition: n ≥ 2.
  ///
  /// Source: Dixon and Price 1989. The start is ours.
  public static func dixonPrice(_ n: Int = 12) -> UnconstrainedProblem {
    requireSize(n >= 2, "Dixon and Price", n, rule: "n ≥ 2")
    return UnconstrainedProblem(
      "Dixon and Price, n = \(n)", from: Vector(repeating: 2, count: n),
      [.family, .multimodal, .saddle],
      landmarks: [
        .minimum(
          0, at: Vector(count: n) { .exp2(-1 + .exp2(-Double($0))) },
          "and with other signs"),
        .saddle(
          2.0 / 3, at: Vector(count: n) { $0 == 0 ? 1.0 / 3 : 0 },
          n > 2 ? "degenerate" : ""),
      ],
      source: "Dixon and Price 1989", DixonPrice())
  }

  struct DixonPrice: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let first = x[0] - 1
      var sum = first * first
      for i in 1..<x.count {
        let a = 2 * x[i] * x[i] - x[i - 1]
        sum += Number(i + 1) * a * a
      }
      return sum
    }
  }
}
