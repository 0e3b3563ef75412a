import Differentiation
import Matrix

extension MoreGarbowHillstrom {
  /// A differential equation by collocation with powers (20).
  ///
  ///     rᵢ = Σ (j − 1) xⱼ tᵢ^(j−2) − (Σ xⱼ tᵢ^(j−1))² − 1,  tᵢ = i/29,
  ///     i = 1 … 29;  r₃₀ = x₁,  r₃₁ = x₂ − x₁² − 1
  ///
  /// The Hessian at the minimum has condition 10⁵ for n = 6, 10¹⁴ for n = 12.
  ///
  /// - Precondition: 2 ≤ n ≤ 31. The minimum is known for 6, 9 and 12.
  ///
  /// Source: Kowalik and Osborne 1968.
  public static func watson(_ n: Int = 6) -> LeastSquaresProblem {
    requireSize(n >= 2 && n <= 31, "Watson", n, rule: "2 ≤ n ≤ 31")
    let known: [Int: Landmark] = [
      6: .minimum(
        2.2876700535524362e-3,
        at: [
          -0.015725086401458457, 1.0124348693691099, -0.2329916259567377,
          1.2604300877996084, -1.5137289227222797, 0.99299643243113452,
        ]),
      9: .minimum(
        1.39976013809902e-06,
        at: [
          -1.5307036521394342e-5, 0.99978970393194837, 0.014763963693556958,
          0.14634232829936223, 1.0008211030047092, -2.6177311405190151,
          4.1044031644788565, -3.1436122785564424, 1.0526264080101669,
        ]),
      12: .minimum(
        4.7223811058917574e-10,
        at: [
          -6.6380604645206871e-9, 1.0000016441178620, -0.0005639322103423058,
          0.34782054050404241, -0.15673150409616512, 1.0528151772071777,
          -3.2472711534596677, 7.288434897938061, -10.271848241321724,
          9.0741136470753157, -4.5413754666925120, 1.0120118885528104,
        ]),
    ]
    return LeastSquaresProblem(
      "Watson, n = \(n)", number: 20, from: .zeros(n), residuals: 31,
      landmarks: known[n].map { [$0] } ?? [],
      source: "Kowalik and Osborne 1968", Watson())
  }

  struct Watson: ResidualFormula {
    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var r: [Number] = (1...29).map { i in
        let t = Double(i) / 29
        var (power, sum, derivative) = (1.0, x[0], Number(0))
        for j in 1..<x.count {
          derivative += Number(Double(j) * power) * x[j]
          power *= t
          sum += Number(power) * x[j]
        }
        return derivative - sum * sum - 1
      }
      r.append(x[0])
      r.append(x[1] - x[0] * x[0] - 1)
      return r
    }
  }
}
