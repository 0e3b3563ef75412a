import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct HagerZhangTests {
  @Test func publishedFunctionsEndInTheWolfeConditions() throws {
    for phi in MoreThuente.allCases {
      for first in [1e-3, 1e-1, 1e1, 1e3] {
        let (c1, c2) = phi.constants
        let line = HagerZhang(decrease: c1, curvature: c2)
        let found = try #require(
          search(line, phi.callAsFunction, first: first), "\(phi), \(first)")
        let (value0, slope0) = phi(0)
        // The first search of a run knows T1 alone.
        #expect(
          found.value <= value0 + c1 * found.step * slope0, "\(phi), \(first)")
        #expect(found.slope >= c2 * slope0, "\(phi), \(first)")
        #expect(found.evaluations <= 20, "\(phi), \(first)")
      }
    }
  }

  @Test func slopesGoOnWhereValuesAreRounded() throws {
    // 10¹⁰ + t²: T1 cannot see the decrease, T2 can do without.
    func phi(_ t: Double) -> (Double, Double) {
      let u = t - 1e-5
      return (1e10 + u * u, 2 * u)
    }
    let found = try #require(search(HagerZhang(), phi, first: 1e-6))
    #expect(found.slope >= -0.9 * 2e-5 && found.slope <= 0.8 * 2e-5)
    let far = try #require(search(HagerZhang(), phi, first: 5e-5))
    #expect(far.slope >= -0.9 * 2e-5 && far.slope <= 0.8 * 2e-5)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func undefinedHalfLineIsAvoided(outside: Double) throws {
    func phi(_ t: Double) -> (Double, Double) {
      if t > 1.2 { return (outside, outside) }
      return (0.5 * (t - 1) * (t - 1), t - 1)
    }
    for first in [1.0, 1.3, 10, 1e6] {
      let found = try #require(
        search(HagerZhang(curvature: 0.1), phi, first: first), "\(first)")
      #expect(found.slope >= -0.1)
      #expect(found.value < 0.5)
    }
  }

  @Test func minimumOnTheBorderOfTheDomainIsApproached() throws {
    func phi(_ t: Double) -> (Double, Double) {
      t < 1 ? (-t, -1) : (.nan, .nan)
    }
    let found = try #require(search(HagerZhang(), phi, first: 4))
    #expect(found.value < -0.9)
  }

  @Test func undefinedEverywhereFails() {
    #expect(
      search(HagerZhang(), { $0 > 0 ? (.nan, .nan) : (0, -1) }, first: 1)
        == nil)
  }

  @Test func impossibleConstantsTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = HagerZhang(decrease: 0.5)
    }
    await #expect(processExitsWith: .failure) {
      _ = HagerZhang(decrease: 0.3, curvature: 0.2)
    }
  }
}
