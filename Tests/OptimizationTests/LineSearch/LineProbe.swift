import Matrix
import Optimization
import Testing

/// A function of one variable, φ and φ′ along (1).
func along(
  _ phi: @escaping (Double) -> (Double, Double)
) -> DifferentiableFunction {
  DifferentiableFunction { x, gradient in
    let (value, slope) = phi(x[0])
    gradient[0] = slope
    return value
  }
}

/// Searches from 0 along (1) and returns the step with φ and φ′ there.
func search(
  _ line: some LineSearch, _ phi: @escaping (Double) -> (Double, Double),
  first: Double
) -> (step: Double, value: Double, slope: Double, evaluations: Int)? {
  var evaluator = Evaluator(along(phi))
  let origin = Run(along(phi), from: [0], using: .lbfgs()).state.point
  var trial = origin
  var memory = line.makeMemory()
  let outcome = line.search(
    from: origin, along: [1], slope: origin.gradient[0], firstStep: first,
    memory: &memory, evaluator: &evaluator, trial: &trial)
  guard case .found(let step) = outcome else { return nil }
  #expect(trial.x[0] == step)
  return (step, trial.value, trial.gradient[0], evaluator.counts.values)
}

/// The six functions of Moré and Thuente 1994, section 5, with the parameters of
/// their tables.
enum MoreThuente: CaseIterable {
  case one, two, three, four, five, six

  func callAsFunction(_ t: Double) -> (Double, Double) {
    switch self {
    case .one:
      let beta = 2.0
      let q = t * t + beta
      return (-t / q, (t * t - beta) / (q * q))
    case .two:
      let u = t + 0.004
      let u3 = u * u * u
      return (u3 * u * (u - 2), u3 * (5 * u - 8))
    case .three:
      let (beta, l) = (0.01, 39.0)
      let base: Double
      let slope: Double
      if t <= 1 - beta {
        (base, slope) = (1 - t, -1)
      } else if t >= 1 + beta {
        (base, slope) = (t - 1, 1)
      } else {
        base = (t - 1) * (t - 1) / (2 * beta) + beta / 2
        slope = (t - 1) / beta
      }
      let angle = l * .pi / 2 * t
      return (
        base + 2 * (1 - beta) / (l * .pi) * sine(angle),
        slope + (1 - beta) * sine(angle + .pi / 2)
      )
    case .four: return yanai(t, 0.001, 0.001)
    case .five: return yanai(t, 0.01, 0.001)
    case .six: return yanai(t, 0.001, 0.01)
    }
  }

  /// The conditions' constants in the paper's tables I to VI.
  var constants: (decrease: Double, curvature: Double) {
    switch self {
    case .one: (1e-3, 0.1)
    case .two, .three: (0.0999, 0.1)
    case .four, .five, .six: (1e-3, 1.1e-3)
    }
  }

  /// The evaluations in the paper's tables I to VI, from the steps 10⁻³, 10⁻¹, 10
  /// and 10³.
  var evaluations: [Int] {
    switch self {
    case .one: [6, 3, 1, 4]
    case .two: [12, 8, 8, 11]
    case .three: [12, 12, 10, 13]
    case .four: [4, 1, 3, 4]
    case .five: [6, 3, 7, 8]
    case .six: [13, 11, 8, 11]
    }
  }

  private func yanai(
    _ t: Double, _ b1: Double, _ b2: Double
  ) -> (Double, Double) {
    func gamma(_ b: Double) -> Double { (1 + b * b).squareRoot() - b }
    let (g1, g2) = (gamma(b1), gamma(b2))
    let p = ((1 - t) * (1 - t) + b2 * b2).squareRoot()
    let q = (t * t + b1 * b1).squareRoot()
    return (g1 * p + g2 * q, -g1 * (1 - t) / p + g2 * t / q)
  }

  private func sine(_ x: Double) -> Double { Double.sin(x) }
}
