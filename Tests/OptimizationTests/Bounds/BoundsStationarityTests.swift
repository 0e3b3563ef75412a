import Matrix
import Optimization
import Testing

@Suite struct BoundsStationarityTests {
  let bounds: Bounds

  init() throws {
    bounds = try Bounds(
      lower: [0, -.infinity, 2, 1e6], upper: [1, 5, 2, .infinity])
  }

  @Test func onlySlopesAgainstABoundAreHeld() {
    #expect(bounds.side(0, at: 0, slope: 3, value: 1) == .lower)
    #expect(bounds.side(0, at: 0, slope: -3, value: 1) == nil)
    #expect(bounds.side(0, at: 1, slope: -3, value: 1) == .upper)
    #expect(bounds.side(1, at: -1e300, slope: 3, value: 1) == nil)
    #expect(bounds.side(2, at: 2, slope: -3, value: 1) == .fixed)
  }

  @Test func whatFCannotTellFromTheBoundIsHeld() {
    // ε = 2.2e-16: 3 · 10⁻¹⁷ ≤ ε, 3 · 10⁻¹⁵ not, and of f = 100 both are.
    #expect(bounds.side(0, at: 1e-17, slope: 3, value: 1) == .lower)
    #expect(bounds.side(0, at: 1e-15, slope: 3, value: 1) == nil)
    #expect(bounds.side(0, at: 1e-15, slope: 3, value: 100) == .lower)
    // The neighbour of a large bound, whatever f.
    let next = (1e6).nextUp
    #expect(bounds.side(3, at: next, slope: 1e9, value: 0) == .lower)
    #expect(bounds.side(3, at: 1e6 + 1e-6, slope: 1, value: 0) == nil)
  }

  @Test func theMeasureHasTheUnitsOfTheGradient() throws {
    let x: Vector<Double> = [0.25, -3, 2, 1e6]
    let g: Vector<Double> = [-0.5, 0.125, 9, 4]
    let norm = bounds.projectedGradientNorm(g, at: x, value: 7)
    #expect(norm == 0.5)
    let (a, b) = (0x1p30, 0x1p-15)
    let scaled = try Bounds(lower: b * bounds.lower, upper: b * bounds.upper)
    #expect(
      scaled.projectedGradientNorm(a / b * g, at: b * x, value: a * 7)
        == a / b * norm)
    #expect(
      bounds.projectedGradientNorm([.nan, 0, 0, 0], at: x, value: 7).isNaN)
  }
}
