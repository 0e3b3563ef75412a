import Matrix
import TestSupport
import Testing

@Suite struct MatrixNormsTests {
  @Test(arguments: scalarTypes)
  func `Against the naive loop`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var generator = SplitMix64(seed: 11)
      for (m, n) in [(0, 0), (0, 2), (3, 0), (1, 1), (4, 7), (9, 9)] {
        let a: Matrix<Scalar> = integerMatrix(m, n, using: &generator)
        var (squares, largest, norm1): (Scalar, Scalar, Scalar) = (0, 0, 0)
        for j in 0..<n {
          var sum: Scalar = 0
          for i in 0..<m {
            squares += a[i, j] * a[i, j]
            largest = max(largest, a[i, j].magnitude)
            sum += a[i, j].magnitude
          }
          norm1 = max(norm1, sum)
        }
        #expect(a.frobeniusNorm == squares.squareRoot())
        #expect(a.norm1 == norm1 && a.maximumMagnitude == largest)
        #expect(a.isFinite)
        guard m == n else { continue }
        #expect(a.trace == (0..<n).reduce(0) { $0 + a[$1, $1] })
        // What is above the diagonal is not read.
        var lower = a
        for j in 0..<n { for i in 0..<j { lower[i, j] = .nan } }
        var symmetric = a
        symmetric.symmetrizeFromLower()
        #expect(lower.symmetricNorm1 == symmetric.norm1)
      }
    }
    check(type)
  }

  @Test func `NaN, infinity and extreme scales`() {
    var a = Matrix<Double>(repeating: 3e300, rows: 4, columns: 4)
    #expect(abs(a.frobeniusNorm / 1.2e301 - 1) < 1e-15)
    let denormal = 7 * Double.leastNonzeroMagnitude
    a = Matrix(repeating: denormal, rows: 4, columns: 4)
    #expect(a.frobeniusNorm == 4 * a[0, 0])
    a[2, 1] = .infinity
    #expect(a.frobeniusNorm == .infinity && a.norm1 == .infinity)
    #expect(a.symmetricNorm1 == .infinity && !a.isFinite)
    a[3, 0] = .nan
    #expect(a.frobeniusNorm.isNaN && a.norm1.isNaN)
    #expect(a.symmetricNorm1.isNaN && a.maximumMagnitude.isNaN && !a.isFinite)
  }

  @Test func `Of a matrix that is not square, trace and symmetric norm trap`()
    async
  {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix<Double>.zeros(2, 3).trace }
    #expect(said(result, "trace: a 2×3 matrix is not square"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix<Double>.zeros(2, 3).symmetricNorm1 }
    #expect(said(result, "symmetricNorm1: a 2×3 matrix is not square"))
  }
}
