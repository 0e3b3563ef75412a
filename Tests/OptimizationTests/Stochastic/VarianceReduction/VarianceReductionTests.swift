import Matrix
import Optimization
import TestSupport
import Testing

@Suite struct VarianceReductionTests {
  let sum = SampledRegression(features: 6, samples: 200, ridge: 0.1, seed: 4)

  func expectArrival<M: Method>(_ method: M) throws
  where M.Problem == any FiniteSum {
    let solution = minimize(
      sum, from: Vector(repeating: 3, count: 6), using: method,
      until: .gradientNorm(1e-10), within: .epochs(200))
    let note = Comment(rawValue: "\(solution)")
    #expect(solution.isVerified, note)
    let error = (solution.x - (try sum.minimiser)).norm
    #expect(error <= 1e-8, note)
  }

  @Test func svrgArrives() throws {
    try expectArrival(.svrg(rate: 0.1, batch: 4))
    try expectArrival(.svrg(rate: 0.05, batch: 1, period: 300))
  }

  @Test func sarahArrives() throws {
    try expectArrival(.sarah(rate: 0.1, batch: 4))
  }

  @Test func sagaArrives() throws {
    try expectArrival(.saga(rate: 0.1, batch: 4))
    try expectArrival(.saga(rate: 0.05))
  }

  /// Groups of unequal weight: 200 = 28 · 7 + 4.
  @Test func sagaTakesAPartialGroup() throws {
    try expectArrival(.saga(rate: 0.1, batch: 7, period: 2))
  }

  @Test func plainDescentDoesNotArriveAtTheSameRate() {
    let solution = minimize(
      sum, from: Vector(repeating: 3, count: 6),
      using: .descent(by: Adam(rate: 0.1), batch: 4), within: .epochs(200))
    #expect(!solution.isVerified)
  }

  @Test func stochasticLBFGSArrivesWithFallingRates() throws {
    let solution = minimize(
      sum, from: Vector(repeating: 3, count: 6),
      using: .lbfgs(rate: 0.05, batch: 50), within: .epochs(400))
    let error = (solution.x - (try sum.minimiser)).norm
    #expect(error < 0.05, "\(solution)")
  }

  @Test func wholeBatchesOfStochasticLBFGSAreVerified() throws {
    let solution = minimize(
      sum, from: Vector(repeating: 3, count: 6),
      using: .lbfgs(rate: 1, batch: 200))
    #expect(solution.isVerified, "\(solution)")
  }

  /// The mean of v over all groups is the gradient: SVRG and SAGA are unbiased.
  @Test func theFirstStepsFollowTheWholeGradient() {
    let x0 = Vector<Double>(repeating: 3, count: 6)
    var g = Vector<Double>.zeros(6)
    _ = sum.valueAndGradient(
      at: x0, of: Batch(0..<sum.sampleCount), into: &g)
    for estimator in [VarianceReduction.Estimator.svrg, .sarah] {
      var run = Run(
        sum, from: x0,
        using: VarianceReduction(
          estimator, rate: 0.1, sampling: Sampling(batch: 3)))
      run.step()
      #expect((run.state.point.x - (x0 - 0.1 * g)).norm <= 1e-13)
    }
  }
}
