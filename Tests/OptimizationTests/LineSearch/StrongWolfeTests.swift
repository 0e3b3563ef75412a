import Matrix
import Optimization
import Testing

/// A function of one variable, φ and φ′ along (1).
private func along(
  _ phi: @escaping (Double) -> (Double, Double)
) -> DifferentiableFunction {
  DifferentiableFunction { x, gradient in
    let (value, slope) = phi(x[0])
    gradient[0] = slope
    return value
  }
}

/// Searches from 0 along (1) and returns the step with φ and φ′ there.
private func search(
  _ line: some LineSearch, _ phi: @escaping (Double) -> (Double, Double),
  first: Double
) -> (step: Double, value: Double, slope: Double, evaluations: Int)? {
  var evaluator = Evaluator(along(phi))
  let origin = Run(along(phi), from: [0], using: .lbfgs()).state.point
  var trial = origin
  let outcome = line.search(
    from: origin, along: [1], slope: origin.gradient[0], firstStep: first,
    evaluator: &evaluator, trial: &trial)
  guard case .found(let step) = outcome else { return nil }
  #expect(trial.x[0] == step)
  return (step, trial.value, trial.gradient[0], evaluator.counts.values)
}

/// The six functions of Moré and Thuente 1994, section 5, with the parameters of
/// their tables.
private enum MoreThuente: CaseIterable {
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

@Suite struct StrongWolfeTests {
  @Test func publishedFunctionsFromPublishedSteps() throws {
    for phi in MoreThuente.allCases {
      let (c1, c2) = phi.constants
      for (first, count) in zip([1e-3, 1e-1, 1e1, 1e3], phi.evaluations) {
        let line = StrongWolfe(decrease: c1, curvature: c2)
        let found = try #require(
          search(line, phi.callAsFunction, first: first), "\(phi), \(first)")
        let (value0, slope0) = phi(0)
        #expect(found.value <= value0 + c1 * found.step * slope0)
        #expect(abs(found.slope) <= c2 * abs(slope0))
        #expect(found.evaluations == count, "\(phi), \(first)")
      }
    }
  }

  @Test func quadraticTakesTheUnitStepAtOnce() throws {
    func phi(_ t: Double) -> (Double, Double) {
      (0.5 * (t - 1) * (t - 1), t - 1)
    }
    let found = try #require(search(StrongWolfe(), phi, first: 1))
    #expect(found.step == 1)
    #expect(found.evaluations == 1)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func undefinedHalfLineIsAvoided(outside: Double) throws {
    // The minimum at 1 is defined, what lies beyond 1.2 is not.
    func phi(_ t: Double) -> (Double, Double) {
      if t > 1.2 { return (outside, outside) }
      return (0.5 * (t - 1) * (t - 1), t - 1)
    }
    for first in [1.0, 1.3, 10, 1e6] {
      let line = StrongWolfe(curvature: 0.1)
      let found = try #require(search(line, phi, first: first), "\(first)")
      #expect(abs(found.slope) <= 0.1)
    }
  }

  @Test func minimumOnTheBorderOfTheDomainIsApproached() throws {
    // Descending until it ceases to exist: any decrease will do.
    func phi(_ t: Double) -> (Double, Double) {
      t < 1 ? (-t, -1) : (.nan, .nan)
    }
    let found = try #require(search(StrongWolfe(), phi, first: 4))
    #expect(found.value < -0.5)
  }

  @Test func undefinedEverywhereFails() {
    #expect(
      search(StrongWolfe(), { $0 > 0 ? (.nan, .nan) : (0, -1) }, first: 1)
        == nil)
  }

  @Test func valuesEqualUpToRoundingAreJudgedBySlope() throws {
    // 1e10 + t² near t = −1e-5: no change of the value can be seen.
    func phi(_ t: Double) -> (Double, Double) {
      let u = t - 1e-5
      return (1e10 + u * u, 2 * u)
    }
    let found = try #require(
      search(StrongWolfe(curvature: 0.1), phi, first: 1e-6))
    #expect(abs(found.slope) <= 0.1 * 2e-5)
  }

  @Test func impossibleConstantsTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = StrongWolfe(decrease: 0.5, curvature: 0.4)
    }
  }
}

@Suite struct ArmijoTests {
  @Test func decreaseIsSufficientFromAnyFirstStep() throws {
    for phi in MoreThuente.allCases {
      for first in [1e-3, 1e-1, 1e1, 1e3] {
        let found = try #require(
          search(Armijo(), phi.callAsFunction, first: first), "\(first)")
        let (value0, slope0) = phi(0)
        #expect(
          found.value <= value0 + 1e-4 * found.step * slope0, "\(phi), \(first)"
        )
        #expect(found.step <= first)
      }
    }
  }

  @Test func undefinedHalfLineIsAvoided() throws {
    let found = try #require(
      search(Armijo(), { $0 > 1e-3 ? (.nan, 0) : (-$0, -1) }, first: 1))
    #expect(found.step > 0 && found.step <= 1e-3)
  }
}

@Suite struct ConstantStepTests {
  @Test func takesItsStepWhateverTheValue() throws {
    let found = try #require(
      search(ConstantStep(0.25), { ($0, -1) }, first: 7))
    #expect(found.step == 0.25)
  }

  @Test func undefinedEndFails() {
    #expect(
      search(ConstantStep(1), { $0 > 0.5 ? (.nan, 0) : (-$0, -1) }, first: 1)
        == nil)
  }
}
