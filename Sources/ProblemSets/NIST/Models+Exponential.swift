import Differentiation

/// Misra1a, BoxBOD: β₁ (1 − e^(−β₂x)).
struct Saturation: RegressionModel {
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    b[0] * (1 - .exp(-b[1] * Number(x[0])))
  }
}

/// Chwirut1, Chwirut2: e^(−β₁x) / (β₂ + β₃x).
struct DecayOverLine: RegressionModel {
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    let x = Number(x[0])
    return .exp(-b[0] * x) / (b[1] + b[2] * x)
  }
}

/// Lanczos1, 2, 3: β₁ e^(−β₂x) + β₃ e^(−β₄x) + β₅ e^(−β₆x).
struct ThreeDecays: RegressionModel {
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    let x = Number(x[0])
    let first = b[0] * .exp(-b[1] * x)
    let second = b[2] * .exp(-b[3] * x)
    return first + second + b[4] * .exp(-b[5] * x)
  }
}

/// Gauss1, 2, 3: β₁ e^(−β₂x) + β₃ e^(−(x−β₄)²/β₅²) + β₆ e^(−(x−β₇)²/β₈²).
struct DecayAndTwoPeaks: RegressionModel {
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    let x = Number(x[0])
    let first = (x - b[3]) / b[4]
    let second = (x - b[6]) / b[7]
    let peaks = b[2] * .exp(-first * first) + b[5] * .exp(-second * second)
    return b[0] * .exp(-b[1] * x) + peaks
  }
}

/// MGH17: β₁ + β₂ e^(−β₄x) + β₃ e^(−β₅x).
struct TwoDecays: RegressionModel {
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    let x = Number(x[0])
    return b[0] + b[1] * .exp(-b[3] * x) + b[2] * .exp(-b[4] * x)
  }
}

/// Nelson, for log y: β₁ − β₂x₁ e^(−β₃x₂).
struct Degradation: RegressionModel {
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    b[0] - b[1] * Number(x[0]) * .exp(-b[2] * Number(x[1]))
  }
}

/// Rat42: β₁ / (1 + e^(β₂−β₃x)).
struct Logistic: RegressionModel {
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    b[0] / (1 + .exp(b[1] - b[2] * Number(x[0])))
  }
}

/// Rat43: β₁ / (1 + e^(β₂−β₃x))^(1/β₄).
struct Richards: RegressionModel {
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    let base = 1 + Number.exp(b[1] - b[2] * Number(x[0]))
    return b[0] / .pow(base, 1 / b[3])
  }
}

/// MGH10: β₁ e^(β₂/(x+β₃)).
struct Thermistor: RegressionModel {
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    b[0] * .exp(b[1] / (Number(x[0]) + b[2]))
  }
}

/// Eckerle4: β₁/β₂ e^(−½((x−β₃)/β₂)²).
struct Peak: RegressionModel {
  func value<Number: RealNumber>(_ b: [Number], at x: [Double]) -> Number {
    let d = (Number(x[0]) - b[2]) / b[1]
    return b[0] / b[1] * .exp(-d * d / 2)
  }
}
