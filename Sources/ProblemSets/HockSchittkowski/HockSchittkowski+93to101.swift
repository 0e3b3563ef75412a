import Differentiation
import Matrix

extension HockSchittkowski {
  /// The volumes of a transformer.
  ///
  ///     f = 0.0204 x₁x₄ a + 0.0187 x₂x₃ b + 0.0607 x₁x₄x₅² a
  ///         + 0.0437 x₂x₃x₆² b
  ///     a = x₁ + x₂ + x₃
  ///     b = x₁ + 1.57 x₂ + x₄
  ///     0.001 x₁x₂x₃x₄x₅x₆ ≥ 2.07
  ///     0.00062 x₁x₄x₅² a + 0.00058 x₂x₃x₆² b ≤ 1
  ///     x ≥ 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 93.
  public static var hs93: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 93", number: 93, from: [5.54, 4.4, 12.02, 11.82, 0.702, 0.852],
      lower: [2.07, -.infinity], upper: [.infinity, 1],
      bounds: box(
        Vector(repeating: 0, count: 6), Vector(repeating: .infinity, count: 6)),
      landmarks: [
        .minimum(
          135.075962829151804,
          at: [
            5.33266633552881154, 4.65674405917202155, 10.4329919404682764,
            12.0823063400636961, 0.752607436223832244, 0.878650874659139325,
          ])
      ],
      published: 135.075961,
      source: "Hock and Schittkowski 1981", HS93())
  }

  struct HS93: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let a: Number = x[0] + x[1] + x[2]
      let b: Number = x[0] + 1.57 * x[1] + x[3]
      var f: Number = 0.0204 * x[0] * x[3] * a
      f += 0.0187 * x[1] * x[2] * b
      f += 0.0607 * x[0] * x[3] * square(x[4]) * a
      f += 0.0437 * x[1] * x[2] * square(x[5]) * b
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let a: Number = x[0] + x[1] + x[2]
      let b: Number = x[0] + 1.57 * x[1] + x[3]
      let c1: Number = 0.001 * x[0] * x[1] * x[2] * x[3] * x[4] * x[5]
      var c2: Number = 0.00062 * x[0] * x[3] * square(x[4]) * a
      c2 += 0.00058 * x[1] * x[2] * square(x[5]) * b
      return [c1, c2]
    }
  }

  /// A blend with products, first right-hand side.
  ///
  ///     f = 4.3 x₁ + 31.8 x₂ + 63.3 x₃ + 15.8 x₄ + 68.5 x₅ + 4.7 x₆
  ///     17.1 x₁ + 38.2 x₂ + 204.2 x₃ + 212.3 x₄ + 623.4 x₅ + 1495.5 x₆
  ///     − 169 x₁x₃ − 3580 x₃x₅ − 3810 x₄x₅ − 18500 x₄x₆ − 24300 x₅x₆ ≥ 4.97
  ///     17.9 x₁ + 36.8 x₂ + 113.9 x₃ + 169.7 x₄ + 337.8 x₅ + 1385.2 x₆
  ///     − 139 x₁x₃ − 2450 x₄x₅ − 16600 x₄x₆ − 17200 x₅x₆ ≥ −1.88
  ///     −273 x₂ − 70 x₄ − 819 x₅ + 26000 x₄x₅ ≥ −29.08
  ///     159.9 x₁ − 311 x₂ + 587 x₄ + 391 x₅ + 2198 x₆ − 14000 x₁x₆ ≥ −78.02
  ///     0 ≤ x₁ ≤ 0.31,  0 ≤ x₂ ≤ 0.046,  0 ≤ x₃ ≤ 0.068,  0 ≤ x₄ ≤ 0.042,
  ///     0 ≤ x₅ ≤ 0.028,  0 ≤ x₆ ≤ 0.0134
  ///
  /// Source: Hock and Schittkowski 1981, problem 95.
  public static var hs95: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 95", number: 95, from: Vector(repeating: 0, count: 6),
      lower: [4.97, -1.88, -29.08, -78.02],
      upper: [.infinity, .infinity, .infinity, .infinity],
      bounds: box(
        Vector(repeating: 0, count: 6),
        [0.31, 0.046, 0.068, 0.042, 0.028, 0.0134]),
      landmarks: [
        .minimum(
          0.0156195252423938482, at: [0, 0, 0, 0, 0, 0.0033233032430625209])
      ],
      published: 0.015619514,
      source: "Hock and Schittkowski 1981", HS95())
  }

  struct HS95: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = 4.3 * x[0] + 31.8 * x[1] + 63.3 * x[2]
      f += 15.8 * x[3] + 68.5 * x[4] + 4.7 * x[5]
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var c1: Number = 17.1 * x[0] + 38.2 * x[1] + 204.2 * x[2]
      c1 += 212.3 * x[3] + 623.4 * x[4] + 1495.5 * x[5]
      c1 -= 169 * x[0] * x[2] + 3580 * x[2] * x[4]
      c1 -= 3810 * x[3] * x[4] + 18500 * x[3] * x[5]
      c1 -= 24300 * x[4] * x[5]
      var c2: Number = 17.9 * x[0] + 36.8 * x[1] + 113.9 * x[2]
      c2 += 169.7 * x[3] + 337.8 * x[4] + 1385.2 * x[5]
      c2 -= 139 * x[0] * x[2] + 2450 * x[3] * x[4]
      c2 -= 16600 * x[3] * x[5] + 17200 * x[4] * x[5]
      var c3: Number = -273 * x[1] - 70 * x[3] - 819 * x[4]
      c3 += 26000 * x[3] * x[4]
      var c4: Number = 159.9 * x[0] - 311 * x[1] + 587 * x[3]
      c4 += 391 * x[4] + 2198 * x[5] - 14000 * x[0] * x[5]
      return [c1, c2, c3, c4]
    }
  }

  /// A blend with products, second right-hand side.
  ///
  ///     f = 4.3 x₁ + 31.8 x₂ + 63.3 x₃ + 15.8 x₄ + 68.5 x₅ + 4.7 x₆
  ///     17.1 x₁ + 38.2 x₂ + 204.2 x₃ + 212.3 x₄ + 623.4 x₅ + 1495.5 x₆
  ///     − 169 x₁x₃ − 3580 x₃x₅ − 3810 x₄x₅ − 18500 x₄x₆ − 24300 x₅x₆ ≥ 4.97
  ///     17.9 x₁ + 36.8 x₂ + 113.9 x₃ + 169.7 x₄ + 337.8 x₅ + 1385.2 x₆
  ///     − 139 x₁x₃ − 2450 x₄x₅ − 16600 x₄x₆ − 17200 x₅x₆ ≥ −1.88
  ///     −273 x₂ − 70 x₄ − 819 x₅ + 26000 x₄x₅ ≥ −69.08
  ///     159.9 x₁ − 311 x₂ + 587 x₄ + 391 x₅ + 2198 x₆ − 14000 x₁x₆ ≥ −118.02
  ///     0 ≤ x₁ ≤ 0.31,  0 ≤ x₂ ≤ 0.046,  0 ≤ x₃ ≤ 0.068,  0 ≤ x₄ ≤ 0.042,
  ///     0 ≤ x₅ ≤ 0.028,  0 ≤ x₆ ≤ 0.0134
  ///
  /// Source: Hock and Schittkowski 1981, problem 96.
  public static var hs96: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 96", number: 96, from: Vector(repeating: 0, count: 6),
      lower: [4.97, -1.88, -69.08, -118.02],
      upper: [.infinity, .infinity, .infinity, .infinity],
      bounds: box(
        Vector(repeating: 0, count: 6),
        [0.31, 0.046, 0.068, 0.042, 0.028, 0.0134]),
      landmarks: [
        .minimum(
          0.0156195252423938482, at: [0, 0, 0, 0, 0, 0.0033233032430625209])
      ],
      published: 0.015619513,
      source: "Hock and Schittkowski 1981", HS95())
  }

  /// A blend with products, third right-hand side.
  ///
  ///     f = 4.3 x₁ + 31.8 x₂ + 63.3 x₃ + 15.8 x₄ + 68.5 x₅ + 4.7 x₆
  ///     17.1 x₁ + 38.2 x₂ + 204.2 x₃ + 212.3 x₄ + 623.4 x₅ + 1495.5 x₆
  ///     − 169 x₁x₃ − 3580 x₃x₅ − 3810 x₄x₅ − 18500 x₄x₆ − 24300 x₅x₆ ≥ 32.97
  ///     17.9 x₁ + 36.8 x₂ + 113.9 x₃ + 169.7 x₄ + 337.8 x₅ + 1385.2 x₆
  ///     − 139 x₁x₃ − 2450 x₄x₅ − 16600 x₄x₆ − 17200 x₅x₆ ≥ 25.12
  ///     −273 x₂ − 70 x₄ − 819 x₅ + 26000 x₄x₅ ≥ −29.08
  ///     159.9 x₁ − 311 x₂ + 587 x₄ + 391 x₅ + 2198 x₆ − 14000 x₁x₆ ≥ −78.02
  ///     0 ≤ x₁ ≤ 0.31,  0 ≤ x₂ ≤ 0.046,  0 ≤ x₃ ≤ 0.068,  0 ≤ x₄ ≤ 0.042,
  ///     0 ≤ x₅ ≤ 0.028,  0 ≤ x₆ ≤ 0.0134
  ///
  /// Source: Hock and Schittkowski 1981, problem 97.
  public static var hs97: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 97", number: 97, from: Vector(repeating: 0, count: 6),
      lower: [32.97, 25.12, -29.08, -78.02],
      upper: [.infinity, .infinity, .infinity, .infinity],
      bounds: box(
        Vector(repeating: 0, count: 6),
        [0.31, 0.046, 0.068, 0.042, 0.028, 0.0134]),
      landmarks: [
        .minimum(
          3.13580912280701754,
          at: [0.268564912280701754, 0, 0, 0, 0.028, 0.0134]),
        .localMinimum(
          4.07124635651322233, at: [0, 0, 0.063321743388834476, 0, 0, 0.0134]),
      ],
      published: 3.1358091,
      source: "Hock and Schittkowski 1981", HS95())
  }

  /// A blend with products, fourth right-hand side.
  ///
  ///     f = 4.3 x₁ + 31.8 x₂ + 63.3 x₃ + 15.8 x₄ + 68.5 x₅ + 4.7 x₆
  ///     17.1 x₁ + 38.2 x₂ + 204.2 x₃ + 212.3 x₄ + 623.4 x₅ + 1495.5 x₆
  ///     − 169 x₁x₃ − 3580 x₃x₅ − 3810 x₄x₅ − 18500 x₄x₆ − 24300 x₅x₆ ≥ 32.97
  ///     17.9 x₁ + 36.8 x₂ + 113.9 x₃ + 169.7 x₄ + 337.8 x₅ + 1385.2 x₆
  ///     − 139 x₁x₃ − 2450 x₄x₅ − 16600 x₄x₆ − 17200 x₅x₆ ≥ 25.12
  ///     −273 x₂ − 70 x₄ − 819 x₅ + 26000 x₄x₅ ≥ −124.08
  ///     159.9 x₁ − 311 x₂ + 587 x₄ + 391 x₅ + 2198 x₆ − 14000 x₁x₆ ≥ −173.02
  ///     0 ≤ x₁ ≤ 0.31,  0 ≤ x₂ ≤ 0.046,  0 ≤ x₃ ≤ 0.068,  0 ≤ x₄ ≤ 0.042,
  ///     0 ≤ x₅ ≤ 0.028,  0 ≤ x₆ ≤ 0.0134
  ///
  /// Source: Hock and Schittkowski 1981, problem 98.
  public static var hs98: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 98", number: 98, from: Vector(repeating: 0, count: 6),
      lower: [32.97, 25.12, -124.08, -173.02],
      upper: [.infinity, .infinity, .infinity, .infinity],
      bounds: box(
        Vector(repeating: 0, count: 6),
        [0.31, 0.046, 0.068, 0.042, 0.028, 0.0134]),
      landmarks: [
        .minimum(
          3.13580912280701754,
          at: [0.268564912280701754, 0, 0, 0, 0.028, 0.0134]),
        .localMinimum(
          4.07124635651322233, at: [0, 0, 0.063321743388834476, 0, 0, 0.0134]),
      ],
      published: 3.1358091,
      source: "Hock and Schittkowski 1981", HS95())
  }

  /// The ascent of a rocket.
  ///
  ///     f = −r₈²,  q₈ = 100000,  s₈ = 1000
  ///     rᵢ = aᵢ Δᵢ cos xᵢ₋₁ + rᵢ₋₁,  sᵢ = Δᵢ (aᵢ sin xᵢ₋₁ − 32) + sᵢ₋₁
  ///     qᵢ = ½ Δᵢ² (aᵢ sin xᵢ₋₁ − 32) + Δᵢ sᵢ₋₁ + qᵢ₋₁,  r₁ = q₁ = s₁ = 0
  ///     0 ≤ x ≤ 1.58
  ///
  /// Source: Hock and Schittkowski 1981, problem 99.
  public static var hs99: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 99", number: 99, from: Vector(repeating: 0.5, count: 7),
      lower: [100000, 1000], upper: [100000, 1000],
      bounds: box(
        Vector(repeating: 0, count: 7), Vector(repeating: 1.58, count: 7)),
      landmarks: [
        .minimum(
          -831079891.510107532,
          at: [
            0.542467816212317016, 0.529021424201976727, 0.508449155316400089,
            0.480268850961815867, 0.451236349796646721, 0.409183082420985312,
            0.352787891781122814,
          ])
      ],
      published: -831079892,
      source: "Hock and Schittkowski 1981", HS99())
  }

  struct HS99: ConstrainedFormula {
    let a: [Double] = [50, 50, 75, 75, 75, 100, 100]
    /// Δ.
    let steps: [Double] = [25, 25, 50, 50, 50, 90, 90]

    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var r: Number = 0
      for i in 0..<7 { r += Number(a[i] * steps[i]) * Number.cos(x[i]) }
      return -square(r)
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var (q, s): (Number, Number) = (0, 0)
      for i in 0..<7 {
        let step = Number(steps[i])
        let thrust: Number = Number(a[i]) * Number.sin(x[i]) - 32
        q += step * step * thrust / 2 + step * s
        s += step * thrust
      }
      return [q, s]
    }
  }

  /// Wong's first problem: powers up to six with four constraints.
  ///
  ///     f = (x₁ − 10)² + 5 (x₂ − 12)² + x₃⁴ + 3 (x₄ − 11)² + 10 x₅⁶
  ///         + 7 x₆² + x₇⁴ − 4 x₆x₇ − 10 x₆ − 8 x₇
  ///     2 x₁² + 3 x₂⁴ + x₃ + 4 x₄² + 5 x₅ ≤ 127
  ///     7 x₁ + 3 x₂ + 10 x₃² + x₄ − x₅ ≤ 282
  ///     23 x₁ + x₂² + 6 x₆² − 8 x₇ ≤ 196
  ///     4 x₁² + x₂² − 3 x₁x₂ + 2 x₃² + 5 x₆ − 11 x₇ ≤ 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 100.
  public static var hs100: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 100", number: 100, from: [1, 2, 0, 4, 0, 1, 1],
      lower: [-.infinity, -.infinity, -.infinity, -.infinity],
      upper: [127, 282, 196, 0],
      landmarks: [
        .minimum(
          680.630057374402149,
          at: [
            2.33049937287957, 1.95137237289688897, -0.477541392388871628,
            4.36572623365581015, -0.62448697052681741, 1.03813101860795834,
            1.59422671161186845,
          ])
      ],
      published: 680.6300573,
      source: "Hock and Schittkowski 1981", HS100())
  }

  struct HS100: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(x[0] - 10) + 5 * square(x[1] - 12)
      f += fourth(x[2]) + 3 * square(x[3] - 11)
      f += 10 * sixth(x[4]) + 7 * square(x[5]) + fourth(x[6])
      f -= 4 * x[5] * x[6] + 10 * x[5] + 8 * x[6]
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var c1: Number = 2 * square(x[0]) + 3 * fourth(x[1]) + x[2]
      c1 += 4 * square(x[3]) + 5 * x[4]
      var c2: Number = 7 * x[0] + 3 * x[1] + 10 * square(x[2])
      c2 += x[3] - x[4]
      var c3: Number = 23 * x[0] + square(x[1]) + 6 * square(x[5])
      c3 -= 8 * x[6]
      var c4: Number = 4 * square(x[0]) + square(x[1]) - 3 * x[0] * x[1]
      c4 += 2 * square(x[2]) + 5 * x[5] - 11 * x[6]
      return [c1, c2, c3, c4]
    }
  }

  /// Dembo's geometric program, exponent -0.25.
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
  /// Source: Hock and Schittkowski 1981, problem 101.
  public static var hs101: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 101", number: 101, from: Vector(repeating: 6, count: 7),
      lower: [-.infinity, -.infinity, -.infinity, -.infinity, 100],
      upper: [1, 1, 1, 1, 3000],
      bounds: box(
        [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.01], Vector(repeating: 10, count: 7)),
      landmarks: [
        .minimum(
          1809.76476557141352,
          at: [
            2.85615855575514655, 0.610823030803450458, 2.15081256216447364,
            4.71287370924123026, 0.999487540857464224, 1.34750750482833083,
            0.0316527665027743039,
          ])
      ],
      published: 1809.76476,
      source: "Hock and Schittkowski 1981", HS101(exponent: -0.25))
  }

  struct HS101: ConstrainedFormula {
    let exponent: Double

    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var y: Number =
        10 * x[0] * square(x[3]) * Number.pow(x[6], Number(exponent))
        / (x[1] * cube(x[5]))
      y += 15 * x[2] * x[3] / (x[0] * square(x[1]) * x[4] * Number.sqrt(x[6]))
      y += 20 * x[1] * x[5] / (square(x[0]) * x[3] * square(x[4]))
      y +=
        25 * square(x[0]) * square(x[1]) * Number.sqrt(x[4]) * x[6]
        / (x[2] * square(x[5]))
      return y
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var y: Number =
        10 * x[0] * square(x[3]) * Number.pow(x[6], Number(exponent))
        / (x[1] * cube(x[5]))
      y += 15 * x[2] * x[3] / (x[0] * square(x[1]) * x[4] * Number.sqrt(x[6]))
      y += 20 * x[1] * x[5] / (square(x[0]) * x[3] * square(x[4]))
      y +=
        25 * square(x[0]) * square(x[1]) * Number.sqrt(x[4]) * x[6]
        / (x[2] * square(x[5]))
      var c1: Number = 0.5 * Number.sqrt(x[0]) * x[6] / (x[2] * square(x[5]))
      c1 += 0.7 * cube(x[0]) * x[1] * x[5] * Number.sqrt(x[6]) / square(x[2])
      c1 +=
        0.2 * x[2] * Number.pow(x[5], 2.0 / 3) * Number.pow(x[6], 0.25)
        / (x[1] * Number.sqrt(x[3]))
      var c2: Number = 1.3 * x[1] * x[5] / (Number.sqrt(x[0]) * x[2] * x[4])
      c2 += 0.8 * x[2] * square(x[5]) / (x[3] * x[4])
      c2 +=
        3.1 * Number.sqrt(x[1]) * Number.pow(x[5], 1.0 / 3)
        / (x[0] * square(x[3]) * x[4])
      var c3: Number =
        2 * x[0] * x[4] * Number.pow(x[6], 1.0 / 3)
        / (Number.pow(x[2], 1.5) * x[5])
      c3 += 0.1 * x[1] * x[4] / (Number.sqrt(x[2] * x[6]) * x[5])
      c3 += x[1] * Number.sqrt(x[2]) * x[4] / x[0]
      c3 += 0.65 * x[2] * x[4] * x[6] / (square(x[1]) * x[5])
      var c4: Number =
        0.2 * x[1] * Number.sqrt(x[4]) * Number.pow(x[6], 1.0 / 3)
        / (square(x[0]) * x[3])
      c4 +=
        0.3 * Number.sqrt(x[0]) * square(x[1]) * x[2]
        * Number.pow(x[3], 1.0 / 3) * Number.pow(x[6], 0.25)
        / Number.pow(x[4], 2.0 / 3)
      c4 +=
        0.4 * x[2] * x[4] * Number.pow(x[6], 0.75) / (cube(x[0]) * square(x[1]))
      c4 += 0.5 * x[3] * Number.sqrt(x[6]) / square(x[2])
      return [c1, c2, c3, c4, y]
    }
  }
}
