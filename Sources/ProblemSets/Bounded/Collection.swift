import Differentiation
import Matrix

extension BoundedProblems {
  /// The logarithm of Rosenbrock's valley, from outside.
  ///
  ///     f = ln(1 + 10⁴ (x₂ − x₁²)² + (1 − x₁)²),  x ≥ 0
  ///
  /// Source: Bongartz, Conn, Gould and Toint 1995 (CUTE).
  public static var logros: BoundedTestProblem {
    BoundedTestProblem(
      "LOGROS", from: [-1.2, 1], lower: [0, 0],
      upper: [.infinity, .infinity],
      landmarks: [.minimum(0, at: [1, 1])],
      source: "Bongartz, Conn, Gould and Toint 1995 (CUTE)", Logros())
  }

  struct Logros: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let (a, b) = (x[1] - x[0] * x[0], 1 - x[0])
      return .log(1 + 10000 * a * a + b * b)
    }
  }

  /// The six-hump camel in a box.
  ///
  /// Source: Branin 1972; Bongartz, Conn, Gould and Toint 1995 (CUTE).
  public static var camel6: BoundedTestProblem {
    BoundedTestProblem(
      "CAMEL6", from: [1.1, 1.1], lower: [-3, -1.5], upper: [3, 1.5],
      landmarks: UnconstrainedProblems.sixHumpCamel.landmarks,
      source: "Branin 1972", UnconstrainedProblems.SixHumpCamel())
  }

  /// A minimum where a slope meets a bound at the end of a winding valley.
  ///
  ///     f = 100 (sin x₁ − x₂)² + x₁,  x₁ ≥ 0
  ///
  /// Source: Bongartz, Conn, Gould and Toint 1995 (CUTE).
  public static var mdhole: BoundedTestProblem {
    BoundedTestProblem(
      "MDHOLE", from: [10, 1], lower: [0, -.infinity],
      upper: [.infinity, .infinity],
      landmarks: [.minimum(0, at: [0, 0])],
      source: "Bongartz, Conn, Gould and Toint 1995 (CUTE)", Mdhole())
  }

  struct Mdhole: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let a = .sin(x[0]) - x[1]
      return 100 * a * a + x[0]
    }
  }

  /// Four wells of Gaussian shape in the unit cube, with the coefficients of
  /// Hartman's function.
  ///
  ///     f = −Σ cᵢ exp(−Σ aᵢⱼ (xⱼ − pᵢⱼ)²)
  ///
  /// Source: Hartman 1973; Dixon and Szegő 1978.
  public static var hart6: BoundedTestProblem {
    BoundedTestProblem(
      "HART6", from: Vector(repeating: 0.2, count: 6), lower: .zeros(6),
      upper: Vector(repeating: 1, count: 6),
      landmarks: [
        .minimum(
          -3.32236801141551480,
          at: [
            0.201689511006705424, 0.150010691823457969, 0.47687397422189699,
            0.275332430494056068, 0.311651616600113242, 0.657300534065620306,
          ])
      ],
      source: "Hartman 1973", Hart6())
  }

  struct Hart6: ObjectiveFormula {
    let a: [[Double]] = [
      [10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14],
      [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14],
    ]
    let p: [[Double]] = [
      [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
      [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
      [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
      [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ]
    let c = [1, 1.2, 3, 3.2]

    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in 0..<4 {
        var square = Number(0)
        for j in 0..<6 {
          let d = x[j] - Number(p[i][j])
          square += Number(a[i][j]) * d * d
        }
        sum -= Number(c[i]) * .exp(-square)
      }
      return sum
    }
  }

  /// McCormick's function, chained, with the last variable at its bound.
  ///
  ///     f = Σ sin(xᵢ + xᵢ₊₁) + (xᵢ − xᵢ₊₁)² − 1.5xᵢ + 2.5xᵢ₊₁ + 1
  ///     −1.5 ≤ xᵢ ≤ 3,  n = 12
  ///
  /// Source: Bongartz, Conn, Gould and Toint 1995 (CUTE).
  public static var mccormck: BoundedTestProblem {
    BoundedTestProblem(
      "MCCORMCK, n = 12", from: Vector(repeating: 1, count: 12),
      lower: Vector(repeating: -1.5, count: 12),
      upper: Vector(repeating: 3, count: 12),
      landmarks: [
        .minimum(
          -11.4244533017422741,
          at: [
            -0.326722138208355909, -0.915263135418296914, -1.02107088961444794,
            -1.04185733314353278, -1.04610691390463435, -1.04701534072158607,
            -1.04736678823527926, -1.04823490520516974, -1.05226340198229697,
            -1.07156475947199667, -1.16059925570347908, -1.5,
          ])
      ],
      source: "Bongartz, Conn, Gould and Toint 1995 (CUTE)", McCormick())
  }

  struct McCormick: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in 0..<x.count - 1 {
        let (a, b) = (x[i], x[i + 1])
        let wave: Number = .sin(a + b)
        sum += wave + (a - b) * (a - b) - 1.5 * a + 2.5 * b + 1
      }
      return sum
    }
  }

  /// A minimum at bounds that do not press: the multipliers are 0.
  ///
  ///     f = (x₁ − 1)² + 4 Σ (xᵢ − xᵢ₋₁²)²,  x₁, x₃, … ≥ 1
  ///
  /// Source: Lescrenier 1988; Bongartz, Conn, Gould and Toint 1995 (CUTE).
  public static func nonscomp(_ n: Int = 12) -> BoundedTestProblem {
    BoundedTestProblem(
      "NONSCOMP, n = \(n)", from: Vector(repeating: 3, count: n),
      lower: Vector(count: n) { $0.isMultiple(of: 2) ? 1 : -100 },
      upper: Vector(repeating: 100, count: n),
      landmarks: [.minimum(0, at: Vector(repeating: 1, count: n))],
      source: "Lescrenier 1988", Nonscomp())
  }

  struct Nonscomp: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = (x[0] - 1) * (x[0] - 1)
      for i in 1..<x.count {
        let r = x[i] - x[i - 1] * x[i - 1]
        sum += 4 * r * r
      }
      return sum
    }
  }
}
