import Matrix
import TestSupport
import Testing

@Suite struct WeightedSquareTests {
  /// A of m×n, weights, and A W Aᵀ by general products, with a row of ones below A
  /// where there is one.
  private func example(
    _ m: Int, _ n: Int, ones: Bool
  ) -> (a: Matrix<Double>, w: Vector<Double>, product: Matrix<Double>) {
    var generator = SplitMix64(seed: 11)
    let a: Matrix<Double> = randomMatrix(m, n, using: &generator)
    let w = Vector<Double>(count: n) { _ in generator.nextUniform() }
    let order = ones ? m + 1 : m
    let extended = Matrix<Double>(rows: order, columns: n) { i, j in
      i < m ? a[i, j] : 1
    }
    let scaled = Matrix<Double>(rows: order, columns: n) { i, j in
      w[j] * extended[i, j]
    }
    return (a, w, scaled * extended.transposed)
  }

  // One chunk; several, the last one short; and several blocks.
  @Test(
    arguments: [(1, 1), (3, 10), (6, 192), (5, 500), (130, 2003)],
    [false, true])
  func `Is the product of three matrices`(shape: (Int, Int), ones: Bool) {
    let (a, w, expected) = example(shape.0, shape.1, ones: ones)
    let n = expected.rows
    var square = WeightedSquare(of: a, order: n)
    var c = Matrix<Double>(repeating: .nan, rows: n, columns: n)
    // A second time it is the same: no scratch is left over.
    for _ in 0..<2 {
      square.form(of: a, weights: w, alpha: 0.5, into: &c)
      for j in 0..<n {
        for i in j..<n {
          #expect(abs(c[i, j] - 0.5 * expected[i, j]) < 1e-12)
        }
      }
    }
  }

  @Test func `No columns give zeros`() {
    let a = Matrix<Double>.zeros(3, 0)
    var square = WeightedSquare(of: a, order: 4)
    var c = Matrix<Double>(repeating: .nan, rows: 4, columns: 4)
    square.form(of: a, weights: [], into: &c)
    #expect(c == .zeros(4, 4))
  }

  @Test func `The number of threads changes no bit`() async {
    await #expect(processExitsWith: .success) {
      var generator = SplitMix64(seed: 4)
      let a: Matrix<Double> = randomMatrix(130, 2003, using: &generator)
      let w = Vector<Double>(count: 2003) { _ in generator.nextUniform() }
      func square(threads: Int) -> Matrix<Double> {
        Threads.maximum = threads
        var square = WeightedSquare(of: a, order: 130)
        var c = Matrix<Double>.zeros(130, 130)
        square.form(of: a, weights: w, into: &c)
        return c
      }
      let one = square(threads: 1)
      precondition(one != .zeros(130, 130))
      for _ in 0..<5 { precondition(square(threads: 3) == one) }
    }
  }

  @Test func `Wrong shapes trap with both numbers`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = WeightedSquare(of: .zeros(3, 5), order: 5) }
    #expect(said(result, "a square of order 5 of a matrix of 3 rows"))
    await #expect(processExitsWith: .failure) {
      var square = WeightedSquare(of: .zeros(3, 5), order: 3)
      var c = Matrix<Double>.zeros(4, 4)
      square.form(of: .zeros(3, 5), weights: .zeros(5), into: &c)
    }
  }
}
