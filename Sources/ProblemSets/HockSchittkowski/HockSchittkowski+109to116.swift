import Differentiation
import Matrix

extension HockSchittkowski {
  /// Electric power flow with voltages and two generators.
  ///
  ///     f = 3 x₁ + 0.000001 x₁³ + 2 x₂ + 0.000000522074 x₂³
  ///     b = sin(0.25)
  ///     c = cos(0.25)
  ///     −0.55 ≤ x₄ − x₃ ≤ 0.55
  ///     x₁² + x₈² ≤ 2250000
  ///     x₂² + x₉² ≤ 2250000
  ///     x₅x₆ sin(−x₃ − 0.25) + x₅x₇ sin(−x₄ − 0.25) + 2 b x₅²
  ///     − 50.176 x₁ = −20070.4
  ///     x₅x₆ sin(x₃ − 0.25) + x₆x₇ sin(x₃ − x₄ − 0.25) + 2 b x₆²
  ///     − 50.176 x₂ = −20070.4
  ///     x₅x₇ sin(x₄ − 0.25) + x₆x₇ sin(x₄ − x₃ − 0.25)
  ///     + 2 b x₇² = −44244.143104
  ///     50.176 x₈ + x₅x₆ cos(−x₃ − 0.25) + x₅x₇ cos(−x₄ − 0.25) − 2 c x₅²
  ///     + 0.0377975808 x₅² = 10035.2
  ///     50.176 x₉ + x₅x₆ cos(x₃ − 0.25) + x₆x₇ cos(x₃ − x₄ − 0.25)
  ///     − 2 c x₆² + 0.0377975808 x₆² = 10035.2
  ///     x₅x₇ cos(x₄ − 0.25) + x₆x₇ cos(x₄ − x₃ − 0.25) − 2 c x₇²
  ///     + 0.0377975808 x₇² = 1150.937088
  ///     x₁, x₂ ≥ 0,  −0.55 ≤ x₃, x₄ ≤ 0.55,  196 ≤ x₅ … x₇ ≤ 252,
  ///     −400 ≤ x₈, x₉ ≤ 800
  ///
  /// Source: Hock and Schittkowski 1981, problem 109.
  public static var hs109: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 109", number: 109, from: [0, 0, 0, 0, 250, 250, 200, 0, 0],
      rows: .rows([[0, 0, -1, 1, 0, 0, 0, 0, 0]], from: [-0.55], to: [0.55]),
      lower: [
        -.infinity, -.infinity, -20070.4, -20070.4, -44244.143104, 10035.2,
        10035.2, 1150.937088,
      ],
      upper: [
        2250000, 2250000, -20070.4, -20070.4, -44244.143104, 10035.2, 10035.2,
        1150.937088,
      ],
      bounds: box(
        [0, 0, -0.55, -0.55, 196, 196, 196, -400, -400],
        [.infinity, .infinity, 0.55, 0.55, 252, 252, 252, 800, 800]),
      landmarks: [
        .minimum(
          5362.06918110959576,
          at: [
            675.025339259741877, 1134.021089714841, 0.133485050918275596,
            -0.371190262647780025, 252, 252, 201.465857733812846,
            426.619005662118166, 368.488199087521913,
          ])
      ],
      published: 5362.06928,
      source: "Hock and Schittkowski 1981", HS109())
  }

  struct HS109: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = 3 * x[0] + 0.000001 * cube(x[0]) + 2 * x[1]
      f += 0.000000522074 * cube(x[1])
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let b: Number = Number.sin(0.25)
      let c: Number = Number.cos(0.25)
      let c1: Number = square(x[0]) + square(x[7])
      let c2: Number = square(x[1]) + square(x[8])
      var c3: Number = x[4] * x[5] * Number.sin(-x[2] - 0.25)
      c3 += x[4] * x[6] * Number.sin(-x[3] - 0.25)
      c3 += 2 * b * square(x[4]) - 50.176 * x[0]
      var c4: Number = x[4] * x[5] * Number.sin(x[2] - 0.25)
      c4 += x[5] * x[6] * Number.sin(x[2] - x[3] - 0.25)
      c4 += 2 * b * square(x[5]) - 50.176 * x[1]
      var c5: Number = x[4] * x[6] * Number.sin(x[3] - 0.25)
      c5 += x[5] * x[6] * Number.sin(x[3] - x[2] - 0.25)
      c5 += 2 * b * square(x[6])
      var c6: Number = 50.176 * x[7] + x[4] * x[5] * Number.cos(-x[2] - 0.25)
      c6 += x[4] * x[6] * Number.cos(-x[3] - 0.25)
      c6 -= 2 * c * square(x[4]) - 0.0377975808 * square(x[4])
      var c7: Number = 50.176 * x[8] + x[4] * x[5] * Number.cos(x[2] - 0.25)
      c7 += x[5] * x[6] * Number.cos(x[2] - x[3] - 0.25)
      c7 -= 2 * c * square(x[5]) - 0.0377975808 * square(x[5])
      var c8: Number = x[4] * x[6] * Number.cos(x[3] - 0.25)
      c8 += x[5] * x[6] * Number.cos(x[3] - x[2] - 0.25)
      c8 -= 2 * c * square(x[6]) - 0.0377975808 * square(x[6])
      return [c1, c2, c3, c4, c5, c6, c7, c8]
    }
  }

  /// Chemical equilibrium in logarithms of the moles.
  ///
  ///     f = Σ exp(xⱼ) (cⱼ + xⱼ − ln Σ exp(xₖ))
  ///     exp(x₁) + 2 exp(x₂) + 2 exp(x₃) + exp(x₆) + exp(x₁₀) = 2
  ///     exp(x₄) + 2 exp(x₅) + exp(x₆) + exp(x₇) = 1
  ///     exp(x₃) + exp(x₇) + exp(x₈) + 2 exp(x₉) + exp(x₁₀) = 1
  ///     −100 ≤ x ≤ 100
  ///
  /// Source: Hock and Schittkowski 1981, problem 111.
  public static var hs111: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 111", number: 111, from: Vector(repeating: -2.3, count: 10),
      lower: [2, 1, 1], upper: [2, 1, 1],
      bounds: box(
        Vector(repeating: -100, count: 10), Vector(repeating: 100, count: 10)),
      landmarks: [
        .minimum(
          -47.7610908593658643,
          at: [
            -3.20231158855121439, -1.91236659708098087, -0.244426747750383827,
            -6.56117727165837629, -0.723097963295304662, -7.27423228018814277,
            -3.59723742232777924, -4.02031673069085087, -3.28837688136025383,
            -2.33437173922061735,
          ])
      ],
      published: -47.76109026,
      source: "Hock and Schittkowski 1981", HS111())
  }

  struct HS111: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let moles = x.map { Number.exp($0) }
      let all = Number.log(moles.dropFirst().reduce(moles[0], +))
      var sum: Number = 0
      for j in 0..<10 {
        sum += moles[j] * (Number(Equilibrium().c[j]) + x[j] - all)
      }
      return sum
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var c1: Number =
        Number.exp(x[0]) + 2 * Number.exp(x[1]) + 2 * Number.exp(x[2])
      c1 += Number.exp(x[5]) + Number.exp(x[9])
      var c2: Number =
        Number.exp(x[3]) + 2 * Number.exp(x[4]) + Number.exp(x[5])
      c2 += Number.exp(x[6])
      var c3: Number = Number.exp(x[2]) + Number.exp(x[6]) + Number.exp(x[7])
      c3 += 2 * Number.exp(x[8]) + Number.exp(x[9])
      return [c1, c2, c3]
    }
  }

  /// Chemical equilibrium.
  ///
  ///     f = Σ xⱼ (cⱼ + ln(xⱼ/Σ xₖ))
  ///     x₁ + 2 x₂ + 2 x₃ + x₆ + x₁₀ = 2
  ///     x₄ + 2 x₅ + x₆ + x₇ = 1
  ///     x₃ + x₇ + x₈ + 2 x₉ + x₁₀ = 1
  ///     x ≥ 0.000001
  ///
  /// The book's value lies 0.05 above the minimum.
  ///
  /// Source: Hock and Schittkowski 1981, problem 112.
  public static var hs112: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 112", number: 112, from: Vector(repeating: 0.1, count: 10),
      rows: .rows(
        [
          [1, 2, 2, 0, 0, 1, 0, 0, 0, 1], [0, 0, 0, 1, 2, 1, 1, 0, 0, 0],
          [0, 0, 1, 0, 0, 0, 1, 1, 2, 1],
        ], equalTo: [2, 1, 1]),
      bounds: box(
        Vector(repeating: 0.000001, count: 10),
        Vector(repeating: .infinity, count: 10)),
      landmarks: [
        .minimum(
          -47.7610908593658643,
          at: [
            0.0406680873556901727, 0.147730354340822328, 0.783153354009233509,
            0.00141421980903012166, 0.485246648699272775,
            0.000693172078421065687, 0.0273993107140032621,
            0.0179472795849254176, 0.0373143659130303622, 0.0968713238657770868,
          ])
      ],
      published: -47.707579,
      note: """
        The book's value lies 0.05 above the minimum.
        """,
      source: "Hock and Schittkowski 1981", HS112())
  }

  struct HS112: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let all = x.dropFirst().reduce(x[0], +)
      var sum: Number = 0
      for (c, x) in zip(Equilibrium().c, x) {
        sum += x * (Number(c) + Number.log(x / all))
      }
      return sum
    }
  }

  /// Wong's second problem: a quadratic with eight constraints.
  ///
  ///     f = x₁² + x₂² + x₁x₂ − 14 x₁ − 16 x₂ + (x₃ − 10)² + 4 (x₄ − 5)²
  ///         + (x₅ − 3)² + 2 (x₆ − 1)² + 5 x₇² + 7 (x₈ − 11)² + 2 (x₉
  ///         − 10)² + (x₁₀ − 7)² + 45
  ///     4 x₁ + 5 x₂ − 3 x₇ + 9 x₈ ≤ 105
  ///     10 x₁ − 8 x₂ − 17 x₇ + 2 x₈ ≤ 0
  ///     −8 x₁ + 2 x₂ + 5 x₉ − 2 x₁₀ ≤ 12
  ///     3 (x₁ − 2)² + 4 (x₂ − 3)² + 2 x₃² − 7 x₄ ≤ 120
  ///     5 x₁² + 8 x₂ + (x₃ − 6)² − 2 x₄ ≤ 40
  ///     0.5 (x₁ − 8)² + 2 (x₂ − 4)² + 3 x₅² − x₆ ≤ 30
  ///     x₁² + 2 (x₂ − 2)² − 2 x₁x₂ + 14 x₅ − 6 x₆ ≤ 0
  ///     −3 x₁ + 6 x₂ + 12 (x₉ − 8)² − 7 x₁₀ ≤ 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 113.
  public static var hs113: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 113", number: 113, from: [2, 3, 5, 5, 1, 2, 7, 3, 6, 10],
      rows: .rows(
        [
          [4, 5, 0, 0, 0, 0, -3, 9, 0, 0], [10, -8, 0, 0, 0, 0, -17, 2, 0, 0],
          [-8, 2, 0, 0, 0, 0, 0, 0, 5, -2],
        ], atMost: [105, 0, 12]),
      lower: [-.infinity, -.infinity, -.infinity, -.infinity, -.infinity],
      upper: [120, 40, 30, 0, 0],
      landmarks: [
        .minimum(
          24.3062090681798093,
          at: [
            2.17199637125545526, 2.36368297369727982, 8.7739257384768504,
            5.09598448794845276, 0.990654764963859159, 1.43057397893631589,
            1.3216442081617033, 9.82872580788632109, 8.28009167009834582,
            8.37592666392132335,
          ])
      ],
      published: 24.3062091,
      source: "Hock and Schittkowski 1981", HS113())
  }

  struct HS113: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(x[0]) + square(x[1]) + x[0] * x[1]
      f -= 14 * x[0] + 16 * x[1] - square(x[2] - 10)
      f += 4 * square(x[3] - 5) + square(x[4] - 3)
      f += 2 * square(x[5] - 1) + 5 * square(x[6])
      f += 7 * square(x[7] - 11)
      f += 2 * square(x[8] - 10) + square(x[9] - 7) + 45
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var c1: Number = 3 * square(x[0] - 2)
      c1 += 4 * square(x[1] - 3) + 2 * square(x[2])
      c1 -= 7 * x[3]
      var c2: Number = 5 * square(x[0]) + 8 * x[1] + square(x[2] - 6)
      c2 -= 2 * x[3]
      var c3: Number = 0.5 * square(x[0] - 8)
      c3 += 2 * square(x[1] - 4) + 3 * square(x[4]) - x[5]
      var c4: Number = square(x[0]) + 2 * square(x[1] - 2)
      c4 -= 2 * x[0] * x[1] - 14 * x[4] + 6 * x[5]
      var c5: Number = -3 * x[0] + 6 * x[1] + 12 * square(x[8] - 8)
      c5 -= 7 * x[9]
      return [c1, c2, c3, c4, c5]
    }
  }

  /// An alkylation process.
  ///
  ///     f = 5.04 x₁ + 0.035 x₂ + 10 x₃ + 3.36 x₅ − 0.063 x₄x₇
  ///     0.222 x₁₀ + 0.9 x₉ ≤ 35.82
  ///     3 x₇ − 0.99 x₁₀ ≥ 133
  ///     0.222 x₁₀ + 10 x₉/9 ≥ 35.82
  ///     −3 x₇ + x₁₀/0.99 ≥ −133
  ///     1.22 x₄ − x₁ − x₅ = 0
  ///     1.12 x₁ + 0.13167 x₁x₈ − 0.00667 x₁x₈² − 0.99 x₄ ≥ 0
  ///     1.098 x₈ − 0.038 x₈² + 0.325 x₆ − 0.99 x₇ ≥ −57.425
  ///     −1.12 x₁ − 0.13167 x₁x₈ + 0.00667 x₁x₈² + x₄/0.99 ≥ 0
  ///     −1.098 x₈ + 0.038 x₈² − 0.325 x₆ + x₇/0.99 ≥ 57.425
  ///     98000 x₃/(x₄x₉ + 1000 x₃) − x₆ = 0
  ///     (x₂ + x₅)/x₁ − x₈ = 0
  ///     0.00001 ≤ x₁ ≤ 2000,  0.00001 ≤ x₂ ≤ 16000,  0.00001 ≤ x₃ ≤ 120,
  ///     0.00001 ≤ x₄ ≤ 5000,  0.00001 ≤ x₅ ≤ 2000,  85 ≤ x₆ ≤ 93,
  ///     90 ≤ x₇ ≤ 95,  3 ≤ x₈ ≤ 12,  1.2 ≤ x₉ ≤ 4,  145 ≤ x₁₀ ≤ 162
  ///
  /// Source: Hock and Schittkowski 1981, problem 114.
  public static var hs114: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 114", number: 114,
      from: [1745, 12000, 110, 3048, 1974, 89.2, 92.8, 8, 3.6, 145],
      rows: .rows(
        [
          [0, 0, 0, 0, 0, 0, 0, 0, 0.9, 0.222],
          [0, 0, 0, 0, 0, 0, 3, 0, 0, -0.99],
          [0, 0, 0, 0, 0, 0, 0, 0, 1.1111111111111112, 0.222],
          [0, 0, 0, 0, 0, 0, -3, 0, 0, 1.0101010101010102],
          [-1, 0, 0, 1.22, -1, 0, 0, 0, 0, 0],
        ], from: [-.infinity, 133, 35.82, -133, 0],
        to: [35.82, .infinity, .infinity, .infinity, 0]),
      lower: [0, -57.425, 0, 57.425, 0, 0],
      upper: [.infinity, .infinity, .infinity, .infinity, 0, 0],
      bounds: box(
        [0.00001, 0.00001, 0.00001, 0.00001, 0.00001, 85, 90, 3, 1.2, 145],
        [2000, 16000, 120, 5000, 2000, 93, 95, 12, 4, 162]),
      landmarks: [
        .minimum(
          -1768.80696371624359,
          at: [
            1698.09476518896807, 15818.6149241829566, 54.1026823332473445,
            3031.22521736800662, 2000, 90.1154221989866757, 95,
            10.4932983067055496, 1.56163636363636364, 153.535353535353535,
          ])
      ],
      published: -1768.80696,
      source: "Hock and Schittkowski 1981", HS114())
  }

  struct HS114: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = 5.04 * x[0] + 0.035 * x[1] + 10 * x[2]
      f += 3.36 * x[4] - 0.063 * x[3] * x[6]
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var c1: Number = 1.12 * x[0] + 0.13167 * x[0] * x[7]
      c1 -= 0.00667 * x[0] * square(x[7]) + 0.99 * x[3]
      var c2: Number = 1.098 * x[7] - 0.038 * square(x[7]) + 0.325 * x[5]
      c2 -= 0.99 * x[6]
      var c3: Number = -1.12 * x[0] - 0.13167 * x[0] * x[7]
      c3 += 0.00667 * x[0] * square(x[7]) + x[3] / 0.99
      var c4: Number = -1.098 * x[7] + 0.038 * square(x[7]) - 0.325 * x[5]
      c4 += x[6] / 0.99
      let c5: Number = 98000 * x[2] / (x[3] * x[8] + 1000 * x[2]) - x[5]
      let c6: Number = (x[1] + x[4]) / x[0] - x[7]
      return [c1, c2, c3, c4, c5, c6]
    }
  }

  /// A membrane separation in three stages.
  ///
  ///     f = x₁₁ + x₁₂ + x₁₃
  ///     x₃ − x₂ ≥ 0
  ///     x₂ − x₁ ≥ 0
  ///     0.002 x₇ − 0.002 x₈ ≤ 1
  ///     50 ≤ x₁₁ + x₁₂ + x₁₃ ≤ 250
  ///     x₁₃ − 1.262626 x₁₀ + 1.231059 x₃x₁₀ ≥ 0
  ///     x₅ − 0.03475 x₂ − 0.975 x₂x₅ + 0.00975 x₂² ≥ 0
  ///     x₆ − 0.03475 x₃ − 0.975 x₃x₆ + 0.00975 x₃² ≥ 0
  ///     x₅x₇ − x₁x₈ − x₄x₇ + x₄x₈ ≥ 0
  ///     x₅ + x₆ + 0.002 (x₂x₉ + x₅x₈ − x₁x₈ − x₆x₉) ≤ 1
  ///     x₂x₉ − x₃x₁₀ − x₆x₉ − 500 x₂ + 500 x₆ + x₂x₁₀ ≥ 0
  ///     x₂ − 0.002 (x₂x₁₀ − x₃x₁₀) ≥ 0.9
  ///     x₄ − 0.03475 x₁ − 0.975 x₁x₄ + 0.00975 x₁² ≥ 0
  ///     x₁₁ − 1.262626 x₈ + 1.231059 x₁x₈ ≥ 0
  ///     x₁₂ − 1.262626 x₉ + 1.231059 x₂x₉ ≥ 0
  ///     0.1 ≤ x₁ … x₃ ≤ 1,  0.0001 ≤ x₄ ≤ 0.1,  0.1 ≤ x₅, x₆ ≤ 0.9,
  ///     0.1 ≤ x₇, x₈ ≤ 1000,  500 ≤ x₉ ≤ 1000,  0.1 ≤ x₁₀ ≤ 500,
  ///     1 ≤ x₁₁ ≤ 150,  0.0001 ≤ x₁₂, x₁₃ ≤ 150
  ///
  /// Source: Hock and Schittkowski 1981, problem 116.
  public static var hs116: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 116", number: 116,
      from: [0.5, 0.8, 0.9, 0.1, 0.14, 0.5, 489, 80, 650, 450, 150, 150, 150],
      rows: .rows(
        [
          [0, -1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
          [-1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 0.002, -0.002, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1],
        ], from: [0, 0, -.infinity, 50], to: [.infinity, .infinity, 1, 250]),
      lower: [0, 0, 0, 0, -.infinity, 0, 0.9, 0, 0, 0],
      upper: [
        .infinity, .infinity, .infinity, .infinity, 1, .infinity, .infinity,
        .infinity, .infinity, .infinity,
      ],
      bounds: box(
        [
          0.1, 0.1, 0.1, 0.0001, 0.1, 0.1, 0.1, 0.1, 500, 0.1, 1, 0.0001,
          0.0001,
        ], [1, 1, 1, 0.1, 0.9, 0.9, 1000, 1000, 1000, 500, 150, 150, 150]),
      landmarks: [
        .minimum(
          97.5875095580704792,
          at: [
            0.80377315737665446, 0.899985800673037848, 0.97098243548379619, 0.1,
            0.19081317621550711, 0.460654782852147526, 574.077573582762412,
            74.0775735827624125, 500.016160168968471, 0.1, 20.2330906973675757,
            77.3476899273073282, 0.00672893339557533464,
          ])
      ],
      published: 97.588409,
      source: "Hock and Schittkowski 1981", HS116())
  }

  struct HS116: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      x[10] + x[11] + x[12]
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = x[12] - 1.262626 * x[9] + 1.231059 * x[2] * x[9]
      var c2: Number = x[4] - 0.03475 * x[1] - 0.975 * x[1] * x[4]
      c2 += 0.00975 * square(x[1])
      var c3: Number = x[5] - 0.03475 * x[2] - 0.975 * x[2] * x[5]
      c3 += 0.00975 * square(x[2])
      let c4: Number = x[4] * x[6] - x[0] * x[7] - x[3] * x[6] + x[3] * x[7]
      var c5: Number = x[4] + x[5]
      c5 += 0.002 * (x[1] * x[8] + x[4] * x[7] - x[0] * x[7] - x[5] * x[8])
      var c6: Number = x[1] * x[8] - x[2] * x[9] - x[5] * x[8]
      c6 -= 500 * x[1] - 500 * x[5] - x[1] * x[9]
      let c7: Number = x[1] - 0.002 * (x[1] * x[9] - x[2] * x[9])
      var c8: Number = x[3] - 0.03475 * x[0] - 0.975 * x[0] * x[3]
      c8 += 0.00975 * square(x[0])
      let c9: Number = x[10] - 1.262626 * x[7] + 1.231059 * x[0] * x[7]
      let c10: Number = x[11] - 1.262626 * x[8] + 1.231059 * x[1] * x[8]
      return [c1, c2, c3, c4, c5, c6, c7, c8, c9, c10]
    }
  }
}
