import Matrix
import Optimization
import TestSupport
import Testing

@Suite struct SumOfSquaresTests {
  /// Counts what is called.
  private final class Counting: DifferentiableResiduals {
    let base = RosenbrockResiduals()
    let loss: Loss?
    var values = 0
    var jacobians = 0

    init(loss: Loss? = nil) { self.loss = loss }

    var count: Int { base.count }
    var hasSecondDerivatives: Bool { true }

    func residuals(at x: Vector<Double>, into r: inout Vector<Double>) {
      values += 1
      base.residuals(at: x, into: &r)
    }

    func jacobian(at x: Vector<Double>, into j: inout Matrix<Double>) {
      jacobians += 1
      base.jacobian(at: x, into: &j)
    }

    func weightedHessian(
      at x: Vector<Double>, weights: Vector<Double>,
      into hessian: inout Matrix<Double>
    ) { base.weightedHessian(at: x, weights: weights, into: &hessian) }
  }

  /// The Hessian of Rosenbrock's function, lower triangle.
  private func expectRosenbrock(
    _ h: Matrix<Double>, at x: Vector<Double>
  ) {
    let expected = 1200 * x[0] * x[0] - 400 * x[1] + 2
    #expect(abs(h[0, 0] - expected) < 1e-12 * abs(expected))
    #expect(abs(h[1, 0] + 400 * x[0]) < 1e-12 * 400)
    #expect(abs(h[1, 1] - 200) < 1e-12 * 200)
  }

  @Test func hessianTakesResidualsOfTheSamePointOver() throws {
    let residuals = Counting()
    let squares = SumOfSquares(of: residuals)
    var (g, h) = (Vector<Double>.zeros(2), Matrix<Double>.zeros(2, 2))
    _ = try squares.valueAndGradient(at: [-1.2, 1], into: &g)
    try squares.hessian(at: [-1.2, 1], into: &h)
    expectRosenbrock(h, at: [-1.2, 1])
    #expect(residuals.values == 1 && residuals.jacobians == 1)

    // Another point, and another again after a value elsewhere.
    try squares.hessian(at: [0.5, 2], into: &h)
    expectRosenbrock(h, at: [0.5, 2])
    #expect(residuals.values == 2 && residuals.jacobians == 2)
    _ = try squares.value(at: [7, 7])
    try squares.hessian(at: [0.5, 2], into: &h)
    expectRosenbrock(h, at: [0.5, 2])
    #expect(residuals.values == 4 && residuals.jacobians == 3)
  }

  @Test func signOfZeroIsAnotherPoint() throws {
    let residuals = Counting()
    let squares = SumOfSquares(of: residuals)
    var (g, h) = (Vector<Double>.zeros(2), Matrix<Double>.zeros(2, 2))
    _ = try squares.valueAndGradient(at: [0.0, 1], into: &g)
    try squares.hessian(at: [-0.0, 1], into: &h)
    #expect(residuals.jacobians == 2)
  }

  /// A certificate evaluates once at x, and where the curvature has to persist.
  @Test(arguments: [nil, Loss.huber(scale: 1)])
  func certificateEvaluatesOnceAtThePoint(loss: Loss?) {
    let residuals = Counting(loss: loss)
    let certificate = Certificate(
      of: SumOfSquares(of: residuals), at: [1 + 1e-9, 1],
      offsetTolerance: 1e-6)
    #expect(certificate.isVerified)
    #expect(certificate.classification == .minimum)
    // The weights of a loss overwrite r and J on the way.
    let beside = certificate.counts.gradients - 1
    #expect(residuals.jacobians == beside + (loss == nil ? 1 : 2))
  }
}
