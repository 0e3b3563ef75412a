import Matrix
import TestSupport
import Testing

@Suite struct TensorStorageTests {
  /// Where an array's numbers are.
  func address(_ array: [Double]) -> Int {
    array.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) }
  }

  @Test func `Arrays, vectors and matrices share their storage with a tensor`()
  {
    let array = [1.0, 2, 3, 4, 5, 6]
    let tensor = Tensor(shape: [3, 2], columnMajor: array)
    #expect(address(tensor.columnMajor) == address(array))
    let matrix = Matrix(tensor)
    #expect(address(matrix.columnMajor) == address(array))
    #expect(matrix == [[1, 4], [2, 5], [3, 6]])
    #expect(address(Tensor(matrix).columnMajor) == address(array))
    let vector = Vector(tensor.reshaped([6]))
    #expect(address(vector.array) == address(array))
    #expect(Tensor(vector).shape == [6])
    #expect(address(Tensor(vector).columnMajor) == address(array))
    // A view in another order is put into order.
    #expect(Matrix(tensor.transposed) == matrix.transposed)
    #expect(Vector(tensor[1, 0...]) == [2, 5])
  }

  @Test func `Spans show the elements in order`() {
    var tensor: Tensor<Double> = [[1, 2], [3, 4]]
    #expect(tensor.withSpan { $0[1] } == 3)
    #expect(tensor.transposed.withSpan { $0[1] } == 2)
    let copy = tensor
    tensor.withMutableSpan { $0[2] = 7 }
    #expect(tensor == [[1, 7], [3, 4]] && copy == [[1, 2], [3, 4]])
    tensor = tensor.transposed
    tensor.withMutableSpan { $0[2] = 9 }
    #expect(tensor == [[1, 9], [7, 4]])
    #expect(Tensor<Float>.zeros([0]).withSpan { $0.count } == 0)
  }

  @Test func `Ranks that do not fit trap`() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Vector(Tensor<Double>.zeros([2, 3])) }
    #expect(said(result, "a vector from a tensor of 2×3"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(Tensor<Double>.zeros([2])) }
    #expect(said(result, "a matrix from a tensor of 2"))
  }
}
