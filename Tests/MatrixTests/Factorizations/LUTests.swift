import Matrix
import TestSupport
import Testing

@Suite struct LUTests {
  @Test(arguments: CholeskyTests.orders)
  func `The factors multiply to the matrix`(n: Int) throws {
    func check<Scalar: BLASScalar>(_: Scalar.Type) throws {
      var generator = SplitMix64(seed: UInt64(n))
      let a: Matrix<Scalar> = randomMatrix(n, n, using: &generator)
      let lu = try LU(a)
      let (l, u, p) = (lu.lower, lu.upper, lu.permutation)
      let pa = Matrix(rows: n, columns: n) { a[p[$0], $1] }
      #expect(error(pa, l * u) < 2)
      #expect(l.maximumMagnitude == 1)
      let x: Vector<Scalar> = randomVector(n, using: &generator)
      #expect(error(a * x, lu.multiply(x)) < 10)
      // Residuals, for the condition number may be anything.
      let solution = lu.solve(x)
      let scale = Scalar(n) * .ulpOfOne * a.frobeniusNorm * solution.norm
      #expect((a * solution - x).norm < 2 * scale)
      let transposed = lu.solve(x, transposed: true)
      let other = Scalar(n) * .ulpOfOne * a.frobeniusNorm * transposed.norm
      #expect((a.transposed * transposed - x).norm < 2 * other)
      // One right-hand side or several: the same numbers to rounding.
      let b = Matrix(rows: n, columns: 2) { i, _ in x[i] }
      for transpose in [false, true] {
        let many = lu.solve(b, transposed: transpose)
        let one = lu.solve(x, transposed: transpose)
        #expect(
          (many.column(1) - one).norm * lu.reciprocalCondition
            <= 10 * Scalar(n) * .ulpOfOne * one.norm)
      }
    }
    try check(Double.self)
    try check(Float.self)
  }

  @Test func `A matrix worked by hand`() throws {
    let lu = try LU<Double>([[1, 2], [4, 4]])
    #expect(lu.permutation == [1, 0])
    #expect(lu.lower == [[1, 0], [0.25, 1]])
    #expect(lu.upper == [[4, 4], [0, 1]])
    #expect(lu.determinant == -4)
    #expect(lu.logDeterminant.sign == -1)
    #expect(lu.inverse() == [[-1, 0.5], [1, -0.25]])
    #expect(lu.solve([5, 12]) == [1, 2])
    #expect(lu.solve([9, 10], transposed: true) == [1, 2])
  }

  @Test func `Determinants known in closed form`() throws {
    #expect(abs(try LU<Double>(secondDifference(30)).determinant - 31) < 1e-12)
    let (sign, magnitude) = try LU<Double>(-1 * minima(31)).logDeterminant
    #expect(sign == -1 && abs(magnitude) < 1e-13)
  }

  @Test func `The condition estimate is near the truth`() throws {
    let estimate = try LU<Double>(hilbert(5)).reciprocalCondition
    #expect(abs(estimate * 943_656 - 1) < 1e-8)
    var generator = SplitMix64(seed: 5)
    for n in [2, 10, 40] {
      let a: Matrix<Double> = randomMatrix(n, n, using: &generator)
      let lu = try LU(a)
      let truth = 1 / a.norm1 / lu.inverse().norm1
      #expect(lu.reciprocalCondition >= truth * (1 - 1e-10))
      #expect(lu.reciprocalCondition <= 3 * truth)
    }
  }

  @Test func `The inverse`() throws {
    var generator = SplitMix64(seed: 8)
    let a: Matrix<Double> = randomSPD(90, using: &generator)
    #expect(error(.identity(90), a * (try LU(a).inverse())) < 20)
  }
}

@Suite struct LUBadInputTests {
  @Test func `Order 0 and order 1`() throws {
    let empty = try LU<Double>(.zeros(0, 0))
    #expect(empty.solve(Vector.zeros(0)).isEmpty && empty.determinant == 1)
    #expect(empty.inverse() == .zeros(0, 0))
    #expect(empty.reciprocalCondition == 1)
    let one = try LU<Double>([[-4]])
    #expect(one.solve([8]) == [-2] && one.determinant == -4)
    #expect(throws: FactorizationError.singular(pivot: 0)) {
      try LU<Double>([[0]])
    }
  }

  @Test(arguments: [3, 40, 100])
  func `An exactly singular matrix names its pivot`(n: Int) {
    var generator = SplitMix64(seed: 2)
    var a: Matrix<Double> = randomMatrix(n, n, using: &generator)
    a.setColumn(n / 2, to: .zeros(n))
    #expect(throws: FactorizationError.singular(pivot: n / 2)) { try LU(a) }
    #expect(throws: FactorizationError.singular(pivot: 1)) {
      try LU<Double>([[1, 1], [1, 1]])
    }
  }

  @Test(arguments: [1, 2, 10, 33, 100, 150])
  func `NaN and infinity are found where they stand`(n: Int) {
    var generator = SplitMix64(seed: 4)
    let a: Matrix<Double> = randomMatrix(n, n, using: &generator)
    for bad in [Double.nan, .infinity, -.infinity] {
      for (i, j) in [(0, 0), (n - 1, 0), (n / 3, n / 2), (n - 1, n - 1)] {
        #expect(throws: FactorizationError.notFinite(row: i, column: j)) {
          try LU(a.with(bad, i, j))
        }
      }
    }
  }

  @Test(arguments: [1e-300, 1e300])
  func `Scaling by extreme numbers changes nothing else`(
    scale: Double
  ) throws {
    var generator = SplitMix64(seed: 9)
    let a: Matrix<Double> = randomMatrix(40, 40, using: &generator)
    let (plain, scaled) = (try LU(a), try LU(scale * a))
    let tolerance = 1e-13
    #expect(scaled.permutation == plain.permutation)
    #expect((scaled.lower - plain.lower).maximumMagnitude < tolerance)
    #expect(
      (scaled.upper - scale * plain.upper).maximumMagnitude
        <= tolerance * scale * plain.upper.maximumMagnitude)
  }

  @Test func `A denormal pivot is singular, in the last place it is not`()
    throws
  {
    #expect(throws: FactorizationError.singular(pivot: 0)) {
      try LU<Double>(0x1p-1040 * secondDifference(3))
    }
    let lu = try LU<Double>([[1, 0], [0, 0x1p-1040]])
    #expect(lu.determinant == 0x1p-1040)
    #expect(lu.reciprocalCondition == 0)
  }

  @Test func `An overflow on the way is not finite`() {
    let a: Matrix<Double> = [[1e308, 1.7e308], [-1e308, 1.7e308]]
    #expect(throws: FactorizationError.notFinite(row: 1, column: 1)) {
      try LU(a)
    }
  }

  @Test func `Wrong shapes trap`() async {
    await #expect(processExitsWith: .failure) {
      _ = try LU<Double>(.zeros(2, 3))
    }
    await #expect(processExitsWith: .failure) {
      var lu = LU<Double>(order: 2)
      try lu.factorize(.identity(3))
    }
    await #expect(processExitsWith: .failure) {
      _ = LU<Double>(order: 2).solve([1, 2, 3])
    }
    await #expect(processExitsWith: .failure) {
      _ = LU<Double>(order: 2).solve(.zeros(3, 1))
    }
  }
}

@Suite struct LUAllocationTests {
  @Test(arguments: [3, 70, 150])
  func `Factorizing again and solving allocate nothing`(n: Int) throws {
    var generator = SplitMix64(seed: 1)
    let a: Matrix<Double> = randomSPD(n, using: &generator)
    var x: Vector<Double> = randomVector(n, using: &generator)
    var b: Matrix<Double> = randomMatrix(n, 4, using: &generator)
    var lu = LU<Double>(order: n)
    func work() throws {
      try lu.factorize(a)
      lu.solve(inPlace: &x)
      lu.solve(inPlace: &x, transposed: true)
      lu.solve(inPlace: &b)
    }
    try work()
    #expect(try allocations(work) == 0)
  }
}
