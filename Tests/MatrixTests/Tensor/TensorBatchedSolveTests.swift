import Matrix
import TestSupport
import Testing

@Suite struct TensorBatchedSolveTests {
  /// A stack of symmetric positive definite matrices.
  static func stack<Scalar: BLASScalar>(
    _ n: Int, _ count: Int, using generator: inout SplitMix64
  ) -> Tensor<Scalar> {
    var result = Tensor<Scalar>.zeros([n, n, count])
    for s in 0..<count {
      result[0..., 0..., s] = Tensor(randomSPD(n, using: &generator))
    }
    return result
  }

  @Test(arguments: [(1, 1, 1, 1), (5, 3, 4, 4), (5, 3, 1, 4), (20, 1, 3, 3)])
  func `The residual is at rounding level`(
    _ n: Int, _ columns: Int, _ stack: Int, _ rightStack: Int
  ) throws {
    func check<Scalar: BLASScalar>(_: Scalar.Type) throws {
      var generator = SplitMix64(seed: 19)
      let a: Tensor<Scalar> = Self.stack(n, stack, using: &generator)
      let b: Tensor<Scalar> = integerTensor(
        [n, columns, rightStack], using: &generator)
      for a in TensorBatchesTests.layouts(a) {
        for b in TensorBatchesTests.layouts(b) {
          for method in [Tensor<Scalar>.BatchedFactorization.lu, .cholesky] {
            let x = try a.batchedSolution(of: b, by: method)
            let residual = (a.batchedProduct(with: x) - b).norm
            // ‖A‖ is at most about 5: backward stability bounds the residual
            // by a small multiple of n·ε·‖A‖·‖X‖.
            #expect(residual <= 10 * Scalar(n) * .ulpOfOne * x.norm)
            var inPlace = b
            try a.solveBatches(&inPlace, by: method)
            #expect(inPlace == x)
          }
        }
      }
    }
    try check(Float.self)
    try check(Double.self)
  }

  @Test func `Integers come out exactly`() throws {
    var a = Tensor<Double>.zeros([2, 2, 2])
    a[0..., 0..., 0] = [[2, 0], [0, 4]]
    a[0..., 0..., 1] = [[0, 1], [1, 0]]
    var b = Tensor<Double>.zeros([2, 1, 2])
    b[0..., 0, 0] = [2, 8]
    b[0..., 0, 1] = [3, 5]
    let x = try a.batchedSolution(of: b)
    #expect(x[0..., 0, 0] == [1, 2] && x[0..., 0, 1] == [5, 3])
  }

  @Test func `The matrix that fails is named, those before are solved`() {
    var a = Tensor<Double>.zeros([2, 2, 3])
    a[0..., 0..., 0] = [[2, 0], [0, 2]]
    a[0..., 0..., 1] = [[1, 2], [2, 4]]
    var b = Tensor(repeating: 1.0, shape: [2, 1, 3])
    #expect(throws: BatchError(batch: 1, cause: .singular(pivot: 1))) {
      try a.solveBatches(&b)
    }
    #expect(b == ([[[0.5, 1, 1]], [[0.5, 1, 1]]] as Tensor<Double>))
    a[0..., 0..., 1] = [[1, 2], [2, 3]]
    #expect(
      throws: BatchError(batch: 1, cause: .notPositiveDefinite(pivot: 1))
    ) {
      try a.solveBatches(&b, by: .cholesky)
    }
    a[0, 0, 0] = .nan
    #expect(throws: BatchError(batch: 0, cause: .notFinite(row: 0, column: 0)))
    {
      try a.solveBatches(&b, by: .cholesky)
    }
    #expect(
      "\(BatchError(batch: 1, cause: .singular(pivot: 1)))".hasPrefix(
        "batch 1: the matrix is singular"))
  }

  @Test func `Empty stacks and empty matrices`() throws {
    let none = Tensor<Double>.zeros([2, 2, 0])
    #expect(try none.batchedSolution(of: .zeros([2, 1, 0])).count == 0)
    let empty = Tensor<Double>.zeros([0, 0, 2])
    #expect(try empty.batchedSolution(of: .zeros([0, 3, 2])).count == 0)
    let one = Tensor(repeating: 2.0, shape: [1, 1, 2])
    #expect(
      try one.batchedSolution(of: .zeros([1, 0, 2])).shape == [1, 0, 2])
  }

  @Test func `Allocations do not grow with the stack`() throws {
    func count(_ stack: Int) throws -> Int {
      let a = Tensor<Double>(shape: [3, 3, stack]) { $0[0] == $0[1] ? 2 : 0 }
      var b = Tensor(repeating: 1.0, shape: [3, 2, stack])
      try a.solveBatches(&b)
      return try allocations { try a.solveBatches(&b) }
    }
    #expect(try count(2) == count(50))
  }

  @Test func `Stacks that do not fit trap`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var b = Tensor<Double>.zeros([3, 1, 4])
      try Tensor<Double>.zeros([2, 2, 4]).solveBatches(&b)
    }
    #expect(said(result, "solveBatches: stacks of 2×2×4 and 3×1×4"))
  }
}
