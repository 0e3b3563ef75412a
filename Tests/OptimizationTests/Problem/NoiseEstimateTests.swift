import Matrix
import ProblemSets
import TestSupport
import Testing

@testable import Optimization

/// A smooth function of 10 variables with noise of known size in every value.
private final class Noisy: Objective {
  let sigma: Double
  private var generator: SplitMix64

  init(_ sigma: Double, seed: UInt64) {
    self.sigma = sigma
    generator = SplitMix64(seed: seed)
  }

  static func smooth(_ x: Vector<Double>) -> Double {
    x.enumerated().reduce(1) { sum, entry in
      let t = entry.element - 0.1 * Double(entry.offset)
      return sum + t * t + 0.1 * t * t * t
    }
  }

  func value(at x: Vector<Double>) -> Double {
    // Uniform, with standard deviation 1.
    let u = 12.0.squareRoot() * (generator.nextUniform() - 0.5)
    return Self.smooth(x) * (1 + sigma * u)
  }
}

private let start = Vector(count: 10) { 1 + 0.3 * Double($0) }

@Suite struct NoiseEstimateTests {
  @Test(arguments: [1e-3, 1e-5, 1e-8, 1e-11, 1e-13])
  func uniformNoiseOfKnownSizeIsFound(sigma: Double) throws {
    var close = 0
    let trials = 60
    for seed in 0..<trials {
      let noise = try estimateNoise(
        of: Noisy(sigma, seed: UInt64(seed)), at: start)
      let ratio = noise.relativeLevel / sigma
      if ratio > 0.25 && ratio < 4 { close += 1 }
      #expect(ratio > 0.05 && ratio < 20, "seed \(seed)")
      #expect(abs(noise.value - Noisy.smooth(start)) <= 4 * sigma * noise.value)
    }
    // Moré and Wild 2011, section 6: within a factor of 4 nearly always.
    #expect(close >= trials * 9 / 10)
  }

  @Test func roundingToSinglePrecisionIsFound() throws {
    func inFloat(_ x: Vector<Double>) -> Double {
      var sum: Float = 1
      for i in 0..<x.count {
        let t = Float(x[i]) - 0.1 * Float(i)
        sum += t * t + 0.1 * t * t * t
      }
      return Double(sum)
    }
    // What the error is, by the same function in double precision.
    var generator = SplitMix64(seed: 8)
    var errors: [Double] = []
    for _ in 0..<2000 {
      let x = Vector(count: 10) {
        start[$0] * (1 + 1e-4 * generator.nextUniform())
      }
      errors.append(inFloat(x) - Noisy.smooth(x))
    }
    let mean = errors.reduce(0, +) / 2000
    let variance = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2000
    let noise = try estimateNoise(of: Function(inFloat), at: start)
    #expect(noise.level > variance.squareRoot() / 5)
    #expect(noise.level < variance.squareRoot() * 5)
  }

  @Test func roundingAloneIsAFewUnits() throws {
    for problem in UnconstrainedProblems.all where problem.dimension >= 10 {
      let x = Vector(problem.start.map { 1.1 * $0 + 0.01 })
      guard
        let noise = try? estimateNoise(
          of: Function { problem.value(Array($0)) }, at: x)
      else { continue }
      #expect(
        noise.relativeLevel > 1e-19 && noise.relativeLevel < 1e-11,
        "\(problem.name): \(noise.relativeLevel)")
    }
  }

  @Test func unitsOfValueAndVariablesScaleTheEstimate() throws {
    func estimate(_ a: Double, _ b: Double) throws -> NoiseEstimate {
      let noisy = Noisy(1e-6, seed: 5)
      return try estimateNoise(
        of: Function { x in
          var y = x
          y.scale(by: 1 / b)
          return a * noisy.value(at: y)
        }, at: b * start)
    }
    let plain = try estimate(1, 1)
    let scaled = try estimate(0x1p20, 0x1p-30)
    #expect(scaled.level == 0x1p20 * plain.level)
    #expect(scaled.spacing == 0x1p-30 * plain.spacing)
    #expect(scaled.evaluations == plain.evaluations)
  }

  @Test func noiseIsAllThereIsOfAValueNearZero() throws {
    // At its minimum, 0, a function is as large as its noise.
    let noisy = Noisy(1e-4, seed: 11)
    let least = Vector(count: 10) { 0.1 * Double($0) }
    let shifted = Function { x in noisy.value(at: x) - 1 }
    let noise = try estimateNoise(of: shifted, at: least)
    #expect(noise.level > 1e-4 / 5 && noise.level < 5e-4)
  }

  @Test func stepsOfAFunctionCallForAWiderSpacing() throws {
    // f rounded to multiples of 2⁻²⁰, as one with a fixed number of digits: the
    // errors are uniform within half a unit.
    let stepped = Function { x in
      (Noisy.smooth(x) * 0x1p20).rounded() * 0x1p-20
    }
    let noise = try estimateNoise(of: stepped, at: start)
    #expect(noise.evaluations > 7)
    let sigma = 0x1p-20 / 12.0.squareRoot()
    #expect(noise.level > sigma / 5 && noise.level < 5 * sigma)
  }

  @Test func whatHasNoNoiseIsAnError() {
    #expect(throws: NoiseFailure.undetected) {
      try estimateNoise(of: Function { _ in 3 }, at: [1, 2])
    }
    #expect(throws: NoiseFailure.undefined) {
      try estimateNoise(of: Function { x in x[0] > 1 ? .nan : 1 }, at: [1, 2])
    }
    struct Refusal: Error {}
    #expect(throws: NoiseFailure.undefined) {
      try estimateNoise(of: Function { _ in throw Refusal() }, at: [1, 2])
    }
  }

  @Test func directionOfZerosOrOfAnotherSizeTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = try estimateNoise(of: Function { $0[0] }, at: [1], along: [0])
    }
    await #expect(processExitsWith: .failure) {
      _ = try estimateNoise(of: Function { $0[0] }, at: [1], along: [1, 2])
    }
  }
}

@Suite struct NoisyDifferencesTests {
  @Test(arguments: [1e-4, 1e-8, 1e-12])
  func forwardStepsComeNearTheLeastError(sigma: Double) throws {
    let noisy = Noisy(sigma, seed: 2)
    let noise = try estimateNoise(of: noisy, at: start)
    let differences = FiniteDifferences(of: noisy, noise: noise)
    var gradient = Vector<Double>.zeros(10)
    var (square, least) = (0.0, 0.0)
    for _ in 0..<20 {
      _ = try differences.valueAndGradient(at: start, into: &gradient)
      for i in 0..<10 {
        let t = start[i] - 0.1 * Double(i)
        let error = gradient[i] - (2 * t + 0.3 * t * t)
        square += error * error / 200
        // √2 μσ, the least mean square (theorem 3.1).
        let level = sigma * Noisy.smooth(start)
        least += 2.0.squareRoot() * (2 + 0.6 * t) * level / 200
      }
    }
    #expect(square.squareRoot() < 3 * least.squareRoot())
    // The steps for rounding alone are far off.
    _ = try FiniteDifferences(of: noisy, scheme: .forward)
      .valueAndGradient(at: start, into: &gradient)
    #expect((gradient[0] - 2.3).magnitude > 10 * least.squareRoot())
  }

  @Test func noisyFunctionIsMinimisedToItsNoise() throws {
    let noisy = Noisy(1e-8, seed: 7)
    for scheme in [DifferenceScheme.forward, .central] {
      let noise = try estimateNoise(of: noisy, at: start)
      let differences = FiniteDifferences(
        of: noisy, noise: noise, scheme: scheme)
      let solution = minimize(
        differences, from: start, using: .lbfgs(), until: .gradientNorm(1e-3))
      // ∂ᵢf = 2tᵢ near tᵢ = 0, and √(2μσ) is left of it.
      for i in 0..<10 {
        #expect(abs(solution.x[i] - 0.1 * Double(i)) < 2e-3)
      }
      #expect(differences.gradientAccuracy > 1e-6)
    }
  }
}
