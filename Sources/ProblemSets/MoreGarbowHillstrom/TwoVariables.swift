import Differentiation

extension MoreGarbowHillstrom {
  /// A curved valley (1).
  ///
  ///     r = (10 (x₂ − x₁²), 1 − x₁)
  ///
  /// Source: Rosenbrock 1960.
  public static var rosenbrock: LeastSquaresProblem {
    LeastSquaresProblem(
      "Rosenbrock", number: 1, from: [-1.2, 1], residuals: 2,
      landmarks: [.minimum(0, at: [1, 1])], source: "Rosenbrock 1960",
      Rosenbrock())
  }

  struct Rosenbrock: ResidualFormula {
    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [10 * (x[1] - x[0] * x[0]), 1 - x[0]]
    }
  }

  /// Two cubics with a second minimum that most methods find (2).
  ///
  ///     r = (−13 + x₁ + ((5 − x₂) x₂ − 2) x₂, −29 + x₁ + ((x₂ + 1) x₂ − 14) x₂)
  ///
  /// The local minimum is at x₁ = (53 − 4√22)/3, x₂ = (2 − √22)/3.
  ///
  /// Source: Freudenstein and Roth 1963.
  public static var freudensteinRoth: LeastSquaresProblem {
    LeastSquaresProblem(
      "Freudenstein and Roth", number: 2, from: [0.5, -2], residuals: 2,
      landmarks: [
        .minimum(0, at: [5, 4]),
        .localMinimum(
          48.98425367924002, at: [11.412778986902094, -0.89680525327447652]),
      ],
      source: "Freudenstein and Roth 1963", FreudensteinRoth())
  }

  struct FreudensteinRoth: ResidualFormula {
    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let first = ((5 - x[1]) * x[1] - 2) * x[1]
      let second = ((x[1] + 1) * x[1] - 14) * x[1]
      return [x[0] - 13 + first, x[0] - 29 + second]
    }
  }

  /// Two variables six orders of magnitude apart (3).
  ///
  ///     r = (10⁴ x₁x₂ − 1, e^(−x₁) + e^(−x₂) − 1.0001)
  ///
  /// Source: Powell 1970.
  public static var powellBadlyScaled: LeastSquaresProblem {
    LeastSquaresProblem(
      "Powell badly scaled", number: 3, from: [0, 1], residuals: 2,
      landmarks: [
        .minimum(0, at: [1.0981593296998175e-5, 9.1061467398665240])
      ],
      source: "Powell 1970", PowellBadlyScaled())
  }

  struct PowellBadlyScaled: ResidualFormula {
    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [10000 * x[0] * x[1] - 1, .exp(-x[0]) + .exp(-x[1]) - 1.0001]
    }
  }

  /// Residuals twelve orders of magnitude apart (4).
  ///
  ///     r = (x₁ − 10⁶, x₂ − 2·10⁻⁶, x₁x₂ − 2)
  ///
  /// Source: Brown and Dennis, in Moré, Garbow and Hillstrom 1981.
  public static var brownBadlyScaled: LeastSquaresProblem {
    LeastSquaresProblem(
      "Brown badly scaled", number: 4, from: [1, 1], residuals: 3,
      landmarks: [.minimum(0, at: [1e6, 2e-6])],
      source: "Moré, Garbow and Hillstrom 1981", BrownBadlyScaled())
  }

  struct BrownBadlyScaled: ResidualFormula {
    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [x[0] - 1e6, x[1] - 2e-6, x[0] * x[1] - 2]
    }
  }

  /// A valley that runs to infinity along x₂ = 1 (5).
  ///
  ///     rᵢ = yᵢ − x₁ (1 − x₂ⁱ),  y = (1.5, 2.25, 2.625)
  ///
  /// On x₂ = 1 f is 14.203125 whatever x₁, with a saddle at x₁ = 0.
  ///
  /// Source: Beale 1958.
  public static var beale: LeastSquaresProblem {
    LeastSquaresProblem(
      "Beale", number: 5, from: [1, 1], residuals: 3,
      landmarks: [
        .minimum(0, at: [3, 0.5]), .saddle(14.203125, at: [0, 1]),
        .atInfinity(0.45200892857142857, "x₁ → −∞, x₂ → 1 from above"),
      ],
      source: "Beale 1958", Beale())
  }

  struct Beale: ResidualFormula {
    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let square = x[1] * x[1]
      return [
        1.5 - x[0] * (1 - x[1]), 2.25 - x[0] * (1 - square),
        2.625 - x[0] * (1 - square * x[1]),
      ]
    }
  }

  /// Exponentials that grow apart fast, with a large residual (6).
  ///
  ///     rᵢ = 2 + 2i − (e^(i x₁) + e^(i x₂)),  i = 1 … m
  ///
  /// - Precondition: m ≥ 2. The minimum is known for m = 10.
  ///
  /// Source: Jennrich and Sampson 1968.
  public static func jennrichSampson(
    residuals m: Int = 10
  ) -> LeastSquaresProblem {
    requireSize(m >= 2, "Jennrich and Sampson", 2, m, rule: "m ≥ n")
    let known = [
      Landmark.minimum(
        124.36218235561485, at: [0.25782521367036408, 0.25782521367036408])
    ]
    return LeastSquaresProblem(
      "Jennrich and Sampson", number: 6, from: [0.3, 0.4], residuals: m,
      landmarks: m == 10 ? known : [], source: "Jennrich and Sampson 1968",
      JennrichSampson(count: m))
  }

  struct JennrichSampson: ResidualFormula {
    let count: Int

    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      (1...count).map { i in
        let i = Number(i)
        return 2 + 2 * i - (.exp(i * x[0]) + .exp(i * x[1]))
      }
    }
  }
}
