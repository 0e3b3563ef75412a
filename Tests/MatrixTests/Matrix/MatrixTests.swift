import Foundation
import Matrix
import TestSupport
import Testing

@Suite struct MatrixTests {
  @Test(arguments: scalarTypes)
  func `Every initialiser, column by column`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      let a: Matrix<Scalar> = [[1, 2, 3], [4, 5, 6]]
      #expect(a.rows == 2 && a.columns == 3 && a.count == 6 && !a.isSquare)
      #expect(a.columnMajor == [1, 4, 2, 5, 3, 6])
      #expect(a[0, 2] == 3 && a[1, 0] == 4)
      #expect(
        Matrix(rows: 2, columns: 3, columnMajor: [1, 4, 2, 5, 3, 6]) == a)
      #expect(Matrix(rows: 2, columns: 3, rowMajor: [1, 2, 3, 4, 5, 6]) == a)
      #expect(Matrix(rows: 2, columns: 3) { Scalar(3 * $0 + $1 + 1) } == a)
      #expect(
        Matrix<Scalar>(repeating: 7, rows: 1, columns: 2) == [[7, 7]])
      #expect(Matrix<Scalar>.zeros(2, 1) == [[0], [0]])
      #expect(Matrix<Scalar>.identity(2) == [[1, 0], [0, 1]])
      #expect(Matrix<Scalar>.diagonal([2, 3]) == [[2, 0], [0, 3]])
      let empty: Matrix<Scalar> = []
      #expect(empty.rows == 0 && empty.columns == 0 && empty.isSquare)
      #expect(Matrix<Scalar>.identity(0) == empty)
      #expect(Matrix<Scalar>.zeros(0, 3) != Matrix<Scalar>.zeros(3, 0))
    }
    check(type)
  }

  @Test func `A copy is independent of its original`() {
    let a: Matrix<Double> = [[1, 2], [3, 4]]
    var b = a
    b[1, 0] = 9
    b[1, 1] += 1
    #expect(a == [[1, 2], [3, 4]] && b == [[1, 2], [9, 5]])
    #expect(Set([a, b, a]).count == 2)
  }

  @Test(arguments: scalarTypes)
  func `Lists and bytes come back`(_ type: any BLASScalar.Type) throws {
    func check<Scalar: BLASScalar>(_: Scalar.Type) throws {
      let a: Matrix<Scalar> = [
        [0.1, -0.0, 3], [4, .leastNonzeroMagnitude, 6],
      ]
      for matrix in [a, .zeros(0, 3), .zeros(3, 0), [[5]]] {
        for bytes in [false, true] {
          let encoder = JSONEncoder()
          encoder.userInfo[.numbersAsBytes] = bytes
          let data = try encoder.encode(matrix)
          let back = try JSONDecoder().decode(Matrix<Scalar>.self, from: data)
          #expect(back == matrix)
          #expect(
            back.columnMajor.map(\.sign) == matrix.columnMajor.map(\.sign))
        }
      }
    }
    try check(type)
  }

  @Test(
    arguments: [
      #"{"rows":2,"columns":2,"columnMajor":[1,2,3]}"#,
      #"{"rows":-1,"columns":-1,"columnMajor":[1]}"#,
      #"{"rows":4294967296,"columns":0,"columnMajor":[]}"#,
      #"{"rows":4611686018427387904,"columns":4,"columnMajor":[]}"#,
      #"{"rows":1,"columnMajor":[1]}"#,
    ])
  func `A shape that does not fit its numbers throws`(_ text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Matrix<Double>.self, from: Data(text.utf8))
    }
  }

  @Test func `Wrong shapes trap and name both numbers`() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 2, columns: 3, columnMajor: [1.0]) }
    #expect(said(result, "1 numbers for a 2×3 matrix"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 2, columns: 3, rowMajor: [1.0]) }
    #expect(said(result, "1 numbers for a 2×3 matrix"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { let _: Matrix<Double> = [[1, 2], [3]] }
    #expect(said(result, "row 1 has 1 numbers, row 0 has 2"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix<Double>.zeros(2, 3)[2, 0] }
    #expect(said(result, "element (2, 0) of a 2×3 matrix"))
  }

  @Test func `Dimensions that BLAS cannot count trap`() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix<Double>.zeros(Int(Int32.max) + 1, 0) }
    #expect(said(result, "the number of rows of a matrix is 2147483648"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix<Double>(rows: 1, columns: -2) { _, _ in 0 } }
    #expect(said(result, "the number of columns of a matrix is -2"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: .max, columns: 2, rowMajor: [1.0]) }
    #expect(said(result, "the number of rows of a matrix is"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 2, columns: .max, columnMajor: [1.0]) }
    #expect(said(result, "the number of columns of a matrix is"))
  }
}
