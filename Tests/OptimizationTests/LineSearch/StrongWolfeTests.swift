import Optimization
import Testing

@Suite struct StrongWolfeTests {
  @Test func publishedFunctionsFromPublishedSteps() throws {
    for phi in MoreThuente.allCases {
      let (c1, c2) = phi.constants
      for (first, count) in zip([1e-3, 1e-1, 1e1, 1e3], phi.evaluations) {
        let line = StrongWolfe(decrease: c1, curvature: c2)
        let found = try #require(
          search(line, phi.callAsFunction, first: first), "\(phi), \(first)")
        let (value0, slope0) = phi(0)
        #expect(found.value <= value0 + c1 * found.step * slope0)
        #expect(abs(found.slope) <= c2 * abs(slope0))
        #expect(found.evaluations == count, "\(phi), \(first)")
      }
    }
  }

  @Test func quadraticTakesTheUnitStepAtOnce() throws {
    func phi(_ t: Double) -> (Double, Double) {
      (0.5 * (t - 1) * (t - 1), t - 1)
    }
    let found = try #require(search(StrongWolfe(), phi, first: 1))
    #expect(found.step == 1)
    #expect(found.evaluations == 1)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func undefinedHalfLineIsAvoided(outside: Double) throws {
    // The minimum at 1 is defined, what lies beyond 1.2 is not.
    func phi(_ t: Double) -> (Double, Double) {
      if t > 1.2 { return (outside, outside) }
      return (0.5 * (t - 1) * (t - 1), t - 1)
    }
    for first in [1.0, 1.3, 10, 1e6] {
      let line = StrongWolfe(curvature: 0.1)
      let found = try #require(search(line, phi, first: first), "\(first)")
      #expect(abs(found.slope) <= 0.1)
    }
  }

  @Test func minimumOnTheBorderOfTheDomainIsApproached() throws {
    // Descending until it ceases to exist: any decrease will do.
    func phi(_ t: Double) -> (Double, Double) {
      t < 1 ? (-t, -1) : (.nan, .nan)
    }
    let found = try #require(search(StrongWolfe(), phi, first: 4))
    #expect(found.value < -0.5)
  }

  @Test func undefinedEverywhereFails() {
    #expect(
      search(StrongWolfe(), { $0 > 0 ? (.nan, .nan) : (0, -1) }, first: 1)
        == nil)
  }

  @Test func valuesEqualUpToRoundingAreJudgedBySlope() throws {
    // 1e10 + t² near t = −1e-5: no change of the value can be seen.
    func phi(_ t: Double) -> (Double, Double) {
      let u = t - 1e-5
      return (1e10 + u * u, 2 * u)
    }
    let found = try #require(
      search(StrongWolfe(curvature: 0.1), phi, first: 1e-6))
    #expect(abs(found.slope) <= 0.1 * 2e-5)
  }

  @Test func impossibleConstantsTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = StrongWolfe(decrease: 0.5, curvature: 0.4)
    }
  }
}
