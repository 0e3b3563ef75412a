import Differentiation
import Testing

@Suite("Functions over real numbers")
struct RealNumberTests {
  @Test("one source runs on Double, with literals and data")
  func runsOnDouble() {
    func f<Number: RealNumber>(_ x: Number, _ data: Double) -> Number {
      0.5 * .exp(x) + Number(data)
    }
    #expect(f(0.0, 2) == 2.5)
  }
}
