import Differentiation
import Matrix

extension HockSchittkowski {
  /// A convex quadratic program.
  ///
  ///     f = x₁² + 0.5 x₂² + x₃² + 0.5 x₄² − x₁x₃ + x₃x₄ − x₁ − 3 x₂ + x₃ − x₄
  ///     x₁ + 2 x₂ + x₃ + x₄ ≤ 5
  ///     3 x₁ + x₂ + 2 x₃ − x₄ ≤ 4
  ///     x₂ + 4 x₃ ≥ 1.5
  ///     x ≥ 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 76.
  public static var hs76: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 76", number: 76, from: Vector(repeating: 0.5, count: 4),
      rows: .rows(
        [[1, 2, 1, 1], [3, 1, 2, -1], [0, 1, 4, 0]],
        from: [-.infinity, -.infinity, 1.5], to: [5, 4, .infinity]),
      bounds: box(
        Vector(repeating: 0, count: 4), Vector(repeating: .infinity, count: 4)),
      landmarks: [
        .minimum(
          -4.68181818181818182,
          at: [
            0.272727272727272727, 2.09090909090909091, 0, 0.545454545454545455,
          ])
      ],
      published: -4.681818181,
      source: "Hock and Schittkowski 1981", HS76())
  }

  struct HS76: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(x[0]) + 0.5 * square(x[1]) + square(x[2])
      f += 0.5 * square(x[3]) - x[0] * x[2] + x[2] * x[3]
      f -= x[0] + 3 * x[1] - x[2]
      f -= x[3]
      return f
    }
  }

  /// Powers up to six on two curved surfaces that keep them from vanishing.
  ///
  ///     f = (x₁ − 1)² + (x₁ − x₂)² + (x₃ − 1)² + (x₄ − 1)⁴ + (x₅ − 1)⁶
  ///     x₁² x₄ + sin(x₄ − x₅) = 2 √2
  ///     x₂ + x₃⁴x₄² = 8 + √2
  ///
  /// Source: Hock and Schittkowski 1981, problem 77.
  public static var hs77: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 77", number: 77, from: Vector(repeating: 2, count: 5),
      lower: [2 * Double(2).squareRoot(), 8 + Double(2).squareRoot()],
      upper: [2 * Double(2).squareRoot(), 8 + Double(2).squareRoot()],
      landmarks: [
        .minimum(
          0.241505128790178697,
          at: [
            1.16617218970929848, 1.18211138880270427, 1.38025704314545974,
            1.50603627362304573, 0.610920196043090824,
          ])
      ],
      published: 0.24150513,
      source: "Hock and Schittkowski 1981", HS77())
  }

  struct HS77: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(x[0] - 1) + square(x[0] - x[1])
      f += square(x[2] - 1) + fourth(x[3] - 1)
      f += sixth(x[4] - 1)
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = square(x[0]) * x[3] + Number.sin(x[3] - x[4])
      let c2: Number = x[1] + fourth(x[2]) * square(x[3])
      return [c1, c2]
    }
  }

  /// A product on a sphere and two other surfaces.
  ///
  ///     f = x₁x₂x₃x₄x₅
  ///     x₁² + x₂² + x₃² + x₄² + x₅² = 10
  ///     x₂x₃ − 5 x₄x₅ = 0
  ///     x₁³ + x₂³ = −1
  ///
  /// Source: Hock and Schittkowski 1981, problem 78.
  public static var hs78: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 78", number: 78, from: [-2, 1.5, 2, -1, -1],
      lower: [10, 0, -1], upper: [10, 0, -1],
      landmarks: [
        .minimum(
          -2.91970040896367942,
          at: [
            -1.71714357039438227, 1.59570969018355443, 1.82724575292719457,
            -0.763643078184130375, -0.763643078184130375,
          ], "one of several, with signs changed in pairs")
      ],
      published: -2.91970041,
      source: "Hock and Schittkowski 1981", HS78())
  }

  struct HS78: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      x[0] * x[1] * x[2] * x[3] * x[4]
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var c1: Number = square(x[0]) + square(x[1]) + square(x[2])
      c1 += square(x[3]) + square(x[4])
      let c2: Number = x[1] * x[2] - 5 * x[3] * x[4]
      let c3: Number = cube(x[0]) + cube(x[1])
      return [c1, c2, c3]
    }
  }

  /// A chain of powers on three curved surfaces that keep it from vanishing.
  ///
  ///     f = (x₁ − 1)² + (x₁ − x₂)² + (x₂ − x₃)² + (x₃ − x₄)⁴ + (x₄ − x₅)⁴
  ///     x₁ + x₂² + x₃³ = 2 + 3 √2
  ///     x₂ − x₃² + x₄ = −2 + 2 √2
  ///     x₁x₅ = 2
  ///
  /// Source: Hock and Schittkowski 1981, problem 79.
  public static var hs79: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 79", number: 79, from: Vector(repeating: 2, count: 5),
      lower: [
        2 + 3 * Double(2).squareRoot(), -2 + 2 * Double(2).squareRoot(), 2,
      ],
      upper: [
        2 + 3 * Double(2).squareRoot(), -2 + 2 * Double(2).squareRoot(), 2,
      ],
      landmarks: [
        .minimum(
          0.0787768208710569014,
          at: [
            1.19112745631105136, 1.36260316496174215, 1.47281793151208774,
            1.63501661916799272, 1.67908143616640757,
          ])
      ],
      published: 0.0787768209,
      source: "Hock and Schittkowski 1981", HS79())
  }

  struct HS79: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(x[0] - 1) + square(x[0] - x[1])
      f += square(x[1] - x[2]) + fourth(x[2] - x[3])
      f += fourth(x[3] - x[4])
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = x[0] + square(x[1]) + cube(x[2])
      let c2: Number = x[1] - square(x[2]) + x[3]
      let c3: Number = x[0] * x[4]
      return [c1, c2, c3]
    }
  }

  /// The exponential of a product on a sphere and two other surfaces.
  ///
  ///     f = exp(x₁x₂x₃x₄x₅)
  ///     x₁² + x₂² + x₃² + x₄² + x₅² = 10
  ///     x₂x₃ − 5 x₄x₅ = 0
  ///     x₁³ + x₂³ = −1
  ///     −2.3 ≤ x₁, x₂ ≤ 2.3,  −3.2 ≤ x₃ … x₅ ≤ 3.2
  ///
  /// Source: Hock and Schittkowski 1981, problem 80.
  public static var hs80: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 80", number: 80, from: [-2, 2, 2, -1, -1],
      lower: [10, 0, -1], upper: [10, 0, -1],
      bounds: box([-2.3, -2.3, -3.2, -3.2, -3.2], [2.3, 2.3, 3.2, 3.2, 3.2]),
      landmarks: [
        .minimum(
          0.0539498477702720109,
          at: [
            -1.71714357039438227, 1.59570969018355443, 1.82724575292719457,
            -0.763643078184130375, -0.763643078184130375,
          ], "one of several, with signs changed in pairs")
      ],
      published: 0.0539498478,
      source: "Hock and Schittkowski 1981", HS80())
  }

  struct HS80: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      Number.exp(x[0] * x[1] * x[2] * x[3] * x[4])
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      HS78().constraints(x)
    }
  }

  /// The exponential of a product, less the square of a constraint.
  ///
  ///     f = exp(x₁x₂x₃x₄x₅) − 0.5 (x₁³ + x₂³ + 1)²
  ///     x₁² + x₂² + x₃² + x₄² + x₅² = 10
  ///     x₂x₃ − 5 x₄x₅ = 0
  ///     x₁³ + x₂³ = −1
  ///     −2.3 ≤ x₁, x₂ ≤ 2.3,  −3.2 ≤ x₃ … x₅ ≤ 3.2
  ///
  /// Source: Hock and Schittkowski 1981, problem 81.
  public static var hs81: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 81", number: 81, from: [-2, 2, 2, -1, -1],
      lower: [10, 0, -1], upper: [10, 0, -1],
      bounds: box([-2.3, -2.3, -3.2, -3.2, -3.2], [2.3, 2.3, 3.2, 3.2, 3.2]),
      landmarks: [
        .minimum(
          0.0539498477702720109,
          at: [
            -1.71714357039438227, 1.59570969018355443, 1.82724575292719457,
            -0.763643078184130375, -0.763643078184130375,
          ], "one of several, with signs changed in pairs")
      ],
      published: 0.0539498478,
      source: "Hock and Schittkowski 1981", HS81())
  }

  struct HS81: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = Number.exp(x[0] * x[1] * x[2] * x[3] * x[4])
      f -= 0.5 * square(cube(x[0]) + cube(x[1]) + 1)
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      HS78().constraints(x)
    }
  }

  /// Colville's third problem: a nearly linear program with products.
  ///
  ///     f = 5.3578547 x₃² + 0.8356891 x₁x₅ + 37.293239 x₁ − 40792.141
  ///     0 ≤ 85.334407 + 0.0056858 x₂x₅ + 0.0006262 x₁x₄ − 0.0022053 x₃x₅ ≤ 92
  ///     90 ≤ 80.51249 + 0.0071317 x₂x₅ + 0.0029955 x₁x₂ + 0.0021813 x₃² ≤ 110
  ///     20 ≤ 9.300961 + 0.0047026 x₃x₅ + 0.0012547 x₁x₃ + 0.0019085 x₃x₄ ≤ 25
  ///     78 ≤ x₁ ≤ 102,  33 ≤ x₂ ≤ 45,  27 ≤ x₃ … x₅ ≤ 45
  ///
  /// Source: Hock and Schittkowski 1981, problem 83.
  public static var hs83: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 83", number: 83, from: [78, 33, 27, 27, 27],
      lower: [0, 90, 20], upper: [92, 110, 25],
      bounds: box([78, 33, 27, 27, 27], [102, 45, 45, 45, 45]),
      landmarks: [
        .minimum(
          -30665.5386717833159,
          at: [78, 33, 29.9952560256815988, 45, 36.7758129057882049])
      ],
      published: -30665.53867,
      source: "Hock and Schittkowski 1981", HS83())
  }

  struct HS83: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number =
        5.3578547 * square(x[2]) + 0.8356891 * x[0] * x[4] + 37.293239 * x[0]
      f -= 40792.141
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var c1: Number =
        85.334407 + 0.0056858 * x[1] * x[4] + 0.0006262 * x[0] * x[3]
      c1 -= 0.0022053 * x[2] * x[4]
      var c2: Number =
        80.51249 + 0.0071317 * x[1] * x[4] + 0.0029955 * x[0] * x[1]
      c2 += 0.0021813 * square(x[2])
      var c3: Number =
        9.300961 + 0.0047026 * x[2] * x[4] + 0.0012547 * x[0] * x[2]
      c3 += 0.0019085 * x[2] * x[3]
      return [c1, c2, c3]
    }
  }

  /// Betts' products of one variable with the others.
  ///
  ///     f = 24345 − x₁(−8720288.849 + 150512.5253 x₂ − 156.6950325 x₃
  ///         + 476470.3222 x₄ + 729482.8271 x₅)
  ///     0 ≤ x₁(−145421.402 + 2931.1506 x₂ − 40.427932 x₃ + 5106.192 x₄
  ///     + 15711.36 x₅) ≤ 294000
  ///     0 ≤ x₁(−155011.1084 + 4360.53352 x₂ + 12.9492344 x₃ + 10236.884 x₄
  ///     + 13176.786 x₅) ≤ 294000
  ///     0 ≤ x₁(−326669.5104 + 7390.68412 x₂ − 27.8986976 x₃ + 16643.076 x₄
  ///     + 30988.146 x₅) ≤ 277200
  ///     0 ≤ x₁ ≤ 1000,  1.2 ≤ x₂ ≤ 2.4,  20 ≤ x₃ ≤ 60,  9 ≤ x₄ ≤ 9.3,
  ///     6.5 ≤ x₅ ≤ 7
  ///
  /// Source: Hock and Schittkowski 1981, problem 84.
  public static var hs84: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 84", number: 84, from: [2.52, 2, 37.5, 9.25, 6.8],
      lower: [0, 0, 0], upper: [294000, 294000, 277200],
      bounds: box([0, 1.2, 20, 9, 6.5], [1000, 2.4, 60, 9.3, 7]),
      landmarks: [
        .minimum(
          -5280335.13321475419, at: [4.53743097465540027, 2.4, 60, 9.3, 7])
      ],
      published: -5280335.133,
      source: "Hock and Schittkowski 1981", HS84())
  }

  struct HS84: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = 24345
      f -=
        x[0]
        * (-8720288.849 + 150512.5253 * x[1] - 156.6950325 * x[2] + 476470.3222
          * x[3] + 729482.8271 * x[4])
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number =
        x[0]
        * (-145421.402 + 2931.1506 * x[1] - 40.427932 * x[2] + 5106.192 * x[3]
          + 15711.36 * x[4])
      let c2: Number =
        x[0]
        * (-155011.1084 + 4360.53352 * x[1] + 12.9492344 * x[2] + 10236.884
          * x[3] + 13176.786 * x[4])
      let c3: Number =
        x[0]
        * (-326669.5104 + 7390.68412 * x[1] - 27.8986976 * x[2] + 16643.076
          * x[3] + 30988.146 * x[4])
      return [c1, c2, c3]
    }
  }

  /// A wood pulp mill.
  ///
  ///     f = −0.0000005843 y₁₇ + 0.000117 y₁₄ + 0.1365 + 0.00002358 y₁₃
  ///         + 0.000001502 y₁₆ + 0.0321 y₁₂ + 0.004324 y₅ + 0.0001 c15/c16
  ///         + 37.48 y₂/c12
  ///     y1 = x₂ + x₃ + 41.6
  ///     c1 = 0.024 x₄ − 4.62
  ///     y2 = 12.5/c1 + 12
  ///     c2 = 0.0003535 x₁² + 0.5311 x₁ + 0.08705 y₂x₁
  ///     c3 = 0.052 x₁ + 78 + 0.002377 y₂x₁
  ///     y3 = c2/c3
  ///     y4 = 19 y₃
  ///     c4 = 0.04782 (x₁ − y₃) + 0.1956 (x₁ − y₃)²/x₂ + 0.6376 y₄ + 1.594 y₃
  ///     c5 = 100 x₂
  ///     c6 = x₁ − y₃ − y₄
  ///     c7 = 0.95 − c4/c5
  ///     y5 = c6 c7
  ///     y6 = x₁ − y₅ − y₄ − y₃
  ///     c8 = 0.995 (y₅ + y₄)
  ///     y7 = c8/y₁
  ///     y8 = c8/3798
  ///     c9 = y₇ − 0.0663 y₇/y₈ − 0.3153
  ///     y9 = 96.82/c9 + 0.321 y₁
  ///     y10 = 1.29 y₅ + 1.258 y₄ + 2.29 y₃ + 1.71 y₆
  ///     y11 = 1.71 x₁ − 0.452 y₄ + 0.58 y₃
  ///     c10 = 12.3/752.3
  ///     c11 = 1.74125 y₂x₁
  ///     c12 = 0.995 y₁₀ + 1998
  ///     y12 = c10 x₁ + c11/c12
  ///     y13 = c12 − 1.75 y₂
  ///     y14 = 3623 + 64.4 x₂ + 58.4 x₃ + 146312/(y₉ + x₅)
  ///     c13 = 0.995 y₁₀ + 60.8 x₂ + 48 x₄ − 0.1121 y₁₄ − 5095
  ///     y15 = y₁₃/c13
  ///     y16 = 148000 − 331000 y₁₅ + 40 y₁₃ − 61 y₁₅ y₁₃
  ///     c14 = 2324 y₁₀ − 28740000 y₂
  ///     y17 = 14130000 − 1328 y₁₀ − 531 y₁₁ + c14/c12
  ///     c15 = y₁₃/y₁₅ − y₁₃/0.52
  ///     c16 = 1.104 − 0.72 y₁₅
  ///     c17 = y₉ + x₅
  ///     1.5 x₂ − x₃ ≥ 0
  ///     171.5 ≤ x₂ + x₃ ≤ 363.63
  ///     17.505 ≤ y₂ ≤ 1053.6667
  ///     11.275 ≤ y₃ ≤ 35.03
  ///     214.228 ≤ y₄ ≤ 665.585
  ///     7.458 ≤ y₅ ≤ 584.463
  ///     0.961 ≤ y₆ ≤ 265.916
  ///     1.612 ≤ y₇ ≤ 7.046
  ///     0.146 ≤ y₈ ≤ 0.222
  ///     107.99 ≤ y₉ ≤ 273.366
  ///     922.693 ≤ y₁₀ ≤ 1286.105
  ///     926.832 ≤ y₁₁ ≤ 1444.046
  ///     18.766 ≤ y₁₂ ≤ 537.141
  ///     1072.163 ≤ y₁₃ ≤ 3247.039
  ///     8961.448 ≤ y₁₄ ≤ 26844.086
  ///     0.063 ≤ y₁₅ ≤ 0.386
  ///     71084.33 ≤ y₁₆ ≤ 140000
  ///     2802713 ≤ y₁₇ ≤ 12146108
  ///     y₄ − 0.28 y₅/0.72 ≥ 0
  ///     3496 y₂/c12 ≤ 21
  ///     62212/c17 − y₁ ≥ 110.6
  ///     704.4148 ≤ x₁ ≤ 906.3855,  68.6 ≤ x₂ ≤ 288.88,  0 ≤ x₃ ≤ 134.75,
  ///     193 ≤ x₄ ≤ 287.0966,  25 ≤ x₅ ≤ 84.1988
  ///
  /// Source: Hock and Schittkowski 1981, problem 85.
  public static var hs85: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 85", number: 85, from: [900, 80, 115, 267, 27],
      rows: .rows(
        [[0, 1.5, -1, 0, 0], [0, 1, 1, 0, 0]], from: [0, 171.5],
        to: [.infinity, 363.63]),
      lower: [
        17.505, 11.275, 214.228, 7.458, 0.961, 1.612, 0.146, 107.99, 922.693,
        926.832, 18.766, 1072.163, 8961.448, 0.063, 71084.33, 2802713, 0,
        -.infinity, 110.6,
      ],
      upper: [
        1053.6667, 35.03, 665.585, 584.463, 265.916, 7.046, 0.222, 273.366,
        1286.105, 1444.046, 537.141, 3247.039, 26844.086, 0.386, 140000,
        12146108, .infinity, 21, .infinity,
      ],
      bounds: box(
        [704.4148, 68.6, 0, 193, 25],
        [906.3855, 288.88, 134.75, 287.0966, 84.1988]),
      landmarks: [
        .minimum(
          -1.90515525853478443,
          at: [
            705.174537070090772, 68.6, 102.9, 282.324931593660278,
            37.5841164258055525,
          ])
      ],
      published: -1.90513375,
      source: "Hock and Schittkowski 1981", HS85())
  }

  struct HS85: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number { process(x).f }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      process(x).c
    }

    /// f and c, which come of one calculation.
    private func process<Number: RealNumber>(
      _ x: [Number]
    ) -> (f: Number, c: [Number]) {
      let y1: Number = x[1] + x[2] + 41.6
      let c1: Number = 0.024 * x[3] - 4.62
      let y2: Number = 12.5 / c1 + 12
      let c2: Number =
        0.0003535 * square(x[0]) + 0.5311 * x[0] + 0.08705 * y2 * x[0]
      let c3: Number = 0.052 * x[0] + 78 + 0.002377 * y2 * x[0]
      let y3: Number = c2 / c3
      let y4: Number = 19 * y3
      var c4: Number = 0.04782 * (x[0] - y3)
      c4 += 0.1956 * square(x[0] - y3) / x[1] + 0.6376 * y4
      c4 += 1.594 * y3
      let c5: Number = 100 * x[1]
      let c6: Number = x[0] - y3 - y4
      let c7: Number = 0.95 - c4 / c5
      let y5: Number = c6 * c7
      let y6: Number = x[0] - y5 - y4 - y3
      let c8: Number = 0.995 * (y5 + y4)
      let y7: Number = c8 / y1
      let y8: Number = c8 / 3798
      let c9: Number = y7 - 0.0663 * y7 / y8 - 0.3153
      let y9: Number = 96.82 / c9 + 0.321 * y1
      let y10: Number = 1.29 * y5 + 1.258 * y4 + 2.29 * y3 + 1.71 * y6
      let y11: Number = 1.71 * x[0] - 0.452 * y4 + 0.58 * y3
      let c10: Number = 12.3 / 752.3
      let c11: Number = 1.74125 * y2 * x[0]
      let c12: Number = 0.995 * y10 + 1998
      let y12: Number = c10 * x[0] + c11 / c12
      let y13: Number = c12 - 1.75 * y2
      let y14: Number = 3623 + 64.4 * x[1] + 58.4 * x[2] + 146312 / (y9 + x[4])
      var c13: Number = 0.995 * y10 + 60.8 * x[1] + 48 * x[3]
      c13 -= 0.1121 * y14 + 5095
      let y15: Number = y13 / c13
      let y16: Number = 148000 - 331000 * y15 + 40 * y13 - 61 * y15 * y13
      let c14: Number = 2324 * y10 - 28740000 * y2
      let y17: Number = 14130000 - 1328 * y10 - 531 * y11 + c14 / c12
      let c15: Number = y13 / y15 - y13 / 0.52
      let c16: Number = 1.104 - 0.72 * y15
      var f: Number = -0.0000005843 * y17 + 0.000117 * y14 + 0.1365
      f += 0.00002358 * y13 + 0.000001502 * y16 + 0.0321 * y12
      f += 0.004324 * y5 + 0.0001 * c15 / c16 + 37.48 * y2 / c12
      let c17: Number = y9 + x[4]
      let g17: Number = y4 - 0.28 * y5 / 0.72
      let g18: Number = 3496 * y2 / c12
      let g19: Number = 62212 / c17 - y1
      let c: [Number] = [
        y2, y3, y4, y5, y6, y7, y8, y9, y10, y11, y12, y13, y14, y15, y16, y17,
        g17, g18, g19,
      ]
      return (f, c)
    }
  }

  /// Colville's first problem: cubes and a quadratic form in a polytope.
  ///
  ///     f = Σ eⱼxⱼ + Σ Σ cᵢⱼxᵢxⱼ + Σ dⱼxⱼ³
  ///     −16 x₁ + 2 x₂ + x₄ ≥ −40
  ///     −2 x₂ + 0.4 x₄ + 2 x₅ ≥ −2
  ///     −3.5 x₁ + 2 x₃ ≥ −0.25
  ///     −2 x₂ − 4 x₄ − x₅ ≥ −4
  ///     −9 x₂ − 2 x₃ + x₄ − 2.8 x₅ ≥ −4
  ///     2 x₁ − 4 x₃ ≥ −1
  ///     x₁ + x₂ + x₃ + x₄ + x₅ ≤ 40
  ///     x₁ + 2 x₂ + 3 x₃ + 2 x₄ + x₅ ≤ 60
  ///     x₁ + 2 x₂ + 3 x₃ + 4 x₄ + 5 x₅ ≥ 5
  ///     x₁ + x₂ + x₃ + x₄ + x₅ ≥ 1
  ///     x ≥ 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 86.
  public static var hs86: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 86", number: 86, from: [0, 0, 0, 0, 1],
      rows: .rows(
        [
          [-16, 2, 0, 1, 0], [0, -2, 0, 0.4, 2], [-3.5, 0, 2, 0, 0],
          [0, -2, 0, -4, -1], [0, -9, -2, 1, -2.8], [2, 0, -4, 0, 0],
          [1, 1, 1, 1, 1], [1, 2, 3, 2, 1], [1, 2, 3, 4, 5], [1, 1, 1, 1, 1],
        ], from: [-40, -2, -0.25, -4, -4, -1, -.infinity, -.infinity, 5, 1],
        to: [
          .infinity, .infinity, .infinity, .infinity, .infinity, .infinity, 40,
          60, .infinity, .infinity,
        ]),
      bounds: box(
        Vector(repeating: 0, count: 5), Vector(repeating: .infinity, count: 5)),
      landmarks: [
        .minimum(
          -32.3486789657227064,
          at: [
            0.3, 0.333467606534607106, 0.4, 0.428310104781698764,
            0.223964873560798146,
          ])
      ],
      published: -32.34867897,
      source: "Hock and Schittkowski 1981", HS86())
  }

  struct HS86: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let data = Colville()
      var sum = data.cubes(x) + data.form(x)
      for j in 0..<5 { sum += Number(data.e[j]) * x[j] }
      return sum
    }
  }
}
