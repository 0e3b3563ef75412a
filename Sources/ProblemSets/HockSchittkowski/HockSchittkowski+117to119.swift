import Differentiation
import Matrix

extension HockSchittkowski {
  /// Colville's second problem: the dual of his first.
  ///
  ///     f = −bᵀy + zᵀC z + 2 Σ dⱼ zⱼ³,  x = (y, z), y of 10 and z of 5 elements
  ///     2 (C z)ⱼ + 3 dⱼ zⱼ² + eⱼ − (Aᵀy)ⱼ ≥ 0,  j = 1 … 5
  ///     x ≥ 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 117.
  public static var hs117: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 117", number: 117,
      from: [
        0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 60, 0.001, 0.001, 0.001,
        0.001, 0.001, 0.001, 0.001, 0.001,
      ],
      lower: [15, 27, 36, 18, 12],
      upper: [.infinity, .infinity, .infinity, .infinity, .infinity],
      bounds: box(
        Vector(repeating: 0, count: 15), Vector(repeating: .infinity, count: 15)
      ),
      landmarks: [
        .minimum(
          32.3486789657227064,
          at: [
            0, 0, 5.17404072769817293, 0, 3.06110868775845004,
            11.8395456648007316, 0, 0, 0.103896190770615778, 0, 0.3,
            0.333467606534607106, 0.4, 0.428310104781698764,
            0.223964873560798146,
          ])
      ],
      published: 32.348679,
      source: "Hock and Schittkowski 1981", HS117())
  }

  struct HS117: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let z = Array(x[10...])
      var sum = 2 * Colville().cubes(z) + Colville().form(z)
      for i in 0..<10 { sum -= Number(Colville().b[i]) * x[i] }
      return sum
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let data = Colville()
      let z = Array(x[10...])
      return (0..<5).map { j in
        var c: Number = 3 * Number(data.d[j]) * square(z[j])
        for i in 0..<5 { c += Number(2 * data.c[i][j]) * z[i] }
        for i in 0..<10 { c -= Number(data.a[i][j]) * x[i] }
        return c
      }
    }
  }

  /// Fifteen quantities in five periods: a separable quadratic program.
  ///
  ///     f = Σ 2.3 x₃ₖ₊₁ + 0.0001 x₃ₖ₊₁² + 1.7 x₃ₖ₊₂ + 0.0001 x₃ₖ₊₂²
  ///         + 2.2 x₃ₖ₊₃ + 0.00015 x₃ₖ₊₃²,  k = 0 … 4
  ///     −7 ≤ x₄ − x₁ ≤ 6
  ///     −7 ≤ x₇ − x₄ ≤ 6
  ///     −7 ≤ x₁₀ − x₇ ≤ 6
  ///     −7 ≤ x₁₃ − x₁₀ ≤ 6
  ///     −7 ≤ x₅ − x₂ ≤ 7
  ///     −7 ≤ x₈ − x₅ ≤ 7
  ///     −7 ≤ x₁₁ − x₈ ≤ 7
  ///     −7 ≤ x₁₄ − x₁₁ ≤ 7
  ///     −7 ≤ x₆ − x₃ ≤ 6
  ///     −7 ≤ x₉ − x₆ ≤ 6
  ///     −7 ≤ x₁₂ − x₉ ≤ 6
  ///     −7 ≤ x₁₅ − x₁₂ ≤ 6
  ///     x₁ + x₂ + x₃ ≥ 60
  ///     x₄ + x₅ + x₆ ≥ 50
  ///     x₇ + x₈ + x₉ ≥ 70
  ///     x₁₀ + x₁₁ + x₁₂ ≥ 85
  ///     x₁₃ + x₁₄ + x₁₅ ≥ 100
  ///     8 ≤ x₁ ≤ 21,  43 ≤ x₂ ≤ 57,  3 ≤ x₃ ≤ 16,  0 ≤ x₄ ≤ 90,
  ///     0 ≤ x₅ ≤ 120,  0 ≤ x₆ ≤ 60,  0 ≤ x₇ ≤ 90,  0 ≤ x₈ ≤ 120,
  ///     0 ≤ x₉ ≤ 60,  0 ≤ x₁₀ ≤ 90,  0 ≤ x₁₁ ≤ 120,  0 ≤ x₁₂ ≤ 60,
  ///     0 ≤ x₁₃ ≤ 90,  0 ≤ x₁₄ ≤ 120,  0 ≤ x₁₅ ≤ 60
  ///
  /// Source: Hock and Schittkowski 1981, problem 118.
  public static var hs118: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 118", number: 118,
      from: [20, 55, 15, 20, 60, 20, 20, 60, 20, 20, 60, 20, 20, 60, 20],
      rows: .rows(
        [
          [-1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0, 1, 0, 0],
          [0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0, 1, 0],
          [0, 0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0, 1, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0, 1],
          [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1],
        ],
        from: [
          -7, -7, -7, -7, -7, -7, -7, -7, -7, -7, -7, -7, 60, 50, 70, 85, 100,
        ],
        to: [
          6, 6, 6, 6, 7, 7, 7, 7, 6, 6, 6, 6, .infinity, .infinity, .infinity,
          .infinity, .infinity,
        ]),
      bounds: box(
        [8, 43, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [21, 57, 16, 90, 120, 60, 90, 120, 60, 90, 120, 60, 90, 120, 60]),
      landmarks: [
        .minimum(
          664.82045, at: [8, 49, 3, 1, 56, 0, 1, 63, 6, 3, 70, 12, 5, 77, 18])
      ],
      published: 664.82045,
      source: "Hock and Schittkowski 1981", HS118())
  }

  struct HS118: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum: Number = 0
      for k in 0..<5 {
        let (a, b, c) = (x[3 * k], x[3 * k + 1], x[3 * k + 2])
        sum += 2.3 * a + 0.0001 * square(a)
        sum += 1.7 * b + 0.0001 * square(b)
        sum += 2.2 * c + 0.00015 * square(c)
      }
      return sum
    }
  }

  /// Products of quadratics on eight planes.
  ///
  ///     f = Σ Σ aᵢⱼ (xᵢ² + xᵢ + 1)(xⱼ² + xⱼ + 1),  aᵢⱼ = 0 or 1
  ///     0.22 x₁ + 0.2 x₂ + 0.19 x₃ + 0.25 x₄ + 0.15 x₅ + 0.11 x₆ + 0.12 x₇
  ///     + 0.13 x₈ + x₉ = 2.5
  ///     −1.46 x₁ − 1.3 x₃ + 1.82 x₄ − 1.15 x₅ + 0.8 x₇ + x₁₀ = 1.1
  ///     1.29 x₁ − 0.89 x₂ − 1.16 x₅ − 0.96 x₆ − 0.49 x₈ + x₁₁ = −3.1
  ///     −1.1 x₁ − 1.06 x₂ + 0.95 x₃ − 0.54 x₄ − 1.78 x₆ − 0.41 x₇
  ///     + x₁₂ = −3.5
  ///     −1.43 x₄ + 1.51 x₅ + 0.59 x₆ − 0.33 x₇ − 0.43 x₈ + x₁₃ = 1.3
  ///     −1.72 x₂ − 0.33 x₃ + 1.62 x₅ + 1.24 x₆ + 0.21 x₇ − 0.26 x₈
  ///     + x₁₄ = 2.1
  ///     1.12 x₁ + 0.31 x₄ + 1.12 x₇ − 0.36 x₉ + x₁₅ = 2.3
  ///     0.45 x₂ + 0.26 x₃ − 1.1 x₄ + 0.58 x₅ − 1.03 x₇ + 0.1 x₈ + x₁₆ = −1.5
  ///     0 ≤ x ≤ 5
  ///
  /// Source: Hock and Schittkowski 1981, problem 119.
  public static var hs119: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 119", number: 119, from: Vector(repeating: 10, count: 16),
      rows: .rows(
        [
          [
            0.22, 0.2, 0.19, 0.25, 0.15, 0.11, 0.12, 0.13, 1, 0, 0, 0, 0, 0, 0,
            0,
          ], [-1.46, 0, -1.3, 1.82, -1.15, 0, 0.8, 0, 0, 1, 0, 0, 0, 0, 0, 0],
          [1.29, -0.89, 0, 0, -1.16, -0.96, 0, -0.49, 0, 0, 1, 0, 0, 0, 0, 0],
          [
            -1.1, -1.06, 0.95, -0.54, 0, -1.78, -0.41, 0, 0, 0, 0, 1, 0, 0, 0,
            0,
          ],
          [0, 0, 0, -1.43, 1.51, 0.59, -0.33, -0.43, 0, 0, 0, 0, 1, 0, 0, 0],
          [
            0, -1.72, -0.33, 0, 1.62, 1.24, 0.21, -0.26, 0, 0, 0, 0, 0, 1, 0, 0,
          ], [1.12, 0, 0, 0.31, 0, 0, 1.12, 0, -0.36, 0, 0, 0, 0, 0, 1, 0],
          [0, 0.45, 0.26, -1.1, 0.58, 0, -1.03, 0.1, 0, 0, 0, 0, 0, 0, 0, 1],
        ], equalTo: [2.5, 1.1, -3.1, -3.5, 1.3, 2.1, 2.3, -1.5]),
      bounds: box(
        Vector(repeating: 0, count: 16), Vector(repeating: 5, count: 16)),
      landmarks: [
        .minimum(
          244.899697516800859,
          at: [
            0.0398473514111224897, 0.791983155688380807, 0.202870330251036017,
            0.844357916365675022, 1.26990645286650274, 0.934738707824642968,
            1.68196196924691909, 0.155300877389568696, 1.56787033355180093, 0,
            0, 0, 0.660204066086954626, 0, 0.674255926868282507, 0,
          ])
      ],
      published: 244.899698,
      source: "Hock and Schittkowski 1981", HS119())
  }

  struct HS119: ConstrainedFormula {
    /// The j > i with aᵢⱼ = 1, counted from 0, and aᵢᵢ = 1.
    let others: [[Int]] = [
      [3, 6, 7, 15],
      [2, 6, 9],
      [6, 8, 9, 13],
      [6, 10, 14],
      [5, 9, 11, 15],
      [7, 14],
      [10, 12],
      [9, 14],
      [11, 15],
      [13],
      [12],
      [13],
      [13],
      [],
      [],
      [],
    ]

    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let q = x.map { square($0) + $0 + 1 }
      var sum: Number = 0
      for i in 0..<16 {
        sum += square(q[i])
        for j in others[i] { sum += q[i] * q[j] }
      }
      return sum
    }
  }
}
