import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

@Suite struct ExtendedRosenbrockTests {
  @Test func `Derivatives agree with differences`() throws {
    let objective = ExtendedRosenbrock(10)
    try expectConsistentDerivatives(objective, at: objective.start)
    var generator = SplitMix64(seed: 1)
    let x: Vector<Double> = randomVector(10, using: &generator)
    try expectConsistentDerivatives(objective, at: x)
  }

  @Test func `Published values at the start and the minimiser`() {
    let objective = ExtendedRosenbrock(6)
    var gradient = Vector<Double>.zeros(6)
    // 24.2 for each pair (Moré, Garbow and Hillstrom 1981).
    let value = objective.valueAndGradient(
      at: objective.start, into: &gradient)
    #expect(abs(value - 3 * 24.2) < 1e-13)
    #expect(
      objective.valueAndGradient(at: objective.minimizer, into: &gradient) == 0)
    #expect(gradient.normInfinity == 0)
  }

  @Test func `Agrees with the chain for one pair`() {
    let x: Vector<Double> = [0.3, -0.8]
    var (g, h) = (Vector<Double>.zeros(2), Vector<Double>.zeros(2))
    let pair = ExtendedRosenbrock(2).valueAndGradient(at: x, into: &g)
    let chain = ChainedRosenbrock(2).valueAndGradient(at: x, into: &h)
    #expect(pair == chain)
    #expect((g - h).normInfinity < 1e-13)
  }
}

@Suite struct ChainedRosenbrockTests {
  @Test func `Derivatives agree with differences`() throws {
    let objective = ChainedRosenbrock(9)
    try expectConsistentDerivatives(objective, at: objective.start)
    var generator = SplitMix64(seed: 2)
    let x: Vector<Double> = randomVector(9, using: &generator)
    try expectConsistentDerivatives(objective, at: x)
  }

  @Test func `The gradient vanishes at the minimiser`() {
    let objective = ChainedRosenbrock(7)
    var gradient = Vector<Double>(repeating: .nan, count: 7)
    #expect(
      objective.valueAndGradient(at: objective.minimizer, into: &gradient) == 0)
    #expect(gradient.normInfinity == 0)
  }

  @Test func `There is a second minimiser near (−1, 1, …, 1)`() {
    let objective = ChainedRosenbrock(6)
    let solution = minimize(
      objective, from: [-1, 1, 1, 1, 1, 1], using: .trustRegion(),
      until: .gradientNorm(1e-9))
    #expect(solution.isVerified)
    #expect(abs(solution.value - 3.97394) < 1e-4)
    #expect(solution.x[0] < -0.9)
  }
}
