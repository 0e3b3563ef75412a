import Foundation
import Matrix
import TestSupport
import Testing

@Suite struct ColumnSweepTests {
  /// Sum, ℓ′ and ℓ″ of all of `u`, as the margins of one feature.
  private func losses(
    _ u: Vector<Double>, labels: Vector<Double>? = nil
  ) -> (sum: Double, first: Vector<Double>, second: Vector<Double>) {
    let labels = labels ?? Vector(repeating: 1, count: u.count)
    let samples = Matrix<Double>(rows: 1, columns: u.count) { _, j in u[j] }
    var sweep = ColumnSweep(rows: 1, columns: u.count)
    var first = Vector<Double>.zeros(u.count)
    var (second, gradient) = (first, Vector<Double>.zeros(1))
    let sum = sweep.logisticLosses(
      of: samples, at: [1], labels: labels, slopes: &first, curvatures: &second,
      gradient: &gradient)
    return (sum, first, second)
  }

  // One chunk, several, and several blocks; rows of every remainder modulo 4.
  @Test(arguments: [(1, 1), (4, 3), (18, 1000), (203, 2611)])
  func `A product with weights is two products`(m: Int, n: Int) {
    var generator = SplitMix64(seed: 7)
    let a: Matrix<Double> = randomMatrix(m, n, using: &generator)
    let w: Vector<Double> = randomVector(n, using: &generator)
    // More elements than rows: the last is kept.
    let x: Vector<Double> = randomVector(m + 1, using: &generator)
    var sweep = ColumnSweep(rows: m, columns: n)
    var terms = Vector<Double>.zeros(n)
    var y = Vector<Double>(repeating: 7, count: m + 1)
    sweep.weightedProduct(
      of: a, weights: w, x, adding: 0.5, alpha: 2, terms: &terms, into: &y)
    let z = a.transposed * Vector(x.prefix(m))
    for j in 0..<n { #expect(abs(terms[j] - w[j] * (z[j] + 0.5)) < 1e-12) }
    let expected = 2 * (a * terms)
    for i in 0..<m { #expect(abs(y[i] - expected[i]) < 1e-11) }
    #expect(y[m] == 7)
  }

  @Test func `The number of threads changes no bit`() async {
    await #expect(processExitsWith: .success) {
      var generator = SplitMix64(seed: 4)
      let (m, n) = (203, 9000)
      let a: Matrix<Double> = randomMatrix(m, n, using: &generator)
      let x: Vector<Double> = randomVector(m, using: &generator)
      let ones = Vector<Double>(repeating: 1, count: n)
      func sweep(threads: Int) -> [Vector<Double>] {
        Threads.maximum = threads
        var sweep = ColumnSweep(rows: m, columns: n)
        var (first, second) = (ones, ones)
        var gradient = Vector<Double>.zeros(m)
        let sum = sweep.logisticLosses(
          of: a, at: x, labels: ones, slopes: &first, curvatures: &second,
          gradient: &gradient)
        return [[sum], first, second, gradient]
      }
      let one = sweep(threads: 1)
      precondition(one[0][0] > 0)
      for _ in 0..<5 { precondition(sweep(threads: 3) == one) }
    }
  }

  @Test func `Wrong shapes trap with both numbers`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var sweep = ColumnSweep(rows: 3, columns: 4)
      var (terms, y) = (Vector<Double>.zeros(5), Vector<Double>.zeros(3))
      sweep.weightedProduct(
        of: .zeros(3, 5), weights: .zeros(5), .zeros(3), terms: &terms,
        into: &y)
    }
    #expect(said(result, "a matrix of 3×5, not 3×4"))
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

  @Test func `A label of −1 mirrors the loss`() {
    let z: Vector<Double> = [0.3, -2, 5, 0, 1.5, -0.1]
    let labels: Vector<Double> = [-1, 1, -1, -1, -1, 1]
    let (sum, first, second) = losses(z, labels: labels)
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
