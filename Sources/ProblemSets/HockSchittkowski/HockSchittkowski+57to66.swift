import Differentiation
import Matrix

extension HockSchittkowski {
  /// An exponential fitted to 44 data.
  ///
  ///     f = Σ (bᵢ − x₁ − (0.49 − x₁) exp(−x₂ (aᵢ − 8)))²,  i = 1 … 44
  ///     0.49 x₂ − x₁x₂ ≥ 0.09
  ///     x₁ ≥ 0.4,  x₂ ≥ −4
  ///
  /// Source: Hock and Schittkowski 1981, problem 57.
  public static var hs57: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 57", number: 57, from: [0.42, 5],
      lower: [0.09], upper: [.infinity],
      bounds: box([0.4, -4], [.infinity, .infinity]),
      landmarks: [
        .minimum(
          0.0284596697229867057,
          at: [0.419952650757801225, 1.28484519362484465]),
        .atInfinity(
          0.0306476190476190476, "x₂ → ∞, where all but x₁ is forgotten"),
      ],
      published: 0.02845966972,
      source: "Hock and Schittkowski 1981", HS57())
  }

  struct HS57: ConstrainedFormula {
    let a: [Double] = [
      8, 8, 10, 10, 10, 10, 12, 12, 12, 12, 14, 14, 14, 16, 16, 16, 18, 18, 20,
      20, 20, 22, 22, 22, 24, 24, 24, 26, 26, 26, 28, 28, 30, 30, 30, 32, 32,
      34, 36, 36, 38, 38, 40, 42,
    ]
    let b: [Double] = [
      0.49, 0.49, 0.48, 0.47, 0.48, 0.47, 0.46, 0.46, 0.45, 0.43, 0.45, 0.43,
      0.43, 0.44, 0.43, 0.43, 0.46, 0.45, 0.42, 0.42, 0.43, 0.41, 0.41, 0.40,
      0.42, 0.40, 0.40, 0.41, 0.40, 0.41, 0.41, 0.40, 0.40, 0.40, 0.38, 0.41,
      0.40, 0.40, 0.41, 0.38, 0.40, 0.40, 0.39, 0.39,
    ]

    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum: Number = 0
      for (a, b) in zip(a, b) {
        let decay = Number.exp(x[1] * Number(8 - a))
        sum += square(Number(b) - x[0] - (0.49 - x[0]) * decay)
      }
      return sum
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [0.49 * x[1] - x[0] * x[1]]
    }
  }

  /// Rosenbrock's valley outside of two parabolas and a circle.
  ///
  ///     f = 100 (x₂ − x₁²)² + (1 − x₁)²
  ///     x₂² − x₁ ≥ 0
  ///     x₁² − x₂ ≥ 0
  ///     x₁² + x₂² ≥ 1
  ///     −2 ≤ x₁ ≤ 0.5
  ///
  /// Source: Hock and Schittkowski 1981, problem 58.
  public static var hs58: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 58", number: 58, from: [-2, 1],
      lower: [0, 0, 1], upper: [.infinity, .infinity, .infinity],
      bounds: box([-2, -.infinity], [0.5, .infinity]),
      landmarks: [
        .minimum(
          3.19033674426474142,
          at: [-0.786151377757423286, 0.618033988749894848])
      ],
      published: 3.19033354957,
      source: "Hock and Schittkowski 1981", HS58())
  }

  struct HS58: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      rosenbrock(x)
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = square(x[1]) - x[0]
      let c2: Number = square(x[0]) - x[1]
      let c3: Number = square(x[0]) + square(x[1])
      return [c1, c2, c3]
    }
  }

  /// A polynomial of degree six with an exponential, between three curves.
  ///
  ///     f = −75.196 + 3.8112 x₁ − 0.12694 x₁² + 0.0020567 x₁³
  ///         − 0.000010345 x₁⁴ + 6.8306 x₂ − 0.030234 x₁x₂
  ///         + 0.00128134 x₂x₁² − 0.000035256 x₁³ x₂ + 0.0000002266 x₁⁴x₂
  ///         − 0.25645 x₂² + 0.0034604 x₂³ − 0.000013514 x₂⁴ + 28.106/(x₂
  ///         + 1) + 0.0000052375 x₁² x₂² + 0.000000063 x₁³ x₂²
  ///         − 0.0000000007 x₁³ x₂³ − 0.00034054 x₁x₂² + 0.0000016638 x₁x₂³
  ///         + 2.8673 exp(0.0005 x₁x₂)
  ///     x₁x₂ ≥ 700
  ///     x₂ − x₁²/125 ≥ 0
  ///     (x₂ − 50)² − 5 (x₁ − 55) ≥ 0
  ///     0 ≤ x₁ ≤ 75,  0 ≤ x₂ ≤ 65
  ///
  /// Some terms are misprinted in the book; these are of the
  /// collection's program.
  ///
  /// Source: Hock and Schittkowski 1981, problem 59.
  public static var hs59: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 59", number: 59, from: [90, 10],
      lower: [700, 0, 0], upper: [.infinity, .infinity, .infinity],
      bounds: box([0, 0], [75, 65]),
      landmarks: [
        .minimum(
          -7.80423595366477737, at: [13.5500888404341434, 51.6601778957467023]),
        .localMinimum(
          -6.75456601913468574, at: [46.3995766587546892, 52.2196897850859987]),
      ],
      published: -7.804226324,
      note: """
        Some terms are misprinted in the book; these are of the \
        collection's program.
        """,
      source: "Hock and Schittkowski 1981", HS59())
  }

  struct HS59: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = -75.196 + 3.8112 * x[0] - 0.12694 * square(x[0])
      f += 0.0020567 * cube(x[0]) - 0.000010345 * fourth(x[0]) + 6.8306 * x[1]
      f -= 0.030234 * x[0] * x[1] - 0.00128134 * x[1] * square(x[0])
      f -= 0.000035256 * cube(x[0]) * x[1]
      f += 0.0000002266 * fourth(x[0]) * x[1] - 0.25645 * square(x[1])
      f += 0.0034604 * cube(x[1]) - 0.000013514 * fourth(x[1])
      f += 28.106 / (x[1] + 1)
      f += 0.0000052375 * square(x[0]) * square(x[1])
      f += 0.000000063 * cube(x[0]) * square(x[1])
      f -= 0.0000000007 * cube(x[0]) * cube(x[1])
      f -= 0.00034054 * x[0] * square(x[1])
      f += 0.0000016638 * x[0] * cube(x[1])
      f += 2.8673 * Number.exp(0.0005 * x[0] * x[1])
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = x[0] * x[1]
      let c2: Number = x[1] - square(x[0]) / 125
      let c3: Number = square(x[1] - 50) - 5 * (x[0] - 55)
      return [c1, c2, c3]
    }
  }

  /// A chain of powers on a surface of degree four.
  ///
  ///     f = (x₁ − 1)² + (x₁ − x₂)² + (x₂ − x₃)⁴
  ///     x₁(1 + x₂²) + x₃⁴ = 4 + 3 √2
  ///     −10 ≤ x ≤ 10
  ///
  /// Source: Hock and Schittkowski 1981, problem 60.
  public static var hs60: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 60", number: 60, from: [2, 2, 2],
      lower: [4 + 3 * Double(2).squareRoot()],
      upper: [4 + 3 * Double(2).squareRoot()],
      bounds: box(
        Vector(repeating: -10, count: 3), Vector(repeating: 10, count: 3)),
      landmarks: [
        .minimum(
          0.0325682002550698388,
          at: [1.10485901973331655, 1.19667418228825714, 1.5352622603253261])
      ],
      published: 0.03256820025,
      source: "Hock and Schittkowski 1981", HS60())
  }

  struct HS60: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(x[0] - 1) + square(x[0] - x[1])
      f += fourth(x[1] - x[2])
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [x[0] * (1 + square(x[1])) + fourth(x[2])]
    }
  }

  /// A quadratic on two parabolic cylinders.
  ///
  ///     f = 4 x₁² + 2 x₂² + 2 x₃² − 33 x₁ + 16 x₂ − 24 x₃
  ///     3 x₁ − 2 x₂² = 7
  ///     4 x₁ − x₃² = 11
  ///
  /// Source: Hock and Schittkowski 1981, problem 61.
  public static var hs61: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 61", number: 61, from: [0, 0, 0],
      lower: [7, 11], upper: [7, 11],
      landmarks: [
        .minimum(
          -143.646142197780262,
          at: [5.32677013556392784, -2.11899863221897615, 3.21046422535055067])
      ],
      published: -143.6461422,
      source: "Hock and Schittkowski 1981", HS61())
  }

  struct HS61: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = 4 * square(x[0]) + 2 * square(x[1])
      f += 2 * square(x[2]) - 33 * x[0] + 16 * x[1]
      f -= 24 * x[2]
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = 3 * x[0] - 2 * square(x[1])
      let c2: Number = 4 * x[0] - square(x[2])
      return [c1, c2]
    }
  }

  /// Logarithms of ratios on a simplex.
  ///
  ///     f = −32.174 (255 ln((x₁ + x₂ + x₃ + 0.03)/(0.09 x₁ + x₂ + x₃
  ///         + 0.03)) + 280 ln((x₂ + x₃ + 0.03)/(0.07 x₂ + x₃ + 0.03))
  ///         + 290 ln((x₃ + 0.03)/(0.13 x₃ + 0.03)))
  ///     x₁ + x₂ + x₃ = 1
  ///     0 ≤ x ≤ 1
  ///
  /// Source: Hock and Schittkowski 1981, problem 62.
  public static var hs62: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 62", number: 62, from: [0.7, 0.2, 0.1],
      rows: .rows([[1, 1, 1]], equalTo: [1]),
      bounds: box(
        Vector(repeating: 0, count: 3), Vector(repeating: 1, count: 3)),
      landmarks: [
        .minimum(
          -26272.5144873182567,
          at: [
            0.617812690812692447, 0.328202223119669091, 0.053985086067638462,
          ])
      ],
      published: -26272.51448,
      source: "Hock and Schittkowski 1981", HS62())
  }

  struct HS62: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let f: Number =
        -32.174
        * (255
          * Number.log(
            (x[0] + x[1] + x[2] + 0.03) / (0.09 * x[0] + x[1] + x[2] + 0.03))
          + 280 * Number.log((x[1] + x[2] + 0.03) / (0.07 * x[1] + x[2] + 0.03))
          + 290 * Number.log((x[2] + 0.03) / (0.13 * x[2] + 0.03)))
      return f
    }
  }

  /// A plane that cuts a sphere.
  ///
  ///     f = 1000 − x₁² − 2 x₂² − x₃² − x₁x₂ − x₁x₃
  ///     8 x₁ + 14 x₂ + 7 x₃ = 56
  ///     x₁² + x₂² + x₃² = 25
  ///     x ≥ 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 63.
  public static var hs63: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 63", number: 63, from: [2, 2, 2],
      rows: .rows([[8, 14, 7]], equalTo: [56]),
      lower: [25], upper: [25],
      bounds: box(
        Vector(repeating: 0, count: 3), Vector(repeating: .infinity, count: 3)),
      landmarks: [
        .minimum(
          961.715172130052172,
          at: [3.51212134187471987, 0.216987941515223028, 3.55217115482701695])
      ],
      published: 961.7151721,
      source: "Hock and Schittkowski 1981", HS63())
  }

  struct HS63: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = 1000 - square(x[0]) - 2 * square(x[1])
      f -= square(x[2]) + x[0] * x[1] + x[0] * x[2]
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [square(x[0]) + square(x[1]) + square(x[2])]
    }
  }

  /// Reciprocals from a start beside their poles.
  ///
  ///     f = 5 x₁ + 50000/x₁ + 20 x₂ + 72000/x₂ + 10 x₃ + 144000/x₃
  ///     4/x₁ + 32/x₂ + 120/x₃ ≤ 1
  ///     x ≥ 0.00001
  ///
  /// Source: Hock and Schittkowski 1981, problem 64.
  public static var hs64: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 64", number: 64, from: [1, 1, 1],
      lower: [-.infinity], upper: [1],
      bounds: box(
        Vector(repeating: 0.00001, count: 3),
        Vector(repeating: .infinity, count: 3)),
      landmarks: [
        .minimum(
          6299.84242792152042,
          at: [108.734704910898918, 85.1262127908937959, 204.324596612605549])
      ],
      published: 6299.842428,
      source: "Hock and Schittkowski 1981", HS64())
  }

  struct HS64: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = 5 * x[0] + 50000 / x[0] + 20 * x[1]
      f += 72000 / x[1] + 10 * x[2] + 144000 / x[2]
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [4 / x[0] + 32 / x[1] + 120 / x[2]]
    }
  }

  /// Squares in a ball.
  ///
  ///     f = (x₁ − x₂)² + (x₁ + x₂ − 10)²/9 + (x₃ − 5)²
  ///     x₁² + x₂² + x₃² ≤ 48
  ///     −4.5 ≤ x₁, x₂ ≤ 4.5,  −5 ≤ x₃ ≤ 5
  ///
  /// Source: Hock and Schittkowski 1981, problem 65.
  public static var hs65: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 65", number: 65, from: [-5, 5, 0],
      lower: [-.infinity], upper: [48],
      bounds: box([-4.5, -4.5, -5], [4.5, 4.5, 5]),
      landmarks: [
        .minimum(
          0.953528856804782836,
          at: [3.65046172521303633, 3.65046172521303633, 4.62041755532000862])
      ],
      published: 0.9535288567,
      source: "Hock and Schittkowski 1981", HS65())
  }

  struct HS65: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(x[0] - x[1])
      f += square(x[0] + x[1] - 10) / 9
      f += square(x[2] - 5)
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [square(x[0]) + square(x[1]) + square(x[2])]
    }
  }

  /// A chain of exponentials with a slope.
  ///
  ///     f = 0.2 x₃ − 0.8 x₁
  ///     x₂ − exp(x₁) ≥ 0
  ///     x₃ − exp(x₂) ≥ 0
  ///     0 ≤ x₁, x₂ ≤ 100,  0 ≤ x₃ ≤ 10
  ///
  /// Source: Hock and Schittkowski 1981, problem 66.
  public static var hs66: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 66", number: 66, from: [0, 1.05, 2.9],
      lower: [0, 0], upper: [.infinity, .infinity],
      bounds: box(Vector(repeating: 0, count: 3), [100, 100, 10]),
      landmarks: [
        .minimum(
          0.518163274181540983,
          at: [0.18412648792284768, 1.20216787319704294, 3.32732232259909563])
      ],
      published: 0.5181632741,
      source: "Hock and Schittkowski 1981", HS66())
  }

  struct HS66: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      0.2 * x[2] - 0.8 * x[0]
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = x[1] - Number.exp(x[0])
      let c2: Number = x[2] - Number.exp(x[1])
      return [c1, c2]
    }
  }
}
