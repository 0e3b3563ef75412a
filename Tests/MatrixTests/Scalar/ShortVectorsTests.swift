import Matrix
import TestSupport
import Testing

/// Vectors on both sides of the length from which OpenBLAS has the work, and
/// of every remainder that the loops for short ones leave over.
@Suite struct ShortVectorsTests {
  static let counts = Array(0...40) + Array(1020...1030) + [2050]

  // Small integers, so that every sum is exact in whatever order it is taken.
  func integers(_ n: Int, _ factor: Int) -> Vector<Double> {
    Vector(count: n) { Double(($0 * factor) % 17 - 8) }
  }

  @Test(arguments: counts)
  func dotIsTheSumOfProducts(n: Int) {
    let (x, y) = (integers(n, 5), integers(n, 7))
    #expect(x.dot(y) == zip(x, y).reduce(0) { $0 + $1.0 * $1.1 })
  }

  @Test(arguments: counts)
  func addChangesEveryElement(n: Int) {
    let (x, y) = (integers(n, 5), integers(n, 7))
    var sum = y
    sum.add(x, scaledBy: 3)
    #expect(Array(sum) == zip(x, y).map { 3 * $0 + $1 })
  }

  @Test(arguments: counts)
  func theLargestMagnitudeIsFoundWhereverItIs(n: Int) {
    for i in Set([0, 1, n / 2, n - 3, n - 1]).filter({ 0..<n ~= $0 }) {
      var x = integers(n, 5)
      x[i] = -100
      #expect(x.indexOfMaximumMagnitude == i)
      // The first of two.
      x[n - 1] = 100
      #expect(x.indexOfMaximumMagnitude == i)
      let floats = Vector<Float>(count: n) { Float(x[$0]) }
      #expect(floats.indexOfMaximumMagnitude == i)
      // NaN wins over whatever is larger.
      x[n / 2] = .nan
      x[n - 1] = .nan
      #expect(x.indexOfMaximumMagnitude == n / 2)
    }
  }

  @Test func emptyVectorsHaveNoLargestElement() {
    #expect(Vector<Double>().indexOfMaximumMagnitude == nil)
    #expect(Vector<Float>().indexOfMaximumMagnitude == nil)
    #expect(Vector<Double>.zeros(9).indexOfMaximumMagnitude == 0)
  }
}
