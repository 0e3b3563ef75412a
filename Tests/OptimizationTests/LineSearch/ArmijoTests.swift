import Optimization
import Testing

@Suite struct ArmijoTests {
  @Test func decreaseIsSufficientFromAnyFirstStep() throws {
    for phi in MoreThuente.allCases {
      for first in [1e-3, 1e-1, 1e1, 1e3] {
        let found = try #require(
          search(Armijo(), phi.callAsFunction, first: first), "\(first)")
        let (value0, slope0) = phi(0)
        #expect(
          found.value <= value0 + 1e-4 * found.step * slope0, "\(phi), \(first)"
        )
        #expect(found.step <= first)
      }
    }
  }

  @Test func undefinedHalfLineIsAvoided() throws {
    let found = try #require(
      search(Armijo(), { $0 > 1e-3 ? (.nan, 0) : (-$0, -1) }, first: 1))
    #expect(found.step > 0 && found.step <= 1e-3)
  }
}
