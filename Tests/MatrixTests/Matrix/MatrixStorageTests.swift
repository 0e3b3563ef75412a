import Matrix
import TestSupport
import Testing

@Suite struct MatrixStorageTests {
  @Test func `Arrays go in and come out without a copy`() {
    let array = [1.0, 2, 3, 4, 5, 6]
    let a = Matrix(rows: 3, columns: 2, columnMajor: array)
    let same = array.withUnsafeBufferPointer { x in
      a.withUnsafeBufferPointer { y in x.baseAddress == y.baseAddress }
    }
    #expect(same)
    #expect(
      allocations {
        let b = Matrix(rows: 2, columns: 3, columnMajor: array)
        _ = b.columnMajor
      } == 0)
  }

  @Test func `Spans read and write column by column`() {
    var a: Matrix<Double> = [[1, 2], [3, 4]]
    let b = a
    #expect(a.withSpan { $0[1] } == 3)
    a.withMutableSpan { $0[2] = 7 }
    #expect(a == [[1, 7], [3, 4]] && b == [[1, 2], [3, 4]])
    a.withUnsafeMutableBufferPointer { $0[0] = 5 }
    #expect(a.withUnsafeBufferPointer { Array($0) } == [5, 3, 7, 4])
    #expect(Matrix<Float>.zeros(0, 2).withSpan { $0.count } == 0)
  }
}
