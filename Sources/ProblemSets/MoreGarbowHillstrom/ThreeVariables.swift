import Differentiation

extension MoreGarbowHillstrom {
  /// A valley that winds once around the axis (7).
  ///
  ///     r = (10 (x₃ − 10 θ), 10 (√(x₁² + x₂²) − 1), x₃)
  ///
  /// θ is the angle of (x₁, x₂) in turns, from −¼ to ¾. It jumps where x₁ = 0
  /// and x₂ < 0, and f is undefined on the axis.
  ///
  /// Source: Fletcher and Powell 1963.
  public static var helicalValley: LeastSquaresProblem {
    LeastSquaresProblem(
      "Helical valley", number: 7, from: [-1, 0, 0], residuals: 3,
      landmarks: [.minimum(0, at: [1, 0, 0])],
      source: "Fletcher and Powell 1963", HelicalValley())
  }

  struct HelicalValley: ResidualFormula {
    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      // atan2 has no pole on x₁ = 0, where atan(x₂/x₁) divides by zero; its own
      // jump, on the negative x₁ axis, is where this formula is smooth.
      let angle: Number =
        x[0] < 0
        ? .atan(x[1] / x[0]) + .pi : .atan2(y: x[1], x: x[0])
      let turns = angle / (2 * .pi)
      let radius = (x[0] * x[0] + x[1] * x[1]).squareRoot()
      return [10 * (x[2] - 10 * turns), 10 * (radius - 1), x[2]]
    }
  }

  /// A rational function fitted to 15 values (8).
  ///
  ///     rᵢ = yᵢ − (x₁ + uᵢ/(vᵢx₂ + wᵢx₃)),  u = i, v = 16 − i, w = min(u, v)
  ///
  /// Source: Bard 1970.
  public static var bard: LeastSquaresProblem {
    LeastSquaresProblem(
      "Bard", number: 8, from: [1, 1, 1], residuals: 15,
      landmarks: [
        .minimum(
          0.0082148773065789748,
          at: [0.082410559749788932, 1.1330360920297216, 2.3436951786425371]),
        .atInfinity(17.428693333333333, "x₁ = 0.8406…, x₂ and x₃ → −∞"),
      ],
      source: "Bard 1970", Bard())
  }

  struct Bard: ResidualFormula {
    static let y = [
      0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96,
      1.34, 2.10, 4.39,
    ]

    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      Self.y.enumerated().map { i, y in
        let (u, v) = (i + 1, 15 - i)
        let below = Number(v) * x[1] + Number(min(u, v)) * x[2]
        return Number(y) - (x[0] + Number(u) / below)
      }
    }
  }

  /// A bell curve fitted to its own rounded values (9).
  ///
  ///     rᵢ = x₁ exp(−x₂ (tᵢ − x₃)²/2) − yᵢ,  tᵢ = (8 − i)/2,  i = 1 … 15
  ///
  /// Source: Moré, Garbow and Hillstrom 1981.
  public static var gaussian: LeastSquaresProblem {
    LeastSquaresProblem(
      "Gaussian", number: 9, from: [0.4, 1, 0], residuals: 15,
      landmarks: [
        .minimum(
          1.1279327696186480e-8,
          at: [0.39895613783875668, 1.0000190844878057, 0]
        )
      ],
      source: "Moré, Garbow and Hillstrom 1981", Gaussian())
  }

  struct Gaussian: ResidualFormula {
    static let y = [
      0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521, 0.3989, 0.3521,
      0.2420, 0.1295, 0.0540, 0.0175, 0.0044, 0.0009,
    ]

    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      Self.y.enumerated().map { i, y in
        let d = Number(7 - i) / 2 - x[2]
        return x[0] * .exp(-x[1] * d * d / 2) - Number(y)
      }
    }
  }

  /// The resistance of a thermistor, nearly dependent parameters (10).
  ///
  ///     rᵢ = x₁ exp(x₂/(tᵢ + x₃)) − yᵢ,  tᵢ = 45 + 5i,  i = 1 … 16
  ///
  /// The same as MGH10 of ``NIST``.
  ///
  /// Source: Meyer 1970.
  public static var meyer: LeastSquaresProblem {
    LeastSquaresProblem(
      "Meyer", number: 10, from: [0.02, 4000, 250], residuals: 16,
      landmarks: [
        .minimum(
          87.945855170851121,
          at: [0.0056096364710280525, 6181.3463462863723, 345.2236346241365])
      ],
      source: "Meyer 1970", Meyer())
  }

  struct Meyer: ResidualFormula {
    static let y: [Double] = [
      34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005,
      5147, 4427, 3820, 3307, 2872,
    ]

    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      Self.y.enumerated().map { i, y in
        x[0] * .exp(x[1] / (Number(50 + 5 * i) + x[2])) - Number(y)
      }
    }
  }

  /// A distribution with an absolute value in a real power (11).
  ///
  ///     rᵢ = exp(−|yᵢ − x₂|^x₃ / x₁) − tᵢ,  tᵢ = i/100,
  ///     yᵢ = 25 + (−50 ln tᵢ)^⅔,  i = 1 … m
  ///
  /// The paper misprints the power's base as |yᵢ m i x₂|; this is the formula
  /// of algorithm 566. Where all exponents are far below 0, or x₁ < 0 makes the
  /// powers large, f is flat: Σ tᵢ² = 32.835 for m = 99.
  ///
  /// - Precondition: 3 ≤ m ≤ 100.
  ///
  /// Source: Cox 1969, in Moré, Garbow and Hillstrom 1981.
  public static func gulfResearch(
    residuals m: Int = 99
  ) -> LeastSquaresProblem {
    requireSize(
      m >= 3 && m <= 100, "Gulf research", 3, m, rule: "n ≤ m ≤ 100")
    return LeastSquaresProblem(
      "Gulf research and development", number: 11, from: [5, 2.5, 0.15],
      residuals: m, landmarks: [.minimum(0, at: [50, 25, 1.5])],
      source: "Cox 1969", GulfResearch(count: m))
  }

  struct GulfResearch: ResidualFormula {
    let count: Int

    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      (1...count).map { i in
        let t = Double(i) / 100
        let y = 25 + Double.pow(-50 * .log(t), 2.0 / 3)
        let power: Number = .pow(abs(Number(y) - x[1]), x[2])
        return .exp(-power / x[0]) - Number(t)
      }
    }
  }

  /// Three exponentials with a line of minima (12).
  ///
  ///     rᵢ = e^(−tᵢx₁) − e^(−tᵢx₂) − x₃ (e^(−tᵢ) − e^(−10tᵢ)),  tᵢ = i/10
  ///
  /// f = 0 also at (10, 1, −1) and on the line x₁ = x₂, x₃ = 0.
  ///
  /// - Precondition: m ≥ 3.
  ///
  /// Source: Box 1966.
  public static func boxThreeDimensional(
    residuals m: Int = 10
  ) -> LeastSquaresProblem {
    requireSize(m >= 3, "Box three-dimensional", 3, m, rule: "m ≥ n")
    return LeastSquaresProblem(
      "Box three-dimensional", number: 12, from: [0, 10, 20], residuals: m,
      landmarks: [
        .minimum(0, at: [1, 10, 1]), .minimum(0, at: [10, 1, -1]),
        .minimum(0, at: [1, 1, 0], "all x₁ = x₂, x₃ = 0"),
      ],
      source: "Box 1966", BoxThreeDimensional(count: m))
  }

  struct BoxThreeDimensional: ResidualFormula {
    let count: Int

    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      (1...count).map { i in
        let t = Double(i) / 10
        let last = x[2] * Number(.exp(-t) - .exp(-Double(i)))
        return .exp(-Number(t) * x[0]) - .exp(-Number(t) * x[1]) - last
      }
    }
  }
}
