import Optimization
import Testing

@Suite struct ForcingTermTests {
  @Test func followsTheGradient() {
    var term = ForcingTerm()
    #expect(term.residual == 0.5)
    term.update(gradientNorm: 3)
    #expect(term.residual == 0.5)
    // A gradient that does not fall leaves no accuracy to gain.
    term.update(gradientNorm: 6)
    #expect(term.residual == 0.5)
    // 0.9 · 0.5^1.618 = 0.293, above 0.1, holds back a sudden fall.
    term.update(gradientNorm: 6e-6)
    #expect(abs(term.residual - 0.2932) < 1e-4)
    // 0.9 · 0.2932^1.618 = 0.1236 likewise; the next one is below 0.1.
    term.update(gradientNorm: 6e-12)
    #expect(abs(term.residual - 0.1236) < 1e-4)
    term.update(gradientNorm: 6e-14)
    // 0.9 · 0.01^1.618.
    #expect(abs(term.residual - 5.227e-4) < 1e-6)
  }
}
