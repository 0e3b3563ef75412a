import Differentiation
import Matrix

extension HockSchittkowski {
  /// The optimal control of a heat equation, 2 variables.
  ///
  ///     f = Σ xᵢ²,  what is left of the heat ≤ 0.0001
  ///     0.1 ≤ x₁ ≤ 10,  −10 ≤ xᵢ ≤ 10
  ///
  /// Source: Hock and Schittkowski 1981, problem 88.
  public static var hs88: ConstrainedTestProblem {
    control(88, at: [1.07431873120325324, -0.456613708374723285])
  }

  /// The optimal control of a heat equation, 3 variables.
  ///
  ///     f = Σ xᵢ²,  what is left of the heat ≤ 0.0001
  ///     0.1 ≤ x₁ ≤ 10,  −10 ≤ xᵢ ≤ 10
  ///
  /// Source: Hock and Schittkowski 1981, problem 89.
  public static var hs89: ConstrainedTestProblem {
    control(89, at: [1.07431873120325324, -0.456613708374723285, 0])
  }

  /// The optimal control of a heat equation, 4 variables.
  ///
  ///     f = Σ xᵢ²,  what is left of the heat ≤ 0.0001
  ///     0.1 ≤ x₁ ≤ 10,  −10 ≤ xᵢ ≤ 10
  ///
  /// Source: Hock and Schittkowski 1981, problem 90.
  public static var hs90: ConstrainedTestProblem {
    control(90, at: [1.07431873120325324, 0, 0, -0.456613708374723285])
  }

  /// The optimal control of a heat equation, 5 variables.
  ///
  ///     f = Σ xᵢ²,  what is left of the heat ≤ 0.0001
  ///     0.1 ≤ x₁ ≤ 10,  −10 ≤ xᵢ ≤ 10
  ///
  /// Source: Hock and Schittkowski 1981, problem 91.
  public static var hs91: ConstrainedTestProblem {
    control(91, at: [1.07431873120325324, 0, 0, -0.456613708374723285, 0])
  }

  /// The optimal control of a heat equation, 6 variables.
  ///
  ///     f = Σ xᵢ²,  what is left of the heat ≤ 0.0001
  ///     0.1 ≤ x₁ ≤ 10,  −10 ≤ xᵢ ≤ 10
  ///
  /// Source: Hock and Schittkowski 1981, problem 92.
  public static var hs92: ConstrainedTestProblem {
    control(92, at: [1.07431873120325324, 0, 0, 0, 0, -0.456613708374723285])
  }

  private static func control(
    _ number: Int, at point: Vector<Double>
  ) -> ConstrainedTestProblem {
    let n = number - 86
    return ConstrainedTestProblem(
      "HS \(number)", number: number,
      from: Vector(count: n) { $0.isMultiple(of: 2) ? 0.5 : -0.5 },
      lower: [2.0 / 15 - 0.0001], upper: [.infinity],
      bounds: box(
        Vector(count: n) { $0 == 0 ? 0.1 : -10 },
        Vector(repeating: 10, count: n)),
      landmarks: [
        .minimum(
          1.36265681488988472, at: point,
          number == 88 ? "" : "one of many, as signs and sums of squares count")
      ], published: 1.36265681, source: "Hock and Schittkowski 1981", HS88())
  }

  /// The first 30 terms of a series over the roots μ of μ tan μ = 1.
  ///
  ///     Σ μ² a ρ (μ sin μ ρ − 2 d) ≤ 0.0001 − 2/15
  ///     a = 2 sin μ/(μ + sin μ cos μ),  d = (sin μ/μ − cos μ)/μ²
  ///     ρ = −((−1)ⁿ + 2 Σ (−1)ⁿ⁻ⁱ exp(−μ² tₙ₊₁₋ᵢ) + exp(−μ² t₁))/μ²,  i = 1 … n − 1
  ///     tₖ = xₖ² + … + xₙ²
  struct HS88: ConstrainedFormula {
    struct Mode {
      let root, a, d, slope: Double

      /// The j-th from 0, by Newton's method from beside π j.
      init(_ j: Int) {
        var root = j == 0 ? 0.86 : Double.pi * Double(j)
        for _ in 0..<8 {
          let (sine, cosine) = (Double.sin(root), Double.cos(root))
          root -= (root * sine - cosine) / (2 * sine + root * cosine)
        }
        self.root = root
        let (sine, cosine) = (Double.sin(root), Double.cos(root))
        a = 2 * sine / (root + sine * cosine)
        d = (sine / root - cosine) / (root * root)
        slope = root * sine
      }
    }

    let modes = (0..<30).map { Mode($0) }

    func value<Number: RealNumber>(_ x: [Number]) -> Number {
      x.dropFirst().reduce(square(x[0])) { $0 + square($1) }
    }

    func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] {
      let n = x.count
      var tails = x.map { square($0) }
      for k in (0..<n - 1).reversed() { tails[k] += tails[k + 1] }
      var sum: Number = 0
      for mode in modes {
        let rate = Number(mode.root * mode.root)
        var rho: Number = n.isMultiple(of: 2) ? 1 : -1
        for i in 1..<n {
          let sign: Number = (n - i).isMultiple(of: 2) ? 2 : -2
          rho += sign * Number.exp(-rate * tails[n - i])
        }
        rho = -(rho + Number.exp(-rate * tails[0])) / rate
        let rest: Number = Number(mode.slope) * rho - Number(2 * mode.d)
        sum -= rate * Number(mode.a) * rho * rest
      }
      return [sum]
    }
  }
}
