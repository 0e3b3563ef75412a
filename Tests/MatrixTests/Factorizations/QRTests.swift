import Matrix
import TestSupport
import Testing

@Suite struct QRTests {
  static let shapes = [
    (1, 1), (3, 1), (1, 4), (5, 5), (40, 7), (7, 40), (90, 70), (130, 130),
  ]

  @Test(arguments: shapes)
  func `The factors multiply to the matrix`(m: Int, n: Int) throws {
    func check<Scalar: BLASScalar>(_: Scalar.Type) throws {
      var generator = SplitMix64(seed: UInt64(m + n))
      let a: Matrix<Scalar> = randomMatrix(m, n, using: &generator)
      let qr = try QR(a)
      let (q, r, p) = (qr.q, qr.r, qr.permutation)
      let k = Swift.min(m, n)
      let pivoted = Matrix(rows: m, columns: n) { a[$0, p[$1]] }
      #expect(error(pivoted, q * r) < 4)
      #expect(error(.identity(k), q.transposed * q) < 4)
      #expect(qr.rank == k)
      for i in 1..<k { #expect(r[i, i].magnitude <= r[i - 1, i - 1].magnitude) }
      let x: Vector<Scalar> = randomVector(n, using: &generator)
      #expect(error(a * x, qr.multiply(x)) < 20)
    }
    try check(Double.self)
    try check(Float.self)
  }

  @Test(arguments: shapes)
  func `Least squares satisfy the normal equations`(m: Int, n: Int) throws {
    var generator = SplitMix64(seed: 8)
    let a: Matrix<Double> = randomMatrix(m, n, using: &generator)
    let b: Vector<Double> = randomVector(m, using: &generator)
    let qr = try QR(a)
    let x = qr.solve(b)
    let residual = b - a * x
    #expect((a.transposed * residual).norm < 1e-12 * a.frobeniusNorm * b.norm)
    var (image, again) = (b, Vector<Double>.zeros(n))
    let norm = qr.solve(overwriting: &image, into: &again)
    #expect(again == x)
    #expect(abs(norm - residual.norm) < 1e-10)
    let many = qr.solve(Matrix(rows: m, columns: 2) { i, _ in b[i] })
    // The same to rounding, magnified by the condition.
    #expect(
      (many.column(1) - x).norm * qr.reciprocalCondition < 1e-12 * x.norm)
  }

  @Test(arguments: [1, 4, 9])
  func `The rank of a product is found`(rank: Int) throws {
    var generator = SplitMix64(seed: 3)
    let left: Matrix<Double> = randomMatrix(30, rank, using: &generator)
    let right: Matrix<Double> = randomMatrix(rank, 12, using: &generator)
    let a = left * right
    let qr = try QR(a)
    #expect(qr.rank == rank)
    let b = a * randomVector(12, using: &generator)
    let x = qr.solve(b)
    #expect((a * x - b).norm < 1e-11 * b.norm)
    #expect(x.count { $0 != 0 } == rank)
    #expect(qr.rank(tolerance: 1) == 0)
    #expect(qr.reciprocalCondition < 1e-14)
  }

  @Test func `Determinants and inverses`() throws {
    #expect(abs(try QR<Double>(secondDifference(30)).determinant - 31) < 1e-11)
    #expect(abs(try QR<Double>([[1, 2], [4, 4]]).determinant + 4) < 1e-14)
    #expect(try QR<Double>([[1, 2], [4, 4]]).logDeterminant.sign == -1)
    #expect(
      error(
        [[-1, 0.5], [1, -0.25]], try QR<Double>([[1, 2], [4, 4]]).inverse())
        < 4)
    #expect(try QR<Double>([[0, 0], [0, 0]]).determinant == 0)
    let estimate = try QR<Double>(hilbert(5)).reciprocalCondition
    // Within the order of 1 / 943656, the condition of A in the same norm.
    #expect(estimate * 943_656 > 0.2 && estimate * 943_656 < 5)
  }

  @Test func `Bad input`() async throws {
    for (m, n) in [(0, 0), (0, 3), (3, 0)] {
      let qr = try QR<Double>(.zeros(m, n))
      #expect(qr.rank == 0 && qr.solve(.zeros(m)) == .zeros(n))
      #expect(qr.solve(.zeros(m, 2)) == .zeros(n, 2))
      #expect(qr.q == .zeros(m, 0) && qr.reciprocalCondition == 1)
    }
    #expect(try QR<Double>([[-4]]).solve([8]) == [-2])
    let zero = try QR<Double>(.zeros(3, 2))
    #expect(zero.rank == 0 && zero.solve([1, 2, 3]) == [0, 0])
    for bad in [Double.nan, .infinity] {
      #expect(throws: FactorizationError.notFinite(row: 1, column: 2)) {
        try QR<Double>(Matrix.zeros(3, 4).with(bad, 1, 2))
      }
    }
    var generator = SplitMix64(seed: 2)
    let a: Matrix<Double> = randomMatrix(20, 10, using: &generator)
    let x = try QR(a).solve(a.column(0))
    for scale in [1e-300, 1e300, 0x1p-1040] {
      let qr = try QR(scale * a)
      #expect(qr.rank == 10)
      #expect((qr.solve(scale * a.column(0)) - x).norm < 1e-8)
    }
    await #expect(processExitsWith: .failure) {
      var qr = QR<Double>(rows: 3, columns: 2)
      try qr.factorize(.zeros(2, 3))
    }
    await #expect(processExitsWith: .failure) {
      _ = QR<Double>(rows: 3, columns: 2).solve([1, 2])
    }
    await #expect(processExitsWith: .failure) {
      _ = QR<Double>(rows: 3, columns: 2).determinant
    }
  }

  @Test func `Factorizing again and solving allocate nothing`() throws {
    var generator = SplitMix64(seed: 1)
    let a: Matrix<Double> = randomMatrix(90, 70, using: &generator)
    var b: Vector<Double> = randomVector(90, using: &generator)
    var x = Vector<Double>.zeros(70)
    var qr = QR<Double>(rows: 90, columns: 70)
    func work() throws {
      try qr.factorize(a)
      qr.solve(overwriting: &b, into: &x)
    }
    try work()
    #expect(try allocations(work) == 0)
  }
}
