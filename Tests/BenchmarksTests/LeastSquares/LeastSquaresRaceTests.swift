import Matrix
import ProblemSets
import Testing

@testable import benchmarks

@Suite struct LeastSquaresRaceTests {
  @Test func `Our fitters go through all starts in every turn`() throws {
    let race = LeastSquaresRace(
      regressions: [try NIST.nonlinear("DanWood")], turns: 2)
    let results = try race.run(Fitter.ours)
    #expect(results.map(\.name) == Fitter.ours.map(\.name))
    for result in results {
      #expect(result.fits.map(\.start) == [1, 2])
      #expect(result.fits.allSatisfy { $0.regression == "DanWood" })
      #expect(result.fits.allSatisfy { $0.digits >= 6 })
      #expect(result.fits.allSatisfy { $0.residuals > 0 })
      #expect(result.verified == 2)
      #expect(result.fits.allSatisfy { $0.time.samples.count == 2 })
      #expect(result.ours == nil)
    }
  }

  @Test func `Parameters are graded by the certified ones`() throws {
    let regression = try NIST.nonlinear("Misra1a")
    let exact = regression.certified.parameters
    let fitter = Fitter(name: "test", isPeer: true) { _, start in
      Fitter.Fit(
        seconds: Double(start + 1),
        parameters: start == 0 ? exact : (1 + 1e-5) * exact,
        residuals: 7, jacobians: 5, isVerified: nil)
    }
    let race = LeastSquaresRace(regressions: [regression], turns: 1)
    let result = try race.run([fitter])[0]
    #expect(result.fits[0].digits == 11)
    #expect(abs(result.fits[1].digits - 5) < 1e-4)
    #expect(result.solved(digits: 6) == 1)
    #expect(result.solved(digits: 4) == 2)
    #expect(abs(result.meanDigits - 8) < 1e-4)
    #expect(result.verified == nil)
    #expect(result.total == 3)
    #expect(result.ours == 1)
  }
}
