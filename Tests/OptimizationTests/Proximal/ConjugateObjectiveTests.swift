import Matrix
import Models
import Optimization
import ProblemSets
import TestSupport
import Testing

@Suite struct ConjugateObjectiveTests {
  private static func objectives() throws -> [any TwiceDifferentiableObjective
    & ConjugateObjective]
  {
    let data = try RegularizedData()
    return [
      LeastSquaresObjective(data.a, data.labels),
      LeastSquaresObjective(
        data.a, data.labels, averaged: true, intercept: true),
      LogisticObjective(data.a, data.labels),
      LogisticObjective(
        data.a, data.labels, averaged: true, intercept: true),
    ]
  }

  @Test func derivativesAreThoseOfTheValue() throws {
    var generator = SplitMix64(seed: 4)
    for f in try Self.objectives() {
      let n = f.dimension ?? 0
      let x = 0.1 * (randomVector(n, using: &generator) as Vector<Double>)
      let report = checkDerivatives(of: f, at: x)
      #expect(report.isConsistent, "\(report)")
      var (hessian, product) = (
        Matrix<Double>.zeros(n, n), Vector<Double>.zeros(n)
      )
      let v: Vector<Double> = randomVector(n, using: &generator)
      try f.hessian(at: x, into: &hessian)
      try f.hessianVectorProduct(at: x, along: v, into: &product)
      var expected = Vector<Double>.zeros(n)
      hessian.symmetricMultiply(v, into: &expected)
      #expect((product - expected).norm <= 1e-12 * expected.norm)
    }
  }

  /// φ(A x) + φ*(u) = uᵀA x at u = ∇φ(A x), and more at any other u.
  @Test func conjugateFulfilsFenchelsInequality() throws {
    var generator = SplitMix64(seed: 5)
    for f in try Self.objectives() {
      let n = f.dimension ?? 0
      let x = 0.1 * (randomVector(n, using: &generator) as Vector<Double>)
      let z = 0.1 * (randomVector(n, using: &generator) as Vector<Double>)
      var (u, y) = (
        Vector<Double>.zeros(f.imageCount), Vector<Double>.zeros(n)
      )
      f.imageGradient(at: x, into: &u)
      f.transposedProduct(of: u, into: &y)
      var gradient = Vector<Double>.zeros(n)
      let value = try f.valueAndGradient(at: x, into: &gradient)
      #expect((gradient - y).norm <= 1e-13 * gradient.norm)
      let sum = value + f.imageConjugate(at: u)
      #expect(abs(sum - y.dot(x)) <= 1e-12 * (1 + abs(sum)))
      #expect(try f.value(at: z) + f.imageConjugate(at: u) > y.dot(z))
    }
  }

  @Test func adjustedImagesAreOrthogonal() throws {
    var generator = SplitMix64(seed: 6)
    for f in try Self.objectives() {
      let n = f.dimension ?? 0
      let x = 0.1 * (randomVector(n, using: &generator) as Vector<Double>)
      var (u, y) = (
        Vector<Double>.zeros(f.imageCount), Vector<Double>.zeros(n)
      )
      f.imageGradient(at: x, into: &u)
      let size = u.norm1
      #expect(f.adjust(&u, at: x, against: [0, n - 1]))
      f.transposedProduct(of: u, into: &y)
      #expect(abs(y[0]) <= 1e-14 * size && abs(y[n - 1]) <= 1e-14 * size)
    }
  }

  /// The logistic objective beside the regression of the problem sets.
  @Test func logisticIsThatOfTheProblemSets() throws {
    let data = try DataSet.breastCancer().standardized()
    let known = LogisticRegression(data, class: 1, penalty: 0)
    let f = LogisticObjective(
      data.samples.transposed, data.labels(of: 1), averaged: true,
      intercept: true)
    var generator = SplitMix64(seed: 7)
    let x = 0.1 * (randomVector(31, using: &generator) as Vector<Double>)
    var (g, h) = (Vector<Double>.zeros(31), Vector<Double>.zeros(31))
    let (a, b) = (
      f.valueAndGradient(at: x, into: &g),
      known.valueAndGradient(at: x, into: &h)
    )
    #expect(abs(a - b) <= 1e-14 * abs(b))
    #expect((g - h).norm <= 1e-13 * h.norm)
  }
}
