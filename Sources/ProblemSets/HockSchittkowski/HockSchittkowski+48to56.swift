import Differentiation
import Matrix

extension HockSchittkowski {
  /// Squares on two planes.
  ///
  ///     f = (x₁ − 1)² + (x₂ − x₃)² + (x₄ − x₅)²
  ///     x₁ + x₂ + x₃ + x₄ + x₅ = 5
  ///     x₃ − 2 (x₄ + x₅) = −3
  ///
  /// Source: Hock and Schittkowski 1981, problem 48.
  public static var hs48: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 48", number: 48, from: [3, 5, -3, 2, -2],
      rows: .rows([[1, 1, 1, 1, 1], [0, 0, 1, -2, -2]], equalTo: [5, -3]),
      landmarks: [.minimum(0, at: Vector(repeating: 1, count: 5))],
      published: 0,
      source: "Hock and Schittkowski 1981", HS48())
  }

  struct HS48: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(x[0] - 1) + square(x[1] - x[2])
      f += square(x[3] - x[4])
      return f
    }
  }

  /// Powers up to six on two planes.
  ///
  ///     f = (x₁ − x₂)² + (x₃ − 1)² + (x₄ − 1)⁴ + (x₅ − 1)⁶
  ///     x₁ + x₂ + x₃ + 4 x₄ = 7
  ///     x₃ + 5 x₅ = 6
  ///
  /// Source: Hock and Schittkowski 1981, problem 49.
  public static var hs49: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 49", number: 49, from: [10, 7, 2, -3, 0.8],
      rows: .rows([[1, 1, 1, 4, 0], [0, 0, 1, 0, 5]], equalTo: [7, 6]),
      landmarks: [.minimum(0, at: Vector(repeating: 1, count: 5))],
      published: 0,
      source: "Hock and Schittkowski 1981", HS49())
  }

  struct HS49: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(x[0] - x[1]) + square(x[2] - 1)
      f += fourth(x[3] - 1) + sixth(x[4] - 1)
      return f
    }
  }

  /// A chain of powers on three planes.
  ///
  ///     f = (x₁ − x₂)² + (x₂ − x₃)² + (x₃ − x₄)⁴ + (x₄ − x₅)²
  ///     x₁ + 2 x₂ + 3 x₃ = 6
  ///     x₂ + 2 x₃ + 3 x₄ = 6
  ///     x₃ + 2 x₄ + 3 x₅ = 6
  ///
  /// Source: Hock and Schittkowski 1981, problem 50.
  public static var hs50: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 50", number: 50, from: [35, -31, 11, 5, -5],
      rows: .rows(
        [[1, 2, 3, 0, 0], [0, 1, 2, 3, 0], [0, 0, 1, 2, 3]], equalTo: [6, 6, 6]),
      landmarks: [.minimum(0, at: Vector(repeating: 1, count: 5))],
      published: 0,
      source: "Hock and Schittkowski 1981", HS50())
  }

  struct HS50: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(x[0] - x[1]) + square(x[1] - x[2])
      f += fourth(x[2] - x[3]) + square(x[3] - x[4])
      return f
    }
  }

  /// Squares that vanish together, on three planes.
  ///
  ///     f = (x₁ − x₂)² + (x₂ + x₃ − 2)² + (x₄ − 1)² + (x₅ − 1)²
  ///     x₁ + 3 x₂ = 4
  ///     x₃ + x₄ − 2 x₅ = 0
  ///     x₂ − x₅ = 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 51.
  public static var hs51: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 51", number: 51, from: [2.5, 0.5, 2, -1, 0.5],
      rows: .rows(
        [[1, 3, 0, 0, 0], [0, 0, 1, 1, -2], [0, 1, 0, 0, -1]],
        equalTo: [4, 0, 0]),
      landmarks: [.minimum(0, at: Vector(repeating: 1, count: 5))],
      published: 0,
      source: "Hock and Schittkowski 1981", HS51())
  }

  struct HS51: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(x[0] - x[1]) + square(x[1] + x[2] - 2)
      f += square(x[3] - 1) + square(x[4] - 1)
      return f
    }
  }

  /// Squares on three planes.
  ///
  ///     f = (4 x₁ − x₂)² + (x₂ + x₃ − 2)² + (x₄ − 1)² + (x₅ − 1)²
  ///     x₁ + 3 x₂ = 0
  ///     x₃ + x₄ − 2 x₅ = 0
  ///     x₂ − x₅ = 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 52.
  public static var hs52: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 52", number: 52, from: Vector(repeating: 2, count: 5),
      rows: .rows(
        [[1, 3, 0, 0, 0], [0, 0, 1, 1, -2], [0, 1, 0, 0, -1]],
        equalTo: [0, 0, 0]),
      landmarks: [
        .minimum(
          5.32664756446991404,
          at: [
            -0.0945558739255014327, 0.0315186246418338109, 0.515759312320916905,
            -0.452722063037249284, 0.0315186246418338109,
          ])
      ],
      published: 5.326647564,
      source: "Hock and Schittkowski 1981", HS52())
  }

  struct HS52: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(4 * x[0] - x[1])
      f += square(x[1] + x[2] - 2) + square(x[3] - 1)
      f += square(x[4] - 1)
      return f
    }
  }

  /// Squares on three planes, in a box.
  ///
  ///     f = (x₁ − x₂)² + (x₂ + x₃ − 2)² + (x₄ − 1)² + (x₅ − 1)²
  ///     x₁ + 3 x₂ = 0
  ///     x₃ + x₄ − 2 x₅ = 0
  ///     x₂ − x₅ = 0
  ///     −10 ≤ x ≤ 10
  ///
  /// Source: Hock and Schittkowski 1981, problem 53.
  public static var hs53: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 53", number: 53, from: Vector(repeating: 2, count: 5),
      rows: .rows(
        [[1, 3, 0, 0, 0], [0, 0, 1, 1, -2], [0, 1, 0, 0, -1]],
        equalTo: [0, 0, 0]),
      bounds: box(
        Vector(repeating: -10, count: 5), Vector(repeating: 10, count: 5)),
      landmarks: [
        .minimum(
          4.09302325581395349,
          at: [
            -0.767441860465116279, 0.255813953488372093, 0.627906976744186047,
            -0.11627906976744186, 0.255813953488372093,
          ])
      ],
      published: 4.093023256,
      source: "Hock and Schittkowski 1981", HS53())
  }

  struct HS53: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = square(x[0] - x[1]) + square(x[1] + x[2] - 2)
      f += square(x[3] - 1) + square(x[4] - 1)
      return f
    }
  }

  /// A Gaussian with variables from thousandths to hundreds of millions.
  ///
  ///     f = −exp(−h/2)
  ///     a = (x₁ − 10000)/8000
  ///     b = x₂ − 1
  ///     h = (a² + 0.4 a b + b²)/0.96 + (x₃ − 2000000)²/4.9e13 + (x₄
  ///         − 10)²/2500 + (x₅ − 0.001)²/0.0025 + (x₆ − 100000000)²/2.5e17
  ///     x₁ + 4000 x₂ = 17600
  ///     0 ≤ x₁ ≤ 20000,  −10 ≤ x₂ ≤ 10,  0 ≤ x₃ ≤ 10000000,  0 ≤ x₄ ≤ 20,
  ///     0 ≤ x₅ ≤ 1,  0 ≤ x₆ ≤ 200000000
  ///
  /// The book's start does not satisfy its constraint, and its printed
  /// h differs from that of the collection's program, which is used.
  ///
  /// Source: Hock and Schittkowski 1981, problem 54.
  public static var hs54: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 54", number: 54, from: [6000, 1.5, 4000000, 2, 0.003, 50000000],
      rows: .rows([[1, 4000, 0, 0, 0, 0]], equalTo: [17600]),
      bounds: box(
        [0, -10, 0, 0, 0, 0], [20000, 10, 10000000, 20, 1, 200000000]),
      landmarks: [
        .minimum(
          -0.908074757765985323,
          at: [
            13085.7142857142857, 1.12857142857142857, 2000000, 10, 0.001,
            100000000,
          ])
      ],
      published: -0.9080747594,
      note: """
        The book's start does not satisfy its constraint, and its \
        printed h differs from that of the collection's program, which \
        is used.
        """,
      source: "Hock and Schittkowski 1981", HS54())
  }

  struct HS54: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let a: Number = (x[0] - 10000) / 8000
      let b: Number = x[1] - 1
      var h: Number = (square(a) + 0.4 * a * b + square(b)) / 0.96
      h += square(x[2] - 2000000) / 4.9e13
      h += square(x[3] - 10) / 2500
      h += square(x[4] - 0.001) / 0.0025
      h += square(x[5] - 100000000) / 2.5e17
      return -Number.exp(-h / 2)
    }
  }

  /// An exponential on six planes of which one is redundant.
  ///
  ///     f = x₁ + 2 x₂ + 4 x₅ + exp(x₁x₄)
  ///     x₁ + 2 x₂ + 5 x₅ = 6
  ///     x₁ + x₂ + x₃ = 3
  ///     x₄ + x₅ + x₆ = 2
  ///     x₁ + x₄ = 1
  ///     x₂ + x₅ = 2
  ///     x₃ + x₆ = 2
  ///     0 ≤ x₁ ≤ 1,  x₂, x₃ ≥ 0,  0 ≤ x₄ ≤ 1,  x₅, x₆ ≥ 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 55.
  public static var hs55: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 55", number: 55, from: [1, 2, 0, 0, 0, 2],
      rows: .rows(
        [
          [1, 2, 0, 0, 5, 0], [1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1],
          [1, 0, 0, 1, 0, 0], [0, 1, 0, 0, 1, 0], [0, 0, 1, 0, 0, 1],
        ], equalTo: [6, 3, 2, 1, 2, 2]),
      bounds: box(
        Vector(repeating: 0, count: 6),
        [1, .infinity, .infinity, 1, .infinity, .infinity]),
      landmarks: [
        .minimum(
          6.33333333333333333,
          at: [
            0, 1.33333333333333333, 1.66666666666666667, 1,
            0.666666666666666667, 0.333333333333333333,
          ]),
        .localMinimum(
          6.66666666666666667,
          at: [
            1, 1.66666666666666667, 0.333333333333333333, 0,
            0.333333333333333333, 1.66666666666666667,
          ]),
      ],
      published: 6.333333333,
      source: "Hock and Schittkowski 1981", HS55())
  }

  struct HS55: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      x[0] + 2 * x[1] + 4 * x[4] + Number.exp(x[0] * x[3])
    }
  }

  /// A parcel of greatest volume, with squares of sines for slacks.
  ///
  ///     f = −x₁x₂x₃
  ///     x₁ − 4.2 sin(x₄)² = 0
  ///     x₂ − 4.2 sin(x₅)² = 0
  ///     x₃ − 4.2 sin(x₆)² = 0
  ///     x₁ + 2 x₂ + 2 x₃ − 7.2 sin(x₇)² = 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 56.
  public static var hs56: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 56", number: 56,
      from: [
        1, 1, 1, .asin((1 / 4.2).squareRoot()), .asin((1 / 4.2).squareRoot()),
        .asin((1 / 4.2).squareRoot()), .asin((5 / 7.2).squareRoot()),
      ],
      lower: [0, 0, 0, 0], upper: [0, 0, 0, 0],
      landmarks: [
        .minimum(
          -3.456,
          at: [
            2.4, 1.2, 1.2, 0.857071947850130988, 0.563942641360628843,
            0.563942641360628843, 1.57079632679489662,
          ], "one of infinitely many, by the periods of sines")
      ],
      published: -3.456,
      source: "Hock and Schittkowski 1981", HS56())
  }

  struct HS56: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      -x[0] * x[1] * x[2]
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = x[0] - 4.2 * square(Number.sin(x[3]))
      let c2: Number = x[1] - 4.2 * square(Number.sin(x[4]))
      let c3: Number = x[2] - 4.2 * square(Number.sin(x[5]))
      var c4: Number = x[0] + 2 * x[1] + 2 * x[2]
      c4 -= 7.2 * square(Number.sin(x[6]))
      return [c1, c2, c3, c4]
    }
  }
}
