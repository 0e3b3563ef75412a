import Matrix
import Models
import Optimization
import ProblemSets
import TestSupport
import Testing

@Suite("Training on the digits")
struct TrainingTests {
  @Test("Adam over batches reads 95 of 100 digits that it has not seen")
  func adam() throws {
    let data = try DataSet.digits()
    let (train, test) = data.split(test: 0.25, seed: 1, stratified: true)
    let scale = Standardization(of: train)
    let objective = MultilayerPerceptron(
      widths: [64, 32, 10], activation: .relu, loss: .softmaxCrossEntropy,
      data: scale(train))
    let solution = minimize(
      objective, from: objective.initialParameters(seed: 1),
      using: .descent(by: Adam(rate: 3e-3), batch: 64, seed: 1),
      within: .epochs(20), verifying: Verification(curvature: .never))
    let network = objective.network(
      with: solution.x, standardization: scale, classNames: data.classNames)
    #expect(network.accuracy(on: test) > 0.95)
    // Chance is log 10 = 2.3.
    #expect(solution.value < 0.1)
  }

  @Test("deterministic methods take the same object")
  func deterministic() throws {
    var generator = SplitMix64(seed: 4)
    let data = DataSet.logistic(samples: 80, features: 3, using: &generator)
    let objective = MultilayerPerceptron(
      widths: [3, 4, 2], activation: .tanh, loss: .softmaxCrossEntropy,
      data: data, penalty: 0.01)
    let start = objective.initialParameters(seed: 2)
    let first = try objective.value(at: start)
    for solution in [
      minimize(
        objective, from: start, using: .lbfgs(), until: .gradientNorm(1e-6)),
      minimize(
        objective, from: start, using: .newtonCG(),
        until: .gradientNorm(1e-6)),
      minimize(
        objective, from: start,
        using: .trustRegion(SteihaugToint(over: HessianProducts())),
        until: .gradientNorm(1e-6)),
    ] {
      #expect(solution.gradient.normInfinity <= 1e-6, "\(solution)")
      #expect(solution.value < first)
      #expect(solution.isVerified)
    }
  }
}
