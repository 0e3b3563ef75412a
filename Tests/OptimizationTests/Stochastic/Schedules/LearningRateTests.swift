import Foundation
import Optimization
import TestSupport
import Testing

@Suite struct LearningRateTests {
  static var schedules: [LearningRate] {
    Array(GoldenScheduleTests.schedules.values) + [
      .exponential(from: 0.2, decay: 0.03),
      .inverseSquareRoot(from: 0.2, timescale: 5),
      0.5 * .triangular(from: 0, to: 1, rising: 3),
      LearningRate.inverseSquareRoot(from: 1).atMost(1e-2),
    ]
  }

  @Test func exponentialsAreTheFormula() {
    let rate = LearningRate.exponential(from: 0.2, decay: 0.03)
    for t in [0, 1, 10, 1000] {
      #expect(abs(rate(at: t) / (0.2 * exp(-0.03 * Double(t))) - 1) < 1e-15)
    }
  }

  @Test func inverseSquareRootsAreTheFormula() {
    let rate = LearningRate.inverseSquareRoot(from: 0.2)
    #expect(rate(at: 0) == 0.2)
    #expect(rate(at: 3) == 0.1)
    #expect(abs(rate(at: 99) - 0.02) < 1e-17)
  }

  @Test func endsAreHeldExactly() {
    let falling: [LearningRate] = [
      .cosine(from: 0.3, to: 0.1, over: 7),
      .linear(from: 0.3, to: 0.1, over: 7),
      .polynomial(from: 0.3, to: 0.1, over: 7, power: 2),
    ]
    for rate in falling {
      #expect(rate(at: 7) == 0.1 && rate(at: .max) == 0.1, "\(rate)")
      #expect(rate(at: 0) == 0.3, "\(rate)")
    }
    let cycle = LearningRate.oneCycle(peak: 0.5, over: 10)
    #expect(cycle(at: 9) == cycle(at: .max))
  }

  @Test func cyclesOfOneCycleThatAreTooShortForAllPhasesAreFinite() {
    for steps in 1...5 {
      for threePhases in [false, true] {
        let rate = LearningRate.oneCycle(
          peak: 0.5, over: steps, threePhases: threePhases)
        for t in 0..<steps + 2 {
          #expect(0 < rate(at: t) && rate(at: t) <= 0.5, "\(rate) at \(t)")
        }
      }
    }
  }

  @Test func restartsAreAtTheSumsOfThePeriods() {
    let rate = LearningRate.cosineRestarts(
      from: 1, to: 0.1, period: 3, multiplier: 3, factor: 0.5)
    #expect(rate(at: 0) == 1)
    #expect(rate(at: 3) == 0.5)
    #expect(rate(at: 12) == 0.25)
    // A cycle longer than all integers is the last.
    #expect(rate(at: .max).isFinite)
  }

  @Test func boundsAndFactorsApplyToEveryStep() {
    let ramp = LearningRate.linear(from: 1, over: 10)
    #expect(ramp.atMost(0.5)(at: 0) == 0.5)
    #expect(ramp.atLeast(0.25)(at: 9) == 0.25)
    #expect((3 * ramp)(at: 5) == 1.5)
    #expect(ramp.scaled(by: 3) == 3 * ramp)
    #expect(LearningRate.warmUp(over: 0, to: ramp) == ramp)
  }

  @Test(arguments: schedules)
  func codingLosesNothing(rate: LearningRate) throws {
    let coded = try JSONDecoder().decode(
      LearningRate.self, from: JSONEncoder().encode(rate))
    #expect(coded == rate)
    for t in [0, 1, 17, 400] { #expect(coded(at: t) == rate(at: t)) }
  }

  @Test func settingsOutOfRangeAreNotDecoded() throws {
    let rate = LearningRate.cosineRestarts(from: 0.5, period: 77)
    let text = try #require(
      String(data: JSONEncoder().encode(rate), encoding: .utf8))
    for (old, new) in [("77", "0"), ("0.5", "-0.5"), ("77", "-3")] {
      let spoilt = text.replacingOccurrences(of: old, with: new)
      #expect(spoilt != text)
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(LearningRate.self, from: Data(spoilt.utf8))
      }
    }
  }

  @Test(arguments: schedules)
  func evaluationAllocatesNothing(rate: LearningRate) {
    var sum = rate(at: 1)
    let count = allocations {
      for t in 0..<50 { sum += rate(at: t) }
    }
    #expect(count == 0, "\(rate)")
    #expect(sum.isFinite)
  }

  @Test func descriptionsAreSentences() {
    #expect("\(LearningRate.constant(0.1))" == "0.1")
    #expect(
      "\(LearningRate.warmUp(over: 10, to: .cosine(from: 1e-3, over: 90)))"
        == "warm-up from 0.0 over 10 steps, then cosine from 0.001 to 0.0 "
        + "over 90 steps")
  }
}
