import Matrix
import Optimization
import TestSupport
import Testing

@Suite struct StochasticDescentTests {
  @Test func epochsAreCountedBySamples() {
    let sum = RecordingSum(10)
    let solution = minimize(
      sum, from: [0], using: .descent(by: Adam(rate: 0.1), batch: 4),
      within: .epochs(3))
    #expect(solution.cause == .epochs)
    #expect(solution.counts.samples == 30)
    #expect(solution.counts.values == 0)
    // Three batches an epoch, the first of them before the first step.
    #expect(solution.iterations == 8)
  }

  @Test func theSolutionTellsTheWholeSum() {
    let sum = RecordingSum(10)
    let solution = minimize(
      sum, from: [1], using: .descent(by: Adam(rate: 0.1), batch: 3),
      within: .epochs(2))
    let x = solution.x[0]
    let mean = (0..<10).reduce(0) {
      $0 + (x - Double($1)) * (x - Double($1)) / 20
    }
    #expect(abs(solution.value - mean) <= 1e-12 * mean)
    #expect(abs(solution.gradient[0] - (x - 4.5)) <= 1e-12)
    #expect(!solution.isVerified)
  }

  @Test func batchesOfAllSamplesArriveAndAreVerified() {
    let solution = minimize(
      RecordingSum(10), from: [1],
      using: .descent(by: Adam(rate: 0.1), batch: 10))
    #expect(solution.isVerified)
    #expect(solution.cause == .arrived(.gradientNorm(1e-6)))
    #expect(abs(solution.x[0] - 4.5) <= 1e-6)
  }

  @Test func resumesInTheMiddleOfAnEpoch() throws {
    for order in [Sampling.Order.reshuffled, .sequential, .withReplacement] {
      let method = StochasticDescent(
        by: Adam<Double>(rate: 0.1),
        sampling: Sampling(batch: 3, order: order, seed: 5))
      for k in [0, 1, 2, 3, 4, 9] {
        var whole = Run(RecordingSum(10), from: [1], using: method)
        for _ in 0..<k { whole.step() }
        var resumed = Run(RecordingSum(10), resuming: whole.checkpoint)
        for _ in 0..<11 {
          whole.step()
          resumed.step()
        }
        #expect(whole.state == resumed.state)
      }
    }
  }
}
