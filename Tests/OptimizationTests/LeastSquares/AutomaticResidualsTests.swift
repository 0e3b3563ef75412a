import Differentiation
import Matrix
import Optimization
import Testing

@Suite struct AutomaticResidualsTests {
  private let valley = AutomaticResiduals(count: 2) { x in
    let root = Variable(2.0.squareRoot())
    return [10 * root * (x[1] - x[0] * x[0]), root * (1 - x[0])]
  }

  @Test func derivativesAreThoseByHand() throws {
    let byHand = RosenbrockResiduals()
    let x: Vector<Double> = [-1.2, 1]
    var (r, s) = (Vector<Double>.zeros(2), Vector<Double>.zeros(2))
    var (j, k) = (Matrix<Double>.zeros(2, 2), Matrix<Double>.zeros(2, 2))
    try valley.residualsAndJacobian(at: x, into: &r, jacobian: &j)
    byHand.residuals(at: x, into: &s)
    byHand.jacobian(at: x, into: &k)
    #expect((r - s).norm <= 1e-15 * s.norm)
    for i in 0..<2 {
      for l in 0..<2 { #expect(abs(j[i, l] - k[i, l]) <= 1e-14) }
    }
    try valley.weightedHessian(at: x, weights: r, into: &j)
    byHand.weightedHessian(at: x, weights: r, into: &k)
    #expect(abs(j[0, 0] - k[0, 0]) <= 1e-13 * abs(k[0, 0]))
    #expect(j[1, 0] == 0 && j[1, 1] == 0)
  }

  @Test func closureIsAllThatIsNeeded() {
    let solution = minimize(
      valley, from: [-1.2, 1], using: .levenbergMarquardt())
    #expect(solution.isVerified)
    #expect(solution.certificate.classification == .minimum)
    #expect((solution.x - [1, 1]).normInfinity < 1e-12)
    // The exact second derivatives of the closure were examined.
    #expect(solution.certificate.counts.hessians == 1)
  }

  @Test func otherNumberOfResidualsThanPromisedIsNamed() {
    let short = AutomaticResiduals(count: 3) { x in [x[0]] }
    let solution = minimize(short, from: [1], using: .levenbergMarquardt())
    #expect(solution.cause == .undefinedAtStart)
    #expect(solution.failure == "1 residuals where 3 were promised")
  }

  @Test func closureThatThrowsIsUndefinedAtTheStart() {
    struct Refusal: Error {}
    let refusing = AutomaticResiduals(count: 1) { _ in throw Refusal() }
    let solution = minimize(refusing, from: [1], using: .levenbergMarquardt())
    #expect(solution.cause == .undefinedAtStart)
    #expect(solution.failure?.contains("Refusal") == true)
  }
}
