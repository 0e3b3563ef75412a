import Differentiation
import Matrix

extension MoreGarbowHillstrom {
  /// Abscissas of equal weights for integration on (0, 1) (35).
  ///
  ///     rᵢ = (1/n) Σ Tᵢ(2xⱼ − 1) − ∫ Tᵢ(2x − 1) dx,  i = 1 … m
  ///
  /// Tᵢ are Chebyshev's polynomials; the integral from 0 to 1 is 0 for odd i and
  /// −1/(i² − 1) for even i. With m = n, f vanishes at the minimum for n ≤ 7 and
  /// n = 9 alone: no such abscissas are real otherwise (Bernstein 1937). For
  /// n = 10 the paper has 6.50395e-3; 0.00477 is the lowest that 60 random
  /// starts found.
  ///
  /// - Precondition: 1 ≤ n ≤ m; m is n unless it is given.
  ///
  /// Source: Fletcher 1965.
  public static func chebyquad(
    _ n: Int = 10, residuals m: Int? = nil
  ) -> LeastSquaresProblem {
    let m = m ?? n
    requireSize(n >= 1 && m >= n, "Chebyquad", n, m, rule: "m ≥ n ≥ 1")
    return LeastSquaresProblem(
      "Chebyquad, n = \(n)", number: 35,
      from: Vector(count: n) { Double($0 + 1) / Double(n + 1) }, residuals: m,
      landmarks: m == n ? chebyquadMinima(n) : [], source: "Fletcher 1965",
      Chebyquad(count: m))
  }

  private static func chebyquadMinima(_ n: Int) -> [Landmark] {
    switch n {
    case 1...7, 9: [.minimum(0)]
    case 8:
      [
        .minimum(
          3.5168737256779317e-3,
          at: [
            0.043152760151016631, 0.19309084038418612, 0.26632870689027293, 0.5,
            0.5, 0.73367129310972707, 0.80690915961581388, 0.95684723984898337,
          ])
      ]
    case 10:
      [
        .minimum(
          4.7727136963753490e-3,
          at: [
            0.032993373018074462, 0.15514535775907336, 0.20018919846138622,
            0.38326166496125498, 0.38326166496125498, 0.52924947713340654,
            0.64035354937106590, 0.71356584741599998, 0.82848182305190733,
            0.92525183378539752,
          ], "and its mirror image 1 − x"),
        .localMinimum(
          6.5039548008823061e-3,
          at: [
            0.059619900535812704, 0.16670828183586141, 0.23917065894260849,
            0.39888429230604449, 0.39888429230604449, 0.60111570769395551,
            0.60111570769395551, 0.76082934105739151, 0.83329171816413859,
            0.94038009946418730,
          ]),
        .localMinimum(
          9.5006288502216725e-3,
          at: [
            0.027114937835897843, 0.13179828845994880, 0.20768401404493092,
            0.38511560741026853, 0.38511560741026853, 0.61488439258973147,
            0.61488439258973147, 0.79231598595506908, 0.86820171154005120,
            0.97288506216410216,
          ]),
      ]
    default: []
    }
  }

  struct Chebyquad: ResidualFormula {
    let count: Int

    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var r = [Number](repeating: 0, count: count)
      for x in x {
        // Tᵢ₊₁ = 2 (2x − 1) Tᵢ − Tᵢ₋₁.
        let argument = 2 * x - 1
        var (previous, current) = (Number(1), argument)
        for i in 0..<count {
          r[i] += current
          (previous, current) = (current, 2 * argument * current - previous)
        }
      }
      return r.enumerated().map { i, sum in
        let order = Double(i + 1)
        let mean = sum / Number(x.count)
        return i.isMultiple(of: 2)
          ? mean : mean + Number(1 / (order * order - 1))
      }
    }
  }
}
