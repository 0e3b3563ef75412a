import Foundation
import Matrix
import Testing

@Suite struct VectorLogisticTests {
  /// Sum, ℓ′ and ℓ″ of all of `u`, which get labels of 1.
  private func losses(
    _ u: Vector<Double>
  ) -> (sum: Double, first: Vector<Double>, second: Vector<Double>) {
    let ones = Vector<Double>(repeating: 1, count: u.count)
    var first = Vector<Double>.zeros(u.count)
    var second = first
    let sum = u.logisticLosses(
      labels: ones, in: 0..<u.count, first: &first, second: &second)
    return (sum, first, second)
  }

  @Test func `Agrees with libm to a few units in the last place`() {
    // Steps that meet no number exactly, over all of where ℓ is neither 0 nor −u.
    for u in stride(from: -745.3, through: 700, by: 0.0371) {
      let (loss, first, second) = losses([u])
      let t = exp(-abs(u))
      let expected = log1p(t) + max(-u, 0)
      #expect(abs(loss - expected) <= 6e-16 * expected)
      let slope = -(u < 0 ? 1 : t) / (1 + t)
      #expect(abs(first[0] - slope) <= 6e-16 * abs(slope))
      let curvature = t / ((1 + t) * (1 + t))
      // Below exp(−708) the kernel stops at the smallest normal numbers.
      #expect(abs(second[0] - curvature) <= 9e-16 * curvature + 4e-308)
    }
  }

  @Test func `Every position counts, in vectors of any length`() {
    for n in 0...9 {
      let u = Vector<Double>(count: n) { 0.7 * Double($0) - 2 }
      let (sum, first, second) = losses(u)
      var expected = 0.0
      for i in 0..<n {
        let one = losses([u[i]])
        expected += one.sum
        #expect(first[i] == one.first[0])
        #expect(second[i] == one.second[0])
      }
      #expect(abs(sum - expected) <= 1e-14 * expected)
    }
  }

  @Test func `Writes to its range alone`() {
    let u: Vector<Double> = [1, 2, 3, 4, 5, 6, 7, 8]
    var first = Vector<Double>(repeating: 9, count: 8)
    var second = first
    let ones = Vector<Double>(repeating: 1, count: 8)
    let sum = u.logisticLosses(
      labels: ones, in: 2..<7, first: &first, second: &second)
    let expected = (3...7).reduce(0) { $0 + log1p(exp(-Double($1))) }
    #expect(abs(sum - expected) < 1e-15)
    for i in [0, 1, 7] { #expect(first[i] == 9 && second[i] == 9) }
    for i in 2..<7 { #expect(first[i] < 0 && second[i] < 1) }
  }

  @Test func `A label of −1 mirrors the loss`() {
    let z: Vector<Double> = [0.3, -2, 5, 0, 1.5, -0.1]
    let labels: Vector<Double> = [-1, 1, -1, -1, -1, 1]
    var (first, second) = (z, z)
    let sum = z.logisticLosses(
      labels: labels, in: 0..<6, first: &first, second: &second)
    let expected = losses(Vector(count: 6) { labels[$0] * z[$0] })
    #expect(sum == expected.sum)
    #expect(second == expected.second)
    for i in 0..<6 { #expect(first[i] == labels[i] * expected.first[i]) }
  }

  @Test func `Infinite and undefined margins`() {
    #expect(losses([.infinity]).sum < 1e-300)
    let lost = losses([-.infinity])
    #expect(lost.sum == .infinity)
    #expect(lost.first[0] == -1)
    #expect(losses([.nan]).sum.isNaN)
    #expect(losses([.nan]).first[0].isNaN)
  }
}
