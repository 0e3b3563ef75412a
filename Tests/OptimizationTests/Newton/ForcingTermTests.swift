import Optimization
import Testing

@Suite struct ForcingTermTests {
  @Test func followsTheGradient() {
    var term = ForcingTerm()
    #expect(term.residual == 0.1)
    term.update(gradientNorm: 3)
    #expect(term.residual == 0.1)
    // A gradient that does not fall asks for no accuracy.
    term.update(gradientNorm: 6)
    #expect(term.residual == 0.1)
    // 0.9 · 0.01^1.618.
    term.update(gradientNorm: 0.06)
    #expect(abs(term.residual - 5.227e-4) < 1e-6)
    term.update(gradientNorm: 0.05)
    #expect(term.residual == 0.1)
  }

  @Test func unitsDoNotMatter() {
    var (a, b) = (ForcingTerm(), ForcingTerm())
    for norm in [5.0, 2, 0.1, 1e-4, 1e-9] {
      a.update(gradientNorm: norm)
      b.update(gradientNorm: 0x1p40 * norm)
      #expect(a.residual == b.residual)
    }
  }
}
