import Matrix
import Testing

@testable import CurveFitting

@Suite("Fits of linear models")
struct LinearModelTests {
  @Test("a line through points on it")
  func line() {
    let result = fit(
      Observations(x: [0, 1, 2, 4], y: [1, 3, 5, 9]), to: .line)
    #expect(result.values == [1, 2])
    #expect(result.isVerified)
    #expect(result.residualSumOfSquares == 0)
    #expect(result.determinationCoefficient == 1)
    #expect(result.parameters.map(\.name) == ["b0", "b1"])
  }

  @Test("textbook standard errors of a line")
  func errors() {
    // x̄ = 2, Sxx = 10; ŷ = 0.1 + 1.1 x, residuals −0.1, 0.8, −1.3, 0.6, 0,
    // Σ r² = 2.7, s² = 0.9.
    let result = fit(
      Observations(x: [0, 1, 2, 3, 4], y: [0, 2, 1, 4, 4.5]), to: .line)
    #expect(abs(result.values[0] - 0.1) <= 1e-14)
    #expect(abs(result.values[1] - 1.1) <= 1e-14)
    #expect(abs(result.residualSumOfSquares - 2.7) <= 1e-13)
    #expect(
      abs(result.parameters[1].standardError! - 0.3) <= 1e-13)
    #expect(
      abs(
        result.parameters[0].standardError! - (0.9 * (0.2 + 0.4)).squareRoot())
        <= 1e-13)
    #expect(
      abs(
        result.correlation[0, 1]
          + 2 / (10 * (0.2 + 0.4)).squareRoot()) <= 1e-13)
  }

  @Test("named terms and several regressors")
  func terms() {
    let x = [[1.0, 2], [2, 0], [0, 1], [3, 3]]
    let y = x.map { 1 + 2 * $0[0] - $0[1] }
    let linear = fit(Observations(x: x, y: y), to: .linear(2))
    for (found, expected) in zip(linear.values, [1.0, 2, -1]) {
      #expect(abs(found - expected) <= 1e-14)
    }
    let named = fit(
      Observations(x: x, y: y),
      to: ["shift": { _ in 1 }, "first": { $0[0] }, "second": { $0[1] }])
    #expect(named["second"].map { abs($0.value + 1) <= 1e-14 } == true)
  }

  @Test("dependent terms: the smallest solution, none determined")
  func dependent() {
    let result = fit(
      Observations(x: [1.0, 2, 3], y: [2, 4, 6]),
      to: ["a": { $0 }, "b": { $0 }])
    #expect(result.rank == 1)
    #expect(abs(result.values[0] - 1) <= 1e-14)
    #expect(abs(result.values[1] - 1) <= 1e-14)
    #expect(result.parameters.allSatisfy { $0.status == .undetermined })
    #expect(result.isVerified)
  }

  @Test("more terms than observations")
  func wide() {
    let result = fit(
      Observations(x: [1.0], y: [2]), to: .polynomial(degree: 2))
    #expect(result.rank == 1)
    #expect(abs(result.residuals[0]) <= 1e-14)
  }

  @Test("an infinite observation is no solution, and not verified")
  func infinite() {
    let result = fit(
      Observations(x: [1.0, 2], y: [.infinity, 2]), to: .line)
    #expect(!result.isVerified)
  }
}
