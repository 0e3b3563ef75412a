import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

/// Expects f, ∇f, ∇²f v and ∇²f of a formula, by automatic derivatives, to be those
/// that were written by hand.
///
/// Both are exact but for roundings, which are relative to the terms that a sum is
/// made of: 1e-12 of the largest element.
private func expectSame(
  _ formula: some ObjectiveFormula, _ byHand: some TwiceDifferentiableObjective,
  at x: Vector<Double>, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let n = x.count
  let automatic = formula.automatic
  var (g, h) = (Vector<Double>.zeros(n), Vector<Double>.zeros(n))
  let f = try automatic.valueAndGradient(at: x, into: &g)
  let expected = try byHand.valueAndGradient(at: x, into: &h)
  #expect(
    abs(f - expected) <= 1e-12 * abs(expected) + 1e-15,
    sourceLocation: sourceLocation)
  #expect(
    abs(formula.value(x.array) - expected) <= 1e-12 * abs(expected) + 1e-15,
    sourceLocation: sourceLocation)
  #expect(
    (g - h).normInfinity <= 1e-12 * h.normInfinity,
    sourceLocation: sourceLocation)

  var generator = SplitMix64(seed: 21)
  let v: Vector<Double> = randomVector(n, using: &generator)
  try automatic.hessianVectorProduct(at: x, along: v, into: &g)
  try byHand.hessianVectorProduct(at: x, along: v, into: &h)
  #expect(
    (g - h).normInfinity <= 1e-12 * h.normInfinity,
    sourceLocation: sourceLocation)

  var a = Matrix<Double>.zeros(n, n)
  var b = Matrix<Double>.zeros(n, n)
  try automatic.hessian(at: x, into: &a)
  try byHand.hessian(at: x, into: &b)
  var (difference, largest) = (0.0, 0.0)
  for j in 0..<n {
    for i in j..<n {
      difference = max(difference, abs(a[i, j] - b[i, j]))
      largest = max(largest, abs(b[i, j]))
    }
  }
  #expect(difference <= 1e-12 * largest, sourceLocation: sourceLocation)
}

@Suite struct HandWrittenFormulasTests {
  @Test(arguments: [2, 3, 10, 101])
  func `Chained Rosenbrock`(n: Int) throws {
    let objective = ChainedRosenbrock(n)
    var generator = SplitMix64(seed: 1)
    try expectSame(objective, objective, at: objective.start)
    try expectSame(
      objective, objective, at: randomVector(n, using: &generator))
  }

  @Test(arguments: [2, 10, 100])
  func `Extended Rosenbrock`(n: Int) throws {
    let objective = ExtendedRosenbrock(n)
    var generator = SplitMix64(seed: 2)
    try expectSame(objective, objective, at: objective.start)
    try expectSame(
      objective, objective, at: randomVector(n, using: &generator))
  }

  @Test(arguments: [1, 2, 20])
  func `Dense quadratic`(n: Int) throws {
    var generator = SplitMix64(seed: 3)
    let objective = Quadratic(dimension: n, condition: 1e3, using: &generator)
    try expectSame(
      objective, objective, at: randomVector(n, using: &generator))
  }

  @Test(arguments: [true, false])
  func `Logistic regression`(intercept: Bool) throws {
    var generator = SplitMix64(seed: 4)
    let samples: Matrix<Double> = randomMatrix(5, 40, using: &generator)
    let labels = Vector(count: 40) { Double($0 % 2) }
    let objective = LogisticRegression(
      samples: samples, labels: labels, penalty: 0.1, intercept: intercept)
    let n = intercept ? 6 : 5
    // At 0 every sample is where the two forms of the loss meet; far out one of
    // them would overflow.
    try expectSame(objective.formula, objective, at: .zeros(n))
    let x: Vector<Double> = randomVector(n, using: &generator)
    try expectSame(objective.formula, objective, at: x)
    try expectSame(objective.formula, objective, at: 1e3 * x)
  }

  @Test func `The extended function is problem 21 and pairs of problem 1`() {
    var generator = SplitMix64(seed: 5)
    let x: Vector<Double> = randomVector(6, using: &generator)
    let value = ExtendedRosenbrock(6).value(x.array)
    let family = MoreGarbowHillstrom.extendedRosenbrock(6).value(x.array)
    #expect(abs(value - family) <= 1e-14 * value)
  }
}
