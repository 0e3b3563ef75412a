import Optimization
import Testing

@Suite struct GoldenScheduleTests {
  /// What Scripts/golden/schedules.py calls by these names.
  static let schedules: [String: LearningRate] = [
    "constant": 0.1,
    "step": .step(from: 0.1, by: 0.5, every: 20),
    "multiStep": .multiStep(from: 0.1, by: 0.3, at: [80, 30, 31]),
    "exponential": .exponential(from: 0.1, factor: 0.97),
    "exponentialEvery": .exponential(from: 0.1, factor: 0.3, every: 25),
    "exponentialAtLeast":
      .exponential(from: 0.1, factor: 0.3, every: 25).atLeast(0.02),
    "polynomial": .polynomial(from: 0.1, over: 80, power: 2.5),
    "polynomialTo": .polynomial(from: 0.1, to: 0.01, over: 60, power: 3),
    "linear": .linear(from: 0.025, to: 0.075, over: 60),
    "cosine": .cosine(from: 0.1, to: 1e-3, over: 120),
    "cosineToZero": .cosine(from: 0.1, over: 80),
    "cosineTo": .cosine(from: 0.1, to: 0.005, over: 80),
    "cosineRestarts": .cosineRestarts(from: 0.1, to: 1e-3, period: 20),
    "cosineRestartsLonger":
      .cosineRestarts(from: 0.1, to: 1e-4, period: 10, multiplier: 2),
    "cosineRestartsTripled":
      .cosineRestarts(from: 0.1, period: 3, multiplier: 3),
    "cosineRestartsListed":
      .cosineRestarts(from: 0.1, period: 10, multiplier: 2, factor: 0.5),
    "triangular": .triangular(from: 0.01, to: 0.1, rising: 20),
    "triangularUneven":
      .triangular(from: 0.01, to: 0.1, rising: 13, falling: 17),
    "triangular2": .triangular2(from: 0.01, to: 0.1, rising: 10),
    "triangular2Uneven":
      .triangular2(from: 0.01, to: 0.1, rising: 6, falling: 14),
    "expRange": .expRange(from: 0.01, to: 0.1, rising: 20, factor: 0.99),
    "oneCycle": .oneCycle(peak: 0.5, over: 100),
    "oneCycleLinear":
      .oneCycle(
        peak: 0.5, over: 120, rising: 0.25, division: 10, finalDivision: 100,
        annealing: .linear),
    "oneCycleThreePhases":
      .oneCycle(peak: 0.5, over: 110, rising: 0.45, threePhases: true),
    "oneCycleThreePhasesLinear":
      .oneCycle(
        peak: 0.5, over: 110, rising: 0.4, annealing: .linear,
        threePhases: true),
    "oneCycleOptax":
      .cosine(from: 0.02, to: 0.5, over: 30)
      .then(.cosine(from: 0.5, to: 2e-6, over: 70), after: 30),
    "oneCycleLinearOptax":
      .linear(from: 0.02, to: 0.5, over: 30)
      .then(.linear(from: 0.5, to: 0.02, over: 55), after: 30)
      .then(.linear(from: 0.02, to: 2e-6, over: 15), after: 85),
    "warmUpCosine":
      .warmUp(over: 10, from: 0.01, to: .cosine(from: 0.1, over: 100)),
    "warmUpStep":
      .warmUp(over: 5, from: 0.02, to: .step(from: 0.1, every: 30)),
    "warmUpCosineFromZero":
      .warmUp(over: 10, to: .cosine(from: 0.1, to: 0.001, over: 80)),
    "warmUpExponential":
      .warmUp(
        over: 20, from: 0.01,
        to: .exponential(from: 0.1, factor: 0.8, every: 10)),
    "warmUpConstant": .warmUp(over: 40, from: 0.02, to: 0.1),
    "joined":
      LearningRate.constant(0.1)
      .then(.linear(from: 0.1, to: 0.01, over: 30), after: 20)
      .then(.cosine(from: 0.05, over: 30), after: 50),
    "transformer": .transformer(width: 512, warmUp: 40),
    "inverseTime": .inverseTime(from: 0.1, decay: 0.05),
  ]

  @Test func everyScheduleIsThatOfPyTorchOrOptax() throws {
    let golden = try Golden.schedules()
    var untried = Set(Self.schedules.keys)
    for expected in golden.cases {
      let schedule = try #require(Self.schedules[expected.name])
      untried.remove(expected.name)
      let peak = expected.rates.max() ?? 0
      for (step, rate) in zip(golden.steps, expected.rates) {
        // PyTorch goes from rate to rate, with errors of the rounding of the
        // peak where a rate has come near 0.
        #expect(
          abs(schedule(at: step) - rate) <= 1e-12 * max(rate, 1e-3 * peak),
          "\(expected.name) of \(expected.library) at \(step)")
      }
    }
    #expect(untried == [], "these have no golden rates")
  }
}
