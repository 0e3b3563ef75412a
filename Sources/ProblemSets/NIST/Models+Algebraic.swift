import Differentiation

/// DanWood: β₁ x^β₂.
struct Power: RegressionModel {
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    b[0] * .pow(Number(x[0]), b[1])
  }
}

/// Misra1b: β₁ (1 − (1 + β₂x/2)⁻²).
struct InverseSquareSaturation: RegressionModel {
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    let below = 1 + b[1] * Number(x[0] / 2)
    return b[0] * (1 - 1 / (below * below))
  }
}

/// Misra1c: β₁ (1 − (1 + 2β₂x)^(−½)).
struct InverseRootSaturation: RegressionModel {
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    b[0] * (1 - 1 / (1 + b[1] * Number(2 * x[0])).squareRoot())
  }
}

/// Misra1d: β₁β₂x / (1 + β₂x).
struct Hyperbola: RegressionModel {
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    let product = b[1] * Number(x[0])
    return b[0] * product / (1 + product)
  }
}

/// Kirby2, Hahn1, Thurber: (β₁ + … + βₖ₊₁xᵏ) / (1 + βₖ₊₂x + … + β₂ₖ₊₁xᵏ).
struct Rational: RegressionModel {
  let degree: Int

  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    let x = Number(x[0])
    var above = b[degree]
    for k in (0..<degree).reversed() { above = above * x + b[k] }
    var below = b[2 * degree]
    for k in (degree + 1..<2 * degree).reversed() { below = below * x + b[k] }
    return above / (1 + below * x)
  }
}

/// MGH09: β₁ (x² + xβ₂) / (x² + xβ₃ + β₄).
struct QuadraticRatio: RegressionModel {
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    let (square, x) = (Number(x[0] * x[0]), Number(x[0]))
    return b[0] * (square + x * b[1]) / (square + x * b[2] + b[3])
  }
}

/// Bennett5: β₁ (β₂ + x)^(−1/β₃).
struct ShiftedPower: RegressionModel {
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    b[0] * .pow(b[1] + Number(x[0]), -1 / b[2])
  }
}

/// Roszman1: β₁ − β₂x − arctan(β₃/(x − β₄))/π.
struct QuantumDefects: RegressionModel {
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    let x = Number(x[0])
    let angle: Number = .atan(b[2] / (x - b[3]))
    return b[0] - b[1] * x - angle / .pi
  }
}

/// ENSO: a mean and cycles of 12, β₄ and β₇ months.
///
/// β₁ + β₂ cos(2πx/12) + β₃ sin(2πx/12) + β₅ cos(2πx/β₄) + β₆ sin(2πx/β₄)
/// + β₈ cos(2πx/β₇) + β₉ sin(2πx/β₇).
struct Cycles: RegressionModel {
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    let angle = 2 * Double.pi * x[0]
    let year = angle / 12
    let first = Number(angle) / b[3]
    let second = Number(angle) / b[6]
    let yearly = b[1] * Number(.cos(year)) + b[2] * Number(.sin(year))
    let slow = b[4] * .cos(first) + b[5] * .sin(first)
    return b[0] + yearly + slow + b[7] * .cos(second) + b[8] * .sin(second)
  }
}
