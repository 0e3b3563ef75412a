import Differentiation
import Matrix

extension BoundedProblems {
  /// Rosenbrock's valley with a bound that is only on the way.
  ///
  ///     f = 100 (x₂ − x₁²)² + (1 − x₁)²
  ///
  /// Source: Hock and Schittkowski 1981, problem 1.
  public static var hs1: BoundedTestProblem {
    BoundedTestProblem(
      "HS 1", from: [-2, 1], lower: [-.infinity, -1.5],
      upper: [.infinity, .infinity], landmarks: [.minimum(0, at: [1, 1])],
      source: "Hock and Schittkowski 1981", BoundedRosenbrock())
  }

  /// Rosenbrock's valley cut off before its end, with two minima on the bound.
  ///
  ///     f = 100 (x₂ − x₁²)² + (1 − x₁)²
  ///
  /// Source: Hock and Schittkowski 1981, problem 2.
  public static var hs2: BoundedTestProblem {
    BoundedTestProblem(
      "HS 2", from: [-2, 1], lower: [-.infinity, 1.5],
      upper: [.infinity, .infinity],
      landmarks: [
        .minimum(0.0504261878936070849, at: [1.22437074873635252, 1.5]),
        .localMinimum(4.94122931798918551, at: [-1.22102624210710165, 1.5]),
      ],
      source: "Hock and Schittkowski 1981", BoundedRosenbrock())
  }

  struct BoundedRosenbrock: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let (a, b) = (x[1] - x[0] * x[0], 1 - x[0])
      return 100 * a * a + b * b
    }
  }

  /// A slope to the bound beside a curvature of 10⁻⁵.
  ///
  ///     f = x₂ + 10⁻⁵ (x₂ − x₁)²,  x₂ ≥ 0
  ///
  /// Source: Hock and Schittkowski 1981.
  public static var hs3: BoundedTestProblem {
    BoundedTestProblem(
      "HS 3", from: [10, 1], lower: [-.infinity, 0],
      upper: [.infinity, .infinity],
      landmarks: [.minimum(0, at: [0, 0])],
      source: "Hock and Schittkowski 1981", HS3())
  }

  struct HS3: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let a = x[1] - x[0]
      return x[1] + 0.00001 * a * a
    }
  }

  /// A minimum in the corner.
  ///
  ///     f = (x₁ + 1)³/3 + x₂,  x₁ ≥ 1,  x₂ ≥ 0
  ///
  /// Source: Hock and Schittkowski 1981.
  public static var hs4: BoundedTestProblem {
    BoundedTestProblem(
      "HS 4", from: [1.125, 0.125], lower: [1, 0],
      upper: [.infinity, .infinity],
      landmarks: [.minimum(8.0 / 3, at: [1, 0])],
      source: "Hock and Schittkowski 1981", HS4())
  }

  struct HS4: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let a = x[0] + 1
      return a * a * a / 3 + x[1]
    }
  }

  /// A minimum within the bounds, which keep others out.
  ///
  ///     f = sin(x₁ + x₂) + (x₁ − x₂)² − 1.5x₁ + 2.5x₂ + 1
  ///
  /// Source: Hock and Schittkowski 1981; McCormick 1976.
  public static var hs5: BoundedTestProblem {
    BoundedTestProblem(
      "HS 5", from: [0, 0], lower: [-1.5, -3],
      upper: [4, 3],
      landmarks: [
        .minimum(
          -1.91322295498103640,
          at: [-0.547197551196597746, -1.54719755119659775])
      ],
      source: "Hock and Schittkowski 1981; McCormick 1976", HS5())
  }

  struct HS5: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let a = x[0] - x[1]
      let wave: Number = .sin(x[0] + x[1])
      return wave + a * a - 1.5 * x[0] + 2.5 * x[1] + 1
    }
  }

  /// A fit of 99 data that starts where nothing changes.
  ///
  ///     f = Σ (−i/100 + exp(−(uᵢ − x₂)^x₃ / x₁))²,  i = 1 … 99
  ///     uᵢ = 25 + (−50 ln(i/100))^⅔
  ///     0.1 ≤ x₁ ≤ 100,  0 ≤ x₂ ≤ 25.6,  0 ≤ x₃ ≤ 5
  ///
  /// Source: Hock and Schittkowski 1981.
  public static var hs25: BoundedTestProblem {
    BoundedTestProblem(
      "HS 25", from: [100, 12.5, 3], lower: [0.1, 0, 0],
      upper: [100, 25.6, 5],
      landmarks: [
        .minimum(0, at: [50, 25, 1.5]),
        .localMinimum(32.835, "the plateau around the start, ‖∇f‖ ≤ 2e-8"),
      ],
      source: "Hock and Schittkowski 1981", HS25())
  }

  struct HS25: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum = Number(0)
      for i in 1...99 {
        let y = Double(i) / 100
        let u = 25 + Double.pow(-50 * .log(y), 2.0 / 3)
        let power: Number = .pow(Number(u) - x[1], x[2])
        let r = .exp(-power / x[0]) - Number(y)
        sum += r * r
      }
      return sum
    }
  }

  /// Colville's function, Wood's in a box.
  ///
  ///     f = 100 (x₂ − x₁²)² + (1 − x₁)² + 90 (x₄ − x₃²)² + (1 − x₃)²
  ///       + 10.1 ((x₂ − 1)² + (x₄ − 1)²) + 19.8 (x₂ − 1)(x₄ − 1)
  ///
  /// Source: Hock and Schittkowski 1981.
  public static var hs38: BoundedTestProblem {
    BoundedTestProblem(
      "HS 38", from: [-3, -1, -3, -1], lower: Vector(repeating: -10, count: 4),
      upper: Vector(repeating: 10, count: 4),
      landmarks: [.minimum(0, at: [1, 1, 1, 1])],
      source: "Hock and Schittkowski 1981", HS38())
  }

  struct HS38: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let (a, b) = (x[1] - x[0] * x[0], x[3] - x[2] * x[2])
      let (c, d) = (1 - x[0], 1 - x[2])
      let (e, g) = (x[1] - 1, x[3] - 1)
      let valleys = 100 * a * a + c * c + 90 * b * b + d * d
      return valleys + 10.1 * (e * e + g * g) + 19.8 * e * g
    }
  }

  /// A product, least in the corner opposite to the origin.
  ///
  ///     f = 2 − x₁x₂x₃x₄x₅/120,  0 ≤ xᵢ ≤ i
  ///
  /// Source: Hock and Schittkowski 1981.
  public static var hs45: BoundedTestProblem {
    BoundedTestProblem(
      "HS 45", from: [2, 2, 2, 2, 2], lower: [0, 0, 0, 0, 0],
      upper: [1, 2, 3, 4, 5],
      landmarks: [.minimum(1, at: [1, 2, 3, 4, 5])],
      source: "Hock and Schittkowski 1981", HS45())
  }

  struct HS45: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      2 - x[0] * x[1] * x[2] * x[3] * x[4] / 120
    }
  }

  /// Logarithms that the bounds keep defined.
  ///
  ///     f = Σ ln²(xᵢ − 2) + ln²(10 − xᵢ) − (Π xᵢ)^⅕,  n = 10
  ///
  /// Source: Hock and Schittkowski 1981.
  public static var hs110: BoundedTestProblem {
    BoundedTestProblem(
      "HS 110", from: Vector(repeating: 9, count: 10),
      lower: Vector(repeating: 2.001, count: 10),
      upper: Vector(repeating: 9.999, count: 10),
      landmarks: [
        .minimum(
          -45.7784697074462687,
          at: Vector(repeating: 9.35026583306938516, count: 10))
      ],
      source: "Hock and Schittkowski 1981", HS110())
  }

  struct HS110: ObjectiveFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var (sum, product) = (Number(0), Number(1))
      for x in x {
        let (a, b): (Number, Number) = (.log(x - 2), .log(10 - x))
        sum += a * a + b * b
        product *= x
      }
      return sum - .pow(product, Number(0.2))
    }
  }
}
