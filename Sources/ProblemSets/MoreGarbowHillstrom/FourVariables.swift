import Differentiation

extension MoreGarbowHillstrom {
  /// Two of four curvatures vanish at the minimum (13).
  ///
  ///     r = (x₁ + 10x₂, √5 (x₃ − x₄), (x₂ − 2x₃)², √10 (x₁ − x₄)²)
  ///
  /// Source: Powell 1962.
  public static var powellSingular: LeastSquaresProblem {
    LeastSquaresProblem(
      "Powell singular", number: 13, from: [3, -1, 0, 1], residuals: 4,
      landmarks: [.minimum(0, at: [0, 0, 0, 0], "singular Hessian")],
      source: "Powell 1962", PowellSingular())
  }

  struct PowellSingular: ResidualFormula {
    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let (b, d) = (x[1] - 2 * x[2], x[0] - x[3])
      return [
        x[0] + 10 * x[1], Number(5.0.squareRoot()) * (x[2] - x[3]), b * b,
        Number(10.0.squareRoot()) * d * d,
      ]
    }
  }

  /// Two valleys, coupled, with a saddle between them (14).
  ///
  ///     r = (10 (x₂ − x₁²), 1 − x₁, √90 (x₄ − x₃²), 1 − x₃,
  ///          √10 (x₂ + x₄ − 2), (x₂ − x₄)/√10)
  ///
  /// Source: Colville 1968.
  public static var wood: LeastSquaresProblem {
    LeastSquaresProblem(
      "Wood", number: 14, from: [-3, -1, -3, -1], residuals: 6,
      landmarks: [
        .minimum(0, at: [1, 1, 1, 1]),
        .saddle(
          7.8769671651768675,
          at: [
            -0.96797402493759307, 0.94713914081784182, -0.96951631033159115,
            0.95124766579232528,
          ]),
      ],
      source: "Colville 1968", Wood())
  }

  struct Wood: ResidualFormula {
    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let (root10, root90) = (10.0.squareRoot(), 90.0.squareRoot())
      return [
        10 * (x[1] - x[0] * x[0]), 1 - x[0],
        Number(root90) * (x[3] - x[2] * x[2]), 1 - x[2],
        Number(root10) * (x[1] + x[3] - 2), (x[1] - x[3]) / Number(root10),
      ]
    }
  }

  /// A rational function fitted to 11 values (15).
  ///
  ///     rᵢ = yᵢ − x₁ (uᵢ² + uᵢx₂)/(uᵢ² + uᵢx₃ + x₄)
  ///
  /// Source: Kowalik and Osborne 1968.
  public static var kowalikOsborne: LeastSquaresProblem {
    LeastSquaresProblem(
      "Kowalik and Osborne", number: 15, from: [0.25, 0.39, 0.415, 0.39],
      residuals: 11,
      landmarks: [
        .minimum(
          3.0750560384923743e-4,
          at: [
            0.19280693457903786, 0.19128232873436696, 0.12305650692632065,
            0.13606233068379484,
          ]),
        .atInfinity(
          1.0273430486954578e-3,
          "x₁ → ∞, x₂ = −14.0758834…, x₃ = −45.257192… x₁, "
            + "x₄ = 0.6238013… x₃"),
      ],
      source: "Kowalik and Osborne 1968", KowalikOsborne())
  }

  struct KowalikOsborne: ResidualFormula {
    static let y = [
      0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323,
      0.0235, 0.0246,
    ]
    static let u = [
      4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625,
    ]

    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      zip(Self.y, Self.u).map { y, u in
        let (u, square) = (Number(u), Number(u * u))
        let above = x[0] * (square + u * x[1])
        return Number(y) - above / (square + u * x[2] + x[3])
      }
    }
  }

  /// Squares of squares with a large residual (16).
  ///
  ///     rᵢ = (x₁ + tᵢx₂ − e^tᵢ)² + (x₃ + x₄ sin tᵢ − cos tᵢ)²,  tᵢ = i/5
  ///
  /// - Precondition: m ≥ 4. The minimum is known for m = 20.
  ///
  /// Source: Brown and Dennis 1971.
  public static func brownDennis(
    residuals m: Int = 20
  ) -> LeastSquaresProblem {
    requireSize(m >= 4, "Brown and Dennis", 4, m, rule: "m ≥ n")
    let known = [
      Landmark.minimum(
        85822.201626356345,
        at: [
          -11.594439904762165, 13.203630051207204, -0.40343948817685952,
          0.23677877445573630,
        ])
    ]
    return LeastSquaresProblem(
      "Brown and Dennis", number: 16, from: [25, 5, -5, -1], residuals: m,
      landmarks: m == 20 ? known : [], source: "Brown and Dennis 1971",
      BrownDennis(count: m))
  }

  struct BrownDennis: ResidualFormula {
    let count: Int

    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      (1...count).map { i in
        let t = Double(i) / 5
        let a = x[0] + Number(t) * x[1] - Number(.exp(t))
        let b = x[2] + x[3] * Number(.sin(t)) - Number(.cos(t))
        return a * a + b * b
      }
    }
  }
}
