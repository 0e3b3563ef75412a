import Matrix
import TestSupport
import Testing

@Suite struct TensorTests {
  @Test(arguments: scalarTypes)
  func `The first index runs fastest`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      let t = Tensor<Scalar>(
        shape: [2, 3, 4], columnMajor: (0..<24).map { Scalar($0) })
      #expect(t.shape == [2, 3, 4])
      #expect(t.strides == [1, 2, 6])
      #expect(t.rank == 3 && t.count == 24 && t.isContiguous)
      for i in 0..<2 {
        for j in 0..<3 {
          for k in 0..<4 { #expect(t[i, j, k] == Scalar(i + 2 * j + 6 * k)) }
        }
      }
      let same = Tensor<Scalar>(shape: [2, 3, 4]) {
        Scalar($0[0] + 2 * $0[1] + 6 * $0[2])
      }
      #expect(same == t)
      #expect(same.columnMajor == (0..<24).map { Scalar($0) })
    }
    check(type)
  }

  @Test func `Ranks 0 and 1, empty and single shapes`() {
    let number = Tensor(2.5)
    #expect(number.rank == 0 && number.count == 1 && number[] == 2.5)
    #expect(Tensor<Double>.zeros([0]).count == 0)
    #expect(Tensor<Double>.zeros([3, 0, 2]).columnMajor == [])
    #expect(Tensor<Double>.zeros([3, 0]) != Tensor<Double>.zeros([0, 3]))
    #expect(Tensor(repeating: 1.5, shape: [1, 1, 1])[0, 0, 0] == 1.5)
    let empty = Tensor<Double>(shape: [2, 0]) { _ in
      Issue.record("an element of an empty tensor")
      return 0
    }
    #expect(empty.count == 0)
  }

  @Test func `Literals of any depth`() {
    let rows: Tensor<Double> = [[1, 2, 3], [4, 5, 6.5]]
    #expect(rows.shape == [2, 3] && rows[0, 1] == 2 && rows[1, 2] == 6.5)
    #expect(Matrix(rows) == [[1, 2, 3], [4, 5, 6.5]])
    let list: Tensor<Float> = [1, -2]
    #expect(list.shape == [2] && list[1] == -2)
    let cube: Tensor<Double> = [[[1, 2]], [[3, 4]], [[5, 6]]]
    #expect(cube.shape == [3, 1, 2] && cube[2, 0, 1] == 6)
    let none: Tensor<Double> = []
    #expect(none.shape == [0])
    let emptyRows: Tensor<Double> = [[], []]
    #expect(emptyRows.shape == [2, 0])
  }

  @Test(arguments: scalarTypes)
  func `A copy is independent of its original`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      let original = Tensor<Scalar>(repeating: 1, shape: [2, 2])
      var copy = original
      copy[0, 1] = 5
      #expect(original[0, 1] == 1 && copy[0, 1] == 5)
      // A view of a part, written to, leaves the whole alone and the other way.
      var whole = Tensor<Scalar>(
        shape: [2, 2], columnMajor: [1, 2, 3, 4])
      var part = whole[0..., 1]
      part[0] = 9
      #expect(whole.columnMajor == [1, 2, 3, 4] && part.columnMajor == [9, 4])
      part = whole[1, 0...]
      whole.fill(with: 0)
      #expect(part.columnMajor == [2, 4])
      // So does a broadcast one, whose elements share their places.
      var wide = Tensor<Scalar>(7).broadcast(to: [2, 2])
      wide[1, 1] = 0
      #expect(wide.columnMajor == [7, 7, 7, 0])
    }
    check(type)
  }

  @Test func `Equality and hash see elements, not strides`() {
    let a: Tensor<Double> = [[1, 2, 3], [4, 5, 6]]
    let b: Tensor<Double> = [[1, 4], [2, 5], [3, 6]]
    #expect(a == b.transposed && a.transposed == b && a != b)
    #expect(a.hashValue == b.transposed.hashValue)
    var c = b
    c[2, 1] = 7
    #expect(a != c.transposed)
    let nan = Tensor(Double.nan)
    #expect(nan != nan)
  }

  @Test func `contiguous lets go of what a view does not show`() {
    let a: Tensor<Double> = [[1, 2, 3], [4, 5, 6]]
    let column = a[0..., 2]
    #expect(!column.isContiguous && column.columnMajor == [3, 6])
    let own = column.contiguous()
    #expect(own.isContiguous && own == column && own.strides == [1])
    #expect(allocations { _ = a.contiguous() } == 0)
  }

  @Test func `Wrong shapes trap and say so`() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor<Double>(shape: [2, 3], columnMajor: [1, 2, 3]) }
    #expect(said(result, "3 numbers for a tensor of 2×3"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor<Double>.zeros([2, 3])[1, 3] }
    #expect(said(result, "element [1, 3] of a tensor of 2×3"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor<Double>.zeros([2, 3])[1] }
    #expect(said(result, "1 indices for a tensor of rank 2"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { let _: Tensor<Double> = [[1, 2], [3]] }
    #expect(said(result, "a part of 1 beside one of 2"))
  }

  @Test func `Extents that BLAS cannot count trap before memory is asked for`()
    async
  {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor<Double>.zeros([1, Int(Int32.max) + 1]) }
    #expect(said(result, "the extent of axis 1 of a tensor is 2147483648"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let n = Int(Int32.max)
      _ = Tensor<Double>.zeros([n, n, n])
    }
    #expect(said(result, "has more elements than Int counts"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor<Double>.zeros([-1]) }
    #expect(said(result, "the extent of axis 0 of a tensor is -1"))
  }
}
