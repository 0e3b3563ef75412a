import Differentiation
import Matrix

extension HockSchittkowski {
  /// Rosenbrock's valley between two parabolas, cut off by bounds.
  ///
  ///     f = 100 (x₂ − x₁²)² + (1 − x₁)²
  ///     x₁ + x₂² ≥ 0
  ///     x₁² + x₂ ≥ 0
  ///     −0.5 ≤ x₁ ≤ 0.5,  x₂ ≤ 1
  ///
  /// Source: Hock and Schittkowski 1981, problem 16.
  public static var hs16: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 16", number: 16, from: [-2, 1],
      lower: [0, 0], upper: [.infinity, .infinity],
      bounds: box([-0.5, -.infinity], [0.5, 1]),
      landmarks: [
        .minimum(0.25, at: [0.5, 0.25]),
        .localMinimum(23.1446609406726238, at: [-0.5, 0.707106781186547524]),
      ],
      published: 0.25,
      source: "Hock and Schittkowski 1981", HS16())
  }

  struct HS16: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      rosenbrock(x)
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = x[0] + square(x[1])
      let c2: Number = square(x[0]) + x[1]
      return [c1, c2]
    }
  }

  /// Rosenbrock's valley outside of two parabolas.
  ///
  ///     f = 100 (x₂ − x₁²)² + (1 − x₁)²
  ///     x₂² − x₁ ≥ 0
  ///     x₁² − x₂ ≥ 0
  ///     −0.5 ≤ x₁ ≤ 0.5,  x₂ ≤ 1
  ///
  /// Source: Hock and Schittkowski 1981, problem 17.
  public static var hs17: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 17", number: 17, from: [-2, 1],
      lower: [0, 0], upper: [.infinity, .infinity],
      bounds: box([-0.5, -.infinity], [0.5, 1]),
      landmarks: [.minimum(1, at: [0, 0])],
      published: 1,
      source: "Hock and Schittkowski 1981", HS17())
  }

  struct HS17: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      rosenbrock(x)
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = square(x[1]) - x[0]
      let c2: Number = square(x[0]) - x[1]
      return [c1, c2]
    }
  }

  /// A flat ellipse beyond a hyperbola.
  ///
  ///     f = 0.01 x₁² + x₂²
  ///     x₁x₂ ≥ 25
  ///     x₁² + x₂² ≥ 25
  ///     2 ≤ x₁ ≤ 50,  0 ≤ x₂ ≤ 50
  ///
  /// Source: Hock and Schittkowski 1981, problem 18.
  public static var hs18: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 18", number: 18, from: [2, 2],
      lower: [25, 25], upper: [.infinity, .infinity],
      bounds: box([2, 0], [50, 50]),
      landmarks: [.minimum(5, at: [15.8113883008418967, 1.58113883008418967])],
      published: 5,
      source: "Hock and Schittkowski 1981", HS18())
  }

  struct HS18: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      0.01 * square(x[0]) + square(x[1])
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = x[0] * x[1]
      let c2: Number = square(x[0]) + square(x[1])
      return [c1, c2]
    }
  }

  /// Cubes in a thin sickle between circles.
  ///
  ///     f = (x₁ − 10)³ + (x₂ − 20)³
  ///     (x₁ − 5)² + (x₂ − 5)² ≥ 100
  ///     (x₂ − 5)² + (x₁ − 6)² ≤ 82.81
  ///     13 ≤ x₁ ≤ 100,  0 ≤ x₂ ≤ 100
  ///
  /// Source: Hock and Schittkowski 1981, problem 19.
  public static var hs19: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 19", number: 19, from: [20.1, 5.84],
      lower: [100, -.infinity], upper: [.infinity, 82.81],
      bounds: box([13, 0], [100, 100]),
      landmarks: [
        .minimum(-6961.81387558013928, at: [14.095, 0.842960789215478184])
      ],
      published: -6961.81381,
      source: "Hock and Schittkowski 1981", HS19())
  }

  struct HS19: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      cube(x[0] - 10) + cube(x[1] - 20)
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = square(x[0] - 5) + square(x[1] - 5)
      let c2: Number = square(x[1] - 5) + square(x[0] - 6)
      return [c1, c2]
    }
  }

  /// Rosenbrock's valley outside of a circle.
  ///
  ///     f = 100 (x₂ − x₁²)² + (1 − x₁)²
  ///     x₁ + x₂² ≥ 0
  ///     x₁² + x₂ ≥ 0
  ///     x₁² + x₂² ≥ 1
  ///     −0.5 ≤ x₁ ≤ 0.5
  ///
  /// Source: Hock and Schittkowski 1981, problem 20.
  public static var hs20: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 20", number: 20, from: [-2, 1],
      lower: [0, 0, 1], upper: [.infinity, .infinity, .infinity],
      bounds: box([-0.5, -.infinity], [0.5, .infinity]),
      landmarks: [
        .minimum(38.1987298107780677, at: [0.5, 0.866025403784438647]),
        .localMinimum(40.1987298107780677, at: [-0.5, 0.866025403784438647]),
      ],
      published: 38.19873,
      source: "Hock and Schittkowski 1981", HS20())
  }

  struct HS20: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      rosenbrock(x)
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = x[0] + square(x[1])
      let c2: Number = square(x[0]) + x[1]
      let c3: Number = square(x[0]) + square(x[1])
      return [c1, c2, c3]
    }
  }

  /// A flat quadratic with a line.
  ///
  ///     f = 0.01 x₁² + x₂² − 100
  ///     10 x₁ − x₂ ≥ 10
  ///     2 ≤ x₁ ≤ 50,  −50 ≤ x₂ ≤ 50
  ///
  /// Source: Hock and Schittkowski 1981, problem 21.
  public static var hs21: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 21", number: 21, from: [-1, -1],
      rows: .rows([[10, -1]], atLeast: [10]),
      bounds: box([2, -50], [50, 50]),
      landmarks: [.minimum(-99.96, at: [2, 0])],
      published: -99.96,
      source: "Hock and Schittkowski 1981", HS21())
  }

  struct HS21: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      0.01 * square(x[0]) + square(x[1]) - 100
    }
  }

  /// A point beside a line and a parabola.
  ///
  ///     f = (x₁ − 2)² + (x₂ − 1)²
  ///     x₁ + x₂ ≤ 2
  ///     x₂ − x₁² ≥ 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 22.
  public static var hs22: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 22", number: 22, from: [2, 2],
      rows: .rows([[1, 1]], atMost: [2]),
      lower: [0], upper: [.infinity],
      landmarks: [.minimum(1, at: [1, 1])],
      published: 1,
      source: "Hock and Schittkowski 1981", HS22())
  }

  struct HS22: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      square(x[0] - 2) + square(x[1] - 1)
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [x[1] - square(x[0])]
    }
  }

  /// The point nearest to the origin in a corner of five curves.
  ///
  ///     f = x₁² + x₂²
  ///     x₁ + x₂ ≥ 1
  ///     x₁² + x₂² ≥ 1
  ///     9 x₁² + x₂² ≥ 9
  ///     x₁² − x₂ ≥ 0
  ///     x₂² − x₁ ≥ 0
  ///     −50 ≤ x ≤ 50
  ///
  /// Source: Hock and Schittkowski 1981, problem 23.
  public static var hs23: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 23", number: 23, from: [3, 1],
      rows: .rows([[1, 1]], atLeast: [1]),
      lower: [1, 9, 0, 0], upper: [.infinity, .infinity, .infinity, .infinity],
      bounds: box([-50, -50], [50, 50]),
      landmarks: [.minimum(2, at: [1, 1])],
      published: 2,
      source: "Hock and Schittkowski 1981", HS23())
  }

  struct HS23: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      square(x[0]) + square(x[1])
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = square(x[0]) + square(x[1])
      let c2: Number = 9 * square(x[0]) + square(x[1])
      let c3: Number = square(x[0]) - x[1]
      let c4: Number = square(x[1]) - x[0]
      return [c1, c2, c3, c4]
    }
  }

  /// A cubic in a triangle.
  ///
  ///     f = ((x₁ − 3)² − 9)x₂³/(27 √3)
  ///     x₁/√3 − x₂ ≥ 0
  ///     x₁ + √3 x₂ ≥ 0
  ///     x₁ + √3 x₂ ≤ 6
  ///     x ≥ 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 24.
  public static var hs24: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 24", number: 24, from: [1, 0.5],
      rows: .rows(
        [
          [0.5773502691896257, -1], [1, 1.7320508075688772],
          [1, 1.7320508075688772],
        ], from: [0, 0, -.infinity], to: [.infinity, .infinity, 6]),
      bounds: box([0, 0], [.infinity, .infinity]),
      landmarks: [.minimum(-1, at: [3, 1.73205080756887729])],
      published: -1,
      source: "Hock and Schittkowski 1981", HS24())
  }

  struct HS24: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let f: Number =
        (square(x[0] - 3) - 9) * cube(x[1]) / (27 * Number.sqrt(3))
      return f
    }
  }
}
