import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct ResidualCheckTests {
  private let x: Vector<Double> = [-1.2, 1.3]

  @Test func rightDerivativesAreConsistent() throws {
    for problem in MoreGarbowHillstrom.all.prefix(12) {
      let report = checkDerivatives(
        of: problem.automaticResiduals,
        at: Vector(count: problem.start.count) { problem.start[$0] + 0.1 })
      #expect(report.isConsistent, "\(problem.name): \(report)")
      #expect(report.jacobian != nil && report.transposedProduct != nil)
      #expect(report.weightedHessian != nil && report.gradient == nil)
    }
  }

  /// Parameters of 10⁻⁷ beside others of 10³, at the certified values.
  @Test func unitsOfParametersDoNotMatter() throws {
    for regression in try NIST.nonlinear() {
      let report = checkDerivatives(
        of: regression.automaticResiduals,
        at: regression.certified.parameters)
      #expect(report.jacobian?.mismatches == 0, "\(regression.name): \(report)")
    }
  }

  private func spoiled(
    _ spoil: @escaping (inout Matrix<Double>) -> Void
  ) -> DifferentiableResidualFunction {
    DifferentiableResidualFunction(count: 2) { x, r in
      r = [10 * (x[1] - x[0] * x[0]), 1 - x[0]]
    } jacobian: { x, j in
      j = [[-20 * x[0], 10], [-1, 0]]
      spoil(&j)
    }
  }

  @Test func elementOfTheWrongSignIsNamed() throws {
    let report = checkDerivatives(of: spoiled { $0[1, 0] = 1 }, at: x)
    #expect(!report.isConsistent)
    #expect(report.jacobian?.mismatches == 1)
    #expect(report.jacobian?.worst?.row == 1)
    #expect(
      report.description.contains(
        "1 of 4 wrong; (1, 0) is 1, differences give -1: the sign is wrong"),
      "\(report)")
    #expect(report.transposedProduct == nil && report.weightedHessian == nil)
  }

  @Test func wrongSecondDerivativesAreSeen() {
    struct Wrong: DifferentiableResiduals {
      let count = 1
      func residuals(at x: Vector<Double>, into r: inout Vector<Double>) {
        r[0] = x[0] * x[0] * x[1]
      }
      func jacobian(at x: Vector<Double>, into j: inout Matrix<Double>) {
        j = [[2 * x[0] * x[1], x[0] * x[0]]]
      }
      let hasSecondDerivatives = true
      func weightedHessian(
        at x: Vector<Double>, weights w: Vector<Double>,
        into h: inout Matrix<Double>
      ) {
        h = [[2 * w[0] * x[1], 0], [w[0] * x[0], 0]]
      }
      let hasTransposedProducts = true
      func transposedProduct(
        at x: Vector<Double>, weights w: Vector<Double>,
        into product: inout Vector<Double>
      ) {
        product = [2 * w[0] * x[0] * x[1], -w[0] * x[0] * x[0]]
      }
    }
    let report = checkDerivatives(of: Wrong(), at: x)
    #expect(report.jacobian?.mismatches == 0)
    #expect(report.weightedHessian?.mismatches == 1)
    #expect(report.weightedHessian?.worst?.row == 1)
    #expect(report.description.contains("half as much"))
    #expect(report.transposedProduct?.worst?.row == 1)
    #expect(report.description.contains("the sign is wrong"))
  }

  @Test func wrongShapesAndErrorsAreReported() {
    let wide = checkDerivatives(of: spoiled { $0 = .zeros(2, 7) }, at: x)
    #expect(
      wide.failure == "a Jacobian of 2×7 for 2 residuals of 2 variables")
    #expect(!wide.isConsistent)
    let short = DifferentiableResidualFunction(count: 3) { _, r in
      r = [1]
    } jacobian: { _, _ in
    }
    #expect(
      checkDerivatives(of: short, at: x).failure
        == "1 residuals where 3 were promised")
    let undefined = DifferentiableResidualFunction(count: 1) { _, r in
      r[0] = .nan
    } jacobian: { _, _ in
    }
    #expect(
      checkDerivatives(of: undefined, at: x).failure
        == "r is not finite at the point")
  }
}
