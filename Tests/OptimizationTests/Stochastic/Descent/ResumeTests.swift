import Foundation
import Matrix
import Optimization
import TestSupport
import Testing

/// Every rule with every transform and every schedule goes on in the middle of an
/// epoch as if it had not been interrupted, from what a file holds of it.
@Suite struct ResumeTests {
  static let layout = {
    var layout = ParameterLayout()
    layout.append("matrix", rows: 3, columns: 2)
    layout.append("vector", rows: 2)
    return layout
  }()

  /// A sum of 11 terms over the layout above.
  struct Terms: FiniteSum {
    let base = SampledRegression(features: 8, samples: 11, ridge: 0.1, seed: 6)
    var dimension: Int? { 8 }
    var sampleCount: Int { 11 }
    var layout: ParameterLayout? { ResumeTests.layout }

    func valueAndGradient(
      at x: Vector<Double>, of batch: Batch, into g: inout Vector<Double>
    ) -> Double { base.valueAndGradient(at: x, of: batch, into: &g) }
  }

  /// The rule, and the rule in each transform.
  static func transformed<R: UpdateRule<Double>>(
    _ rule: R
  ) -> [any UpdateRule<Double>] {
    [
      rule, rule.clipped(toValue: 0.5), rule.clipped(toNorm: 0.5),
      rule.clipped(toBlockNorm: 0.5), rule.withCoupledDecay(0.1),
      rule.withDecoupledDecay(0.1),
      rule.withGradientNoise(variance: 0.1, seed: 4),
      rule.accumulated(over: 3), rule.skippingNonFinite(),
      rule.averaged(.exponential(decay: 0.9)), rule.averaged(.equal(start: 4)),
      rule.lookingAhead(every: 3), rule.sharpnessAware(),
      rule.grouped([ParameterGroup("vector", rateScale: 2), .frozen("matrix")]),
      rule.reducedOnPlateau(patience: 0, threshold: 1),
      rule.penalized(by: 0.01 * .l1),
    ]
  }

  static let schedules: [LearningRate] = [
    0.1, .step(from: 0.1, every: 3), .multiStep(from: 0.1, at: [2, 9]),
    .exponential(from: 0.1, decay: 0.1),
    .polynomial(from: 0.1, over: 9, power: 2),
    .inverseTime(from: 0.1, decay: 0.1), .inverseSquareRoot(from: 0.1),
    .cosine(from: 0.1, over: 9),
    .cosineRestarts(from: 0.1, period: 3, multiplier: 2),
    .warmUp(over: 5, to: 0.1), .triangular(from: 0.01, to: 0.1, rising: 3),
    .triangular2(from: 0.01, to: 0.1, rising: 3),
    .expRange(from: 0.01, to: 0.1, rising: 3, factor: 0.9),
    .oneCycle(peak: 0.1, over: 12),
  ]

  func expectResumption<R: UpdateRule<Double>>(_ rule: R) throws {
    let start = Vector<Double>(count: 8) { 1 - 0.2 * Double($0) }
    let method = StochasticDescent(
      by: rule, sampling: Sampling(batch: 3, seed: 2))
    // Four batches an epoch: the run is interrupted before the second's third.
    var whole = Run(Terms(), from: start, using: method)
    for _ in 0..<5 { whole.step() }
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("resume-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try whole.checkpoint.write(to: file)
    var resumed = Run(
      Terms(),
      resuming: try Checkpoint<StochasticDescent<R>>(contentsOf: file))
    for _ in 0..<7 {
      whole.step()
      resumed.step()
    }
    #expect(whole.state == resumed.state, "\(method.name)")
    #expect(whole.state.point.x != start, "\(method.name)")
    #expect(
      whole.solution(verifying: Verification(curvature: .never)).x
        == resumed.solution(verifying: Verification(curvature: .never)).x,
      "\(method.name)")
  }

  @Test func everyRuleInEveryTransform() throws {
    for (_, rule) in RuleTable<Double>.representatives {
      for transformed in Self.transformed(rule) {
        try expectResumption(transformed)
      }
    }
  }

  @Test func everySchedule() throws {
    for schedule in Self.schedules {
      try expectResumption(SGD<Double>(rate: schedule))
    }
  }
}
