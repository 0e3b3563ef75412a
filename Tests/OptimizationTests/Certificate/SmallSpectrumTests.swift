import Matrix
import TestSupport
import Testing

@testable import Optimization

@Suite struct SmallSpectrumTests {
  private func spectrum(_ matrix: Matrix<Double>) throws -> SmallSpectrum {
    try #require(SmallSpectrum(of: matrix))
  }

  @Test func `Knows the spectrum of the second difference`() throws {
    // 2 − 2 cos(kπ/(n+1)).
    let n = 12
    let matrix = Matrix<Double>(rows: n, columns: n) { i, j in
      i == j ? 2 : abs(i - j) == 1 ? -1 : 0
    }
    let values = try spectrum(matrix).values.sorted()
    for k in 1...n {
      let exact = 2 - 2 * Double.cos(Double(k) * .pi / Double(n + 1))
      #expect(abs(values[k - 1] - exact) < 1e-14)
    }
  }

  @Test(arguments: [1, 2, 3, 7, 20])
  func `A V = V Λ with orthogonal V`(n: Int) throws {
    var generator = SplitMix64(seed: UInt64(n))
    var matrix: Matrix<Double> = randomMatrix(n, n, using: &generator)
    matrix.symmetrizeFromLower()
    let found = try spectrum(matrix)
    let (values, vectors) = (found.values, found.vectors)
    #expect(found.components(of: vectors.column(0))[0] > 1 - 1e-14)
    #expect(
      (found.combination(found.components(of: values)) - values).norm < 1e-13)
    let product = matrix * vectors
    for j in 0..<n {
      let residual = product.column(j) - values[j] * vectors.column(j)
      #expect(residual.norm < 1e-13)
      for i in 0..<n {
        let dot = vectors.column(i).dot(vectors.column(j))
        #expect(abs(dot - (i == j ? 1 : 0)) < 1e-13)
      }
    }
  }

  @Test(arguments: [1e-300, 1, 1e300])
  func `Works on every scale`(scale: Double) throws {
    let values = try spectrum([
      [2 * scale, 0], [scale, 2 * scale],
    ]).values.sorted()
    #expect(abs(values[0] / scale - 1) < 1e-14)
    #expect(abs(values[1] / scale - 3) < 1e-14)
  }

  @Test func `Reads the lower triangle`() throws {
    let values = try spectrum([[0, .nan], [1, 0]]).values.sorted()
    #expect(values == [-1, 1])
  }

  @Test func `Order 0 has no eigenvalues`() throws {
    #expect(try spectrum(.zeros(0, 0)).values.isEmpty)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `An element that is not finite leaves no spectrum`(bad: Double) {
    for (i, j) in [(0, 0), (1, 0), (2, 1), (2, 2)] {
      var matrix = Matrix<Double>.identity(3)
      matrix[i, j] = bad
      #expect(SmallSpectrum(of: matrix)?.values == nil)
    }
  }
}

@Suite struct TridiagonalTests {
  private func secondDifference(_ n: Int) -> Tridiagonal {
    Tridiagonal(
      diagonal: Array(repeating: 2, count: n),
      subdiagonal: Array(repeating: -1, count: max(0, n - 1)))
  }

  @Test(arguments: [1, 2, 3, 50])
  func `Finds the eigenvalues of the second difference`(n: Int) {
    let t = secondDifference(n)
    for k in [0, n / 2, n - 1] {
      let exact = 2 - 2 * Double.cos(Double(k + 1) * .pi / Double(n + 1))
      #expect(abs(t.eigenvalue(k) - exact) < 1e-14)
      #expect(t.count(below: exact - 1e-9) == k)
    }
  }

  @Test func `Inverse iteration gives eigenvectors`() {
    var t = secondDifference(40)
    for i in 0..<40 { t.diagonal[i] += Double(i * i % 7) - 3 }
    for k in [0, 20, 39] {
      let value = t.eigenvalue(k)
      let s = t.eigenvector(value)
      var residual = 0.0
      for i in 0..<40 {
        var sum = (t.diagonal[i] - value) * s[i]
        if i > 0 { sum += t.subdiagonal[i - 1] * s[i - 1] }
        if i < 39 { sum += t.subdiagonal[i] * s[i + 1] }
        residual = max(residual, abs(sum))
      }
      #expect(residual < 1e-13)
      #expect(abs(s.norm - 1) < 1e-14)
    }
  }

  @Test func `A decoupled matrix is no trouble`() {
    let t = Tridiagonal(diagonal: [3, 1, 2], subdiagonal: [0, 0])
    for k in 0..<3 {
      #expect(abs(t.eigenvalue(k) - Double(k + 1)) < 1e-15)
    }
    #expect(abs(abs(t.eigenvector(1)[1]) - 1) < 1e-14)
  }
}
