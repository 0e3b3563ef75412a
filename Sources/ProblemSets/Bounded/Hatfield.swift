import Differentiation
import Matrix

extension BoundedProblems {
  /// Roots that the bounds keep real.
  ///
  ///     f = (x₁ − 1)² + Σ (xᵢ₋₁ − √xᵢ)²,  xᵢ ≥ 10⁻⁷
  ///
  /// Source: Hatfield Polytechnic; Bongartz, Conn, Gould and Toint 1995 (CUTE).
  public static var hatflda: BoundedTestProblem {
    BoundedTestProblem(
      "HATFLDA", from: Vector(repeating: 0.1, count: 4),
      lower: Vector(repeating: 1e-7, count: 4),
      upper: Vector(repeating: .infinity, count: 4),
      landmarks: [.minimum(0, at: [1, 1, 1, 1])],
      source: "Hatfield Polytechnic", HatfieldRoots())
  }

  /// The same with x₂ ≤ 0.8.
  ///
  /// Source: Hatfield Polytechnic; Bongartz, Conn, Gould and Toint 1995 (CUTE).
  public static var hatfldb: BoundedTestProblem {
    BoundedTestProblem(
      "HATFLDB", from: Vector(repeating: 0.1, count: 4),
      lower: Vector(repeating: 1e-7, count: 4),
      upper: [.infinity, 0.8, .infinity, .infinity],
      landmarks: [
        .minimum(
          0.00557280900008412144, at: [0.947213595499957939, 0.8, 0.64, 0.4096])
      ],
      source: "Hatfield Polytechnic", HatfieldRoots())
  }

  struct HatfieldRoots: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = (x[0] - 1) * (x[0] - 1)
      for i in 1..<x.count {
        let r = x[i - 1] - .sqrt(x[i])
        sum += r * r
      }
      return sum
    }
  }

  /// A chain of squares in a box that does not touch the minimum.
  ///
  ///     f = (x₁ − 1)² + Σ (xᵢ₊₁ − xᵢ²)² + (xₙ − 1)²,  0 ≤ xᵢ ≤ 10,  i = 2 … n − 1
  ///
  /// Source: Hatfield Polytechnic; Bongartz, Conn, Gould and Toint 1995 (CUTE).
  public static func hatfldc(_ n: Int = 25) -> BoundedTestProblem {
    BoundedTestProblem(
      "HATFLDC, n = \(n)", from: Vector(repeating: 0.9, count: n),
      lower: .zeros(n), upper: Vector(repeating: 10, count: n),
      landmarks: [.minimum(0, at: Vector(repeating: 1, count: n))],
      source: "Hatfield Polytechnic", HatfieldChain())
  }

  struct HatfieldChain: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let n = x.count
      var sum = (x[0] - 1) * (x[0] - 1) + (x[n - 1] - 1) * (x[n - 1] - 1)
      for i in 1..<n - 1 {
        let r = x[i + 1] - x[i] * x[i]
        sum += r * r
      }
      return sum
    }
  }
}
