import Matrix
import Testing

@testable import Optimization

@Suite struct DifferencedHessianTests {
  /// x² − y² without a Hessian.
  private let saddle = QuadraticForm(
    matrix: [[2, 0], [0, -2]], hidesHessian: true)

  private func hessian(
    _ objective: some TwiceDifferentiableObjective, at x: Vector<Double>
  ) throws -> Matrix<Double> {
    var hessian = Matrix<Double>.zeros(x.count, x.count)
    try objective.hessian(at: x, into: &hessian)
    return hessian
  }

  @Test(arguments: [
    (DifferenceScheme.forward, 1e-5), (DifferenceScheme.central, 1e-8),
  ])
  func `Comes within the error that the step promises`(
    scheme: DifferenceScheme, bound: Double
  ) throws {
    for x: Vector<Double> in [[-1.2, 1], [1, 1], [0, 0], [30, -7]] {
      let exact = try hessian(Rosenbrock2(), at: x)
      let found = try hessian(
        DifferencedHessian(of: Rosenbrock2(), scheme: scheme), at: x)
      for (i, j) in [(0, 0), (1, 0), (1, 1)] {
        #expect(
          abs(found[i, j] - exact[i, j]) <= bound * exact.frobeniusNorm)
      }
      #expect(found[0, 1] == found[1, 0])
    }
  }

  @Test func `Takes the side on which the gradient is defined`() throws {
    for sign in [1.0, -1] {
      let half = DifferentiableFunction { x, gradient in
        gradient[0] = 3 * x[0] * x[0]
        return sign * (x[0] - 1) >= 0 ? x[0] * x[0] * x[0] : .nan
      }
      for scheme in [DifferenceScheme.forward, .central] {
        let found = try hessian(
          DifferencedHessian(of: half, scheme: scheme), at: [1])
        #expect(abs(found[0, 0] - 6) < 1e-4)
      }
    }
  }

  @Test func `Throws when the gradient has a wrong size`() {
    let careless = DifferentiableFunction { x, gradient in
      gradient = [1, 2, 3]
      return 0
    }
    #expect(throws: WrongSize.self) {
      try hessian(DifferencedHessian(of: careless), at: [1, 2])
    }
  }

  @Test func `Does not pass for a Hessian of the objective`() {
    let differenced = DifferencedHessian(of: saddle)
    #expect(differenced.withSecondDerivatives == nil)
    #expect(DifferencedHessian(of: Rosenbrock2()).withSecondDerivatives != nil)
  }

  @Test func `Takes a larger step for a gradient of differences`() throws {
    let values = Function { $0[0] * $0[0] * $0[1] + $0[1] * $0[1] }
    let found = try hessian(
      DifferencedHessian(of: FiniteDifferences(of: values)), at: [3, 2])
    for (i, j, exact) in [(0, 0, 4.0), (1, 0, 6), (1, 1, 2)] {
      #expect(abs(found[i, j] - exact) < 1e-5)
    }
  }

  @Test func `The product is exact to rounding for a quadratic form`() throws {
    var product: Vector<Double> = [0, 0]
    try DifferencedHessian(of: saddle).hessianVectorProduct(
      at: [1, 2], along: [3, 4], into: &product)
    #expect((product - [6, -8]).norm < 1e-9)
  }

  @Test func `The default product throws when gradients have a wrong size`() {
    var count = 0
    let careless = DifferentiableFunction { x, gradient in
      count += 1
      gradient = .zeros(count)
      return 0
    }
    var product: Vector<Double> = [0, 0]
    #expect(throws: WrongSize.self) {
      try careless.hessianVectorProduct(
        at: [1, 2], along: [3, 4], into: &product)
    }
  }
}
