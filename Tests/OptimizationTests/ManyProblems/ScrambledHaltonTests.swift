import RandomNumbers
import Testing

@Suite struct ScrambledHaltonTests {
  @Test(arguments: [1, 2, 77] as [UInt64])
  func everyIntervalOfEveryBaseGetsItsPoint(seed: UInt64) {
    let primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]
    let sequence = ScrambledHalton(dimension: primes.count, seed: seed)
    for (j, base) in primes.enumerated() {
      for power in [base, base * base] {
        // Of any bᵏ points in a row beginning at a multiple of bᵏ, one is in each
        // interval of length b⁻ᵏ.
        for first in [0, 3 * power] {
          var hits = [Int](repeating: 0, count: power)
          for i in first..<first + power {
            let x = sequence.coordinate(j, ofPoint: i)
            #expect(x >= 0 && x < 1)
            hits[Int(x * Double(power) + 1e-9)] += 1
          }
          #expect(hits.allSatisfy { $0 == 1 }, "base \(base), \(hits)")
        }
      }
    }
  }

  @Test func pairsOfLargePrimesAreNotCorrelated() {
    // Plain coordinates 40 and 41 of the first 150 points have a correlation of
    // 0.86; of random points that would be 10 standard deviations.
    let sequence = ScrambledHalton(dimension: 41, seed: 3)
    let n = 150
    func column(_ j: Int) -> [Double] {
      (0..<n).map { sequence.coordinate(j, ofPoint: $0) - 0.5 }
    }
    let (a, b) = (column(39), column(40))
    let product = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / Double(n)
    #expect(abs(product) * 12 < 0.4)
  }

  @Test func seedsGiveOtherPointsAndTheSameAgain() {
    let one = ScrambledHalton(dimension: 3, seed: 1)
    let again = ScrambledHalton(dimension: 3, seed: 1)
    let other = ScrambledHalton(dimension: 3, seed: 2)
    for i in 0..<20 {
      for j in 0..<3 {
        #expect(
          one.coordinate(j, ofPoint: i) == again.coordinate(j, ofPoint: i))
      }
    }
    #expect(
      (0..<20).contains {
        one.coordinate(2, ofPoint: $0) != other.coordinate(2, ofPoint: $0)
      })
  }
}
