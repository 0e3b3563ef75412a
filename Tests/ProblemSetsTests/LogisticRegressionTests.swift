import Foundation
import Matrix
import Models
import Optimization
import ProblemSets
import TestSupport
import Testing

@Suite struct LogisticRegressionTests {
  @Test(arguments: [true, false])
  func `Derivatives agree with differences`(intercept: Bool) throws {
    var generator = SplitMix64(seed: 5)
    // More samples than one chunk and one product take.
    let data = DataSet.logistic(
      samples: 1203, features: 60, correlation: 0.3, using: &generator)
    let objective = LogisticRegression(
      data, class: 1, penalty: 0.1, intercept: intercept)
    let n = try #require(objective.dimension)
    #expect(n == (intercept ? 61 : 60))
    let x: Vector<Double> = randomVector(n, using: &generator)
    try expectConsistentDerivatives(objective, at: x)
  }

  @Test func `The value is the formula's`() throws {
    let objective = LogisticRegression(
      samples: [[1, -2, 3]], labels: [1, -1, 1], penalty: 0.5)
    var gradient = Vector<Double>.zeros(2)
    let (w, b) = (0.3, -0.7)
    let value = objective.valueAndGradient(at: [w, b], into: &gradient)
    let margins = [w + b, -(-2 * w + b), 3 * w + b]
    let expected =
      margins.reduce(0) { $0 + log(1 + exp(-$1)) } / 3 + 0.25 * w * w
    #expect(abs(value - expected) < 1e-15)
    // The intercept has no penalty: its derivative is the mean of the slopes.
    let signs = [1.0, -1, 1]
    let mean =
      zip(signs, margins).reduce(0) { $0 - $1.0 / (1 + exp($1.1)) } / 3
    #expect(abs(gradient[1] - mean) < 1e-15)
  }

  @Test func `At 0 the value is log 2`() throws {
    let data = try DataSet.breastCancer()
    let objective = LogisticRegression(data, class: 0, penalty: 1)
    var gradient = Vector<Double>.zeros(31)
    let value = objective.valueAndGradient(at: .zeros(31), into: &gradient)
    #expect(abs(value - log(2)) < 1e-15)
    // Half the difference of the classes' shares.
    let intercept = Double(357 - 212) / (2 * 569)
    #expect(abs(gradient[30] - intercept) < 1e-15)
  }

  @Test func `Labels of 0 and 1 mean −1 and 1`() {
    let samples: Matrix<Double> = [[1, 2, 3], [0, -1, 2]]
    func value(_ labels: Vector<Double>) -> Double {
      var gradient = Vector<Double>.zeros(3)
      return LogisticRegression(samples: samples, labels: labels, penalty: 0)
        .valueAndGradient(at: [0.4, -0.2, 0.1], into: &gradient)
    }
    #expect(value([0, 1, 0]) == value([-1, 1, -1]))
  }

  @Test func `A Hessian does not depend on where f was evaluated before`() {
    var generator = SplitMix64(seed: 9)
    let data = DataSet.logistic(samples: 40, features: 3, using: &generator)
    let (x, y): (Vector<Double>, Vector<Double>) = (
      [1, 2, 3, 4], [0, 1, 0, 1]
    )
    func hessian(evaluatingAt points: [Vector<Double>]) -> Matrix<Double> {
      let objective = LogisticRegression(data, class: 1, penalty: 0)
      var gradient = Vector<Double>.zeros(4)
      var hessian = Matrix<Double>.zeros(4, 4)
      for point in points {
        _ = objective.valueAndGradient(at: point, into: &gradient)
      }
      objective.hessian(at: x, into: &hessian)
      return hessian
    }
    #expect(hessian(evaluatingAt: [x]) == hessian(evaluatingAt: []))
    #expect(hessian(evaluatingAt: [x, y]) == hessian(evaluatingAt: []))
    #expect(hessian(evaluatingAt: []) != .zeros(4, 4))
  }

  @Test func `Far from every sample nothing overflows`() {
    let objective = LogisticRegression(
      samples: [[1, -1]], labels: [1, 1], penalty: 0, intercept: false)
    var gradient = Vector<Double>.zeros(1)
    let value = objective.valueAndGradient(at: [2000], into: &gradient)
    // log(1 + exp(2000)) = 2000 for one sample, 0 for the other.
    #expect(value == 1000)
    #expect(gradient == [0.5])
  }

  @Test func `Evaluations allocate nothing`() {
    var generator = SplitMix64(seed: 2)
    let data = DataSet.logistic(
      samples: 700, features: 20, using: &generator)
    let objective = LogisticRegression(data, class: 1, penalty: 0.1)
    let x = Vector<Double>(repeating: 0.1, count: 21)
    var gradient = Vector<Double>.zeros(21)
    var product = Vector<Double>.zeros(21)
    var hessian = Matrix<Double>.zeros(21, 21)
    func evaluate() {
      _ = objective.valueAndGradient(at: x, into: &gradient)
      objective.hessian(at: x, into: &hessian)
      objective.hessianVectorProduct(at: x, along: x, into: &product)
    }
    evaluate()
    #expect(allocations { evaluate() } == 0)
  }

  @Test func `L-BFGS finds the minimiser of real data`() throws {
    let data = try DataSet.breastCancer().standardized()
    let objective = LogisticRegression(data, class: 0, penalty: 0.01)
    let solution = minimize(
      objective, from: .zeros(31), using: .lbfgs(),
      until: .gradientNorm(1e-9))
    #expect(solution.isVerified)
    // The classes are nearly separable: few samples on the wrong side.
    let labels = data.labels(of: 0)
    let wrong = (0..<569).count { j in
      let w = Vector(solution.x.prefix(30))
      let margin = w.dot(data.samples.column(j)) + solution.x[30]
      return margin * labels[j] < 0
    }
    #expect(wrong < 15)
  }
}
