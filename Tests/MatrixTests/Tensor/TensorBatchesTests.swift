import Matrix
import TestSupport
import Testing

@Suite struct TensorBatchesTests {
  /// Matrix s of a stack.
  static func matrix<Scalar>(_ t: Tensor<Scalar>, _ s: Int) -> Matrix<Scalar> {
    Matrix(t[0..., 0..., t.shape[2] == 1 ? 0 : s])
  }

  /// The same stack behind other strides: as it is, with each matrix stored by
  /// rows, with the stack innermost, and as part of a larger tensor.
  static func layouts<Scalar>(_ t: Tensor<Scalar>) -> [Tensor<Scalar>] {
    var larger = Tensor<Scalar>.zeros([
      t.shape[0] + 2, t.shape[1] + 1, t.shape[2] + 1,
    ])
    larger[1...t.shape[0], ..<t.shape[1], 1...] = t
    return [
      t,
      t.permuted([1, 0, 2]).contiguous().permuted([1, 0, 2]),
      t.permuted([2, 0, 1]).contiguous().permuted([1, 2, 0]),
      larger[1...t.shape[0], ..<t.shape[1], 1...],
    ]
  }

  @Test(
    arguments: [
      (3, 4, 2, 5, 5), (1, 1, 1, 1, 1), (3, 1, 2, 4, 4), (1, 6, 1, 2, 2),
      (3, 4, 2, 1, 5), (3, 4, 2, 5, 1), (8, 8, 8, 3, 3),
    ])
  func `Products of stacks, behind any strides`(
    _ m: Int, _ k: Int, _ n: Int, _ stackA: Int, _ stackB: Int
  ) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var generator = SplitMix64(seed: 18)
      let a: Tensor<Scalar> = integerTensor([m, k, stackA], using: &generator)
      let b: Tensor<Scalar> = integerTensor([k, n, stackB], using: &generator)
      let stack = max(stackA, stackB)
      let c: Tensor<Scalar> = integerTensor([m, n, stack], using: &generator)
      for a in Self.layouts(a) {
        for b in Self.layouts(b) {
          let product = a.batchedProduct(with: b)
          #expect(product.shape == [m, n, stack])
          for s in 0..<stack {
            #expect(
              Self.matrix(product, s) == Self.matrix(a, s) * Self.matrix(b, s))
          }
          for c in Self.layouts(c) {
            var result = c
            a.multiplyBatches(b, into: &result, alpha: 2, beta: 3)
            #expect(result == 2 * product + 3 * c)
          }
        }
      }
    }
    check(Float.self)
    check(Double.self)
  }

  @Test func `Empty stacks and empty matrices`() {
    let a = Tensor<Double>.zeros([2, 0, 3])
    #expect(
      a.batchedProduct(with: .zeros([0, 4, 3])) == Tensor.zeros([2, 4, 3]))
    var c = Tensor(repeating: Double.nan, shape: [2, 4, 3])
    a.multiplyBatches(.zeros([0, 4, 3]), into: &c)
    #expect(c == Tensor.zeros([2, 4, 3]))
    c.fill(with: 2)
    a.multiplyBatches(.zeros([0, 4, 3]), into: &c, beta: 3)
    #expect(c == Tensor(repeating: 6, shape: [2, 4, 3]))
    let none = Tensor<Double>.zeros([2, 2, 0])
    #expect(none.batchedProduct(with: none).shape == [2, 2, 0])
    #expect(none.batchedProduct(with: .zeros([2, 2, 1])).shape == [2, 2, 0])
  }

  @Test(arguments: scalarTypes)
  func `In place it allocates nothing`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      // Beyond OpenBLAS's own kernels for small matrices, as for gemm.
      let a = Tensor<Scalar>(repeating: 1, shape: [128, 128, 2])
      let b = a.permuted([1, 0, 2])
      var c = Tensor<Scalar>.zeros([128, 128, 2])
      func work() { a.multiplyBatches(b, into: &c) }
      work()
      #expect(allocations(work) == 0)
      #expect(c == Tensor(repeating: 128, shape: [128, 128, 2]))
    }
    check(type)
  }

  @Test func `Stacks that do not fit trap`() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor<Double>.zeros([2, 3, 4]).batchedProduct(
        with: .zeros([3, 2, 5]))
    }
    #expect(said(result, "batchedProduct: stacks of 2×3×4 and 3×2×5"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var c = Tensor<Double>.zeros([2, 3, 4])
      Tensor<Double>.zeros([2, 3, 4]).multiplyBatches(
        .zeros([3, 2, 4]), into: &c)
    }
    #expect(
      said(
        result,
        "multiplyBatches: stacks of 2×3×4 and 3×2×4 into one of 2×3×4"))
  }
}
