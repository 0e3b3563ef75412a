import Matrix
import TestSupport
import Testing

@Suite struct MatrixPartsTests {
  @Test(arguments: scalarTypes)
  func `Rows, columns, blocks and diagonals`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var generator = SplitMix64(seed: 8)
      for (m, n) in [(4, 3), (3, 4), (1, 5), (5, 1), (1, 1)] {
        let a: Matrix<Scalar> = integerMatrix(m, n, using: &generator)
        for i in 0..<m { #expect(a.row(i) == Vector(count: n) { a[i, $0] }) }
        for j in 0..<n { #expect(a.column(j) == Vector(count: m) { a[$0, j] }) }
        #expect(a.diagonal == Vector(count: min(m, n)) { a[$0, $0] })
        #expect(a[0..<m, 0..<n] == a)
        let block = a[m / 2..<m, n / 3..<n]
        #expect(block.rows == m - m / 2 && block.columns == n - n / 3)
        #expect(block[0, 0] == a[m / 2, n / 3])
        #expect(block[block.rows - 1, block.columns - 1] == a[m - 1, n - 1])
        #expect(a[0..<0, 0..<n].count == 0)

        var b = a
        let row: Vector<Scalar> = integerVector(n, using: &generator)
        b.setRow(m - 1, to: row)
        let column: Vector<Scalar> = integerVector(m, using: &generator)
        b.setColumn(n - 1, to: column)
        for i in 0..<m {
          for j in 0..<n {
            let expected =
              j == n - 1 ? column[i] : i == m - 1 ? row[j] : a[i, j]
            #expect(b[i, j] == expected)
          }
        }
        b.fill(with: 3)
        #expect(b == Matrix(repeating: 3, rows: m, columns: n))
        b.copy(from: a)
        #expect(b == a)
      }
      #expect(Matrix<Scalar>.zeros(0, 4).diagonal == [])
    }
    check(type)
  }

  @Test(arguments: [
    (1, 1), (3, 5), (16, 16), (17, 33), (40, 1), (0, 3), (0, 0),
  ])
  func `The transpose, over whole and partial blocks`(_ m: Int, _ n: Int) {
    var generator = SplitMix64(seed: 9)
    let a: Matrix<Double> = integerMatrix(m, n, using: &generator)
    let t = a.transposed
    #expect(t == Matrix(rows: n, columns: m) { i, j in a[j, i] })
    #expect(t.transposed == a)
  }

  @Test func `symmetrizeFromLower keeps the lower triangle`() {
    var a: Matrix<Double> = [[1, .nan, 8], [2, 3, 9], [4, 5, 6]]
    a.symmetrizeFromLower()
    #expect(a == [[1, 2, 4], [2, 3, 5], [4, 5, 6]])
  }

  @Test(arguments: scalarTypes)
  func `In place forms allocate nothing`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var a = Matrix<Scalar>.zeros(6, 6)
      let b = Matrix<Scalar>.identity(6)
      let x = Vector<Scalar>(repeating: 1, count: 6)
      func work() {
        a.setColumn(2, to: x)
        a.setRow(3, to: x)
        a.copy(from: b)
        a.fill(with: 2)
        a.symmetrizeFromLower()
      }
      work()
      #expect(allocations(work) == 0)
    }
    check(type)
  }

  @Test func `Parts that are not there trap`() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix<Double>.zeros(2, 3).row(2) }
    #expect(said(result, "row 2 of 2"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix<Double>.zeros(2, 3).column(-1) }
    #expect(said(result, "column -1 of 3"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix<Double>.zeros(2, 3)[0..<2, 1..<4] }
    #expect(said(result, "block 0..<2×1..<4 of a 2×3 matrix"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var a = Matrix<Double>.zeros(2, 3)
      a.setRow(0, to: .zeros(2))
    }
    #expect(said(result, "a row of 2 elements in a matrix of 3 columns"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var a = Matrix<Double>.zeros(2, 3)
      a.setColumn(0, to: .zeros(3))
    }
    #expect(said(result, "a column of 3 elements in a matrix of 2 rows"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var a = Matrix<Double>.zeros(2, 3)
      a.copy(from: .zeros(3, 2))
    }
    #expect(said(result, "copy: a 2×3 and a 3×2 matrix"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var a = Matrix<Double>.zeros(2, 3)
      a.symmetrizeFromLower()
    }
    #expect(said(result, "symmetrizeFromLower: a 2×3 matrix is not square"))
  }
}
