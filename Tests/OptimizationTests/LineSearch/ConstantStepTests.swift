import Optimization
import Testing

@Suite struct ConstantStepTests {
  @Test func takesItsStepWhateverTheValue() throws {
    let found = try #require(
      search(ConstantStep(0.25), { ($0, -1) }, first: 7))
    #expect(found.step == 0.25)
  }

  @Test func undefinedEndFails() {
    #expect(
      search(ConstantStep(1), { $0 > 0.5 ? (.nan, 0) : (-$0, -1) }, first: 1)
        == nil)
  }
}
