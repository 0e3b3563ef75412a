import Matrix
import TestSupport
import Testing

@Suite struct CholeskyTests {
  static let orders = [1, 2, 3, 7, 31, 32, 33, 64, 65, 100, 129, 200, 257]

  // Orders on both sides of every change of algorithm.
  static let blockedOrders =
    orders + [96, 97, 128, 239, 240, 241, 256, 384, 500]

  @Test(arguments: blockedOrders)
  func `The factors multiply to the matrix`(n: Int) throws {
    func check<Scalar: BLASScalar>(_: Scalar.Type) throws {
      var generator = SplitMix64(seed: UInt64(n))
      let a: Matrix<Scalar> = randomSPD(n, using: &generator)
      let cholesky = try Cholesky(a.withoutUpperTriangle)
      #expect(error(a, cholesky.matrix) < 2)
      #expect(cholesky.factor.isLowerTriangular)
      let x: Vector<Scalar> = randomVector(n, using: &generator)
      #expect(error(a * x, cholesky.multiply(x)) < 2)
      // The condition number is at most 5.
      #expect(error(x, cholesky.solve(a * x)) < 10)
      let b: Matrix<Scalar> = randomMatrix(n, 3, using: &generator)
      #expect(error(b, a * cholesky.solve(b)) < 20)
      #expect(error(.identity(n), a * cholesky.inverse()) < 20)
    }
    try check(Double.self)
    try check(Float.self)
  }

  @Test func `The matrix of minima has a factor of ones`() throws {
    let n = 50
    let cholesky = try Cholesky<Double>(minima(n))
    for j in 0..<n {
      for i in j..<n { #expect(cholesky.factor[i, j] == 1) }
    }
    #expect(cholesky.determinant == 1)
    #expect(cholesky.logDeterminant == 0)
    // The inverse is the second difference matrix but for its last element.
    #expect(cholesky.inverse() == secondDifference(n).with(1, n - 1, n - 1))
  }

  @Test func `The inverse of the Hilbert matrix has its integers`() throws {
    // Savage & Lukacs 1954: element (0, 0) is n², (n − 1, n − 1) below for n = 5.
    let inverse = try Cholesky<Double>(hilbert(5)).inverse()
    #expect(abs(inverse[0, 0] - 25) < 1e-9)
    #expect(abs(inverse[4, 4] - 44100) < 1e-6)
    #expect(abs(inverse[1, 3] - 26880) < 1e-6)
    let logDeterminant = try Cholesky<Double>(hilbert(5)).logDeterminant
    // det H₅ = 1 / 266716800000.
    #expect(abs(logDeterminant - -26.309_453_258_276_445) < 1e-9)
  }

  @Test func `The condition estimate is near the truth`() throws {
    // ‖H‖₁ ‖H⁻¹‖₁ for n = 3 is 748 and for n = 5 is 943656 (Higham, Accuracy and
    // Stability, section 28.1).
    #expect(
      abs(try Cholesky<Double>(hilbert(3)).reciprocalCondition * 748 - 1)
        < 1e-10)
    #expect(
      abs(try Cholesky<Double>(hilbert(5)).reciprocalCondition * 943_656 - 1)
        < 1e-8)
    var generator = SplitMix64(seed: 5)
    let a: Matrix<Double> = randomSPD(40, using: &generator)
    let cholesky = try Cholesky(a)
    let truth = 1 / a.norm1 / cholesky.inverse().norm1
    #expect(cholesky.reciprocalCondition >= truth * (1 - 1e-12))
    #expect(cholesky.reciprocalCondition <= 3 * truth)
  }

  @Test func `A shift is added to the diagonal`() throws {
    let a: Matrix<Double> = [[1, 2], [2, 1]]
    var cholesky = Cholesky<Double>(order: 2)
    #expect(throws: FactorizationError.notPositiveDefinite(pivot: 1)) {
      try cholesky.factorize(a)
    }
    try cholesky.factorize(a, addingToDiagonal: 3)
    #expect(cholesky.factor[0, 0] == 2 && cholesky.factor[1, 0] == 1)
    #expect(error([[4, 2], [2, 4]], cholesky.matrix) < 1)
    #expect(abs(cholesky.reciprocalCondition - 1.0 / 3) < 1e-15)
  }

  @Test(arguments: [5, 40, 150])
  func `An update and a downdate undo one another`(n: Int) throws {
    var generator = SplitMix64(seed: 11)
    let a: Matrix<Double> = randomSPD(n, using: &generator)
    let x: Vector<Double> = randomVector(n, using: &generator)
    var cholesky = try Cholesky(a)
    let before = cholesky.factor
    cholesky.update(x)
    var updated = a
    updated.rankOneUpdate(x, x)
    #expect(error(updated, cholesky.matrix) < 2)
    let afresh = try Cholesky(updated)
    #expect(error(afresh.factor, cholesky.factor) < 2)
    #expect(
      abs(cholesky.reciprocalCondition / afresh.reciprocalCondition - 1)
        < 1e-10)
    try cholesky.downdate(x)
    #expect(error(before, cholesky.factor) < 20)
  }

  @Test func `A downdate out of the cone throws and changes nothing`() throws {
    let a: Matrix<Double> = [[2, 0], [0, 2]]
    var cholesky = try Cholesky(a)
    let before = cholesky
    #expect(throws: FactorizationError.notPositiveDefinite(pivot: 1)) {
      try cholesky.downdate([1, 2])
    }
    #expect(throws: FactorizationError.notPositiveDefinite(pivot: 0)) {
      try cholesky.downdate([.nan, 0])
    }
    #expect(cholesky == before)
  }

  @Test func `Solving with the factor alone`() throws {
    // L = [[2, 0], [1, 2]].
    let cholesky = try Cholesky<Double>([[4, 2], [2, 5]])
    var x: Vector<Double> = [2, 5]
    cholesky.solveFactor(inPlace: &x)
    #expect(x == [1, 2])
    cholesky.solveFactorTransposed(inPlace: &x)
    #expect(x == [0, 1])
    var b: Matrix<Double> = [[2, 4], [5, 4]]
    cholesky.solveFactor(inPlace: &b)
    #expect(b == [[1, 2], [2, 1]])
    cholesky.solveFactorTransposed(inPlace: &b)
    #expect(b == [[0, 0.75], [1, 0.5]])
  }
}

@Suite struct CholeskyBadInputTests {
  @Test func `Order 0 and order 1`() throws {
    let empty = try Cholesky<Double>(.zeros(0, 0))
    #expect(empty.solve(Vector.zeros(0)).isEmpty)
    #expect(empty.determinant == 1 && empty.reciprocalCondition == 1)
    #expect(empty.inverse() == .zeros(0, 0))
    var one = try Cholesky<Double>([[4]])
    #expect(one.factor == [[2]] && one.solve([8]) == [2])
    #expect(one.reciprocalCondition == 1)
    one.update([0])
    try one.downdate([1])
    #expect(abs(one.matrix[0, 0] - 3) < 1e-15)
    #expect(throws: FactorizationError.notPositiveDefinite(pivot: 0)) {
      try one.factorize([[0]])
    }
  }

  @Test(arguments: [1, 2, 10, 33, 100, 150, 301])
  func `The pivot that fails is named`(n: Int) {
    var generator = SplitMix64(seed: 3)
    for pivot in Set([0, n / 3, n / 2, Swift.max(0, n - 4), n - 1]) {
      let a: Matrix<Double> = randomSPD(n, using: &generator)
      #expect(throws: FactorizationError.notPositiveDefinite(pivot: pivot)) {
        try Cholesky(a.with(-1, pivot, pivot))
      }
      let f = Matrix<Float>(rows: n, columns: n) { Float(a[$0, $1]) }
      #expect(throws: FactorizationError.notPositiveDefinite(pivot: pivot)) {
        try Cholesky(f.with(-1, pivot, pivot))
      }
    }
  }

  @Test(arguments: [1, 2, 10, 33, 100, 150])
  func `NaN and infinity are found where they stand`(n: Int) {
    var generator = SplitMix64(seed: 4)
    let a: Matrix<Double> = randomSPD(n, using: &generator)
    for bad in [Double.nan, .infinity, -.infinity] {
      for (i, j) in [(0, 0), (n - 1, 0), (n / 2, n / 3), (n - 1, n - 1)] {
        #expect(throws: FactorizationError.notFinite(row: i, column: j)) {
          try Cholesky(a.with(bad, i, j))
        }
      }
      #expect(throws: FactorizationError.notFinite(row: 0, column: 0)) {
        var cholesky = Cholesky<Double>(order: n)
        try cholesky.factorize(a, addingToDiagonal: bad)
      }
    }
  }

  @Test func `A rank-deficient matrix is not positive definite`() {
    #expect(throws: FactorizationError.notPositiveDefinite(pivot: 1)) {
      try Cholesky<Double>([[1, 1, 1], [1, 1, 1], [1, 1, 1]])
    }
  }

  @Test(arguments: [1e-300, 1e300, 1e-154, 0x1p-1040])
  func `Scaling by extreme numbers changes nothing else`(
    scale: Double
  ) throws {
    var generator = SplitMix64(seed: 9)
    let a: Matrix<Double> = randomSPD(40, using: &generator)
    let (plain, scaled) = (try Cholesky(a), try Cholesky(scale * a))
    // At 2^−1040 the numbers are denormal with 34 bits left.
    let tolerance = scale < 1e-307 ? 1e-9 : 1e-14
    let root = scale.squareRoot()
    #expect(
      (scaled.factor - root * plain.factor).frobeniusNorm
        <= tolerance * root * plain.factor.frobeniusNorm)
    // The inverse of a denormal matrix overflows.
    let condition = scale < 1e-307 ? 0 : plain.reciprocalCondition
    #expect(abs(scaled.reciprocalCondition - condition) < 1e-12)
  }

  @Test func `An overflow on the way is not positive definite`() {
    // The multiplier 1e300 / √2⁻¹⁰⁶⁰ overflows.
    #expect(throws: FactorizationError.notPositiveDefinite(pivot: 1)) {
      try Cholesky<Double>([[0x1p-1060, 1e300], [1e300, 1]])
    }
    // Finite elements whose sum is not.
    let a: Matrix<Double> = [[1.7e308, 1e308], [1e308, 1.7e308]]
    #expect(throws: Never.self) { try Cholesky(a) }
  }

  @Test func `Wrong shapes trap`() async {
    await #expect(processExitsWith: .failure) {
      _ = try Cholesky<Double>(.zeros(2, 3))
    }
    await #expect(processExitsWith: .failure) {
      var cholesky = Cholesky<Double>(order: 2)
      try cholesky.factorize(.identity(3))
    }
    await #expect(processExitsWith: .failure) {
      _ = Cholesky<Double>(order: 2).solve([1, 2, 3])
    }
    await #expect(processExitsWith: .failure) {
      var cholesky = Cholesky<Double>(order: 2)
      cholesky.update([1])
    }
    await #expect(processExitsWith: .failure) {
      var cholesky = Cholesky<Double>(order: 2)
      try cholesky.downdate([1])
    }
  }
}

@Suite struct CholeskyAllocationTests {
  @Test(arguments: [3, 70, 150, 301])
  func `Factorizing again and solving allocate nothing`(n: Int) throws {
    var generator = SplitMix64(seed: 1)
    let a: Matrix<Double> = randomSPD(n, using: &generator)
    var x: Vector<Double> = randomVector(n, using: &generator)
    var b: Matrix<Double> = randomMatrix(n, 4, using: &generator)
    var cholesky = Cholesky<Double>(order: n)
    func work() throws {
      try cholesky.factorize(a, addingToDiagonal: 0.5)
      cholesky.update(x)
      try cholesky.downdate(x)
      cholesky.solve(inPlace: &x)
      cholesky.solve(inPlace: &b)
    }
    try work()
    #expect(try allocations(work) == 0)
  }
}
