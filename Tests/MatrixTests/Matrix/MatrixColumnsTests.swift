import Matrix
import TestSupport
import Testing

@Suite struct MatrixColumnsTests {
  private let a: Matrix<Double>
  private let weights: Vector<Double>

  init() {
    var generator = SplitMix64(seed: 11)
    a = randomMatrix(3, 10, using: &generator)
    weights = Vector(count: 10) { _ in generator.nextUniform() }
  }

  @Test func `Multiplies with some columns and keeps the rest`() {
    let x: Vector<Double> = [1, -2, 0.5]
    var y = Vector<Double>(repeating: 7, count: 10)
    a.multiplyTransposed(columns: 3..<8, x, into: &y)
    for j in 0..<10 {
      let expected = (3..<8).contains(j) ? a.column(j).dot(x) : 7
      #expect(abs(y[j] - expected) < 1e-14)
    }
  }

  @Test func `Adds a number, and reads no more of the vector than it has rows`()
  {
    var y = Vector<Double>.zeros(10)
    a.multiplyTransposed(
      columns: 0..<10, [1, -2, 0.5, .nan], adding: 3, into: &y)
    for j in 0..<10 {
      #expect(abs(y[j] - (a.column(j).dot([1, -2, 0.5]) + 3)) < 1e-14)
    }
  }

  @Test func `Adds a combination of some columns`() {
    var y: Vector<Double> = [1, 2, 3]
    a.multiply(columns: 4..<6, weights, alpha: 2, addingTo: &y)
    var expected: Vector<Double> = [1, 2, 3]
    for j in 4..<6 { expected.add(a.column(j), scaledBy: 2 * weights[j]) }
    #expect((y - expected).normInfinity < 1e-14)
  }

  @Test func `No columns add nothing`() {
    var y: Vector<Double> = [1, 2, 3]
    a.multiply(columns: 4..<4, weights, addingTo: &y)
    #expect(y == [1, 2, 3])
  }

  @Test(arguments: [1, 4, 10, 16])
  func `Weighted squares in chunks of any size`(chunk: Int) {
    var scratch = Matrix<Double>(repeating: .nan, rows: 3, columns: chunk)
    var c = Matrix<Double>(repeating: .nan, rows: 3, columns: 3)
    c.setWeightedSquare(of: a, weights: weights, alpha: 0.5, scratch: &scratch)
    c.symmetrizeFromLower()
    let expected =
      0.5 * (a * Matrix.diagonal(weights) * a.transposed)
    #expect((c - expected).maximumMagnitude < 1e-14)
  }

  @Test func `Weighted squares with a row of ones`() {
    var scratch = Matrix<Double>.zeros(4, 4)
    var c = Matrix<Double>(repeating: .nan, rows: 4, columns: 4)
    c.setWeightedSquare(of: a, weights: weights, scratch: &scratch)
    c.symmetrizeFromLower()
    let bordered = Matrix(rows: 4, columns: 10) { i, j in
      i < 3 ? a[i, j] : 1
    }
    let expected = bordered * Matrix.diagonal(weights) * bordered.transposed
    #expect((c - expected).maximumMagnitude < 1e-14)
  }

  @Test func `Wrong shapes trap with both numbers`() async {
    await #expect(processExitsWith: .failure) {
      var y = Vector<Double>.zeros(4)
      Matrix<Double>.zeros(3, 4).multiplyTransposed(
        columns: 2..<5, .zeros(3), into: &y)
    }
    await #expect(processExitsWith: .failure) {
      var c = Matrix<Double>.zeros(3, 3)
      var scratch = Matrix<Double>.zeros(2, 4)
      c.setWeightedSquare(
        of: .zeros(3, 5), weights: .zeros(5), scratch: &scratch)
    }
  }
}
