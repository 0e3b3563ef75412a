import Matrix
import TestSupport
import Testing

@Suite struct PivotedCholeskyTests {
  @Test(arguments: [1, 2, 10, 65, 130])
  func `The factors multiply to a definite matrix`(n: Int) throws {
    var generator = SplitMix64(seed: UInt64(n))
    let a: Matrix<Double> = randomSPD(n, using: &generator)
    let cholesky = try PivotedCholesky(a.withoutUpperTriangle)
    let (l, p) = (cholesky.factor, cholesky.permutation)
    #expect(cholesky.rank == n)
    let pap = Matrix(rows: n, columns: n) { a[p[$0], p[$1]] }
    #expect(error(pap, l * l.transposed) < 4)
    for i in 1..<Swift.max(n, 1) { #expect(l[i, i] <= l[i - 1, i - 1]) }
    let x: Vector<Double> = randomVector(n, using: &generator)
    #expect(error(a * x, cholesky.multiply(x)) < 4)
    #expect(error(x, cholesky.solve(a * x)) < 20)
    let b: Matrix<Double> = randomMatrix(n, 3, using: &generator)
    #expect(error(b, a * cholesky.solve(b)) < 20)
    let plain = try Cholesky(a)
    #expect(abs(cholesky.logDeterminant - plain.logDeterminant) < 1e-11)
    #expect(
      abs(cholesky.determinant / plain.determinant - 1) < 1e-11)
  }

  @Test(arguments: [0, 1, 3, 17])
  func `The rank of a Gram matrix is found`(rank: Int) throws {
    let n = 60
    var generator = SplitMix64(seed: 21)
    let g: Matrix<Double> = randomMatrix(n, rank, using: &generator)
    let a = g * g.transposed
    let cholesky = try PivotedCholesky(a)
    #expect(cholesky.rank == rank)
    #expect(cholesky.factor.columns == rank)
    #expect(rank == 0 || cholesky.reciprocalCondition > 1e-6)
    #expect(cholesky.determinant == 0)
    // A consistent system is solved, by a basic solution.
    let b = a * randomVector(n, using: &generator)
    let x = cholesky.solve(b)
    #expect((a * x - b).norm <= 1e-11 * b.norm)
    #expect(x.count { $0 != 0 } == rank)
  }

  @Test func `An indefinite matrix is factorized as far as it goes`() throws {
    let cholesky = try PivotedCholesky<Double>([[-1, 0], [0, 4]])
    #expect(cholesky.rank == 1 && cholesky.permutation == [1, 0])
    #expect(cholesky.factor == [[2], [0]])
    #expect(try PivotedCholesky<Double>([[-2]]).rank == 0)
  }

  @Test func `Bad input`() async throws {
    let empty = try PivotedCholesky<Double>(.zeros(0, 0))
    #expect(empty.rank == 0 && empty.solve(Vector.zeros(0)).isEmpty)
    #expect(try PivotedCholesky<Double>([[4]]).solve([8]) == [2])
    #expect(throws: FactorizationError.notFinite(row: 1, column: 0)) {
      try PivotedCholesky<Double>([[1, 0], [.nan, 1]])
    }
    for scale in [1e-300, 1e300] {
      let cholesky = try PivotedCholesky(scale * minima(20))
      #expect(cholesky.rank == 20)
    }
    await #expect(processExitsWith: .failure) {
      _ = try PivotedCholesky<Double>(.zeros(2, 3))
    }
    await #expect(processExitsWith: .failure) {
      _ = PivotedCholesky<Double>(order: 2).solve([1])
    }
  }

  @Test func `Factorizing again and solving allocate nothing`() throws {
    var generator = SplitMix64(seed: 1)
    let a: Matrix<Double> = randomSPD(70, using: &generator)
    var x: Vector<Double> = randomVector(70, using: &generator)
    var b: Matrix<Double> = randomMatrix(70, 4, using: &generator)
    var cholesky = PivotedCholesky<Double>(order: 70)
    func work() throws {
      try cholesky.factorize(a)
      cholesky.solve(inPlace: &x)
      cholesky.solve(inPlace: &b)
    }
    try work()
    #expect(try allocations(work) == 0)
  }
}
