import Matrix
import TestSupport
import Testing

@Suite struct SVDTests {
  @Test(arguments: QRTests.shapes, [SingularVectors.thin, .full])
  func `The factors multiply to the matrix`(
    shape: (Int, Int), vectors: SingularVectors
  ) throws {
    func check<Scalar: BLASScalar>(_: Scalar.Type) throws {
      let (m, n) = shape
      var generator = SplitMix64(seed: UInt64(m + n))
      let a: Matrix<Scalar> = randomMatrix(m, n, using: &generator)
      let svd = try SVD(a, vectors: vectors)
      let (u, s, vt) = (svd.u, svd.singularValues, svd.vTransposed)
      let sigma = Matrix(rows: u.columns, columns: vt.rows) {
        $0 == $1 && $0 < s.count ? s[$0] : 0
      }
      #expect(error(a, u * sigma * vt) < 4)
      #expect(error(.identity(u.columns), u.transposed * u) < 4)
      #expect(error(.identity(vt.rows), vt * vt.transposed) < 4)
      let x: Vector<Scalar> = randomVector(n, using: &generator)
      #expect(error(a * x, svd.multiply(x)) < 20)
      #expect(svd.rank == Swift.min(m, n))
      // The four conditions of Penrose, of which these two carry the scale.
      let inverse = svd.pseudoinverse()
      #expect(error(a, a * inverse * a) * svd.reciprocalCondition < 10)
      #expect(
        error(inverse, inverse * a * inverse) * svd.reciprocalCondition < 10)
      // Without vectors, the same values to rounding.
      let values = try SVD(a, vectors: .none).singularValues
      #expect(error(s, values) < 4)
    }
    try check(Double.self)
    try check(Float.self)
  }

  @Test func `Singular values known in closed form`() throws {
    // Of the matrix of minima they are the eigenvalues.
    let n = 40
    let svd = try SVD<Double>(minima(n), vectors: .none)
    for k in 1...n {
      let sine = Double.sin((Double(2 * k - 1) * .pi) / Double(4 * n + 2))
      let value = 1 / (4 * sine * sine)
      #expect(abs(svd.singularValues[k - 1] - value) < 1e-12 * svd.norm2)
    }
    #expect(abs(svd.logMagnitudeOfDeterminant) < 1e-9)
    // Condition number of the Hilbert matrix of order 5 (Higham, section 28.1).
    let condition = 1 / (try SVD<Double>(hilbert(5))).reciprocalCondition
    #expect(abs(condition / 4.766_072_502_4e5 - 1) < 1e-9)
  }

  @Test func `The solution of least norm`() throws {
    // All of x + y = 2: the shortest is (1, 1).
    let svd = try SVD<Double>([[1, 1], [1, 1]])
    #expect(svd.rank == 1 && svd.rank(tolerance: 2) == 0)
    #expect(error([1, 1], svd.solve([2, 2])) < 4)
    #expect(error([1, 1], svd.solve([1, 3])) < 4)
    #expect(svd.solve([1, 3], tolerance: 2) == [0, 0])
  }

  @Test func `Bad input`() async throws {
    for (m, n) in [(0, 0), (0, 3), (3, 0)] {
      for vectors in [SingularVectors.none, .thin, .full] {
        let svd = try SVD<Double>(.zeros(m, n), vectors: vectors)
        #expect(svd.rank == 0 && svd.reciprocalCondition == 1)
      }
      #expect(try SVD<Double>(.zeros(m, n)).solve(.zeros(m)) == .zeros(n))
    }
    #expect(try SVD<Double>([[-4]]).singularValues == [4])
    #expect(try SVD<Double>(.zeros(3, 2)).reciprocalCondition == 0)
    for bad in [Double.nan, .infinity] {
      #expect(throws: FactorizationError.notFinite(row: 1, column: 2)) {
        try SVD<Double>(Matrix.zeros(3, 4).with(bad, 1, 2))
      }
    }
    let plain = try SVD<Double>(hilbert(6)).singularValues
    for scale in [1e-300, 1e300] {
      let scaled = try SVD<Double>(scale * hilbert(6)).singularValues
      #expect((1 / scale * scaled - plain).norm < 1e-14)
    }
    let denormal = try SVD<Double>(0x1p-1060 * minima(5))
    #expect(denormal.rank == 5)
    await #expect(processExitsWith: .failure) {
      var svd = SVD<Double>(rows: 3, columns: 2)
      try svd.factorize(.zeros(2, 3))
    }
    await #expect(processExitsWith: .failure) {
      _ = SVD<Double>(rows: 3, columns: 2).solve([1, 2])
    }
    await #expect(processExitsWith: .failure) {
      _ = SVD<Double>(rows: 2, columns: 2, vectors: .none).solve([1, 2])
    }
  }

  // The vectors come from small products, for which OpenBLAS's AVX-512 kernels
  // call malloc themselves.
  @Test func `Decomposing again allocates nothing`() throws {
    var generator = SplitMix64(seed: 1)
    let a: Matrix<Double> = randomMatrix(90, 70, using: &generator)
    var svd = SVD<Double>(rows: 90, columns: 70, vectors: .none)
    try svd.factorize(a)
    #expect(try allocations { try svd.factorize(a) } == 0)
  }
}
