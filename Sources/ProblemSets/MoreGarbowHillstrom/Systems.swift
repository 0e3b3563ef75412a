import Differentiation
import Matrix

extension MoreGarbowHillstrom {
  /// A sphere, a plane's square and its fourth power (25).
  ///
  ///     rᵢ = xᵢ − 1,  rₙ₊₁ = s,  rₙ₊₂ = s²,  s = Σ j (xⱼ − 1)
  ///
  /// - Precondition: n ≥ 1.
  ///
  /// Source: Watson, in Moré, Garbow and Hillstrom 1981.
  public static func variablyDimensioned(_ n: Int = 10) -> LeastSquaresProblem {
    requireSize(n >= 1, "Variably dimensioned", n, rule: "n ≥ 1")
    return LeastSquaresProblem(
      "Variably dimensioned, n = \(n)", number: 25,
      from: Vector(count: n) { 1 - Double($0 + 1) / Double(n) },
      residuals: n + 2,
      landmarks: [.minimum(0, at: Vector(repeating: 1, count: n))],
      source: "Moré, Garbow and Hillstrom 1981", VariablyDimensioned())
  }

  struct VariablyDimensioned: ResidualFormula {
    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var s = Number(0)
      for j in x.indices { s += Number(j + 1) * (x[j] - 1) }
      return x.map { $0 - 1 } + [s, s * s]
    }
  }

  /// Sines and cosines, all variables in each residual (26).
  ///
  ///     rᵢ = n − Σ cos xⱼ + i (1 − cos xᵢ) − sin xᵢ
  ///
  /// - Precondition: n ≥ 1. Local minima are listed for n = 10.
  ///
  /// Source: Spedicato 1975.
  public static func trigonometric(_ n: Int = 10) -> LeastSquaresProblem {
    requireSize(n >= 1, "Trigonometric", n, rule: "n ≥ 1")
    var landmarks = [Landmark.minimum(0, at: .zeros(n), "modulo 2π")]
    if n == 10 {
      landmarks += [
        .localMinimum(
          2.7950561218794563e-5,
          at: [
            0.055150903980691293, 0.056840616794738563, 0.058764001762695084,
            0.060990608656760805, 0.063626213695854510, 0.066843179452758789,
            0.20816151856988116, 0.16436309588564774, 0.085006895688507445,
            0.091431450714707944,
          ]),
        .localMinimum(
          4.2186338879237259e-5,
          at: [
            0.053912925374252854, 0.055496591379669535, 0.057285880932085435,
            0.059336645443647436, 0.061730127154342665, 0.25788600359635963,
            0.068114182119554359, 0.072622931094130321, 0.078461599252090594,
            0.083753864086696013,
          ]),
        .localMinimum(
          8.7882252182189827e-4,
          at: [
            0.062491845180528584, 0.064472882809216983, 0.066705941320033502,
            0.069244555698564478, 0.27539756419528311, 0.075445667796675132,
            0.079030159756534424, 0.082273263223198617, 0.083639278893991113,
            0.082088848270078942,
          ]),
      ]
    }
    return LeastSquaresProblem(
      "Trigonometric, n = \(n)", number: 26,
      from: Vector(repeating: 1 / Double(n), count: n), residuals: n,
      landmarks: landmarks, source: "Spedicato 1975", Trigonometric())
  }

  struct Trigonometric: ResidualFormula {
    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      // n − Σ cos xⱼ = Σ (1 − cos xⱼ), with the same numbers for each residual.
      let rises = x.map { 1 - Number.cos($0) }
      var sum = Number(0)
      for rise in rises { sum += rise }
      return x.indices.map { i in
        sum + Number(i + 1) * rises[i] - Number.sin(x[i])
      }
    }
  }

  /// Linear residuals but for the product of all variables (27).
  ///
  ///     rᵢ = xᵢ + Σ xⱼ − (n + 1),  i < n;  rₙ = Π xⱼ − 1
  ///
  /// Besides (1, …, 1), f vanishes at (α, …, α, α^(1−n)), where α is another
  /// root of n αⁿ − (n + 1) αⁿ⁻¹ + 1 = 0. The paper lists f = 1 at
  /// (0, …, 0, n + 1) as a minimum. For n > 2 it is none: along the kernel of
  /// the linear residuals the product grows from 0 as tⁿ⁻¹, and f falls.
  ///
  /// - Precondition: n ≥ 2.
  ///
  /// Source: Brown 1969.
  public static func brownAlmostLinear(_ n: Int = 10) -> LeastSquaresProblem {
    requireSize(n >= 2, "Brown almost linear", n, rule: "n ≥ 2")
    var landmarks = [Landmark.minimum(0, at: Vector(repeating: 1, count: n))]
    if n == 10 {
      landmarks.append(
        .minimum(
          0,
          at: Vector(count: 10) {
            $0 < 9 ? 0.97943030334986245 : 1.2056969665013755
          }))
    }
    if n > 2 {
      landmarks.append(
        .saddle(
          1, at: Vector(count: n) { $0 < n - 1 ? 0 : Double(n + 1) },
          "degenerate"))
    }
    return LeastSquaresProblem(
      "Brown almost linear, n = \(n)", number: 27,
      from: Vector(repeating: 0.5, count: n), residuals: n,
      landmarks: landmarks, source: "Brown 1969", BrownAlmostLinear())
  }

  struct BrownAlmostLinear: ResidualFormula {
    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var (sum, product) = (Number(-x.count - 1), Number(1))
      for x in x {
        sum += x
        product *= x
      }
      return x.dropLast().map { $0 + sum } + [product - 1]
    }
  }
}
