import Matrix
import TestSupport
import Testing

@Suite struct StepProductsTests {
  @Test(arguments: [0, 1, 2, 3, 4, 5, 8, 9, 31, 1000])
  func productsAreThoseOfVectors(n: Int) {
    var generator = SplitMix64(seed: UInt64(n))
    let g: Vector<Double> = randomVector(n, using: &generator)
    let h: Vector<Double> = randomVector(n, using: &generator)
    let d: Vector<Double> = randomVector(n, using: &generator)
    let y = h - g
    let p = StepProducts(from: g, to: h, along: d)
    for (product, a, b) in [
      (p.gg, g, g), (p.gh, g, h), (p.hh, h, h), (p.hy, h, y), (p.yy, y, y),
      (p.dg, d, g), (p.dh, d, h), (p.dy, d, y), (p.dd, d, d),
    ] {
      // Sums in another order, each of rounding n ε Σ |aᵢ bᵢ|.
      let bound = Double(n) * .ulpOfOne * a.norm * b.norm
      #expect(abs(product - a.dot(b)) <= bound)
    }
  }

  @Test(arguments: [0, 1, 2, 7, 8, 9, 16, 1003])
  func directionIsBetaTimesTheLastMinusTheGradient(n: Int) {
    var generator = SplitMix64(seed: UInt64(n))
    let g: Vector<Double> = randomVector(n, using: &generator)
    let d: Vector<Double> = randomVector(n, using: &generator)
    var e = Vector<Double>.zeros(n)
    let (slope, square) = e.setConjugate(d, scaledBy: 0.75, minus: g)
    let expected = 0.75 * d - g
    // A fused multiplication rounds once, two operations twice.
    for i in 0..<n {
      #expect(abs(e[i] - expected[i]) <= .ulpOfOne * (abs(d[i]) + abs(g[i])))
    }
    let bound = 2 * Double(n) * .ulpOfOne
    #expect(abs(slope - g.dot(expected)) <= bound * g.norm * expected.norm)
    #expect(abs(square - expected.dot(expected)) <= bound * square)
  }
}
