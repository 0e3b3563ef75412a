/// Which matrix of a stack could not be solved with, and why.
public struct BatchError: Error, Equatable, Sendable {
  /// The index of the matrix in the stack.
  public let batch: Int
  /// Why it has no factorization.
  public let cause: FactorizationError

  /// The error of the given matrix.
  public init(batch: Int, cause: FactorizationError) {
    self.batch = batch
    self.cause = cause
  }
}

extension BatchError: CustomStringConvertible {
  /// One sentence that names the matrix and the pivot.
  public var description: String { "batch \(batch): \(cause)" }
}

extension Tensor {
  /// How the matrices of a stack are factorized.
  public enum BatchedFactorization: Sendable {
    /// ``LU`` with partial pivoting, for any nonsingular matrix.
    case lu
    /// ``Cholesky``, for positive definite ones: half the work. Only the lower
    /// triangles are read.
    case cholesky
  }

  /// Bₛ ← Aₛ⁻¹ Bₛ for every matrix s of a stack, in place.
  ///
  /// A stack of one matrix solves with all of B, factorized once.
  ///
  /// - Precondition: this tensor is n×n×s or n×n×1, `b` is n×r×s.
  /// - Throws: the first matrix that is singular, not positive definite or not
  ///   finite; those before it are solved with, the other parts of `b` are as
  ///   they were.
  /// - Complexity: 2n³/3 flops a matrix by LU, n³/3 by Cholesky, and 2n²r each;
  ///   the allocations are those of one matrix, whatever the stack.
  @inlinable
  public func solveBatches(
    _ b: inout Tensor, by factorization: BatchedFactorization = .lu
  ) throws(BatchError) {
    precondition(
      rank == 3 && b.rank == 3 && shape[0] == shape[1]
        && b.shape[0] == shape[0]
        && (shape[2] == b.shape[2] || shape[2] == 1),
      "solveBatches: stacks of \(shape.text) and \(b.shape.text)")
    let n = shape[0]
    switch factorization {
    case .lu:
      var lu = LU<Scalar>(order: n)
      try solveBatches(&b) { a, b throws(FactorizationError) in
        try lu.factorize(a)
        lu.solve(inPlace: &b)
      }
    case .cholesky:
      var cholesky = Cholesky<Scalar>(order: n)
      try solveBatches(&b) { a, b throws(FactorizationError) in
        try cholesky.factorize(a)
        cholesky.solve(inPlace: &b)
      }
    }
  }

  /// The solutions Aₛ⁻¹ Bₛ for every matrix s of a stack, as a new stack.
  ///
  /// - Precondition: this tensor is n×n×s or n×n×1, `b` is n×r×s.
  /// - Throws: the first matrix that is singular, not positive definite or not
  ///   finite.
  @inlinable
  public func batchedSolution(
    of b: Tensor, by factorization: BatchedFactorization = .lu
  ) throws(BatchError) -> Tensor {
    var x = b
    try solveBatches(&x, by: factorization)
    return x
  }

  /// Calls `solve` with each matrix of this stack and its right-hand sides, which
  /// it overwrites.
  @inlinable
  func solveBatches(
    _ b: inout Tensor,
    _ solve: (Matrix<Scalar>, inout Matrix<Scalar>) throws(FactorizationError)
      -> Void
  ) throws(BatchError) {
    let n = shape[0]
    // The right-hand sides of a single matrix are one matrix of all columns.
    let columns = shape[2] == 1 ? b.shape[1] * b.shape[2] : b.shape[1]
    let stack = contiguous()
    b.makeContiguous()
    var a = Matrix<Scalar>.zeros(n, n)
    var x = Matrix<Scalar>.zeros(n, columns)
    for s in 0..<shape[2] {
      // Copied, n² + nr numbers beside n³ work, so that the factorizations see
      // matrices and keep their checks and their speed.
      let (matrix, start) = (s * n * n, s * n * columns)
      a.write { a in
        stack.read { a.update(from: $0 + matrix, count: n * n) }
      }
      x.write { x in
        b.read { x.update(from: $0 + start, count: n * columns) }
      }
      do {
        try solve(a, &x)
      } catch {
        throw BatchError(batch: s, cause: error)
      }
      b.write { b in
        x.read { (b + start).update(from: $0, count: n * columns) }
      }
    }
  }
}
