import Foundation
import Matrix
import ProblemSets
import Testing

@testable import CurveFitting

/// NIST's regressions by the interface that a user has, standard errors too.
@Suite("Fits of NIST's data")
struct NISTFitTests {
  private func fit(
    _ regression: LinearRegression
  ) -> (results: [(Double, Double?)], isVerified: Bool) {
    func results<X>(_ fit: Fit<X>) -> ([(Double, Double?)], Bool) {
      (fit.parameters.map { ($0.value, $0.standardError) }, fit.isVerified)
    }
    let y = regression.response.array
    switch regression.design {
    case .multilinear:
      return results(
        CurveFitting.fit(
          Observations(x: regression.predictors, y: y),
          to: .linear(regression.dimension - 1)))
    case .proportional:
      return results(
        CurveFitting.fit(
          Observations(x: regression.predictors.map { $0[0] }, y: y),
          to: .polynomial(degree: 1, hasIntercept: false)))
    case .polynomial:
      return results(
        CurveFitting.fit(
          Observations(x: regression.predictors.map { $0[0] }, y: y),
          to: .polynomial(degree: regression.dimension - 1)))
    }
  }

  /// Filip's powers of x up to the tenth have a condition of 10¹⁵, and rounding them
  /// to `Double` alone leaves about eight digits.
  @Test("all linear regressions, Filip included")
  func linear() throws {
    for regression in try NIST.linear() {
      let (results, isVerified) = fit(regression)
      let certified = regression.certified
      let least = regression.name == "Filip" ? 7.0 : 9
      let digits = certified.correctDigits(of: Vector(results.map(\.0)))
      #expect(digits >= least, "\(regression.name): \(digits)")
      #expect(isVerified, "\(regression.name)")
      // Where the fit is exact, errors are what rounding leaves of zero.
      let tiny = 1e-14 * abs(results[0].0)
      for ((_, error), exact) in zip(results, certified.standardDeviations) {
        guard let error else {
          Issue.record("\(regression.name): not determined")
          continue
        }
        #expect(
          abs(error - exact) <= pow(10, -least) * exact + tiny,
          "\(regression.name): \(error), not \(exact)")
      }
    }
  }

  @Test("nonlinear regressions with their standard errors")
  func nonlinear() throws {
    for regression in try NIST.nonlinear() where regression.name != "Nelson" {
      let certified = regression.certified
      let result = CurveFitting.fit(
        Observations(x: regression.predictors, y: regression.response.array),
        from: Parameters(regression.starts[0].array)
      ) { x, b in regression.model(b, at: x.map(\.value)) }
      #expect(result.isVerified, "\(regression.name)")
      #expect(
        certified.correctDigits(of: result.values) >= 6, "\(regression.name)")
      let errors = Vector(
        result.parameters.map { $0.standardError ?? .nan })
      // Lanczos1 is exact to all digits of its data, and its errors are rounding.
      guard regression.name != "Lanczos1" else { continue }
      for (error, exact) in zip(errors, certified.standardDeviations) {
        #expect(
          abs(error - exact) <= 1e-5 * exact,
          "\(regression.name): \(error), not \(exact)")
      }
    }
  }
}
