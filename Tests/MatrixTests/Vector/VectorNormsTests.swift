import Matrix
import TestSupport
import Testing

@Suite struct VectorNormsTests {
  @Test(arguments: scalarTypes)
  func `Against the naive loop`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var generator = SplitMix64(seed: 2)
      for n in VectorUpdatesTests.counts {
        let x: Vector<Scalar> = integerVector(n, using: &generator)
        var (squares, magnitudes, sum, largest):
          (Scalar, Scalar, Scalar, Scalar)
        (squares, magnitudes, sum, largest) = (0, 0, 0, 0)
        for number in x {
          squares += number * number
          magnitudes += number.magnitude
          sum += number
          largest = max(largest, number.magnitude)
        }
        // The squares are exact, so the root is correctly rounded.
        #expect(x.norm == squares.squareRoot())
        #expect(x.norm1 == magnitudes && x.normInfinity == largest)
        #expect(x.sum == sum)
        #expect(
          x.indexOfMaximumMagnitude
            == x.firstIndex { $0.magnitude == largest })
        #expect(x.isFinite)
      }
    }
    check(type)
  }

  @Test(arguments: scalarTypes)
  func `The Euclidean norm neither overflows nor underflows`(
    _ type: any BLASScalar.Type
  ) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      let huge = Scalar.greatestFiniteMagnitude / 8
      let tiny = Scalar.leastNormalMagnitude
      let least = Scalar.leastNonzeroMagnitude
      let eps = Scalar.ulpOfOne
      // Numbers scaled by powers of 2, so that the exact norm is known.
      for scale in [huge, tiny, tiny * tiny.squareRoot(), 1] where scale > 0 {
        let power = Scalar(
          sign: .plus, exponent: scale.exponent, significand: 1)
        for n in [2, 7, 8, 9, 100] {
          var x = Vector<Scalar>(repeating: 0, count: n)
          x[0] = 3 * power
          x[n - 1] = -4 * power
          #expect((x.norm / (5 * power) - 1).magnitude <= 2 * eps)
        }
      }
      // Denormal elements: the norm is exact, 5 times the least.
      #expect(Vector([3 * least, 4 * least]).norm == 5 * least)
      #expect(Vector([least]).norm == least)
      // Small beside large: both sums of squares are out of range alone.
      #expect(Vector([huge, least]).norm == huge)
      #expect(Vector([1, least, tiny]).norm == 1)
      #expect(Vector<Scalar>.zeros(5).norm == 0)
    }
    check(type)
  }

  @Test func `At the scales 1e300 and 1e-300`() {
    #expect(abs(Vector([3e300, 4e300]).norm / 5e300 - 1) < 1e-15)
    #expect(abs(Vector([3e-300, 4e-300]).norm / 5e-300 - 1) < 1e-15)
    #expect(Vector([1e300, 1e-300]).norm1 == 1e300)
    #expect(Vector([1e-300, -1e300]).normInfinity == 1e300)
    // A norm beyond the range is ∞, not NaN.
    let largest = Double.greatestFiniteMagnitude
    #expect(Vector([largest, largest]).norm == .infinity)
    #expect(Vector([largest, largest]).norm1 == .infinity)
  }

  @Test(arguments: scalarTypes)
  func `NaN and infinity, wherever they are`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      for n in [1, 2, 5, 8, 9, 16, 19] {
        for i in 0..<n {
          var x = Vector<Scalar>(repeating: -2, count: n)
          x[i] = -.infinity
          #expect(x.norm == .infinity && x.normInfinity == .infinity)
          #expect(x.norm1 == .infinity && x.sum == -.infinity && !x.isFinite)
          #expect(x.indexOfMaximumMagnitude == i)
          if i > 0 {
            x[i - 1] = .nan
            #expect(x.norm.isNaN && x.normInfinity.isNaN)
            #expect(x.indexOfMaximumMagnitude == i - 1)
          }
          x[i] = .nan
          #expect(x.norm.isNaN && x.normInfinity.isNaN)
          #expect(x.norm1.isNaN && x.sum.isNaN && !x.isFinite)
        }
      }
    }
    check(type)
  }

  @Test func `Of no elements`() {
    let empty: Vector<Double> = []
    #expect(empty.norm == 0 && empty.norm1 == 0 && empty.normInfinity == 0)
    #expect(empty.sum == 0 && empty.isFinite)
    #expect(empty.indexOfMaximumMagnitude == nil)
  }
}
