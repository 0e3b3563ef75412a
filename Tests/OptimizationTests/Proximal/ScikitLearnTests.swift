import Matrix
import Optimization
import ProblemSets
import Testing

/// Every method for composite problems beside scikit-learn, to 1e-9, with its exact
/// zeros and a duality gap that says the same.
@Suite struct ScikitLearnTests {
  private static let budget = Budget(iterations: 200_000)

  private func check(
    _ solution: Solution, _ expected: Vector<Double>, gap bound: Double,
    _ name: String
  ) throws {
    #expect(solution.isVerified, "\(name): \(solution)")
    #expect(solution.certificate.classification == .minimum, "\(name)")
    let error = (solution.x - expected).normInfinity
    #expect(error <= 1e-9, "\(name), \(solution.method): \(error)")
    for j in expected.indices {
      #expect(
        (solution.x[j] == 0) == (expected[j] == 0),
        "\(name), \(solution.method), variable \(j)")
    }
    let composite = try #require(solution.certificate.composite)
    let gap = try #require(composite.dualityGap, "\(name), \(solution.method)")
    #expect(gap <= bound, "\(name), \(solution.method): a gap of \(gap)")
    #expect(composite.zeroCount == expected.count { $0 == 0 })
  }

  @Test func lasso() throws {
    let data = try RegularizedData()
    for (weight, expected) in [
      (0.3, ScikitLearn.lasso0_3), (0.03, ScikitLearn.lasso0_03),
    ] {
      let problem =
        data.squares + weight * .l1(excluding: data.intercept)
      for solution in CompositeMethods.solutions(
        of: problem, from: data.start, to: 1e-12, within: Self.budget)
      {
        try check(solution, expected, gap: 1e-10, "lasso \(weight)")
      }
    }
  }

  @Test func elasticNet() throws {
    let data = try RegularizedData()
    let problem =
      data.squares
      + 0.1 * .elasticNet(l1Ratio: 0.4, excluding: data.intercept)
    for solution in CompositeMethods.solutions(
      of: problem, from: data.start, to: 1e-12, within: Self.budget)
    {
      try check(solution, ScikitLearn.elasticNet, gap: 1e-10, "elastic net")
    }
  }

  @Test func logisticRegression() throws {
    let data = try RegularizedData()
    for (c, expected) in [
      (0.05, ScikitLearn.logistic0_05), (0.2, ScikitLearn.logistic0_2),
    ] {
      let problem =
        data.losses + (1 / c) * .l1(excluding: data.intercept)
      for solution in CompositeMethods.solutions(
        of: problem, from: data.start, to: 1e-12, within: Self.budget)
      {
        try check(solution, expected, gap: 1e-10, "logistic, C = \(c)")
      }
    }
  }

  @Test func logisticRegressionWithoutIntercept() throws {
    let data = try RegularizedData()
    let problem = LogisticObjective(data.a, data.labels) + .l1
    for solution in CompositeMethods.solutions(
      of: problem, from: .zeros(30), to: 1e-12, within: Self.budget)
    {
      try check(
        solution, ScikitLearn.logisticWithout, gap: 1e-10,
        "logistic without intercept")
    }
  }

  @Test func nonnegativeLeastSquares() throws {
    let data = try RegularizedData()
    let squares = LeastSquaresObjective(
      data.a, -data.labels, averaged: true)
    let box = try Bounds(0...(.infinity), count: data.a.columns)
    let problem = squares + .box(box)
    for solution in CompositeMethods.generalSolutions(
      of: problem, from: .zeros(data.a.columns), to: 1e-12,
      within: Self.budget)
    {
      try check(
        solution, ScikitLearn.nonnegative, gap: 1e-9, "non-negative")
    }
  }
}
