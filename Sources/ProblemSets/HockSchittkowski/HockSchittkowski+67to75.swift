import Differentiation
import Matrix

extension HockSchittkowski {
  /// An alkylation process whose equations are solved within.
  ///
  ///     f = 5.04 x₁ + 0.035 x₂ + 10 x₃ + 3.36 y₃ − 0.063 y₂ y₅
  ///     y₂ = 0.01 x₁ (112 + 13.167 y₆ − 0.6667 y₆²),  y₃ = 1.22 y₂ − x₁
  ///     y₄ = 98000 x₃ / (y₂ y₇ + 1000 x₃),  y₅ = 57.425 + 1.098 y₆ − 0.038 y₆² + 0.325 y₄
  ///     y₆ = (x₂ + y₃)/x₁,  y₇ = 35.82 − 0.222 y₈,  y₈ = 3 y₅ − 133
  ///     0 ≤ y₂ ≤ 5000,  0 ≤ y₃ ≤ 2000,  85 ≤ y₄ ≤ 93,  90 ≤ y₅ ≤ 95
  ///     3 ≤ y₆ ≤ 12,  0.01 ≤ y₇ ≤ 4,  145 ≤ y₈ ≤ 162
  ///     0.00001 ≤ x₁ ≤ 2000,  0.00001 ≤ x₂ ≤ 16000,  0.00001 ≤ x₃ ≤ 120
  ///
  /// The book solves the equations for y₂ and y₄ by iterations that end
  /// at 10⁻³ and 10⁻⁴, so that f has jumps; here the same equations,
  /// quadratic in y₆ and in y₄, are solved exactly.
  ///
  /// Source: Hock and Schittkowski 1981, problem 67.
  public static var hs67: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 67", number: 67, from: [1745, 12000, 110],
      lower: [0, 0, 85, 90, 3, 0.01, 145],
      upper: [5000, 2000, 93, 95, 12, 4, 162],
      bounds: box(Vector(repeating: 0.00001, count: 3), [2000, 16000, 120]),
      landmarks: [
        .minimum(
          -1162.02698005968992,
          at: [1728.37144324108586, 16000, 98.1361765230094241])
      ],
      published: -1162.036507,
      note: """
        The book solves the equations for y₂ and y₄ by iterations that \
        end at 10⁻³ and 10⁻⁴, so that f has jumps; here the same \
        equations, quadratic in y₆ and in y₄, are solved exactly.
        """,
      source: "Hock and Schittkowski 1981", HS67())
  }

  struct HS67: ConstrainedFormula {
    /// y₂ … y₈.
    func process<Number: RealNumber>(_ x: [Number]) -> [Number] {
      // With y₂ = x₁ (y₆ + 1 − x₂/x₁)/1.22 put into its equation; the root of the
      // form that does not cancel.
      let ratio: Number = x[1] / x[0]
      let (a, b): (Number, Number) = (0.006667 * 1.22, 1 - 0.13167 * 1.22)
      let c: Number = ratio - Number(1 - 1.12 * 1.22)
      let y6: Number = 2 * c / (b + Number.sqrt(b * b + 4 * a * c))
      let y2: Number = x[0] * (y6 + 1 - ratio) / 1.22
      let y3: Number = 1.22 * y2 - x[0]
      let u: Number = 57.425 + 1.098 * y6 - 0.038 * square(y6)
      // y₇ = p − q y₄.
      let p: Number = 35.82 - 0.222 * (3 * u - 133)
      let q: Number = 0.222 * 3 * 0.325
      let s: Number = y2 * p + 1000 * x[2]
      let d: Number = s * s - 392000 * q * y2 * x[2]
      let y4: Number = 196000 * x[2] / (s + Number.sqrt(d))
      let y5: Number = u + 0.325 * y4
      let y8: Number = 3 * y5 - 133
      return [y2, y3, y4, y5, y6, 35.82 - 0.222 * y8, y8]
    }

    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let y = process(x)
      let cost: Number = 5.04 * x[0] + 0.035 * x[1] + 10 * x[2]
      return cost + 3.36 * y[1] - 0.063 * y[0] * y[3]
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      process(x)
    }
  }

  /// The cost of a quality control, first parameters.
  ///
  ///     f = (a n − x₄ (b (exp x₁ − 1) − x₃)/(exp x₁ − 1 + x₄))/x₁
  ///     x₃ = 2 Φ(−x₂),  x₄ = Φ(−x₂ + √n) + Φ(−x₂ − √n)
  ///     a = 0.0001,  b = 1,  n = 24,  Φ the normal distribution's function
  ///     0.0001 ≤ x₁ ≤ 100,  0 ≤ x₂ ≤ 100,  0 ≤ x₃, x₄ ≤ 2
  ///
  /// Source: Hock and Schittkowski 1981, problem 68.
  public static var hs68: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 68", number: 68, from: Vector(repeating: 1, count: 4),
      lower: [0, 0], upper: [0, 0],
      bounds: box([0.0001, 0, 0, 0], [100, 100, 2, 2]),
      landmarks: [
        .minimum(
          -0.920425003639750239,
          at: [
            0.0678585770855125884, 3.64621085568817909, 0.000266135625215415211,
            0.894855039373552795,
          ])
      ],
      published: -0.920425026,
      source: "Hock and Schittkowski 1981", HS68(a: 0.0001, b: 1, samples: 24))
  }

  struct HS68: ConstrainedFormula {
    let a, b, samples: Double

    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let growth = Number.exp(x[0]) - 1
      let loss: Number = x[3] * (Number(b) * growth - x[2]) / (growth + x[3])
      return (Number(a * samples) - loss) / x[0]
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      func normal(_ t: Number) -> Number {
        Number.erfc(t * Number(-(0.5.squareRoot()))) / 2
      }
      let root = Number(samples.squareRoot())
      return [
        x[2] - 2 * normal(-x[1]),
        x[3] - normal(root - x[1]) - normal(-root - x[1]),
      ]
    }
  }

  /// The cost of a quality control, second parameters.
  ///
  ///     f = (a n − x₄ (b (exp x₁ − 1) − x₃)/(exp x₁ − 1 + x₄))/x₁
  ///     x₃ = 2 Φ(−x₂),  x₄ = Φ(−x₂ + √n) + Φ(−x₂ − √n)
  ///     a = 0.1,  b = 1000,  n = 4,  Φ the normal distribution's function
  ///     0.0001 ≤ x₁ ≤ 100,  0 ≤ x₂ ≤ 100,  0 ≤ x₃, x₄ ≤ 2
  ///
  /// Source: Hock and Schittkowski 1981, problem 69.
  public static var hs69: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 69", number: 69, from: Vector(repeating: 1, count: 4),
      lower: [0, 0], upper: [0, 0],
      bounds: box([0.0001, 0, 0, 0], [100, 100, 2, 2]),
      landmarks: [
        .minimum(
          -956.712886650028313,
          at: [
            0.029371417421705642, 1.19025345040690877, 0.233946790667419794,
            0.791667811243804582,
          ])
      ],
      published: -956.71288,
      source: "Hock and Schittkowski 1981", HS68(a: 0.1, b: 1000, samples: 4))
  }

  /// Two Gamma distributions fitted to 19 data.
  ///
  ///     f = Σ (u₁(cᵢ) + u₂(cᵢ) − yᵢ)²,  c = 0.1, 1, 2 … 18
  ///     u₁(c) = x₃ b^x₂ γ(x₂, c/7.658) exp(x₂ (1 − b c/7.658))
  ///     u₂(c) = (1 − x₃) (b/x₄)^x₁ γ(x₁, c/7.658) exp(x₁ (1 − b c/(7.658 x₄)))
  ///     γ(s, t) = √(s/6.2832) t^(s − 1) 12 s/(12 s + 1),  b = x₃ + (1 − x₃) x₄
  ///     x₃ + (1 − x₃)x₄ ≥ 0
  ///     0.00001 ≤ x₁, x₂ ≤ 100,  0.00001 ≤ x₃ ≤ 1,  0.00001 ≤ x₄ ≤ 100
  ///
  /// Source: Hock and Schittkowski 1981, problem 70.
  public static var hs70: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 70", number: 70, from: [2, 4, 0.04, 2],
      lower: [0], upper: [.infinity],
      bounds: box(Vector(repeating: 0.00001, count: 4), [100, 100, 1, 100]),
      landmarks: [
        .minimum(
          0.00749846357442764547,
          at: [
            12.2769791276291228, 4.63174816285485645, 0.312864630225692062,
            2.02928282534148714,
          ])
      ],
      published: 0.007498464,
      source: "Hock and Schittkowski 1981", HS70())
  }

  struct HS70: ConstrainedFormula {
    let y: [Double] = [
      0.00189, 0.1038, 0.268, 0.506, 0.577, 0.604, 0.725, 0.898, 0.947, 0.845,
      0.702, 0.528, 0.385, 0.257, 0.159, 0.0869, 0.0453, 0.01509, 0.00189,
    ]

    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      let b: Number = x[2] + (1 - x[2]) * x[3]
      func weight(_ s: Number) -> Number {
        Number.sqrt(s / 6.2832) * 12 * s / (12 * s + 1)
      }
      let first: Number = x[2] * Number.pow(b, x[1]) * weight(x[1])
      let part: Number = b / x[3]
      let second: Number = (1 - x[2]) * Number.pow(part, x[0]) * weight(x[0])
      var sum: Number = 0
      for (i, y) in y.enumerated() {
        // t^(s − 1) as an exponential, since t is a number.
        let t = (i == 0 ? 0.1 : Double(i)) / 7.658
        let (log, t1) = (Number(Double.log(t)), Number(t))
        let u1 = first * Number.exp((x[1] - 1) * log + x[1] * (1 - b * t1))
        let u2 = second * Number.exp((x[0] - 1) * log + x[0] * (1 - part * t1))
        sum += square(u1 + u2 - Number(y))
      }
      return sum
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      [x[2] + (1 - x[2]) * x[3]]
    }
  }

  /// Biggs' small program with everything but a linear constraint.
  ///
  ///     f = x₁x₄(x₁ + x₂ + x₃) + x₃
  ///     x₁x₂x₃x₄ ≥ 25
  ///     x₁² + x₂² + x₃² + x₄² = 40
  ///     1 ≤ x ≤ 5
  ///
  /// Source: Hock and Schittkowski 1981, problem 71.
  public static var hs71: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 71", number: 71, from: [1, 5, 5, 1],
      lower: [25, 40], upper: [.infinity, 40],
      bounds: box(
        Vector(repeating: 1, count: 4), Vector(repeating: 5, count: 4)),
      landmarks: [
        .minimum(
          17.0140172891563016,
          at: [
            1, 4.74299963726441712, 3.82114998418487393, 1.37940829317267242,
          ])
      ],
      published: 17.0140173,
      source: "Hock and Schittkowski 1981", HS71())
  }

  struct HS71: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      x[0] * x[3] * (x[0] + x[1] + x[2]) + x[2]
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = x[0] * x[1] * x[2] * x[3]
      let c2: Number = square(x[0]) + square(x[1]) + square(x[2]) + square(x[3])
      return [c1, c2]
    }
  }

  /// Optimal samples: reciprocals with a small right-hand side.
  ///
  ///     f = 1 + x₁ + x₂ + x₃ + x₄
  ///     4/x₁ + 2.25/x₂ + 1/x₃ + 0.25/x₄ ≤ 0.0401
  ///     0.16/x₁ + 0.36/x₂ + 0.64/x₃ + 0.64/x₄ ≤ 0.010085
  ///     0.001 ≤ x₁ ≤ 400000,  0.001 ≤ x₂ ≤ 300000,  0.001 ≤ x₃ ≤ 200000,
  ///     0.001 ≤ x₄ ≤ 100000
  ///
  /// Source: Hock and Schittkowski 1981, problem 72.
  public static var hs72: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 72", number: 72, from: Vector(repeating: 1, count: 4),
      lower: [-.infinity, -.infinity], upper: [0.0401, 0.010085],
      bounds: box(
        Vector(repeating: 0.001, count: 4), [400000, 300000, 200000, 100000]),
      landmarks: [
        .minimum(
          727.679357789612969,
          at: [
            193.407427271946315, 179.547076032274552, 185.018063358151525,
            168.706791127240577,
          ])
      ],
      published: 727.67937,
      source: "Hock and Schittkowski 1981", HS72())
  }

  struct HS72: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      1 + x[0] + x[1] + x[2] + x[3]
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let c1: Number = 4 / x[0] + 2.25 / x[1] + 1 / x[2] + 0.25 / x[3]
      let c2: Number = 0.16 / x[0] + 0.36 / x[1] + 0.64 / x[2] + 0.64 / x[3]
      return [c1, c2]
    }
  }

  /// Cattle feed with a chance constraint.
  ///
  ///     f = 24.55 x₁ + 26.75 x₂ + 39 x₃ + 40.5 x₄
  ///     v = 0.28 x₁² + 0.19 x₂² + 20.5 x₃² + 0.62 x₄²
  ///     2.3 x₁ + 5.6 x₂ + 11.1 x₃ + 1.3 x₄ ≥ 5
  ///     x₁ + x₂ + x₃ + x₄ = 1
  ///     12 x₁ + 11.9 x₂ + 41.8 x₃ + 52.1 x₄ − 1.645 √(v) ≥ 21
  ///     x ≥ 0
  ///
  /// Source: Hock and Schittkowski 1981, problem 73.
  public static var hs73: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 73", number: 73, from: Vector(repeating: 1, count: 4),
      rows: .rows(
        [[2.3, 5.6, 11.1, 1.3], [1, 1, 1, 1]], from: [5, 1], to: [.infinity, 1]),
      lower: [21], upper: [.infinity],
      bounds: box(
        Vector(repeating: 0, count: 4), Vector(repeating: .infinity, count: 4)),
      landmarks: [
        .minimum(
          29.8943781591433526,
          at: [
            0.635521568635069726, 0, 0.312701880751523497,
            0.0517765506134067768,
          ])
      ],
      published: 29.894378,
      source: "Hock and Schittkowski 1981", HS73())
  }

  struct HS73: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      24.55 * x[0] + 26.75 * x[1] + 39 * x[2] + 40.5 * x[3]
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var v: Number = 0.28 * square(x[0]) + 0.19 * square(x[1])
      v += 20.5 * square(x[2]) + 0.62 * square(x[3])
      var c1: Number = 12 * x[0] + 11.9 * x[1] + 41.8 * x[2]
      c1 += 52.1 * x[3] - 1.645 * Number.sqrt(v)
      return [c1]
    }
  }

  /// Electric power flow with two generators.
  ///
  ///     f = 3 x₁ + 0.000001 x₁³ + 2 x₂ + 0.000002 x₂³/3
  ///     −0.55 ≤ x₄ − x₃ ≤ 0.55
  ///     1000 sin(−x₃ − 0.25) + 1000 sin(−x₄ − 0.25) − x₁ = −894.8
  ///     1000 sin(x₃ − 0.25) + 1000 sin(x₃ − x₄ − 0.25) − x₂ = −894.8
  ///     1000 sin(x₄ − 0.25) + 1000 sin(x₄ − x₃ − 0.25) = −1294.8
  ///     0 ≤ x₁, x₂ ≤ 1200,  −0.55 ≤ x₃, x₄ ≤ 0.55
  ///
  /// Source: Hock and Schittkowski 1981, problem 74.
  public static var hs74: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 74", number: 74, from: Vector(repeating: 0, count: 4),
      rows: .rows([[0, 0, -1, 1]], from: [-0.55], to: [0.55]),
      lower: [-894.8, -894.8, -1294.8], upper: [-894.8, -894.8, -1294.8],
      bounds: box([0, 0, -0.55, -0.55], [1200, 1200, 0.55, 0.55]),
      landmarks: [
        .minimum(
          5126.49810959527263,
          at: [
            679.945319851211715, 1026.06713261046472, 0.11887636449310189,
            -0.396233553203210298,
          ])
      ],
      published: 5126.4981,
      source: "Hock and Schittkowski 1981", HS74())
  }

  struct HS74: ConstrainedFormula {
    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      var f: Number = 3 * x[0] + 0.000001 * cube(x[0]) + 2 * x[1]
      f += 0.000002 * cube(x[1]) / 3
      return f
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      var c1: Number = 1000 * Number.sin(-x[2] - 0.25)
      c1 += 1000 * Number.sin(-x[3] - 0.25) - x[0]
      var c2: Number = 1000 * Number.sin(x[2] - 0.25)
      c2 += 1000 * Number.sin(x[2] - x[3] - 0.25) - x[1]
      var c3: Number = 1000 * Number.sin(x[3] - 0.25)
      c3 += 1000 * Number.sin(x[3] - x[2] - 0.25)
      return [c1, c2, c3]
    }
  }

  /// Electric power flow with two generators.
  ///
  ///     f = 3 x₁ + 0.000001 x₁³ + 2 x₂ + 0.000002 x₂³/3
  ///     −0.48 ≤ x₄ − x₃ ≤ 0.48
  ///     1000 sin(−x₃ − 0.25) + 1000 sin(−x₄ − 0.25) − x₁ = −894.8
  ///     1000 sin(x₃ − 0.25) + 1000 sin(x₃ − x₄ − 0.25) − x₂ = −894.8
  ///     1000 sin(x₄ − 0.25) + 1000 sin(x₄ − x₃ − 0.25) = −1294.8
  ///     0 ≤ x₁, x₂ ≤ 1200,  −0.48 ≤ x₃, x₄ ≤ 0.48
  ///
  /// Source: Hock and Schittkowski 1981, problem 75.
  public static var hs75: ConstrainedTestProblem {
    ConstrainedTestProblem(
      "HS 75", number: 75, from: Vector(repeating: 0, count: 4),
      rows: .rows([[0, 0, -1, 1]], from: [-0.48], to: [0.48]),
      lower: [-894.8, -894.8, -1294.8], upper: [-894.8, -894.8, -1294.8],
      bounds: box([0, 0, -0.48, -0.48], [1200, 1200, 0.48, 0.48]),
      landmarks: [
        .minimum(
          5174.41269537774129,
          at: [
            776.159026586059576, 925.195138469091827, 0.051108928538351231,
            -0.428891071461648769,
          ])
      ],
      published: 5174.4129,
      source: "Hock and Schittkowski 1981", HS74())
  }
}
