import Testing

@testable import benchmarks

@Suite struct LeastSquaresResultTests {
  func fit(_ digits: Double, seconds: [Double]) -> LeastSquaresResult.Fit {
    LeastSquaresResult.Fit(
      regression: "Misra1a", start: 1, digits: digits, residuals: 3,
      jacobians: 2, isVerified: nil, time: Measurement(samples: seconds))
  }

  func result(
    _ name: String, isPeer: Bool, digits: [Double] = [11], seconds: [Double]
  ) -> LeastSquaresResult {
    LeastSquaresResult(
      name: name, isPeer: isPeer,
      fits: digits.map { fit($0, seconds: seconds) },
      beside: [fit(11, seconds: [2, 4, 6])])
  }

  @Test func `The total is the sum of medians`() {
    let fits = [fit(11, seconds: [1, 2, 5]), fit(9, seconds: [9, 3, 1])]
    let two = LeastSquaresResult(
      name: "GSL", isPeer: true, fits: fits,
      beside: [fit(11, seconds: [10, 1, 2])])
    #expect(two.total == 5)
    #expect(two.ours == 0.4)
    #expect(two.meanDigits == 10)
  }

  @Test func `The fastest peer sets the target`() {
    let table = LeastSquaresResult.table([
      result(Fitter.package, isPeer: false, seconds: [2, 4, 6]),
      result("slow", isPeer: true, seconds: [8, 8, 8]),
      result("fast", isPeer: true, seconds: [1, 2, 3]),
    ])
    #expect(
      table.rows.map(\.last) == ["all to 6, mean ≥ 9.5 met", "", "≤ 1 missed"])
    #expect(table.rows.map { $0[8] } == ["", "0.500×", "2.00×"])
  }

  @Test func `Ours has to solve all`() {
    func target(_ name: String, _ digits: [Double]) -> Bool? {
      result(name, isPeer: false, digits: digits, seconds: [1])
        .target(isFastestPeer: false)?.isMet
    }
    #expect(target(Fitter.package, [11, 5.9]) == false)
    #expect(target(Fitter.package, [9, 9.4]) == false)
    #expect(target(Fitter.package, [9, 10]) == true)
    #expect(target(Fitter.differenced, [4, 3, 3]) == true)
    #expect(target(Fitter.differenced, [3, 3, 3]) == false)
  }

  @Test func `Each fit has a row with digits and time by every solver`() {
    let table = LeastSquaresResult.fitTable([
      result("GSL", isPeer: true, digits: [11, 9.25], seconds: [1e-3]),
      result("Ceres", isPeer: true, digits: [0, 7], seconds: [1e-6]),
    ])
    #expect(
      table.rows == [
        ["Misra1a", "1", "11, 1.00 ms", "0, 1.00 µs"],
        ["Misra1a", "1", "9.2, 1.00 ms", "7.0, 1.00 µs"],
      ])
  }
}
