import Foundation
import Matrix
import Testing

@testable import Optimization

@Suite struct DerivativeCheckTests {
  /// Rosenbrock's function in which a derivative can be spoiled.
  private func spoiled(
    gradient spoilGradient: @escaping (inout Vector<Double>) -> Void = { _ in },
    hessian spoilHessian: @escaping (inout Matrix<Double>) -> Void = { _ in }
  ) -> TwiceDifferentiableFunction {
    TwiceDifferentiableFunction { x, gradient in
      let value = Rosenbrock2().valueAndGradient(at: x, into: &gradient)
      spoilGradient(&gradient)
      return value
    } hessian: { x, hessian in
      Rosenbrock2().hessian(at: x, into: &hessian)
      spoilHessian(&hessian)
    }
  }

  private let x: Vector<Double> = [-1.2, 1.3]

  @Test func `Right derivatives are consistent`() throws {
    for objective: any DifferentiableObjective in [
      Rosenbrock2(), Himmelblau(), GradientOnly(Himmelblau()),
      QuadraticForm(matrix: [[2, 0], [1, -3]], linear: [1, 1]),
    ] {
      for x: Vector<Double> in [x, [0, 0], [1, 1], [300, -4e3], [1e-9, 2]] {
        let report = checkDerivatives(of: objective, at: x)
        #expect(report.isConsistent, "\(report)")
        #expect(report.description.hasPrefix("Derivatives are consistent"))
        #expect(report.gradient?.count == 2)
        #expect((report.hessian == nil) == (objective is GradientOnly))
      }
    }
  }

  @Test func `Names the component of the wrong sign`() throws {
    let report = checkDerivatives(
      of: spoiled(gradient: { $0[1] = -$0[1] }), at: x)
    #expect(!report.isConsistent)
    let gradient = try #require(report.gradient)
    #expect(gradient.mismatches == 1)
    let worst = try #require(gradient.worst)
    #expect(worst.row == 1 && worst.column == nil)
    #expect(abs(worst.given + worst.expected) < 1e-8)
    #expect(abs(worst.relativeError - 2) < 1e-9)
    #expect(
      report.description.contains(
        "1 of 2 wrong; [1] is 28, differences give -28: the sign is wrong"))
  }

  @Test(arguments: [(2.0, "twice as much"), (0.5, "half as much")])
  func `Suspects a factor`(factor: Double, hint: String) throws {
    let report = checkDerivatives(
      of: spoiled(gradient: { $0.scale(by: factor) }), at: x)
    #expect(report.gradient?.mismatches == 2)
    #expect(report.description.contains(hint))
    // Then ∇²f does not fit ∇f either.
    #expect(report.hessian?.mismatches == 3)
  }

  @Test(arguments: [1e-3, 1e-5])
  func `Sees a small error in one component`(error: Double) throws {
    let report = checkDerivatives(
      of: spoiled(gradient: { $0[0] *= 1 + error }), at: x)
    #expect(report.gradient?.worst?.row == 0)
    #expect(report.gradient?.mismatches == 1)
  }

  @Test func `Names the element of a wrong Hessian`() throws {
    let report = checkDerivatives(
      of: spoiled(hessian: { $0[1, 0] = -$0[1, 0] }), at: x)
    #expect(report.gradient?.mismatches == 0)
    // The product is made of differences of the right gradient.
    #expect(report.hessianVectorProduct?.mismatches == 0)
    let worst = try #require(report.hessian?.worst)
    #expect(report.hessian?.mismatches == 1)
    #expect(worst.row == 1 && worst.column == 0)
    #expect(
      report.description.contains("(1, 0) is -480, differences give 480"))
  }

  @Test func `What stands above the diagonal does not count`() {
    let report = checkDerivatives(
      of: spoiled(hessian: { $0[0, 1] = .nan }), at: x)
    #expect(report.isConsistent)
  }

  @Test func `Finds a wrong product`() {
    struct Wrong: TwiceDifferentiableObjective {
      let form = QuadraticForm(matrix: [[2, 0], [1, 3]])
      func valueAndGradient(
        at x: Vector<Double>, into gradient: inout Vector<Double>
      ) -> Double { form.valueAndGradient(at: x, into: &gradient) }
      func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
        form.hessian(at: x, into: &hessian)
      }
      func hessianVectorProduct(
        at x: Vector<Double>, along v: Vector<Double>,
        into product: inout Vector<Double>
      ) {
        form.hessianVectorProduct(at: x, along: v, into: &product)
        product[1] += 0.01
      }
    }
    let report = checkDerivatives(of: Wrong(), at: [1, 2])
    #expect(!report.isConsistent)
    #expect(report.hessian?.mismatches == 0)
    #expect(report.hessianVectorProduct?.worst?.row == 1)
  }

  @Test func `Rounding errors of a large value are no mistakes`() {
    // 10¹⁰ + x²: the values have a resolution of 2·10⁻⁶.
    let objective = DifferentiableFunction { x, gradient in
      gradient.copy(from: x)
      gradient.scale(by: 2)
      return 1e10 + x.dot(x)
    }
    #expect(checkDerivatives(of: objective, at: [0.5, 3]).isConsistent)
    let wrong = DifferentiableFunction { x, gradient in
      gradient.copy(from: x)
      return 1e10 + x.dot(x)
    }
    #expect(!checkDerivatives(of: wrong, at: [0.5, 3]).isConsistent)
  }

  @Test func `A function that changes fast is followed`() {
    let fast = DifferentiableFunction { x, gradient in
      gradient[0] = 1e4 * cos(1e4 * x[0])
      return sin(1e4 * x[0])
    }
    #expect(checkDerivatives(of: fast, at: [0.3]).isConsistent)
  }

  @Test func `NaN and infinity in a derivative are mistakes`() throws {
    for bad in [Double.nan, .infinity] {
      let report = checkDerivatives(
        of: spoiled(
          gradient: { $0[0] = bad }, hessian: { $0[1, 1] = bad }), at: x)
      #expect(!report.isConsistent)
      #expect(report.gradient?.worst?.row == 0)
      #expect(report.gradient?.mismatches == 1)
      #expect(report.hessian.map { $0.mismatches > 0 } == true)
    }
  }

  @Test func `Says when f is undefined at or beside the point`() {
    let nowhere = DifferentiableFunction { _, _ in .nan }
    let report = checkDerivatives(of: nowhere, at: [1])
    #expect(!report.isConsistent)
    #expect(report.gradient == nil)
    #expect(report.failure == "f is nan at the point")

    let island = DifferentiableFunction { x, gradient in
      gradient.fill(with: 0)
      return x[0] == 1 ? 0 : .nan
    }
    let onIsland = checkDerivatives(of: island, at: [1, 1])
    #expect(!onIsland.isConsistent)
    #expect(onIsland.gradient?.unchecked == 1)
    #expect(onIsland.gradient?.mismatches == 0)
    #expect(
      onIsland.description.hasPrefix("Derivatives could not be checked"))
  }

  @Test func `Shrinks its steps to fit the domain`() {
    let logarithm = DifferentiableFunction { x, gradient in
      gradient[0] = 1 / x[0]
      return x[0] > 0 ? log(x[0]) : .nan
    }
    #expect(checkDerivatives(of: logarithm, at: [1e-3]).isConsistent)
  }

  @Test func `Reports errors and wrong sizes`() {
    struct Refusal: Error {}
    let refusing = DifferentiableFunction { _, _ in throw Refusal() }
    #expect(checkDerivatives(of: refusing, at: [1]).failure == "Refusal()")
    let careless = DifferentiableFunction { _, gradient in
      gradient = [1, 2, 3]
      return 0
    }
    let report = checkDerivatives(of: careless, at: [1])
    #expect(
      report.failure
        == "the objective returned a gradient of size 3 for 1 variables")
    let broken = checkDerivatives(
      of: spoiled(hessian: { $0 = .zeros(3, 3) }), at: x)
    #expect(!broken.isConsistent)
    #expect(broken.hessian == nil)
    #expect(broken.failure != nil)
  }

  @Test func `No variables, nothing to check`() {
    let report = checkDerivatives(
      of: QuadraticForm(matrix: .zeros(0, 0)), at: [])
    #expect(report.isConsistent)
    #expect(report.gradient?.description == "no components")
  }
}

@Suite struct ExtrapolationTests {
  @Test(arguments: [1e-3, 1, 1e4])
  func `Is right to about ten digits on every scale`(scale: Double) {
    let found = Extrapolation(count: 2, scale: scale) { t in
      [exp(t / scale), sin(3 * t / scale + 1)]
    }
    let exact = [1 / scale, 3 * cos(1) / scale]
    for i in 0..<2 {
      #expect(abs(found.derivative[i] - exact[i]) < 1e-10 / scale)
      #expect(abs(found.derivative[i] - exact[i]) <= 2 * found.uncertainty[i])
    }
  }

  @Test func `Admits what values of low resolution hide`() {
    let found = Extrapolation(count: 1, scale: 1) { [1e12 + 1e-6 * $0] }
    #expect(found.uncertainty[0] > 1e-6)
  }
}
