import Matrix
import TestSupport
import Testing

@Suite struct SymmetricEigenTests {
  @Test(arguments: [1, 2, 9, 33, 70])
  func `The factors multiply to the matrix`(n: Int) throws {
    func check<Scalar: BLASScalar>(_: Scalar.Type) throws {
      var generator = SplitMix64(seed: UInt64(n))
      let a: Matrix<Scalar> = randomSymmetric(n, using: &generator)
      let eigen = try SymmetricEigen(a.withoutUpperTriangle)
      let v = eigen.eigenvectors
      #expect(error(a, v * .diagonal(eigen.eigenvalues) * v.transposed) < 4)
      #expect(error(.identity(n), v.transposed * v) < 4)
      #expect(error(a, eigen.map { $0 }) < 4)
      let x: Vector<Scalar> = randomVector(n, using: &generator)
      #expect(error(a * x, eigen.multiply(x)) < 20)
      let condition = eigen.reciprocalCondition
      #expect(error(x, a * eigen.solve(x)) * condition < 10)
      let b = Matrix(rows: n, columns: 2) { i, _ in x[i] }
      #expect(error(b, a * eigen.solve(b)) * condition < 10)
      #expect(error(.identity(n), a * eigen.inverse()) * condition < 10)
      let ldlt = try LDLT(a)
      #expect(eigen.inertia == ldlt.inertia)
      #expect(eigen.logDeterminant.sign == ldlt.logDeterminant.sign)
      let values = try SymmetricEigen(a, vectors: false).eigenvalues
      #expect(error(eigen.eigenvalues, values) < 4)
    }
    try check(Double.self)
    try check(Float.self)
  }

  @Test func `Eigenvalues known in closed form`() throws {
    let n = 50
    let minimal = try SymmetricEigen<Double>(minima(n)).eigenvalues
    let second = try SymmetricEigen<Double>(secondDifference(n)).eigenvalues
    for k in 1...n {
      let sine = Double.sin(Double(2 * k - 1) * .pi / Double(4 * n + 2))
      #expect(
        abs(minimal[n - k] - 1 / (4 * sine * sine)) < 1e-13 * minimal[n - 1])
      let cosine = Double.cos(Double(k) * .pi / Double(n + 1))
      #expect(abs(second[k - 1] - (2 - 2 * cosine)) < 1e-13)
    }
  }

  @Test func `Wilkinson's matrix has his pair of eigenvalues`() throws {
    // The two largest of W₂₁⁺ agree to 14 digits (Wilkinson 1965, p. 309).
    let values = try SymmetricEigen<Double>(wilkinson(21)).eigenvalues
    #expect(abs(values[20] - 10.746_194_182_903_4) < 1e-12)
    #expect(abs(values[19] - 10.746_194_182_903_3) < 1e-12)
    #expect(abs(values[18] - 9.210_678_647_3) < 1e-10)
    #expect(abs(values[0] - -1.125_441_522_1) < 1e-10)
  }

  @Test func `Functions of a matrix`() throws {
    let eigen = try SymmetricEigen<Double>([[5, 4], [4, 5]])
    #expect(error([[2, 1], [1, 2]], eigen.map { $0.squareRoot() }) < 4)
    #expect(abs(eigen.determinant - 9) < 1e-14)
    #expect(abs(eigen.reciprocalCondition - 1.0 / 9) < 1e-15)
    #expect(
      eigen.inertia(tolerance: 0.2)
        == Inertia(positive: 1, negative: 0, zero: 1))
  }

  @Test func `Bad input`() async throws {
    let empty = try SymmetricEigen<Double>(.zeros(0, 0))
    #expect(empty.eigenvalues.isEmpty && empty.reciprocalCondition == 1)
    #expect(try SymmetricEigen<Double>([[-4]]).eigenvalues == [-4])
    let zero = try SymmetricEigen<Double>(.zeros(3, 3))
    #expect(zero.reciprocalCondition == 0 && zero.logDeterminant.sign == 0)
    #expect(!zero.solve([1, 2, 3]).isFinite)
    for bad in [Double.nan, .infinity] {
      #expect(throws: FactorizationError.notFinite(row: 2, column: 1)) {
        try SymmetricEigen<Double>(Matrix.zeros(3, 3).with(bad, 2, 1))
      }
    }
    let plain = try SymmetricEigen<Double>(wilkinson(11)).eigenvalues
    for scale in [1e-300, 1e300, 0x1p-1040] {
      let scaled = try SymmetricEigen<Double>(scale * wilkinson(11)).eigenvalues
      #expect(
        (scaled - scale * plain).normInfinity
          <= (scale < 1e-307 ? 1e-9 : 1e-14) * scale)
    }
    await #expect(processExitsWith: .failure) {
      _ = try SymmetricEigen<Double>(.zeros(2, 3))
    }
    await #expect(processExitsWith: .failure) {
      _ = SymmetricEigen<Double>(order: 2, vectors: false).eigenvectors
    }
    await #expect(processExitsWith: .failure) {
      _ = SymmetricEigen<Double>(order: 2).solve([1])
    }
  }

  // The vectors come from small products, for which OpenBLAS's AVX-512 kernels
  // call malloc themselves.
  @Test func `Decomposing again allocates nothing`() throws {
    let a: Matrix<Double> = wilkinson(71)
    var eigen = SymmetricEigen<Double>(order: 71, vectors: false)
    try eigen.factorize(a)
    #expect(try allocations { try eigen.factorize(a) } == 0)
  }
}
