import Foundation
import Matrix
import Optimization
import Testing

/// x ← x − η g, so that what a transform does is seen.
struct PlainStep: UpdateRule {
  var rate: LearningRate = 1
  var name: String { "plain" }
  var settings: [String] { [] }

  struct Memory: Codable, Equatable, Sendable {
    var indices: [Int] = []
  }

  func makeMemory(for layout: ParameterLayout) -> Memory { Memory() }

  func update(
    _ x: inout Vector<Double>, by gradient: inout Vector<Double>,
    _ memory: inout Memory, _ workspace: inout Void, at step: UpdateStep
  ) {
    memory.indices.append(step.index)
    for range in step.ranges {
      for i in range.places {
        x[i] -=
          rate(at: step.index) * step.rateScale * range.rateScale
          * gradient[i]
      }
    }
  }
}

@Suite struct TransformTests {
  static let layout = {
    var layout = ParameterLayout()
    layout.append("weights", rows: 2, columns: 1)
    layout.append("biases", rows: 2)
    return layout
  }()

  /// The points after updates by some gradients.
  static func points<R: UpdateRule<Double>>(
    _ rule: R, from x: Vector<Double> = [0, 0, 0, 0],
    by gradients: [Vector<Double>]
  ) -> (points: [Vector<Double>], answer: Vector<Double>, memory: R.Memory) {
    var x = x
    var memory = rule.makeMemory(for: layout)
    var workspace = rule.makeWorkspace(for: layout)
    var points: [Vector<Double>] = []
    for (t, gradient) in gradients.enumerated() {
      var gradient = gradient
      rule.update(
        &x, by: &gradient, &memory, &workspace,
        at: UpdateStep(index: t, on: layout))
      points.append(x)
    }
    return (points, rule.answer(x, memory) ?? x, memory)
  }

  @Test func valuesAreClipped() {
    let found = Self.points(
      PlainStep().clipped(toValue: 2), by: [[3, -5, 1, .nan]]
    ).points[0]
    #expect(Array(found.prefix(3)) == [-2, 2, -1])
    #expect(found[3].isNaN)
  }

  @Test func normsAreClipped() {
    let whole = Self.points(
      PlainStep().clipped(toNorm: 1), by: [[3, 0, 0, 4], [0.3, 0, 0, 0.4]]
    ).points
    #expect((whole[0] - [-0.6, 0, 0, -0.8]).norm <= 1e-15)
    #expect((whole[1] - [-0.9, 0, 0, -1.2]).norm <= 1e-15)
    let blocks = Self.points(
      PlainStep().clipped(toBlockNorm: 1), by: [[3, 4, 0.1, 0]]
    ).points
    #expect((blocks[0] - [-0.6, -0.8, -0.1, 0]).norm <= 1e-15)
  }

  @Test func aNormThatIsNotFiniteClipsNothingQuietly() {
    let found = Self.points(
      PlainStep().clipped(toNorm: 1), by: [[.infinity, 0, 0, 0]]
    ).points[0]
    #expect(!found.isFinite)
  }

  @Test func decayIsCoupledOrNot() {
    let coupled = Self.points(
      PlainStep(rate: 0.5).withCoupledDecay(0.1), from: [1, 2, 3, 4],
      by: [[0, 0, 0, 0]]
    ).points[0]
    #expect((coupled - [0.95, 1.9, 2.85, 3.8]).norm <= 1e-15)
    let decoupled = Self.points(
      PlainStep(rate: 0.5).withDecoupledDecay(0.1), from: [1, 2, 3, 4],
      by: [[1, 0, 0, 0]]
    ).points[0]
    #expect((decoupled - [0.45, 1.9, 2.85, 3.8]).norm <= 1e-15)
  }

  @Test func noiseHasItsVariance() {
    let zeros = Array(repeating: Vector<Double>.zeros(4), count: 2000)
    let found = Self.points(
      PlainStep().withGradientNoise(variance: 4, power: 0, seed: 9), by: zeros
    ).points
    var squares = 0.0
    for t in 1..<found.count {
      let step = found[t] - found[t - 1]
      squares += step.dot(step)
    }
    // 8000 squares of variance 4: 4 ± 4 √(2/8000).
    #expect(abs(squares / 7996 - 4) < 5 * 4 * (2.0 / 7996).squareRoot())
  }

  @Test func gradientsAccumulate() {
    let (points, _, memory) = Self.points(
      PlainStep().accumulated(over: 2),
      by: [[1, 0, 0, 0], [3, 0, 0, 0], [5, 0, 0, 0], [7, 0, 0, 0]])
    #expect(points.map { $0[0] } == [0, -2, -2, -8])
    #expect(memory.base.indices == [0, 1])
  }

  @Test func nonFiniteGradientsAreSkipped() {
    let (points, _, memory) = Self.points(
      PlainStep().skippingNonFinite(atMost: 3),
      by: [[1, 0, 0, 0], [.nan, 0, 0, 0], [1, 0, 0, 0]])
    #expect(points.map { $0[0] } == [-1, -1, -2])
    #expect(memory.base.indices == [0, 1])
    #expect(memory.skipped == 1)
  }

  @Test func averagesAreWhatTheyAreOf() {
    let ones = Array(repeating: Vector<Double>([1, 0, 0, 0]), count: 4)
    // The points are −1, −2, −3, −4.
    func answer(_ weights: Averaging<PlainStep>.Weights) -> Double {
      Self.points(PlainStep().averaged(weights), by: ones).answer[0]
    }
    #expect(abs(answer(.equal()) + 2.5) <= 1e-15)
    #expect(abs(answer(.equal(start: 1, period: 2)) + 3) <= 1e-15)
    // 0.5 (0.5 (0.5 (0.5 · 0 − 0.5) − 1) − 1.5) − 2.
    #expect(abs(answer(.exponential(decay: 0.5)) + 3.0625) <= 1e-15)
    #expect(
      abs(answer(.exponential(decay: 0.5, unbiased: true)) + 3.0625 / 0.9375)
        <= 1e-15)
  }

  @Test func lookaheadStepsBack() {
    let ones = Array(repeating: Vector<Double>([1, 0, 0, 0]), count: 4)
    let (points, answer, _) = Self.points(
      PlainStep().lookingAhead(every: 2, by: 0.5), by: ones)
    #expect(points.map { $0[0] } == [-1, -1, -2, -2])
    #expect(answer[0] == -2)
  }

  @Test func groupsHaveRatesAndFrozenOnesRest() {
    let ones: Vector<Double> = [1, 1, 1, 1]
    let scaled = Self.points(
      PlainStep().grouped([ParameterGroup("biases", rateScale: 0.1)]),
      by: [ones]
    ).points[0]
    #expect((scaled - [-1, -1, -0.1, -0.1]).norm <= 1e-15)
    let frozen = Self.points(
      Adam(rate: 0.1).grouped([.frozen("weights")]), by: [ones, ones]
    ).points[1]
    #expect(frozen[0] == 0 && frozen[1] == 0)
    #expect(abs(frozen[2] + 0.2) < 1e-8)
  }

  @Test func plateausReduceTheRate() {
    let rule = PlainStep().reducedOnPlateau(
      by: 0.5, patience: 1, threshold: 0, smallestFactor: 0.2)
    var x = Vector<Double>.zeros(4)
    var memory = rule.makeMemory(for: Self.layout)
    var workspace: Void = rule.makeWorkspace(for: Self.layout)
    var scales: [Double] = []
    for (t, value) in [3.0, 2, 2, 2, 1, 1, 1, 1, 1, .nan].enumerated() {
      var gradient: Vector<Double> = [1, 1, 1, 1]
      rule.update(
        &x, by: &gradient, &memory, &workspace,
        at: UpdateStep(index: t, value: value, on: Self.layout))
      scales.append(memory.rateScale)
    }
    #expect(scales == [1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.2, 0.2])
  }

  @Test func sharpnessIsTakenUphill() {
    // f = ½ x²: uphill by ρ the gradient is x + ρ.
    let sum = RecordingSum(1)
    var run = Run(
      sum, from: [2],
      using: .descent(
        by: PlainStep(rate: 0.5).sharpnessAware(radius: 0.1), batch: 1))
    run.step()
    #expect(abs(run.state.point.x[0] - (2 - 0.5 * 2.1)) <= 1e-15)
  }

  @Test func proximalStepsGiveZeros() {
    let found = Self.points(
      PlainStep(rate: 0.1).penalized(by: 5 * .l1), from: [1, 0.3, -0.2, 0],
      by: [[0, 0, 0, 1]]
    ).points[0]
    #expect((found - [0.5, 0, 0, 0]).norm <= 1e-15)
    #expect(found[1] == 0 && found[2] == 0 && found[3] == 0)
  }

  @Test func averagesAreAnsweredAndCertified() {
    let sum = RecordingSum(10)
    let solution = minimize(
      sum, from: [0],
      using: .descent(
        by: PlainStep(rate: 0.3).averaged(.equal(start: 100)), batch: 1),
      within: .epochs(200))
    #expect(abs(solution.x[0] - 4.5) < 0.2)
    #expect(abs(solution.gradient[0] - (solution.x[0] - 4.5)) <= 1e-14)
  }
}
