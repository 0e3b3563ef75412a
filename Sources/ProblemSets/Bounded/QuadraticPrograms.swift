import Differentiation
import Matrix

extension BoundedProblems {
  /// A chain of springs that all bounds but the last hold back.
  ///
  ///     f = (x₁ − 1)² + Σ (xᵢ − xᵢ₋₁)² + (1 − xₙ)²,  0 ≤ xᵢ ≤ 0.9,  i < n
  ///
  /// The minimum is 0.015 at (0.9, …, 0.9, 0.95), with multipliers of 0 but for the
  /// first and last of the bounds.
  ///
  /// Source: Biggs; Bongartz, Conn, Gould and Toint 1995 (CUTE).
  public static func biggsb1(_ n: Int = 25) -> BoundedTestProblem {
    BoundedTestProblem(
      "BIGGSB1, n = \(n)", from: .zeros(n),
      lower: Vector(count: n) { $0 < n - 1 ? 0 : -.infinity },
      upper: Vector(count: n) { $0 < n - 1 ? 0.9 : .infinity },
      landmarks: [
        .minimum(0.015, at: Vector(count: n) { $0 < n - 1 ? 0.9 : 0.95 })
      ],
      source: "Bongartz, Conn, Gould and Toint 1995", BiggsB1())
  }

  struct BiggsB1: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let n = x.count
      var sum = (x[0] - 1) * (x[0] - 1) + (1 - x[n - 1]) * (1 - x[n - 1])
      for i in 1..<n {
        let r = x[i] - x[i - 1]
        sum += r * r
      }
      return sum
    }
  }

  /// A convex quadratic whose minimum is in the lowest corner.
  ///
  ///     f = ½ Σ i (xᵢ + xⱼ + xₖ)²,  j = 2i − 1 mod n + 1,  k = 3i − 1 mod n + 1
  ///     0.1 ≤ xᵢ ≤ 10
  ///
  /// Source: Bongartz, Conn, Gould and Toint 1995 (CVXBQP1).
  public static func convexQuadratic(_ n: Int = 12) -> BoundedTestProblem {
    BoundedTestProblem(
      "CVXBQP1, n = \(n)", from: Vector(repeating: 0.5, count: n),
      lower: Vector(repeating: 0.1, count: n),
      upper: Vector(repeating: 10, count: n),
      landmarks: [
        .minimum(
          0.0225 * Double(n * (n + 1)), at: Vector(repeating: 0.1, count: n))
      ],
      source: "Bongartz, Conn, Gould and Toint 1995",
      QuadraticSum(convex: n))
  }

  /// The same of 12 variables with the signs of the last quarter of the squares
  /// reversed: minima are in corners.
  ///
  /// Source: Bongartz, Conn, Gould and Toint 1995 (NCVXBQP1).
  public static var nonconvexQuadratic: BoundedTestProblem {
    let n = 12
    return BoundedTestProblem(
      "NCVXBQP1, n = 12", from: Vector(repeating: 0.5, count: n),
      lower: Vector(repeating: 0.1, count: n),
      upper: Vector(repeating: 10, count: n),
      landmarks: [
        .minimum(
          -8685.225, at: Vector(count: n) { $0 < 8 ? 0.1 : 10 })
      ],
      source: "Bongartz, Conn, Gould and Toint 1995",
      QuadraticSum(convex: 9))
  }

  struct QuadraticSum: ObjectiveFormula {
    let convex: Int

    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let n = x.count
      var sum = Number(0)
      for i in 1...n {
        let r = x[i - 1] + x[(2 * i - 1) % n] + x[(3 * i - 1) % n]
        let weight = Number(i) / 2
        sum += i <= convex ? weight * r * r : -weight * r * r
      }
      return sum
    }
  }

  /// Exponentials of products under linear terms; most variables end at their upper
  /// bound.
  ///
  ///     f = Σ exp(xᵢxᵢ₊₁/10) − Σ 10 j xⱼ,  i = 1 … 6,  j = 1 … 12,  0 ≤ x ≤ 10
  ///
  /// Source: Bongartz, Conn, Gould and Toint 1995 (EXPLIN).
  public static var explin: BoundedTestProblem {
    BoundedTestProblem(
      "EXPLIN, n = 12", from: .zeros(12), lower: .zeros(12),
      upper: Vector(repeating: 10, count: 12),
      landmarks: [
        .minimum(
          -6849.95283570176988,
          at: [
            10, 2.30258509299404568, 10, 2.99573227355399099, 10,
            3.40119738166215538, 10, 10, 10, 10, 10, 10,
          ])
      ],
      source: "Bongartz, Conn, Gould and Toint 1995", Explin())
  }

  struct Explin: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in 0..<6 { sum += .exp(0.1 * x[i] * x[i + 1]) }
      for j in x.indices { sum -= Number(10 * (j + 1)) * x[j] }
      return sum
    }
  }
}
