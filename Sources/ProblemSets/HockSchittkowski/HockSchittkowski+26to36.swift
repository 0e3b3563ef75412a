import Differentiation
import Matrix

extension HockSchittkowski {
  /// A flat valley on a surface of degree four.
  ///
  ///     f = (x₁ − x₂)² + (x₂ − x₃)⁴
  ///     (1 + x₂²)x₁ + x₃⁴ = 3
  ///
  /// Source: Hock and Schittkowski 1981, problem 26.
  public static var hs26: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 26", number: 26, from: [-2.6, 2, 2],
      lower: [3], upper: [3],
      landmarks: [.minimum(0, at: [1, 1, 1])],
      published: 0,
      source: "Hock and Schittkowski 1981", HS26())
  }

  struct HS26: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      square(x[0] - x[1]) + fourth(x[1] - x[2])
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [(1 + square(x[1])) * x[0] + fourth(x[2])]
    }
  }

  /// Rosenbrock's valley with a square that keeps it from its end.
  ///
  ///     f = 0.01 (x₁ − 1)² + (x₂ − x₁²)²
  ///     x₁ + x₃² = −1
  ///
  /// Source: Hock and Schittkowski 1981, problem 27.
  public static var hs27: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 27", number: 27, from: [2, 2, 2],
      lower: [-1], upper: [-1],
      landmarks: [.minimum(0.04, at: [-1, 1, 0])],
      published: 0.04,
      source: "Hock and Schittkowski 1981", HS27())
  }

  struct HS27: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      0.01 * square(x[0] - 1) + square(x[1] - square(x[0]))
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [x[0] + square(x[2])]
    }
  }

  /// Two squares on a plane.
  ///
  ///     f = (x₁ + x₂)² + (x₂ + x₃)²
  ///     x₁ + 2 x₂ + 3 x₃ = 1
  ///
  /// Source: Hock and Schittkowski 1981, problem 28.
  public static var hs28: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 28", number: 28, from: [-4, 1, 1],
      rows: .rows([[1, 2, 3]], equalTo: [1]),
      landmarks: [.minimum(0, at: [0.5, -0.5, 0.5])],
      published: 0,
      source: "Hock and Schittkowski 1981", HS28())
  }

  struct HS28: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      square(x[0] + x[1]) + square(x[1] + x[2])
    }
  }

  /// A product in an ellipsoid.
  ///
  ///     f = −x₁x₂x₃
  ///     x₁² + 2 x₂² + 4 x₃² ≤ 48
  ///
  /// Source: Hock and Schittkowski 1981, problem 29.
  public static var hs29: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 29", number: 29, from: [1, 1, 1],
      lower: [-.infinity], upper: [48],
      landmarks: [
        .minimum(
          -22.6274169979695208, at: [4, 2.8284271247461901, 2],
          "one of four, with two signs changed")
      ],
      published: -22.627417,
      source: "Hock and Schittkowski 1981", HS29())
  }

  struct HS29: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      -x[0] * x[1] * x[2]
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [square(x[0]) + 2 * square(x[1]) + 4 * square(x[2])]
    }
  }

  /// The point nearest to the origin outside of a cylinder.
  ///
  ///     f = x₁² + x₂² + x₃²
  ///     x₁² + x₂² ≥ 1
  ///     1 ≤ x₁ ≤ 10,  −10 ≤ x₂, x₃ ≤ 10
  ///
  /// Source: Hock and Schittkowski 1981, problem 30.
  public static var hs30: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 30", number: 30, from: [1, 1, 1],
      lower: [1], upper: [.infinity],
      bounds: box([1, -10, -10], Vector(repeating: 10, count: 3)),
      landmarks: [.minimum(1, at: [1, 0, 0])],
      published: 1,
      source: "Hock and Schittkowski 1981", HS30())
  }

  struct HS30: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      square(x[0]) + square(x[1]) + square(x[2])
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [square(x[0]) + square(x[1])]
    }
  }

  /// An ellipsoid beyond a hyperbola.
  ///
  ///     f = 9 x₁² + x₂² + 9 x₃²
  ///     x₁x₂ ≥ 1
  ///     −10 ≤ x₁ ≤ 10,  1 ≤ x₂ ≤ 10,  −10 ≤ x₃ ≤ 1
  ///
  /// Source: Hock and Schittkowski 1981, problem 31.
  public static var hs31: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 31", number: 31, from: [1, 1, 1],
      lower: [1], upper: [.infinity],
      bounds: box([-10, 1, -10], [10, 10, 1]),
      landmarks: [
        .minimum(6, at: [0.577350269189625765, 1.73205080756887729, 0])
      ],
      published: 6,
      source: "Hock and Schittkowski 1981", HS31())
  }

  struct HS31: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      9 * square(x[0]) + square(x[1]) + 9 * square(x[2])
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [x[0] * x[1]]
    }
  }

  /// Squares on a simplex with a cubic.
  ///
  ///     f = (x₁ + 3 x₂ + x₃)² + 4 (x₁ − x₂)²
  ///     x₁ + x₂ + x₃ = 1
  ///     6 x₂ + 4 x₃ − x₁³ ≥ 3
  ///     x ≥ 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 32.
  public static var hs32: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 32", number: 32, from: [0.1, 0.7, 0.2],
      rows: .rows([[1, 1, 1]], equalTo: [1]),
      lower: [3], upper: [.infinity],
      bounds: box(
        Vector(repeating: 0, count: 3), Vector(repeating: .infinity, count: 3)),
      landmarks: [.minimum(1, at: [0, 0, 1])],
      published: 1,
      source: "Hock and Schittkowski 1981", HS32())
  }

  struct HS32: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(x[0] + 3 * x[1] + x[2])
      f += 4 * square(x[0] - x[1])
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [6 * x[1] + 4 * x[2] - cube(x[0])]
    }
  }

  /// A cubic between a cone and a sphere.
  ///
  ///     f = (x₁ − 1)(x₁ − 2)(x₁ − 3) + x₃
  ///     x₃² − x₁² − x₂² ≥ 0
  ///     x₁² + x₂² + x₃² ≥ 4
  ///     x₁, x₂ ≥ 0,  0 ≤ x₃ ≤ 5
  ///
  /// Source: Hock and Schittkowski 1981, problem 33.
  public static var hs33: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 33", number: 33, from: [0, 0, 3],
      lower: [0, 4], upper: [.infinity, .infinity],
      bounds: box(Vector(repeating: 0, count: 3), [.infinity, .infinity, 5]),
      landmarks: [
        .minimum(
          -4.58578643762690495,
          at: [0, 1.41421356237309505, 1.41421356237309505])
      ],
      published: -4.585786438,
      source: "Hock and Schittkowski 1981", HS33())
  }

  struct HS33: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      (x[0] - 1) * (x[0] - 2) * (x[0] - 3) + x[2]
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = square(x[2]) - square(x[0]) - square(x[1])
      let c2: Number = square(x[0]) + square(x[1]) + square(x[2])
      return [c1, c2]
    }
  }

  /// A chain of exponentials.
  ///
  ///     f = −x₁
  ///     x₂ − exp(x₁) ≥ 0
  ///     x₃ − exp(x₂) ≥ 0
  ///     0 ≤ x₁, x₂ ≤ 100,  0 ≤ x₃ ≤ 10
  ///
  /// Source: Hock and Schittkowski 1981, problem 34.
  public static var hs34: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 34", number: 34, from: [0, 1.05, 2.9],
      lower: [0, 0], upper: [.infinity, .infinity],
      bounds: box(Vector(repeating: 0, count: 3), [100, 100, 10]),
      landmarks: [
        .minimum(
          -0.8340324452479558,
          at: [0.8340324452479558, 2.30258509299404568, 10])
      ],
      published: -0.83403245,
      source: "Hock and Schittkowski 1981", HS34())
  }

  struct HS34: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      -x[0]
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = x[1] - Number.exp(x[0])
      let c2: Number = x[2] - Number.exp(x[1])
      return [c1, c2]
    }
  }

  /// Beale's quadratic program.
  ///
  ///     f = 9 − 8 x₁ − 6 x₂ − 4 x₃ + 2 x₁² + 2 x₂² + x₃² + 2 x₁x₂ + 2 x₁x₃
  ///     x₁ + x₂ + 2 x₃ ≤ 3
  ///     x ≥ 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 35.
  public static var hs35: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 35", number: 35, from: [0.5, 0.5, 0.5],
      rows: .rows([[1, 1, 2]], atMost: [3]),
      bounds: box(
        Vector(repeating: 0, count: 3), Vector(repeating: .infinity, count: 3)),
      landmarks: [
        .minimum(
          0.111111111111111111,
          at: [1.33333333333333333, 0.777777777777777778, 0.444444444444444444])
      ],
      published: 0.1111111111,
      source: "Hock and Schittkowski 1981", HS35())
  }

  struct HS35: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = 9 - 8 * x[0] - 6 * x[1]
      f -= 4 * x[2] - 2 * square(x[0]) - 2 * square(x[1])
      f += square(x[2]) + 2 * x[0] * x[1] + 2 * x[0] * x[2]
      return f
    }
  }

  /// Rosenbrock's post office: a parcel of greatest volume, with a length limited.
  ///
  ///     f = −x₁x₂x₃
  ///     x₁ + 2 x₂ + 2 x₃ ≤ 72
  ///     0 ≤ x₁ ≤ 20,  0 ≤ x₂ ≤ 11,  0 ≤ x₃ ≤ 42
  ///
  /// Source: Hock and Schittkowski 1981, problem 36.
  public static var hs36: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 36", number: 36, from: [10, 10, 10],
      rows: .rows([[1, 2, 2]], atMost: [72]),
      bounds: box(Vector(repeating: 0, count: 3), [20, 11, 42]),
      landmarks: [.minimum(-3300, at: [20, 11, 15])],
      published: -3300,
      source: "Hock and Schittkowski 1981", HS36())
  }

  struct HS36: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      -x[0] * x[1] * x[2]
    }
  }
}
