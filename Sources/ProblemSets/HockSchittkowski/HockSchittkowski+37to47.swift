import Differentiation
import Matrix

extension HockSchittkowski {
  /// A parcel of greatest volume.
  ///
  ///     f = −x₁x₂x₃
  ///     x₁ + 2 x₂ + 2 x₃ ≤ 72
  ///     x₁ + 2 x₂ + 2 x₃ ≥ 0
  ///     0 ≤ x ≤ 42
  ///
  /// Source: Hock and Schittkowski 1981, problem 37.
  public static var hs37: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 37", number: 37, from: [10, 10, 10],
      rows: .rows(
        [[1, 2, 2], [1, 2, 2]], from: [-.infinity, 0], to: [72, .infinity]),
      bounds: box(
        Vector(repeating: 0, count: 3), Vector(repeating: 42, count: 3)),
      landmarks: [.minimum(-3456, at: [24, 12, 12])],
      published: -3456,
      source: "Hock and Schittkowski 1981", HS37())
  }

  struct HS37: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      -x[0] * x[1] * x[2]
    }
  }

  /// Between two curves, with squares for slacks.
  ///
  ///     f = −x₁
  ///     x₂ − x₁³ − x₃² = 0
  ///     x₁² − x₂ − x₄² = 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 39.
  public static var hs39: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 39", number: 39, from: Vector(repeating: 2, count: 4),
      lower: [0, 0], upper: [0, 0],
      landmarks: [.minimum(-1, at: [1, 1, 0, 0])],
      published: -1,
      source: "Hock and Schittkowski 1981", HS39())
  }

  struct HS39: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      -x[0]
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = x[1] - cube(x[0]) - square(x[2])
      let c2: Number = square(x[0]) - x[1] - square(x[3])
      return [c1, c2]
    }
  }

  /// A product on three curved surfaces.
  ///
  ///     f = −x₁x₂x₃x₄
  ///     x₁³ + x₂² = 1
  ///     x₁² x₄ − x₃ = 0
  ///     x₄² − x₂ = 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 40.
  public static var hs40: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 40", number: 40, from: Vector(repeating: 0.8, count: 4),
      lower: [1, 0, 0], upper: [1, 0, 0],
      landmarks: [
        .minimum(
          -0.25,
          at: [
            0.793700525984099737, 0.707106781186547524, 0.529731547179647632,
            0.840896415253714543,
          ], "one of two, with x3 and x4 negative")
      ],
      published: -0.25,
      source: "Hock and Schittkowski 1981", HS40())
  }

  struct HS40: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      -x[0] * x[1] * x[2] * x[3]
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = cube(x[0]) + square(x[1])
      let c2: Number = square(x[0]) * x[3] - x[2]
      let c3: Number = square(x[3]) - x[1]
      return [c1, c2, c3]
    }
  }

  /// A product with a sum.
  ///
  ///     f = 2 − x₁x₂x₃
  ///     x₁ + 2 x₂ + 2 x₃ − x₄ = 0
  ///     0 ≤ x₁ … x₃ ≤ 1,  0 ≤ x₄ ≤ 2
  ///
  /// Source: Hock and Schittkowski 1981, problem 41.
  public static var hs41: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 41", number: 41, from: Vector(repeating: 2, count: 4),
      rows: .rows([[1, 2, 2, -1]], equalTo: [0]),
      bounds: box(Vector(repeating: 0, count: 4), [1, 1, 1, 2]),
      landmarks: [
        .minimum(
          1.92592592592592593,
          at: [
            0.666666666666666667, 0.333333333333333333, 0.333333333333333333, 2,
          ])
      ],
      published: 1.925925926,
      source: "Hock and Schittkowski 1981", HS41())
  }

  struct HS41: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      2 - x[0] * x[1] * x[2]
    }
  }

  /// The point of a circle nearest to another point.
  ///
  ///     f = (x₁ − 1)² + (x₂ − 2)² + (x₃ − 3)² + (x₄ − 4)²
  ///     x₁ = 2
  ///     x₃² + x₄² = 2
  ///
  /// Source: Hock and Schittkowski 1981, problem 42.
  public static var hs42: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 42", number: 42, from: Vector(repeating: 1, count: 4),
      rows: .rows([[1, 0, 0, 0]], equalTo: [2]),
      lower: [2], upper: [2],
      landmarks: [
        .minimum(
          13.8578643762690495,
          at: [2, 2, 0.848528137423857029, 1.13137084989847604])
      ],
      published: 13.85786438,
      source: "Hock and Schittkowski 1981", HS42())
  }

  struct HS42: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(x[0] - 1) + square(x[1] - 2)
      f += square(x[2] - 3) + square(x[3] - 4)
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [square(x[2]) + square(x[3])]
    }
  }

  /// Rosen and Suzuki's quadratic with three quadratic constraints.
  ///
  ///     f = x₁² + x₂² + 2 x₃² + x₄² − 5 x₁ − 5 x₂ − 21 x₃ + 7 x₄
  ///     x₁² + x₂² + x₃² + x₄² + x₁ − x₂ + x₃ − x₄ ≤ 8
  ///     x₁² + 2 x₂² + x₃² + 2 x₄² − x₁ − x₄ ≤ 10
  ///     2 x₁² + x₂² + x₃² + 2 x₁ − x₂ − x₄ ≤ 5
  ///
  /// Source: Hock and Schittkowski 1981, problem 43.
  public static var hs43: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 43", number: 43, from: Vector(repeating: 0, count: 4),
      lower: [-.infinity, -.infinity, -.infinity], upper: [8, 10, 5],
      landmarks: [.minimum(-44, at: [0, 1, 2, -1])],
      published: -44,
      source: "Hock and Schittkowski 1981", HS43())
  }

  struct HS43: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(x[0]) + square(x[1]) + 2 * square(x[2])
      f += square(x[3]) - 5 * x[0] - 5 * x[1]
      f -= 21 * x[2] - 7 * x[3]
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var c1: Number = square(x[0]) + square(x[1]) + square(x[2])
      c1 += square(x[3]) + x[0] - x[1]
      c1 += x[2] - x[3]
      var c2: Number = square(x[0]) + 2 * square(x[1]) + square(x[2])
      c2 += 2 * square(x[3]) - x[0] - x[3]
      var c3: Number = 2 * square(x[0]) + square(x[1]) + square(x[2])
      c3 += 2 * x[0] - x[1] - x[3]
      return [c1, c2, c3]
    }
  }

  /// Konno's indefinite quadratic program.
  ///
  ///     f = x₁ − x₂ − x₃ − x₁x₃ + x₁x₄ + x₂x₃ − x₂x₄
  ///     x₁ + 2 x₂ ≤ 8
  ///     4 x₁ + x₂ ≤ 12
  ///     3 x₁ + 4 x₂ ≤ 12
  ///     2 x₃ + x₄ ≤ 8
  ///     x₃ + 2 x₄ ≤ 8
  ///     x₃ + x₄ ≤ 5
  ///     x ≥ 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 44.
  public static var hs44: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 44", number: 44, from: Vector(repeating: 0, count: 4),
      rows: .rows(
        [
          [1, 2, 0, 0], [4, 1, 0, 0], [3, 4, 0, 0], [0, 0, 2, 1], [0, 0, 1, 2],
          [0, 0, 1, 1],
        ], atMost: [8, 12, 12, 8, 8, 5]),
      bounds: box(
        Vector(repeating: 0, count: 4), Vector(repeating: .infinity, count: 4)),
      landmarks: [
        .minimum(-15, at: [0, 3, 0, 4]), .localMinimum(-13, at: [3, 0, 4, 0]),
      ],
      published: -15,
      source: "Hock and Schittkowski 1981", HS44())
  }

  struct HS44: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = x[0] - x[1] - x[2]
      f -= x[0] * x[2] - x[0] * x[3] - x[1] * x[2]
      f -= x[1] * x[3]
      return f
    }
  }

  /// Powers up to six on two curved surfaces.
  ///
  ///     f = (x₁ − x₂)² + (x₃ − 1)² + (x₄ − 1)⁴ + (x₅ − 1)⁶
  ///     x₁² x₄ + sin(x₄ − x₅) = 1
  ///     x₂ + x₃⁴x₄² = 2
  ///
  /// Source: Hock and Schittkowski 1981, problem 46.
  public static var hs46: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 46", number: 46, from: [Double(0.5).squareRoot(), 1.75, 0.5, 2, 2],
      lower: [1, 2], upper: [1, 2],
      landmarks: [.minimum(0, at: Vector(repeating: 1, count: 5))],
      published: 0,
      source: "Hock and Schittkowski 1981", HS46())
  }

  struct HS46: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(x[0] - x[1]) + square(x[2] - 1)
      f += fourth(x[3] - 1) + sixth(x[4] - 1)
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = square(x[0]) * x[3] + Number.sin(x[3] - x[4])
      let c2: Number = x[1] + fourth(x[2]) * square(x[3])
      return [c1, c2]
    }
  }

  /// A chain of powers on three curved surfaces.
  ///
  ///     f = (x₁ − x₂)² + (x₂ − x₃)² + (x₃ − x₄)⁴ + (x₄ − x₅)⁴
  ///     x₁ + x₂² + x₃³ = 3
  ///     x₂ − x₃² + x₄ = 1
  ///     x₁x₅ = 1
  ///
  /// The book prints the cube of x₂ − x₃, with which this point is no
  /// minimum; the square is of the collection's program.
  ///
  /// Source: Hock and Schittkowski 1981, problem 47.
  public static var hs47: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 47", number: 47,
      from: [2, Double(2).squareRoot(), -1, 2 - Double(2).squareRoot(), 0.5],
      lower: [3, 1, 1], upper: [3, 1, 1],
      landmarks: [.minimum(0, at: Vector(repeating: 1, count: 5))],
      published: 0,
      note: """
        The book prints the cube of x₂ − x₃, with which this point is \
        no minimum; the square is of the collection's program.
        """,
      source: "Hock and Schittkowski 1981", HS47())
  }

  struct HS47: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(x[0] - x[1]) + square(x[1] - x[2])
      f += fourth(x[2] - x[3]) + fourth(x[3] - x[4])
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = x[0] + square(x[1]) + cube(x[2])
      let c2: Number = x[1] - square(x[2]) + x[3]
      let c3: Number = x[0] * x[4]
      return [c1, c2, c3]
    }
  }
}
