import Differentiation
import Matrix

extension HockSchittkowski {
  /// A parabola that leads to the end of Rosenbrock's valley.
  ///
  ///     f = (1 − x₁)²
  ///     10 (x₂ − x₁²) = 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 6.
  public static var hs6: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 6", number: 6, from: [-1.2, 1],
      lower: [0], upper: [0],
      landmarks: [.minimum(0, at: [1, 1])],
      published: 0,
      source: "Hock and Schittkowski 1981", HS6())
  }

  struct HS6: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      square(1 - x[0])
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [10 * (x[1] - square(x[0]))]
    }
  }

  /// A logarithm on a closed curve.
  ///
  ///     f = ln(1 + x₁²) − x₂
  ///     (1 + x₁²)² + x₂² = 4
  ///
  /// Source: Hock and Schittkowski 1981, problem 7.
  public static var hs7: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 7", number: 7, from: [2, 2],
      lower: [4], upper: [4],
      landmarks: [
        .minimum(-1.73205080756887729, at: [0, 1.73205080756887729])
      ],
      published: -1.732050808,
      source: "Hock and Schittkowski 1981", HS7())
  }

  struct HS7: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      Number.log(1 + square(x[0])) - x[1]
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [square(1 + square(x[0])) + square(x[1])]
    }
  }

  /// Two curves that intersect, and nothing to minimise.
  ///
  ///     f = −1
  ///     x₁² + x₂² = 25
  ///     x₁x₂ = 9
  ///
  /// Source: Hock and Schittkowski 1981, problem 8.
  public static var hs8: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 8", number: 8, from: [2, 1],
      lower: [25, 9], upper: [25, 9],
      landmarks: [
        .minimum(
          -1, at: [4.60159491768329562, 1.95584360661870503],
          "one of four intersections")
      ],
      published: -1,
      source: "Hock and Schittkowski 1981", HS8())
  }

  struct HS8: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      -1
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = square(x[0]) + square(x[1])
      let c2: Number = x[0] * x[1]
      return [c1, c2]
    }
  }

  /// Waves along a line.
  ///
  ///     f = sin(πx₁/12) cos(πx₂/16)
  ///     4 x₁ − 3 x₂ = 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 9.
  public static var hs9: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 9", number: 9, from: [0, 0],
      rows: .rows([[4, -3]], equalTo: [0]),
      landmarks: [
        .minimum(
          -0.5, at: [-3, -4], "one of infinitely many, (12k - 3, 16k - 4)")
      ],
      published: -0.5,
      source: "Hock and Schittkowski 1981", HS9())
  }

  struct HS9: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      Number.sin(Number.pi * x[0] / 12) * Number.cos(Number.pi * x[1] / 16)
    }
  }

  /// A slope on an ellipse.
  ///
  ///     f = x₁ − x₂
  ///     −3 x₁² + 2 x₁x₂ − x₂² ≥ −1
  ///
  /// Source: Hock and Schittkowski 1981, problem 10.
  public static var hs10: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 10", number: 10, from: [-10, 10],
      lower: [-1], upper: [.infinity],
      landmarks: [.minimum(-1, at: [0, 1])],
      published: -1,
      source: "Hock and Schittkowski 1981", HS10())
  }

  struct HS10: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      x[0] - x[1]
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [-3 * square(x[0]) + 2 * x[0] * x[1] - square(x[1])]
    }
  }

  /// A circle beside a parabola.
  ///
  ///     f = (x₁ − 5)² + x₂² − 25
  ///     x₂ − x₁² ≥ 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 11.
  public static var hs11: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 11", number: 11, from: [4.9, 0.1],
      lower: [0], upper: [.infinity],
      landmarks: [
        .minimum(
          -8.49846422315467738, at: [1.23477282505329698, 1.52466392949009995])
      ],
      published: -8.498464223,
      source: "Hock and Schittkowski 1981", HS11())
  }

  struct HS11: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      square(x[0] - 5) + square(x[1]) - 25
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [x[1] - square(x[0])]
    }
  }

  /// A quadratic in an ellipse.
  ///
  ///     f = x₁²/2 + x₂² − x₁x₂ − 7 x₁ − 7 x₂
  ///     4 x₁² + x₂² ≤ 25
  ///
  /// Source: Hock and Schittkowski 1981, problem 12.
  public static var hs12: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 12", number: 12, from: [0, 0],
      lower: [-.infinity], upper: [25],
      landmarks: [.minimum(-30, at: [2, 3])],
      published: -30,
      source: "Hock and Schittkowski 1981", HS12())
  }

  struct HS12: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(x[0]) / 2 + square(x[1]) - x[0] * x[1]
      f -= 7 * x[0] + 7 * x[1]
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [4 * square(x[0]) + square(x[1])]
    }
  }

  /// A cusp at which the constraints have no qualification.
  ///
  ///     f = (x₁ − 2)² + x₂²
  ///     (1 − x₁)³ − x₂ ≥ 0
  ///     x ≥ 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 13.
  public static var hs13: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 13", number: 13, from: [-2, -2],
      lower: [0], upper: [.infinity],
      bounds: box([0, 0], [.infinity, .infinity]),
      landmarks: [.minimum(1, at: [1, 0], "no multipliers exist there")],
      published: 1,
      source: "Hock and Schittkowski 1981", HS13())
  }

  struct HS13: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      square(x[0] - 2) + square(x[1])
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [cube(1 - x[0]) - x[1]]
    }
  }

  /// A point beside a line and an ellipse.
  ///
  ///     f = (x₁ − 2)² + (x₂ − 1)²
  ///     x₁ − 2 x₂ = −1
  ///     x₁²/4 + x₂² ≤ 1
  ///
  /// Source: Hock and Schittkowski 1981, problem 14.
  public static var hs14: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 14", number: 14, from: [2, 2],
      rows: .rows([[1, -2]], equalTo: [-1]),
      lower: [-.infinity], upper: [1],
      landmarks: [
        .minimum(
          1.39346498068930205, at: [0.822875655532295295, 0.911437827766147648])
      ],
      published: 1.393464980,
      source: "Hock and Schittkowski 1981", HS14())
  }

  struct HS14: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      square(x[0] - 2) + square(x[1] - 1)
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [square(x[0]) / 4 + square(x[1])]
    }
  }

  /// Rosenbrock's valley beyond a hyperbola.
  ///
  ///     f = 100 (x₂ − x₁²)² + (1 − x₁)²
  ///     x₁x₂ ≥ 1
  ///     x₁ + x₂² ≥ 0
  ///     x₁ ≤ 0.5
  ///
  /// Source: Hock and Schittkowski 1981, problem 15.
  public static var hs15: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 15", number: 15, from: [-2, 1],
      lower: [1, 0], upper: [.infinity, .infinity],
      bounds: box([-.infinity, -.infinity], [0.5, .infinity]),
      landmarks: [
        .minimum(306.5, at: [0.5, 2]),
        .localMinimum(
          360.379767174283492,
          at: [-0.792123220505513898, -1.26242985196397117]),
      ],
      published: 306.5,
      source: "Hock and Schittkowski 1981", HS15())
  }

  struct HS15: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      rosenbrock(x)
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = x[0] * x[1]
      let c2: Number = x[0] + square(x[1])
      return [c1, c2]
    }
  }
}
