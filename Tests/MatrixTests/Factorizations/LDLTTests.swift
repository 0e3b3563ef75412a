import Matrix
import TestSupport
import Testing

@Suite struct LDLTTests {
  @Test(arguments: CholeskyTests.orders)
  func `The factors multiply to the matrix`(n: Int) throws {
    func check<Scalar: BLASScalar>(_: Scalar.Type) throws {
      var generator = SplitMix64(seed: UInt64(n))
      let a: Matrix<Scalar> = randomSymmetric(n, using: &generator)
      let ldlt = try LDLT(a.withoutUpperTriangle)
      let (l, d, p) = (ldlt.factor, ldlt.blockDiagonal, ldlt.permutation)
      let pap = Matrix(rows: n, columns: n) { a[p[$0], p[$1]] }
      #expect(error(pap, l * d * l.transposed) < 4)
      #expect(error(a, ldlt.matrix) < 4)
      #expect(l.isLowerTriangular)
      #expect(l.diagonal.allSatisfy { $0 == 1 })
      let x: Vector<Scalar> = randomVector(n, using: &generator)
      #expect(error(a * x, ldlt.multiply(x)) < 20)
      // Residuals, for the condition number may be anything.
      let solution = ldlt.solve(x)
      let scale = Scalar(n) * .ulpOfOne * a.frobeniusNorm * solution.norm
      #expect((a * solution - x).norm < 4 * scale)
      let b = Matrix(rows: n, columns: 3) { i, j in Scalar(j) * x[i] }
      let many = ldlt.solve(b).column(1)
      #expect((a * many - x).norm < 4 * scale)
    }
    try check(Double.self)
    try check(Float.self)
  }

  @Test func `A block of order 2`() throws {
    let ldlt = try LDLT<Double>([[0, 1], [1, 0]])
    #expect(ldlt.blockDiagonal == [[0, 1], [1, 0]])
    #expect(ldlt.inertia == Inertia(positive: 1, negative: 1, zero: 0))
    #expect(ldlt.determinant == -1)
    #expect(ldlt.logDeterminant.sign == -1)
    #expect(ldlt.logDeterminant.logMagnitude == 0)
    #expect(ldlt.solve([2, 3]) == [3, 2])
    #expect(ldlt.inverse() == [[0, 1], [1, 0]])
    #expect(ldlt.reciprocalCondition == 1)
  }

  @Test(arguments: [1, 5, 21, 64, 101])
  func `The inertia of matrices with known eigenvalues`(n: Int) throws {
    // A − σ I with A the second difference matrix has the eigenvalues
    // 2 − 2 cos(kπ / (n + 1)) − σ.
    for shift in [0.0, 0.37, 1.23, 2.71, 4] {
      var a: Matrix<Double> = secondDifference(n)
      a.addToDiagonal(-shift)
      let negative = (1...n).count {
        2 - 2 * Double.cos(Double($0) * .pi / Double(n + 1)) < shift
      }
      let inertia = try LDLT(a).inertia
      #expect(
        inertia
          == Inertia(positive: n - negative, negative: negative, zero: 0))
    }
  }

  @Test func `Zero eigenvalues are counted`() throws {
    let ones = Matrix<Double>(repeating: 1, rows: 4, columns: 4)
    let ldlt = try LDLT(ones)
    #expect(ldlt.inertia == Inertia(positive: 1, negative: 0, zero: 3))
    #expect(ldlt.isSingular)
    #expect(ldlt.inertia.isPositiveSemidefinite)
    #expect(!ldlt.inertia.isPositiveDefinite)
    #expect(ldlt.reciprocalCondition == 0)
    #expect(ldlt.logDeterminant.sign == 0)
    #expect(!ldlt.solve([1, 2, 3, 4]).isFinite)
    #expect(
      try LDLT<Double>(.zeros(3, 3)).inertia
        == Inertia(positive: 0, negative: 0, zero: 3))
    // 1e-3 is zero to a tolerance of 1e-2 only.
    let small = try LDLT<Double>(.diagonal([1, 1e-3, -1]))
    #expect(small.inertia.zero == 0)
    #expect(
      small.inertia(tolerance: 1e-2)
        == Inertia(positive: 1, negative: 1, zero: 1))
  }

  @Test(arguments: [2, 10, 60, 130])
  func `A direction of negative curvature`(n: Int) throws {
    var generator = SplitMix64(seed: 6)
    for _ in 0..<5 {
      let a: Matrix<Double> = randomSymmetric(n, using: &generator)
        .with(-1, 0, 0)
      let ldlt = try LDLT(a)
      var d = Vector<Double>.zeros(n)
      let curvature = try #require(ldlt.negativeCurvatureDirection(into: &d))
      #expect(abs(d.norm - 1) < 1e-12)
      #expect(curvature < 0)
      #expect(
        abs(d.dot(a * d) - curvature)
          < 10 * Double(n) * .ulpOfOne * a.frobeniusNorm)
      #expect(ldlt.negativeCurvatureDirection() == d)
    }
    let definite: Matrix<Double> = randomSPD(n, using: &generator)
    #expect(try LDLT(definite).negativeCurvatureDirection() == nil)
  }

  @Test(arguments: [1, 2, 10, 60, 130])
  func `Made positive definite, it gives descent directions`(n: Int) throws {
    var generator = SplitMix64(seed: 12)
    for _ in 0..<5 {
      let a: Matrix<Double> = randomSymmetric(n, using: &generator)
        .with(-1, 0, 0)
      var ldlt = try LDLT(a)
      var changed = ldlt.makePositiveDefinite(smallest: 1e-3)
      #expect(changed)
      #expect(ldlt.inertia.isPositiveDefinite)
      let modified = ldlt.matrix
      #expect(throws: Never.self) { try Cholesky(modified) }
      let g: Vector<Double> = randomVector(n, using: &generator)
      let step = ldlt.solve(g)
      #expect(g.dot(step) > 0)
      #expect(
        (modified * step - g).norm
          < 10 * Double(n) * .ulpOfOne * modified.frobeniusNorm * step.norm)
      changed = ldlt.makePositiveDefinite(smallest: 1e-4)
      #expect(!changed)
    }
  }

  @Test func `Blocks change by their eigenvalues only`() throws {
    // Eigenvalues ±1 become 1 and 1, the identity.
    var ldlt = try LDLT<Double>([[0, 1], [1, 0]])
    var changed = ldlt.makePositiveDefinite(smallest: 0.5)
    #expect(changed)
    #expect(error(.identity(2), ldlt.matrix) < 1)
    #expect(error([3, 4], ldlt.solve([3, 4])) < 1)
    // 1 + 2 and 1 − 2: −1 becomes 1 or δ, whichever is larger.
    ldlt = try LDLT<Double>([[1, 2], [2, 1]])
    changed = ldlt.makePositiveDefinite(smallest: 2)
    #expect(changed)
    #expect(error([[2.5, 0.5], [0.5, 2.5]], ldlt.matrix) < 2)
    // Nothing to do for a definite matrix.
    ldlt = try LDLT<Double>([[2, 1], [1, 2]])
    let before = ldlt
    changed = ldlt.makePositiveDefinite(smallest: 0.1)
    #expect(!changed)
    #expect(ldlt == before)
  }

  @Test func `The condition estimate is near the truth`() throws {
    var generator = SplitMix64(seed: 5)
    for n in [2, 10, 40] {
      let a: Matrix<Double> = randomSymmetric(n, using: &generator)
      let ldlt = try LDLT(a)
      let truth = 1 / a.norm1 / ldlt.inverse().norm1
      #expect(ldlt.reciprocalCondition >= truth * (1 - 1e-10))
      #expect(ldlt.reciprocalCondition <= 3 * truth)
    }
  }
}

@Suite struct LDLTBadInputTests {
  @Test func `Order 0 and order 1`() throws {
    var empty = try LDLT<Double>(.zeros(0, 0))
    #expect(empty.solve(Vector.zeros(0)).isEmpty && empty.determinant == 1)
    #expect(empty.inertia.isPositiveDefinite)
    #expect(empty.negativeCurvatureDirection() == nil)
    let changed = empty.makePositiveDefinite(smallest: 1)
    #expect(!changed)
    #expect(empty.matrix == .zeros(0, 0))
    let one = try LDLT<Double>([[-4]])
    #expect(one.solve([8]) == [-2] && one.determinant == -4)
    #expect(one.negativeCurvatureDirection() == [1])
    #expect(try LDLT<Double>([[0]]).isSingular)
  }

  @Test(arguments: [1, 2, 10, 33, 100, 150])
  func `NaN and infinity are found where they stand`(n: Int) {
    var generator = SplitMix64(seed: 4)
    let a: Matrix<Double> = randomSymmetric(n, using: &generator)
    for bad in [Double.nan, .infinity, -.infinity] {
      for (i, j) in [(0, 0), (n - 1, 0), (n / 2, n / 3), (n - 1, n - 1)] {
        #expect(throws: FactorizationError.notFinite(row: i, column: j)) {
          try LDLT(a.with(bad, i, j))
        }
      }
    }
  }

  @Test(arguments: [1e-300, 1e300])
  func `Scaling by extreme numbers changes nothing else`(
    scale: Double
  ) throws {
    var generator = SplitMix64(seed: 9)
    let a: Matrix<Double> = randomSymmetric(40, using: &generator)
    let (plain, scaled) = (try LDLT(a), try LDLT(scale * a))
    let tolerance = 1e-12
    #expect(scaled.permutation == plain.permutation)
    #expect(scaled.inertia == plain.inertia)
    #expect((scaled.factor - plain.factor).maximumMagnitude < tolerance)
  }

  @Test func `A denormal pivot overflows, in the last place it does not`()
    throws
  {
    #expect(throws: FactorizationError.notFinite(row: 1, column: 1)) {
      try LDLT<Double>(0x1p-1040 * secondDifference(3))
    }
    let ldlt = try LDLT<Double>([[1, 0], [0, 0x1p-1040]])
    #expect(ldlt.determinant == 0x1p-1040)
    #expect(ldlt.inertia == Inertia(positive: 1, negative: 0, zero: 1))
  }

  @Test func `Wrong shapes trap`() async {
    await #expect(processExitsWith: .failure) {
      _ = try LDLT<Double>(.zeros(2, 3))
    }
    await #expect(processExitsWith: .failure) {
      var ldlt = LDLT<Double>(order: 2)
      try ldlt.factorize(.identity(3))
    }
    await #expect(processExitsWith: .failure) {
      _ = LDLT<Double>(order: 2).solve([1, 2, 3])
    }
    await #expect(processExitsWith: .failure) {
      _ = LDLT<Double>(order: 2).multiply([1, 2, 3])
    }
    await #expect(processExitsWith: .failure) {
      var ldlt = LDLT<Double>(order: 2)
      ldlt.makePositiveDefinite(smallest: 0)
    }
  }
}

@Suite struct LDLTAllocationTests {
  @Test(arguments: [3, 70, 150])
  func `Factorizing again and solving allocate nothing`(n: Int) throws {
    var generator = SplitMix64(seed: 1)
    let a: Matrix<Double> = randomSymmetric(n, using: &generator)
    var x: Vector<Double> = randomVector(n, using: &generator)
    var b: Matrix<Double> = randomMatrix(n, 4, using: &generator)
    var ldlt = LDLT<Double>(order: n)
    func work() throws {
      try ldlt.factorize(a)
      _ = ldlt.inertia
      _ = ldlt.negativeCurvatureDirection(into: &x)
      ldlt.makePositiveDefinite(smallest: 0.1)
      ldlt.solve(inPlace: &x)
      ldlt.solve(inPlace: &b)
    }
    try work()
    #expect(try allocations(work) == 0)
  }
}
