import Differentiation
import Matrix

extension MoreGarbowHillstrom {
  /// Linear residuals whose Jacobian has orthogonal columns (32).
  ///
  ///     rᵢ = xᵢ − (2/m) Σ xⱼ − 1,  i ≤ n;  rᵢ = −(2/m) Σ xⱼ − 1,  i > n
  ///
  /// - Precondition: 1 ≤ n ≤ m; m is 2n unless it is given.
  ///
  /// Source: Moré, Garbow and Hillstrom 1981.
  public static func linearFullRank(
    _ n: Int = 10, residuals m: Int? = nil
  ) -> LeastSquaresProblem {
    let m = m ?? 2 * n
    requireSize(n >= 1 && m >= n, "Linear, full rank", n, m, rule: "m ≥ n ≥ 1")
    return LeastSquaresProblem(
      "Linear, full rank, n = \(n)", number: 32,
      from: Vector(repeating: 1, count: n), residuals: m,
      landmarks: [
        .minimum(Double(m - n), at: Vector(repeating: -1, count: n))
      ],
      source: "Moré, Garbow and Hillstrom 1981", LinearFullRank(count: m))
  }

  struct LinearFullRank: ResidualFormula {
    let count: Int

    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var sum = Number(0)
      for x in x { sum += x }
      let common = Number(-2 / Double(count)) * sum - 1
      return (0..<count).map { $0 < x.count ? x[$0] + common : common }
    }
  }

  /// Linear residuals of rank one (33).
  ///
  ///     rᵢ = i Σ j xⱼ − 1
  ///
  /// The minimisers fill the plane Σ j xⱼ = 3/(2m + 1).
  ///
  /// - Precondition: 1 ≤ n ≤ m; m is 2n unless it is given.
  ///
  /// Source: Moré, Garbow and Hillstrom 1981.
  public static func linearRankOne(
    _ n: Int = 10, residuals m: Int? = nil
  ) -> LeastSquaresProblem {
    let m = m ?? 2 * n
    requireSize(n >= 1 && m >= n, "Linear, rank one", n, m, rule: "m ≥ n ≥ 1")
    let (count, below) = (Double(m), Double(2 * m + 1))
    return LeastSquaresProblem(
      "Linear, rank one, n = \(n)", number: 33,
      from: Vector(repeating: 1, count: n), residuals: m,
      landmarks: [
        .minimum(
          count * (count - 1) / (2 * below),
          at: Vector(count: n) { $0 == 0 ? 3 / below : 0 }, "a whole plane")
      ],
      source: "Moré, Garbow and Hillstrom 1981", LinearRankOne(count: m))
  }

  struct LinearRankOne: ResidualFormula {
    let count: Int

    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var sum = Number(0)
      for j in x.indices { sum += Number(j + 1) * x[j] }
      return (1...count).map { Number($0) * sum - 1 }
    }
  }

  /// Linear residuals of rank one with zero rows and columns (34).
  ///
  ///     r₁ = rₘ = −1,  rᵢ = (i − 1) Σ j xⱼ − 1,  2 ≤ j ≤ n − 1
  ///
  /// The minimisers fill the plane Σ j xⱼ = 3/(2m − 3); f does not depend on x₁
  /// and xₙ.
  ///
  /// - Precondition: 3 ≤ n ≤ m; m is 2n unless it is given.
  ///
  /// Source: Moré, Garbow and Hillstrom 1981.
  public static func linearRankOneWithZeros(
    _ n: Int = 10, residuals m: Int? = nil
  ) -> LeastSquaresProblem {
    let m = m ?? 2 * n
    requireSize(
      n >= 3 && m >= n, "Linear, rank one with zeros", n, m, rule: "m ≥ n ≥ 3")
    let (count, below) = (Double(m), Double(2 * m - 3))
    return LeastSquaresProblem(
      "Linear, rank one with zeros, n = \(n)", number: 34,
      from: Vector(repeating: 1, count: n), residuals: m,
      landmarks: [
        .minimum(
          (count * count + 3 * count - 6) / (2 * below),
          at: Vector(count: n) { $0 == 1 ? 1.5 / below : 0 }, "a whole plane")
      ],
      source: "Moré, Garbow and Hillstrom 1981",
      LinearRankOneWithZeros(count: m))
  }

  struct LinearRankOneWithZeros: ResidualFormula {
    let count: Int

    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var sum = Number(0)
      for j in 1..<x.count - 1 { sum += Number(j + 1) * x[j] }
      return (0..<count).map { i in
        i == 0 || i == count - 1 ? -1 : Number(i) * sum - 1
      }
    }
  }
}
