import Differentiation
import Matrix

extension MoreGarbowHillstrom {
  /// Rosenbrock's valley for each pair of variables (21).
  ///
  ///     r₂ᵢ₋₁ = 10 (x₂ᵢ − x₂ᵢ₋₁²),  r₂ᵢ = 1 − x₂ᵢ₋₁
  ///
  /// - Precondition: n is even and positive.
  ///
  /// Source: Spedicato 1975.
  public static func extendedRosenbrock(_ n: Int = 10) -> LeastSquaresProblem {
    requireSize(
      n > 0 && n.isMultiple(of: 2), "Extended Rosenbrock", n, rule: "n even")
    return LeastSquaresProblem(
      "Extended Rosenbrock, n = \(n)", number: 21,
      from: Vector(count: n) { $0.isMultiple(of: 2) ? -1.2 : 1 }, residuals: n,
      landmarks: [.minimum(0, at: Vector(repeating: 1, count: n))],
      source: "Spedicato 1975", Blocks(size: 2, formula: Rosenbrock()))
  }

  /// Powell's singular function for each four variables (22).
  ///
  /// - Precondition: n is a positive multiple of 4.
  ///
  /// Source: Spedicato 1975.
  public static func extendedPowellSingular(
    _ n: Int = 12
  ) -> LeastSquaresProblem {
    requireSize(
      n > 0 && n.isMultiple(of: 4), "Extended Powell singular", n,
      rule: "n a multiple of 4")
    return LeastSquaresProblem(
      "Extended Powell singular, n = \(n)", number: 22,
      from: Vector(count: n) { [3, -1, 0, 1][$0 % 4] }, residuals: n,
      landmarks: [.minimum(0, at: .zeros(n), "singular Hessian")],
      source: "Spedicato 1975", Blocks(size: 4, formula: PowellSingular()))
  }

  /// The same residuals for each block of consecutive variables.
  struct Blocks<Formula: ResidualFormula>: ResidualFormula {
    let size: Int
    let formula: Formula

    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      stride(from: 0, to: x.count, by: size).flatMap { i in
        formula.residuals(Array(x[i..<i + size]))
      }
    }
  }

  /// A point attracts on a sphere, weakly against the sphere's own pull (23).
  ///
  ///     rᵢ = √10⁻⁵ (xᵢ − 1),  i = 1 … n;  rₙ₊₁ = Σ xⱼ² − ¼
  ///
  /// All xᵢ are the same root of 10⁻⁵ (t − 1) + 2t (n t² − ¼) = 0 at the
  /// minimum.
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Gill, Murray and Pitfield 1972.
  public static func penaltyI(_ n: Int = 10) -> LeastSquaresProblem {
    requireSize(n >= 1, "Penalty I", n, rule: "n ≥ 1")
    // Newton's method from the sphere; the cubic is convex there, so that it
    // goes on to the root without turning back.
    let count = Double(n)
    var t = 0.5 / count.squareRoot()
    for _ in 0..<20 {
      let cubic = 1e-5 * (t - 1) + 2 * t * (count * t * t - 0.25)
      t -= cubic / (1e-5 - 0.5 + 6 * count * t * t)
    }
    // n t² − ¼ is what is left of a cancellation; the cubic says it in full.
    let excess = 0.5e-5 * (1 - t) / t
    let value = 1e-5 * count * (t - 1) * (t - 1) + excess * excess
    return LeastSquaresProblem(
      "Penalty I, n = \(n)", number: 23,
      from: Vector(count: n) { Double($0 + 1) },
      residuals: n + 1,
      landmarks: [.minimum(value, at: Vector(repeating: t, count: n))],
      source: "Gill, Murray and Pitfield 1972", PenaltyI())
  }

  struct PenaltyI: ResidualFormula {
    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let weight = Number(1e-5.squareRoot())
      return x.map { weight * ($0 - 1) } + [sumOfSquares(x) - 0.25]
    }
  }

  /// Exponentials against an ellipsoid (24).
  ///
  ///     r₁ = x₁ − ⅕
  ///     rᵢ = √10⁻⁵ (e^(xᵢ/10) + e^(xᵢ₋₁/10) − e^(i/10) − e^((i−1)/10)),  2 ≤ i ≤ n
  ///     rᵢ = √10⁻⁵ (e^(xᵢ₋ₙ₊₁/10) − e^(−1/10)),  n < i < 2n
  ///     r₂ₙ = Σ (n − j + 1) xⱼ² − 1
  ///
  /// - Precondition: n ≥ 2. The minimum is known for 4 and 10.
  ///
  /// Source: Gill, Murray and Pitfield 1972.
  public static func penaltyII(_ n: Int = 10) -> LeastSquaresProblem {
    requireSize(n >= 2, "Penalty II", n, rule: "n ≥ 2")
    let known: [Int: Landmark] = [
      4: .minimum(
        9.3762930073554415e-6,
        at: [
          0.19999933335038038, 0.19131670099277245, 0.48010148533262317,
          0.51884540439020059,
        ]),
      10: .minimum(
        2.9366053745674594e-4,
        at: [
          0.19998360519782361, 0.010350648471292298, 0.019604934480438402,
          0.032089067220685650, 0.049932677399641297, 0.076513995153993608,
          0.11862407286950418, 0.19214487233557668, 0.34732058694184363,
          0.36916437415935083,
        ]),
    ]
    return LeastSquaresProblem(
      "Penalty II, n = \(n)", number: 24,
      from: Vector(repeating: 0.5, count: n),
      residuals: 2 * n, landmarks: known[n].map { [$0] } ?? [],
      source: "Gill, Murray and Pitfield 1972", PenaltyII())
  }

  struct PenaltyII: ResidualFormula {
    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let n = x.count
      let weight = Number(1e-5.squareRoot())
      let e = x.map { Number.exp($0 / 10) }
      var r = [x[0] - 0.2]
      for i in 1..<n {
        let y = Double.exp(Double(i + 1) / 10) + .exp(Double(i) / 10)
        r.append(weight * (e[i] + e[i - 1] - Number(y)))
      }
      for i in 1..<n { r.append(weight * (e[i] - Number(.exp(-0.1)))) }
      var sum = Number(-1)
      for j in 0..<n { sum += Number(n - j) * x[j] * x[j] }
      r.append(sum)
      return r
    }
  }
}
