import Differentiation
import Matrix

extension HockSchittkowski {
  /// Dembo's geometric program, exponent 0.125.
  ///
  ///     f = y
  ///     y = 10 x₁x₄² x₇^a/(x₂x₆³) + 15 x₃x₄/(x₁x₂² x₅ √x₇)
  ///         + 20 x₂x₆/(x₁² x₄x₅²) + 25 x₁² x₂² √x₅x₇/(x₃x₆²)
  ///     0.5 √x₁x₇/(x₃x₆²) + 0.7 x₁³ x₂x₆ √x₇/x₃²
  ///     + 0.2 x₃x₆^2/3 x₇^0.25/(x₂ √x₄) ≤ 1
  ///     1.3 x₂x₆/(√x₁x₃x₅) + 0.8 x₃x₆²/(x₄x₅) + 3.1 √x₂x₆^1/3/(x₁x₄² x₅) ≤ 1
  ///     2 x₁x₅x₇^1/3/(x₃^1.5 x₆) + 0.1 x₂x₅/(√(x₃x₇)x₆) + x₂ √x₃x₅/x₁
  ///     + 0.65 x₃x₅x₇/(x₂² x₆) ≤ 1
  ///     0.2 x₂ √x₅x₇^1/3/(x₁² x₄) + 0.3 √x₁x₂² x₃x₄^1/3 x₇^0.25/x₅^2/3
  ///     + 0.4 x₃x₅x₇^0.75/(x₁³ x₂²) + 0.5 x₄ √x₇/x₃² ≤ 1
  ///     100 ≤ y ≤ 3000
  ///     0.1 ≤ x₁ … x₆ ≤ 10,  0.01 ≤ x₇ ≤ 10
  ///
  /// Source: Hock and Schittkowski 1981, problem 102.
  public static var hs102: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 102", number: 102, from: Vector(repeating: 6, count: 7),
      lower: [-.infinity, -.infinity, -.infinity, -.infinity, 100],
      upper: [1, 1, 1, 1, 3000],
      bounds: box(
        [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.01], Vector(repeating: 10, count: 7)),
      landmarks: [
        .minimum(
          911.880571430108408,
          at: [
            3.89625319107027992, 0.80935876010541437, 2.66438599377548918,
            4.30091287479401982, 0.853554935248583908, 1.09528744457610313,
            0.0273104596577192622,
          ])
      ],
      published: 911.880571,
      source: "Hock and Schittkowski 1981", HS101(exponent: 0.125))
  }

  /// Dembo's geometric program, exponent 0.5.
  ///
  ///     f = y
  ///     y = 10 x₁x₄² x₇^a/(x₂x₆³) + 15 x₃x₄/(x₁x₂² x₅ √x₇)
  ///         + 20 x₂x₆/(x₁² x₄x₅²) + 25 x₁² x₂² √x₅x₇/(x₃x₆²)
  ///     0.5 √x₁x₇/(x₃x₆²) + 0.7 x₁³ x₂x₆ √x₇/x₃²
  ///     + 0.2 x₃x₆^2/3 x₇^0.25/(x₂ √x₄) ≤ 1
  ///     1.3 x₂x₆/(√x₁x₃x₅) + 0.8 x₃x₆²/(x₄x₅) + 3.1 √x₂x₆^1/3/(x₁x₄² x₅) ≤ 1
  ///     2 x₁x₅x₇^1/3/(x₃^1.5 x₆) + 0.1 x₂x₅/(√(x₃x₇)x₆) + x₂ √x₃x₅/x₁
  ///     + 0.65 x₃x₅x₇/(x₂² x₆) ≤ 1
  ///     0.2 x₂ √x₅x₇^1/3/(x₁² x₄) + 0.3 √x₁x₂² x₃x₄^1/3 x₇^0.25/x₅^2/3
  ///     + 0.4 x₃x₅x₇^0.75/(x₁³ x₂²) + 0.5 x₄ √x₇/x₃² ≤ 1
  ///     100 ≤ y ≤ 3000
  ///     0.1 ≤ x₁ … x₆ ≤ 10,  0.01 ≤ x₇ ≤ 10
  ///
  /// Source: Hock and Schittkowski 1981, problem 103.
  public static var hs103: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 103", number: 103, from: Vector(repeating: 6, count: 7),
      lower: [-.infinity, -.infinity, -.infinity, -.infinity, 100],
      upper: [1, 1, 1, 1, 3000],
      bounds: box(
        [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.01], Vector(repeating: 10, count: 7)),
      landmarks: [
        .minimum(
          543.667958466280623,
          at: [
            4.39410451052640548, 0.854468738797424763, 2.84323031395089491,
            3.39997866768655833, 0.722926133007302446, 0.87040638180445722,
            0.024638826327228511,
          ])
      ],
      published: 543.667958,
      source: "Hock and Schittkowski 1981", HS101(exponent: 0.5))
  }

  /// The design of an optimal reactor.
  ///
  ///     f = y
  ///     y = 0.4 (x₁/x₇)^0.67 + 0.4 (x₂/x₈)^0.67 + 10 − x₁ − x₂
  ///     0.0588 x₅x₇ + 0.1 x₁ ≤ 1
  ///     0.0588 x₆x₈ + 0.1 x₁ + 0.1 x₂ ≤ 1
  ///     4 x₃/x₅ + 2/(x₃^0.71 x₅) + 0.0588 x₇/x₃^1.3 ≤ 1
  ///     4 x₄/x₆ + 2/(x₄^0.71 x₆) + 0.0588 x₈/x₄^1.3 ≤ 1
  ///     1 ≤ y ≤ 4.2
  ///     0.1 ≤ x ≤ 10
  ///
  /// Source: Hock and Schittkowski 1981, problem 104.
  public static var hs104: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 104", number: 104, from: [6, 3, 0.4, 0.2, 6, 6, 1, 0.5],
      lower: [-.infinity, -.infinity, -.infinity, -.infinity, 1],
      upper: [1, 1, 1, 1, 4.2],
      bounds: box(
        Vector(repeating: 0.1, count: 8), Vector(repeating: 10, count: 8)),
      landmarks: [
        .minimum(
          3.9511634401033556,
          at: [
            6.46511402836910125, 2.23270864798522776, 0.667397491286629358,
            0.595756422900370976, 5.93267567790984805, 5.52723456497693888,
            1.01332200890256109, 0.400668229125702977,
          ])
      ],
      published: 3.9511634396,
      source: "Hock and Schittkowski 1981", HS104())
  }

  struct HS104: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var y: Number = 0.4 * Number.pow(x[0] / x[6], 0.67)
      y += 0.4 * Number.pow(x[1] / x[7], 0.67) + 10 - x[0]
      y -= x[1]
      return y
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var y: Number = 0.4 * Number.pow(x[0] / x[6], 0.67)
      y += 0.4 * Number.pow(x[1] / x[7], 0.67) + 10 - x[0]
      y -= x[1]
      let c1: Number = 0.0588 * x[4] * x[6] + 0.1 * x[0]
      let c2: Number = 0.0588 * x[5] * x[7] + 0.1 * x[0] + 0.1 * x[1]
      var c3: Number = 4 * x[2] / x[4] + 2 / (Number.pow(x[2], 0.71) * x[4])
      c3 += 0.0588 * x[6] / Number.pow(x[2], 1.3)
      var c4: Number = 4 * x[3] / x[5] + 2 / (Number.pow(x[3], 0.71) * x[5])
      c4 += 0.0588 * x[7] / Number.pow(x[3], 1.3)
      return [c1, c2, c3, c4, y]
    }
  }

  /// The likelihood of a mixture of three normal distributions.
  ///
  ///     f = −Σ ln((a(yᵢ) + b(yᵢ) + c(yᵢ))/√(2π)),  i = 1 … 235
  ///     a(y) = x₁/x₆ exp(−(y − x₃)²/(2 x₆²)),  b(y) = x₂/x₇ exp(−(y − x₄)²/(2 x₇²))
  ///     c(y) = (1 − x₁ − x₂)/x₈ exp(−(y − x₅)²/(2 x₈²))
  ///     x₁ + x₂ ≤ 1
  ///     0.001 ≤ x₁, x₂ ≤ 0.499,  100 ≤ x₃ ≤ 180,  130 ≤ x₄ ≤ 210,
  ///     170 ≤ x₅ ≤ 240,  5 ≤ x₆ … x₈ ≤ 25
  ///
  /// Source: Hock and Schittkowski 1981, problem 105.
  public static var hs105: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 105", number: 105, from: [0.1, 0.2, 100, 125, 175, 11.2, 13.2, 15.8],
      rows: .rows([[1, 1, 0, 0, 0, 0, 0, 0]], atMost: [1]),
      bounds: box(
        [0.001, 0.001, 100, 130, 170, 5, 5, 5],
        [0.499, 0.499, 180, 210, 240, 25, 25, 25]),
      landmarks: [
        .minimum(
          1138.41066367213126,
          at: [
            0.397111320748623745, 0.427039642638755805, 130.896482604315792,
            163.894802523533794, 218.684615322966729, 12.1590662077392433,
            16.6163016769629293, 20.0192020654133037,
          ])
      ],
      published: 1138.416240,
      source: "Hock and Schittkowski 1981", HS105())
  }

  struct HS105: ConstrainedFormula {
    /// The data, each with how often it was observed.
    let data: [(value: Double, times: Double)] = [
      (95, 1), (105, 1), (110, 4), (115, 4), (120, 15), (125, 15), (130, 15),
      (135, 13), (140, 21), (145, 12), (150, 17), (155, 4), (160, 20), (165, 8),
      (170, 17), (175, 8), (180, 6), (185, 6), (190, 7), (195, 4), (200, 3),
      (205, 3), (210, 8), (215, 1), (220, 6), (230, 5), (235, 1), (240, 7),
      (245, 1), (260, 2),
    ]

    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      func density(
        _ y: Number, _ weight: Number, _ mean: Number, _ width: Number
      ) -> Number {
        weight / width * Number.exp(-square((y - mean) / width) / 2)
      }
      let root = Number.sqrt(2 * Number.pi)
      var sum: Number = 0
      for (value, times) in data {
        let y = Number(value)
        let a = density(y, x[0], x[2], x[5])
        let b = density(y, x[1], x[3], x[6])
        let c = density(y, 1 - x[0] - x[1], x[4], x[7])
        sum -= Number(times) * Number.log((a + b + c) / root)
      }
      return sum
    }
  }

  /// Heat exchangers of the least area.
  ///
  ///     f = x₁ + x₂ + x₃
  ///     0.0025 (x₄ + x₆) ≤ 1
  ///     0.0025 (x₅ + x₇ − x₄) ≤ 1
  ///     0.01 (x₈ − x₅) ≤ 1
  ///     x₁x₆ − 833.33252 x₄ − 100 x₁ ≥ −83333.333
  ///     x₂x₇ − 1250 x₅ − x₂x₄ + 1250 x₄ ≥ 0
  ///     x₃x₈ − 1250000 − x₃x₅ + 2500 x₅ ≥ 0
  ///     100 ≤ x₁ ≤ 10000,  1000 ≤ x₂, x₃ ≤ 10000,  10 ≤ x₄ … x₈ ≤ 1000
  ///
  /// The book's value lies 0.08 above the minimum.
  ///
  /// Source: Hock and Schittkowski 1981, problem 106.
  public static var hs106: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 106", number: 106, from: [5000, 5000, 5000, 200, 350, 150, 225, 425],
      rows: .rows(
        [
          [0, 0, 0, 0.0025, 0, 0.0025, 0, 0],
          [0, 0, 0, -0.0025, 0.0025, 0, 0.0025, 0],
          [0, 0, 0, 0, -0.01, 0, 0, 0.01],
        ], atMost: [1, 1, 1]),
      lower: [-83333.333, 0, 0], upper: [.infinity, .infinity, .infinity],
      bounds: box(
        [100, 1000, 1000, 10, 10, 10, 10, 10],
        [10000, 10000, 10000, 1000, 1000, 1000, 1000, 1000]),
      landmarks: [
        .minimum(
          7049.24802052866521,
          at: [
            579.306684425355105, 1359.97066805165505, 5109.97066805165505,
            182.017699581119918, 295.601173277933798, 217.982300418880082,
            286.41652630318612, 395.601173277933798,
          ])
      ],
      published: 7049.330923,
      note: """
        The book's value lies 0.08 above the minimum.
        """,
      source: "Hock and Schittkowski 1981", HS106())
  }

  struct HS106: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      x[0] + x[1] + x[2]
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = x[0] * x[5] - 833.33252 * x[3] - 100 * x[0]
      let c2: Number = x[1] * x[6] - 1250 * x[4] - x[1] * x[3] + 1250 * x[3]
      let c3: Number = x[2] * x[7] - 1250000 - x[2] * x[4] + 2500 * x[4]
      return [c1, c2, c3]
    }
  }

  /// Static power scheduling.
  ///
  ///     f = 3000 x₁ + 1000 x₁³ + 2000 x₂ + 2000 x₂³/3
  ///     c = 48.4/50.176 sin(0.25)
  ///     d = 48.4/50.176 cos(0.25)
  ///     y1 = sin(x₈)
  ///     y2 = cos(x₈)
  ///     y3 = sin(x₉)
  ///     y4 = cos(x₉)
  ///     y5 = sin(x₈ − x₉)
  ///     y6 = cos(x₈ − x₉)
  ///     0.4 − x₁ + 2 c x₅² + x₅x₆(−d y₁ − c y₂) + x₅x₇(−d y₃ − c y₄) = 0
  ///     0.4 − x₂ + 2 c x₆² + x₅x₆(d y₁ − c y₂) + x₆x₇(d y₅ − c y₆) = 0
  ///     0.8 + 2 c x₇² + x₅x₇(d y₃ − c y₄) + x₆x₇(−d y₅ − c y₆) = 0
  ///     0.2 − x₃ + 2 d x₅² − x₅x₆(−c y₁ + d y₂) − x₅x₇(−c y₃ + d y₄) = 0
  ///     0.2 − x₄ + 2 d x₆² − x₅x₆(c y₁ + d y₂) − x₆x₇(c y₅ + d y₆) = 0
  ///     −0.337 + 2 d x₇² − x₅x₇(c y₃ + d y₄) − x₆x₇(−c y₅ + d y₆) = 0
  ///     x₁, x₂ ≥ 0,  0.90909 ≤ x₅ … x₇ ≤ 1.0909
  ///
  /// Source: Hock and Schittkowski 1981, problem 107.
  public static var hs107: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 107", number: 107,
      from: [0.8, 0.8, 0.2, 0.2, 1.0454, 1.0454, 1.0454, 0, 0],
      lower: [0, 0, 0, 0, 0, 0], upper: [0, 0, 0, 0, 0, 0],
      bounds: box(
        [
          0, 0, -.infinity, -.infinity, 0.90909, 0.90909, 0.90909, -.infinity,
          -.infinity,
        ],
        [
          .infinity, .infinity, .infinity, .infinity, 1.0909, 1.0909, 1.0909,
          .infinity, .infinity,
        ]),
      landmarks: [
        .minimum(
          5055.0114473208902,
          at: [
            0.667012652340490752, 1.02238483359038035, 0.228287171283459493,
            0.184821755223302125, 1.0909, 1.0909, 1.06903600075136659,
            0.106610690642356179, -0.338787586629764425,
          ])
      ],
      published: 5055.011803,
      source: "Hock and Schittkowski 1981", HS107())
  }

  struct HS107: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = 3000 * x[0] + 1000 * cube(x[0]) + 2000 * x[1]
      f += 2000 * cube(x[1]) / 3
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c: Number = 48.4 / 50.176 * Number.sin(0.25)
      let d: Number = 48.4 / 50.176 * Number.cos(0.25)
      let y1: Number = Number.sin(x[7])
      let y2: Number = Number.cos(x[7])
      let y3: Number = Number.sin(x[8])
      let y4: Number = Number.cos(x[8])
      let y5: Number = Number.sin(x[7] - x[8])
      let y6: Number = Number.cos(x[7] - x[8])
      var c1: Number = 0.4 - x[0] + 2 * c * square(x[4])
      c1 += x[4] * x[5] * (-d * y1 - c * y2)
      c1 += x[4] * x[6] * (-d * y3 - c * y4)
      var c2: Number = 0.4 - x[1] + 2 * c * square(x[5])
      c2 += x[4] * x[5] * (d * y1 - c * y2)
      c2 += x[5] * x[6] * (d * y5 - c * y6)
      var c3: Number = 0.8 + 2 * c * square(x[6])
      c3 += x[4] * x[6] * (d * y3 - c * y4)
      c3 += x[5] * x[6] * (-d * y5 - c * y6)
      var c4: Number = 0.2 - x[2] + 2 * d * square(x[4])
      c4 -= x[4] * x[5] * (-c * y1 + d * y2)
      c4 -= x[4] * x[6] * (-c * y3 + d * y4)
      var c5: Number = 0.2 - x[3] + 2 * d * square(x[5])
      c5 -= x[4] * x[5] * (c * y1 + d * y2)
      c5 -= x[5] * x[6] * (c * y5 + d * y6)
      var c6: Number = -0.337 + 2 * d * square(x[6])
      c6 -= x[4] * x[6] * (c * y3 + d * y4)
      c6 -= x[5] * x[6] * (-c * y5 + d * y6)
      return [c1, c2, c3, c4, c5, c6]
    }
  }

  /// The hexagon of unit diameter and greatest area.
  ///
  ///     f = −0.5 (x₁x₄ − x₂x₃ + x₃x₉ − x₅x₉ + x₅x₈ − x₆x₇)
  ///     x₃² + x₄² ≤ 1
  ///     x₉² ≤ 1
  ///     x₅² + x₆² ≤ 1
  ///     x₁² + (x₂ − x₉)² ≤ 1
  ///     (x₁ − x₅)² + (x₂ − x₆)² ≤ 1
  ///     (x₁ − x₇)² + (x₂ − x₈)² ≤ 1
  ///     (x₃ − x₅)² + (x₄ − x₆)² ≤ 1
  ///     (x₃ − x₇)² + (x₄ − x₈)² ≤ 1
  ///     x₇² + (x₈ − x₉)² ≤ 1
  ///     x₁x₄ − x₂x₃ ≥ 0
  ///     x₃x₉ ≥ 0
  ///     x₅x₉ ≤ 0
  ///     x₅x₈ − x₆x₇ ≥ 0
  ///     x₉ ≥ 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 108.
  public static var hs108: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 108", number: 108, from: Vector(repeating: 1, count: 9),
      lower: [
        -.infinity, -.infinity, -.infinity, -.infinity, -.infinity, -.infinity,
        -.infinity, -.infinity, -.infinity, 0, 0, -.infinity, 0,
      ],
      upper: [1, 1, 1, 1, 1, 1, 1, 1, 1, .infinity, .infinity, 0, .infinity],
      bounds: box(
        [
          -.infinity, -.infinity, -.infinity, -.infinity, -.infinity,
          -.infinity, -.infinity, -.infinity, 0,
        ], Vector(repeating: .infinity, count: 9)),
      landmarks: [
        .minimum(
          -0.866025403784438647,
          at: [
            0.884129209809511964, 0.467242485612778981, 0.0374207426367043003,
            0.999299598729288763, 0.884129209809511964, 0.467242485612778981,
            0.0374207426367043003, 0.999299598729288763, 0,
          ], "one of a family, by rotation"),
        .localMinimum(
          -0.674981442930104704,
          at: [
            0.5, 0.402350696267628954, 0.343771453025672754,
            0.939053346772491766, -0.343771453025672754, 0.939053346772491766,
            -0.5, 0.402350696267628954, 1,
          ]),
      ],
      published: -0.8660254038,
      source: "Hock and Schittkowski 1981", HS108())
  }

  struct HS108: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let f: Number =
        -0.5
        * (x[0] * x[3] - x[1] * x[2] + x[2] * x[8] - x[4] * x[8] + x[4] * x[7]
          - x[5] * x[6])
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = square(x[2]) + square(x[3])
      let c2: Number = square(x[8])
      let c3: Number = square(x[4]) + square(x[5])
      let c4: Number = square(x[0]) + square(x[1] - x[8])
      let c5: Number = square(x[0] - x[4]) + square(x[1] - x[5])
      let c6: Number = square(x[0] - x[6]) + square(x[1] - x[7])
      let c7: Number = square(x[2] - x[4]) + square(x[3] - x[5])
      let c8: Number = square(x[2] - x[6]) + square(x[3] - x[7])
      let c9: Number = square(x[6]) + square(x[7] - x[8])
      let c10: Number = x[0] * x[3] - x[1] * x[2]
      let c11: Number = x[2] * x[8]
      let c12: Number = x[4] * x[8]
      let c13: Number = x[4] * x[7] - x[5] * x[6]
      return [c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13]
    }
  }
}
