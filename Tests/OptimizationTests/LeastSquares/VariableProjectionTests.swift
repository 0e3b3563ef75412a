import Differentiation
import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct VariableProjectionTests {
  private let times = (0..<20).map { 0.1 * Double($0) }

  private func decays(_ p: Int, at times: [Double]) -> AutomaticBasis {
    AutomaticBasis(rows: times.count, columns: p) { a in
      (0..<p).map { k in times.map { t in Variable.exp(-a[k] * Variable(t)) } }
    }
  }

  @Test func jacobianIsThatOfDifferences() throws {
    let data = Vector(times.map { 1 / (1 + $0) })
    let fit = VariableProjection(of: decays(2, at: times), data: data)
    let differenced = DifferencedJacobian(of: fit)
    for alpha: Vector<Double> in [[0.3, 2], [5, 0.01]] {
      var exact = Matrix<Double>.zeros(20, 2)
      var expected = exact
      try fit.jacobian(at: alpha, into: &exact)
      try differenced.jacobian(at: alpha, into: &expected)
      for j in 0..<2 {
        let difference = exact.column(j) - expected.column(j)
        #expect(difference.norm <= 1e-7 * exact.column(j).norm)
      }
    }
  }

  @Test func residualsAreThoseOfTheBestCoefficients() throws {
    let data = Vector(times.map { 1 / (1 + $0) })
    let model = decays(2, at: times)
    let fit = VariableProjection(of: model, data: data)
    let c = try fit.coefficients(at: [0.3, 2])
    var basis = Matrix<Double>.zeros(20, 2)
    try model.basis(at: [0.3, 2], into: &basis)
    var r = data
    try fit.residuals(at: [0.3, 2], into: &r)
    #expect((r - (basis * c - data)).normInfinity < 1e-14)
  }

  /// NIST's sums of three exponentials from the far start, without starting
  /// values for the coefficients.
  @Test(arguments: ["Lanczos1", "Lanczos2", "Lanczos3"])
  func exponentialsAreFound(name: String) throws {
    let problem = try #require(
      try NIST.nonlinear().first { $0.name == name })
    let fit = VariableProjection(
      of: decays(3, at: problem.predictors.map { $0[0] }),
      data: problem.response)
    let start = problem.starts[0]
    let solution = minimize(
      fit, from: [start[1], start[3], start[5]], using: .levenbergMarquardt())
    let c = try fit.coefficients(at: solution.x)
    let a = solution.x
    let digits = problem.certified.correctDigits(
      of: [c[0], a[0], c[1], a[1], c[2], a[2]])
    #expect(digits >= 6, "\(solution)")
    #expect(solution.isVerified, "\(solution)")
    #expect(solution.iterations < 25, "\(solution.iterations)")
  }

  @Test func equalColumnsHaveOneCoefficient() throws {
    let data = Vector(times.map { 1 / (1 + $0) })
    let fit = VariableProjection(of: decays(2, at: times), data: data)
    let c = try fit.coefficients(at: [1, 1])
    #expect(c.count { $0 == 0 } == 1)
    #expect(c.isFinite)
  }

  @Test func basisOfAnotherShapeIsNamed() {
    let short = AutomaticBasis(rows: 20, columns: 2) { a in [[a[0]]] }
    let fit = VariableProjection(of: short, data: .zeros(20))
    let solution = minimize(fit, from: [1], using: .levenbergMarquardt())
    #expect(solution.cause == .undefinedAtStart)
    #expect(solution.failure == "1 residuals where 20 were promised")
  }
}
