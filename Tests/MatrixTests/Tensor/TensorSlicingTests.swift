import Matrix
import TestSupport
import Testing

@Suite struct TensorSlicingTests {
  let t = Tensor<Double>(
    shape: [4, 5, 3], columnMajor: (0..<60).map(Double.init))

  /// The elements at the listed indices of each axis, by single subscripts.
  func picked(_ a: [Int], _ b: [Int], _ c: [Int]) -> [Double] {
    c.flatMap { k in b.flatMap { j in a.map { i in t[i, j, k] } } }
  }

  @Test func `Every kind of selection`() {
    let whole = t[0..., 0..., 0...]
    #expect(whole == t)
    var part = t[1..<3, 2...3, ...1]
    #expect(part.shape == [2, 2, 2])
    #expect(part.columnMajor == picked([1, 2], [2, 3], [0, 1]))
    part = t[..<2, 4, 1...]
    #expect(part.shape == [2, 2])
    #expect(part.columnMajor == picked([0, 1], [4], [1, 2]))
    part =
      t[stride(from: 0, to: 4, by: 2), stride(from: 4, through: 0, by: -2), 1]
    #expect(part.shape == [2, 3])
    #expect(part.columnMajor == picked([0, 2], [4, 2, 0], [1]))
    part = t[1, 2, 0...]
    #expect(part.columnMajor == picked([1], [2], [0, 1, 2]))
    let one: Tensor<Double> = t[1, 2, 2]
    #expect(one.rank == 0 && one[] == t[1, 2, 2])
  }

  @Test func `Slices of slices`() {
    let part = t[stride(from: 3, through: 0, by: -1), 1..., 0...]
    let again = part[
      stride(from: 0, to: 4, by: 3), stride(from: 3, through: 0, by: -3), 2]
    #expect(again.columnMajor == picked([3, 0], [4, 1], [2]))
    #expect(part[0, 0, 0] == t[3, 1, 0])
  }

  @Test func `Empty selections`() {
    #expect(t[0..<0, 0..., 0...].shape == [0, 5, 3])
    #expect(t[4..<4, 5..., 1].shape == [0, 0])
    #expect(t[0, ..<0, stride(from: 0, to: 0, by: 1)].shape == [0, 0])
    #expect(t[0, 0, stride(from: 2, to: 3, by: 7)].columnMajor == [t[0, 0, 2]])
    #expect(t[0..<0, 0..., 0...].columnMajor == [])
  }

  @Test func `Slices copy nothing`() {
    let part = t[0..., 1, 0...]
    #expect(part.strides == [1, 20])
    // The view and its layout: the arrays of shape and strides, nothing of the
    // size of a tensor.
    let large = Tensor<Double>.zeros([1000, 1000])
    let view = large[0..., 500]
    #expect(!view.isContiguous && view.count == 1000)
  }

  @Test func `Assigning to a slice`() {
    var a = t
    a[1..<3, 0, 0...] = Tensor(repeating: -1, shape: [2, 3])
    for i in 0..<4 {
      for j in 0..<5 {
        for k in 0..<3 {
          let expected = (i == 1 || i == 2) && j == 0 ? -1 : t[i, j, k]
          #expect(a[i, j, k] == expected)
        }
      }
    }
    // Broadcasting, from a view of itself, and in place.
    a = t
    a[0..., 0..., 1] = a[0..., 3, 2]
    #expect(a[0..., 0, 1] == t[0..., 3, 2] && a[0..., 4, 1] == t[0..., 3, 2])
    a = t
    a[0, 0..., 0] += Tensor(100)
    #expect(a[0, 0..., 0] == t[0, 0..., 0] + Tensor(100))
    #expect(a[1..., 0..., 0...] == t[1..., 0..., 0...])
    // Backwards onto itself.
    var list: Tensor<Double> = [1, 2, 3]
    list[0...] = list[stride(from: 2, through: 0, by: -1)]
    #expect(list == [3, 2, 1])
  }

  @Test func `Permuting and transposing`() {
    let p = t.permuted([2, 0, 1])
    #expect(p.shape == [3, 4, 5] && p.strides == [20, 1, 4])
    let r = t.transposed
    #expect(r.shape == [3, 5, 4])
    for i in 0..<4 {
      for j in 0..<5 {
        for k in 0..<3 {
          #expect(p[k, i, j] == t[i, j, k] && r[k, j, i] == t[i, j, k])
        }
      }
    }
    #expect(r.transposed == t && r.transposed.isContiguous)
    #expect(Tensor(3.0).transposed == Tensor(3))
    // A permuted tensor of one's own is written where it is.
    var own = t.permuted([1, 0, 2]).contiguous().permuted([1, 0, 2])
    own[3, 4, 2] = -1
    #expect(own.strides == [5, 1, 20] && own[3, 4, 2] == -1)
  }

  @Test func `Reshaping is a view where strides allow`() {
    let flat = t.reshaped([60])
    #expect(flat.columnMajor == t.columnMajor)
    #expect(t.reshaped([2, 2, 15]).strides == [1, 2, 4])
    #expect(t.reshaped([6, 10])[5, 9] == 59)
    #expect(t.reshaped([1, 60, 1]).shape == [1, 60, 1])
    // Axes 0 and 1 of this view still lie behind one another, 1 and 2 do not.
    let view = t.permuted([2, 0, 1])
    #expect(view.reshaped([3, 20]).strides == [20, 1])
    #expect(view.reshaped([3, 2, 1, 10]).strides == [20, 1, 0, 2])
    let copied = view.reshaped([12, 5])
    #expect(copied.strides == [1, 12])
    #expect(copied.columnMajor == view.columnMajor)
    #expect(view.reshaped([60]).columnMajor == view.columnMajor)
    let steps = t[stride(from: 0, to: 4, by: 2), 0..., 1]
    #expect(steps.reshaped([10]).columnMajor == steps.columnMajor)
    #expect(steps.reshaped([10]).strides == [2])
    let reversed = flat[stride(from: 59, through: 0, by: -1)]
    #expect(reversed.reshaped([3, 20]).strides == [-1, -3])
    #expect(reversed.reshaped([3, 20]).columnMajor == reversed.columnMajor)
    #expect(Tensor<Double>.zeros([0, 3]).reshaped([5, 0]).shape == [5, 0])
    #expect(Tensor(4.0).reshaped([1, 1]).columnMajor == [4])
    #expect(t[1, 1, 0..<1].reshaped([])[] == t[1, 1, 0])
    #expect(Tensor(1.0).broadcast(to: [2, 3]).reshaped([6]).strides == [0])
  }

  @Test func `Every reshape keeps the order of the elements`() {
    let views = [
      t, t.transposed, t.permuted([1, 0, 2]), t.permuted([0, 2, 1]),
      t.permuted([2, 0, 1]), t.permuted([1, 2, 0]),
    ]
    let shapes = [
      [60], [2, 30], [30, 2], [3, 20], [20, 3], [4, 15], [15, 4], [5, 12],
      [12, 5], [2, 2, 5, 3], [3, 5, 2, 2], [5, 2, 2, 3], [1, 4, 1, 15],
    ]
    for view in views {
      for shape in shapes {
        let result = view.reshaped(shape)
        #expect(result.shape == shape)
        #expect(
          result.columnMajor == view.columnMajor, "\(view.shape) \(shape)")
      }
    }
  }

  @Test func `Broadcasting aligns the first axes`() {
    let column: Tensor<Double> = [1, 2]
    #expect(column.broadcast(to: [2, 3]) == [[1, 1, 1], [2, 2, 2]])
    #expect(
      column.reshaped([1, 2]).broadcast(to: [3, 2]) == [
        [1, 2], [1, 2], [1, 2],
      ])
    #expect(column.broadcast(to: [2, 3]).strides == [1, 0])
    #expect(column.broadcast(to: [2, 0]).count == 0)
  }

  @Test func `Selections, axes and shapes that do not fit trap`() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor<Double>.zeros([4, 5])[0..<6, 1] }
    #expect(said(result, "0..<6 on axis 0 of a tensor of 4×5"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor<Double>.zeros([4, 5])[0...] }
    #expect(said(result, "1 selections for a tensor of 4×5"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor<Double>.zeros([4, 5]).permuted([0, 0]) }
    #expect(said(result, "axes [0, 0] are not a permutation of the 2 axes"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor<Double>.zeros([4, 5]).reshaped([3, 7]) }
    #expect(said(result, "4×5, 20 elements, does not reshape to 3×7, 21"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor<Double>.zeros([4]).broadcast(to: [5, 4]) }
    #expect(said(result, "a tensor of 4 does not broadcast to 5×4"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var t = Tensor<Double>.zeros([4, 5])
      t[0..., 1] = Tensor.zeros([3])
    }
    #expect(said(result, "a tensor of 3 does not broadcast to one of 4"))
  }
}
