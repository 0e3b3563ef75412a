import Testing

@testable import Optimization

@Suite struct OppositeSlopesTests {
  /// The slopes at the steps that the interval asks for, until one is at most the
  /// bound or the interval ends.
  private func slopes(
    _ phi: (Double) -> (Double, Double), first: Double, until bound: Double,
    error: Double = 0
  ) -> [Double] {
    func sample(_ t: Double) -> LineSample {
      let (value, slope) = phi(t)
      return LineSample(step: t, value: value, slope: slope)
    }
    let start = sample(0)
    var interval = OppositeSlopes(from: start, limit: start.value + error)
    var slopes: [Double] = []
    var t = first
    while slopes.count < 100 && !interval.isExhausted {
      let next = sample(t)
      slopes.append(abs(next.slope))
      if abs(next.slope) <= bound { break }
      t = interval.next(after: next)
      // U0-U3 keep these, whatever happens.
      #expect(interval.lower.slope < 0)
      #expect(interval.lower.value <= start.value + error)
      #expect(interval.lower.step < interval.upper.step)
    }
    return slopes
  }

  @Test func secantIsExactOnAParabola() {
    let slopes = slopes(
      { (0.5 * ($0 - 3) * ($0 - 3), $0 - 3) }, first: 4, until: 0)
    #expect(slopes == [1, 0])
  }

  @Test func stepsGrowFivefoldUntilTheSlopeTurns() {
    let slopes = slopes(
      { (0.5 * ($0 - 3) * ($0 - 3), $0 - 3) }, first: 0.01, until: 0)
    #expect(
      slopes.dropLast().elementsEqual([0.01, 0.05, 0.25, 1.25, 6.25]) {
        abs($0 - abs($1 - 3)) < 1e-12
      })
    #expect(slopes.last == 0)
  }

  @Test func secantSquaredConvergesWithOrderOneAndRootTwo() throws {
    // A round of two evaluations takes an error e to about e^(1 + √2), so that the
    // digits of the slope grow more than fivefold in two rounds. Halving would
    // need 33 evaluations from 10⁻² to 10⁻¹².
    let slopes = slopes(
      { (Double.exp($0) - 2 * $0, Double.exp($0) - 2) }, first: 2, until: 1e-12)
    let small = try #require(slopes.firstIndex { $0 < 1e-2 })
    #expect(slopes.last ?? 1 <= 1e-12)
    #expect(slopes.count - small <= 5)
  }

  @Test func highPointWithoutATurnIsCutBack() {
    // Beyond 2 the function starts again, higher and descending (U3).
    func phi(_ t: Double) -> (Double, Double) {
      t < 2 ? ((t - 1) * (t - 1), 2 * (t - 1)) : (10 - t / 10, -0.1)
    }
    for first in [2.5, 5, 40] {
      let slopes = slopes(phi, first: first, until: 1e-9)
      #expect(slopes.last ?? 1 <= 1e-9, "\(first)")
    }
  }

  @Test func errorOfTheValueIsToleratedAtTheLowerEnd() {
    // A bump of 10⁻⁸ in front of the minimum.
    func phi(_ t: Double) -> (Double, Double) {
      let bump = t > 0.1 && t < 0.9 ? 1e-8 : 0
      return (1e-9 * (t - 1) * (t - 1) + bump, 2e-9 * (t - 1))
    }
    let slopes = slopes(phi, first: 0.5, until: 1e-15, error: 1e-7)
    // On the bump, beyond the minimum, and there.
    #expect(slopes.count == 3)
    #expect(slopes.last ?? 1 <= 1e-15)
  }
}
