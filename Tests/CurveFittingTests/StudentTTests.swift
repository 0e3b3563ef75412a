import Testing

@testable import CurveFitting

@Suite("Student's t distribution")
struct StudentTTests {
  // Abramowitz and Stegun 1964, table 26.10, and, where they have fewer digits,
  // closed forms: ν = 1 is tan(π(1 − p)/2), ν = 2 is q √(2 / (1 − q²)), q = 1 − p.
  @Test(
    "quantiles are those of closed forms and tables",
    arguments: [
      (1.0, 0.05, 12.706204736174698), (2.0, 0.05, 4.302652729749464),
      (1.0, 1e-10, 6366197723.675814), (2.0, 0.5, 0.816496580927726),
    ])
  func quantiles(_ nu: Double, _ p: Double, _ expected: Double) {
    let t = StudentT(degreesOfFreedom: nu).twoSidedQuantile(p)
    #expect(abs(t - expected) <= 1e-12 * expected)
  }

  @Test(
    "quantiles are those of published tables",
    arguments: [
      (10.0, 0.05, 2.228), (30.0, 0.01, 2.750), (120.0, 0.05, 1.980),
      (5.0, 0.001, 6.869), (60.0, 0.2, 1.296),
    ])
  func tables(_ nu: Double, _ p: Double, _ expected: Double) {
    let t = StudentT(degreesOfFreedom: nu).twoSidedQuantile(p)
    #expect(abs(t - expected) <= 5.01e-4)
  }

  @Test("many degrees of freedom lead to the normal distribution")
  func normalLimit() {
    // Φ⁻¹(0.975)
    let t = StudentT(degreesOfFreedom: .infinity).twoSidedQuantile(0.05)
    #expect(abs(t - 1.959963984540054) <= 1e-12)
  }

  @Test("the two ways of computation agree where one gives way to the other")
  func agreement() {
    for t in [0.01, 0.7, 2, 6] {
      let (near, far) = (
        StudentT(degreesOfFreedom: 999_999).tails(t),
        StudentT(degreesOfFreedom: 1_000_000).tails(t)
      )
      // Between the two ν the tails move by less than t⁴/ν² of themselves.
      #expect(abs(near - far) <= 2e-9 * far, "t = \(t)")
    }
  }

  @Test("the tails of the quantile are what was asked for")
  func inverse() {
    for nu in [0.5, 1, 3, 17.5, 1000, 1e7] {
      let t = StudentT(degreesOfFreedom: nu)
      for p in [1e-12, 1e-6, 0.01, 0.3, 0.9, 0.999] {
        let back = t.tails(t.twoSidedQuantile(p))
        #expect(abs(back - p) <= 1e-11 * p, "ν = \(nu), p = \(p)")
      }
    }
  }
}
