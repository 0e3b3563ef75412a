import Differentiation

extension MoreGarbowHillstrom {
  /// Two decaying exponentials and a constant (17).
  ///
  ///     rᵢ = yᵢ − (x₁ + x₂ e^(−tᵢx₄) + x₃ e^(−tᵢx₅)),  tᵢ = 10 (i − 1),
  ///     i = 1 … 33
  ///
  /// The same as MGH17 of ``NIST``.
  ///
  /// Source: Osborne 1972.
  public static var osborne1: LeastSquaresProblem {
    LeastSquaresProblem(
      "Osborne 1", number: 17, from: [0.5, 1.5, -1, 0.01, 0.02], residuals: 33,
      landmarks: [
        .minimum(
          5.4648946974829064e-5,
          at: [
            0.37541005210695204, 1.9358469127123674, -1.4646871366134231,
            0.012867534640057289, 0.022122699661672611,
          ])
      ],
      source: "Osborne 1972", Osborne1())
  }

  struct Osborne1: ResidualFormula {
    static let y = [
      0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.850, 0.818, 0.784,
      0.751, 0.718, 0.685, 0.658, 0.628, 0.603, 0.580, 0.558, 0.538, 0.522,
      0.506, 0.490, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.420,
      0.414, 0.411, 0.406,
    ]

    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      Self.y.enumerated().map { i, y in
        let t = Number(10 * i)
        let decays = x[1] * .exp(-t * x[3]) + x[2] * .exp(-t * x[4])
        return Number(y) - (x[0] + decays)
      }
    }
  }

  /// Three exponentials fitted to the sum of three (18).
  ///
  ///     rᵢ = x₃ e^(−tᵢx₁) − x₄ e^(−tᵢx₂) + x₆ e^(−tᵢx₅) − yᵢ,  tᵢ = i/10,
  ///     yᵢ = e^(−tᵢ) − 5 e^(−10tᵢ) + 3 e^(−4tᵢ)
  ///
  /// The terms can be exchanged, so that there are six minimisers with f = 0.
  /// The paper's other value, 5.65565e-3 for m = 13, belongs to the fit of two
  /// terms: where x₁ = x₅ only x₃ + x₆ matters, and every point of that line is
  /// critical, with ∇²f singular along it. Where x₃x₆ > 0 ∇²f has a negative
  /// eigenvalue too, so that f is lower nearby; where x₃x₆ < 0 it has none, and
  /// the line is a trough without an end.
  ///
  /// - Precondition: m ≥ 6. The trough is known for m = 13.
  ///
  /// Source: Biggs 1971.
  public static func biggsEXP6(residuals m: Int = 13) -> LeastSquaresProblem {
    requireSize(m >= 6, "Biggs EXP6", 6, m, rule: "m ≥ n")
    let x1 = 1.7114159947195876
    let x2 = 17.683198180949067
    let sum = 2.3262873218377851
    let x4 = 5.1865615519934518
    let value = 5.6556499254999310e-3
    let trough: [Landmark] = [
      .localMinimum(
        value, at: [x1, x2, sum + 1, x4, x1, -1], "all x₁ = x₅, x₃x₆ < 0"),
      .saddle(
        value, at: [x1, x2, sum - 1, x4, x1, 1], "all x₁ = x₅, x₃x₆ > 0"),
    ]
    return LeastSquaresProblem(
      "Biggs EXP6", number: 18, from: [1, 2, 1, 1, 1, 1], residuals: m,
      landmarks: [
        .minimum(0, at: [1, 10, 1, 5, 4, 3]),
        .minimum(0, at: [4, 10, 3, 5, 1, 1]),
        .minimum(0, at: [1, 4, 1, -3, 10, -5]),
        .minimum(0, at: [4, 1, 3, -1, 10, -5]),
        .minimum(0, at: [10, 1, -5, -1, 4, 3]),
        .minimum(0, at: [10, 4, -5, -3, 1, 1]),
      ] + (m == 13 ? trough : []),
      source: "Biggs 1971", BiggsEXP6(count: m))
  }

  struct BiggsEXP6: ResidualFormula {
    let count: Int

    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      (1...count).map { i in
        let t = Double(i) / 10
        let y = Double.exp(-t) - 5 * .exp(-10 * t) + 3 * .exp(-4 * t)
        let s = Number(-t)
        let first = x[2] * .exp(s * x[0])
        let second = x[3] * .exp(s * x[1])
        let third = x[5] * .exp(s * x[4])
        return first - second + third - Number(y)
      }
    }
  }

  /// An exponential and three bell curves fitted to 65 values (19).
  ///
  ///     rᵢ = yᵢ − (x₁ e^(−tᵢx₅) + x₂ exp(−(tᵢ − x₉)² x₆)
  ///          + x₃ exp(−(tᵢ − x₁₀)² x₇) + x₄ exp(−(tᵢ − x₁₁)² x₈)),
  ///     tᵢ = (i − 1)/10
  ///
  /// Source: Osborne 1972.
  public static var osborne2: LeastSquaresProblem {
    LeastSquaresProblem(
      "Osborne 2", number: 19,
      from: [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5], residuals: 65,
      landmarks: [
        .minimum(
          0.040137736293547738,
          at: [
            1.3099771546273005, 0.43155379460298892, 0.63366169896072400,
            0.59943053478591630, 0.75418322632801128, 0.90428857985963366,
            1.3658118352370285, 4.8236988172271555, 2.3986848661317546,
            4.568874597667672, 5.6753414705806412,
          ])
      ],
      source: "Osborne 1972", Osborne2())
  }

  struct Osborne2: ResidualFormula {
    static let y = [
      1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725,
      0.746, 0.679, 0.608, 0.655, 0.616, 0.606, 0.602, 0.626, 0.651, 0.724,
      0.649, 0.649, 0.694, 0.644, 0.624, 0.661, 0.612, 0.558, 0.533, 0.495,
      0.500, 0.423, 0.395, 0.375, 0.372, 0.391, 0.396, 0.405, 0.428, 0.429,
      0.523, 0.562, 0.607, 0.653, 0.672, 0.708, 0.633, 0.668, 0.645, 0.632,
      0.591, 0.559, 0.597, 0.625, 0.739, 0.710, 0.729, 0.720, 0.636, 0.581,
      0.428, 0.292, 0.162, 0.098, 0.054,
    ]

    func residuals<Number: RealNumber>(_ x: [Number]) -> [Number] {
      Self.y.enumerated().map { i, y in
        let t = Number(Double(i) / 10)
        var fit = x[0] * .exp(-t * x[4])
        for k in 1...3 {
          let d = t - x[7 + k]
          fit += x[k] * .exp(-d * d * x[4 + k])
        }
        return Number(y) - fit
      }
    }
  }
}
