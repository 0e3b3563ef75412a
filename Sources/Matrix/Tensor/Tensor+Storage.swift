// Zero-copy exchange with arrays, vectors and matrices, and the storage itself.
extension Tensor {
  /// The numbers, the first index running fastest.
  ///
  /// - Complexity: O(1), sharing the storage, when ``isContiguous``; else O(count)
  ///   and an allocation.
  @inlinable
  public var columnMajor: [Scalar] { contiguous().storage }

  /// The tensor of rank 1 that shares a vector's storage.
  @inlinable
  public init(_ vector: Vector<Scalar>) {
    self.init(Layout(dense: [vector.count]), vector.storage)
  }

  /// The tensor of rank 2 that shares a matrix's storage.
  @inlinable
  public init(_ matrix: Matrix<Scalar>) {
    self.init(Layout(dense: [matrix.rows, matrix.columns]), matrix.storage)
  }

  /// The tensor of rank 0, which holds one number.
  @inlinable
  public init(_ number: Scalar) {
    self.init(Layout(dense: []), [number])
  }

  /// Calls `body` with the numbers, the first index running fastest, as a span.
  ///
  /// - Complexity: O(1) when ``isContiguous``; else O(count) and an allocation.
  @inlinable
  public func withSpan<Result, Failure: Error>(
    _ body: (Span<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(columnMajor.span)
  }

  /// Calls `body` with the numbers, the first index running fastest, as a
  /// mutable span.
  ///
  /// - Complexity: O(1); O(count) and one allocation when the storage is shared
  ///   or not ``isContiguous``.
  @inlinable
  public mutating func withMutableSpan<Result, Failure: Error>(
    _ body: (inout MutableSpan<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    makeContiguous()
    var span = storage.mutableSpan
    return try body(&span)
  }

  @inlinable @inline(__always)
  mutating func makeContiguous() {
    if !isContiguous { self = contiguous() }
  }

  // Pointers to the storage; element places are counted from them.

  @inlinable @inline(__always)
  func read<Result>(
    _ body: (UnsafePointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    try storage.withUnsafeBufferPointer {
      try body($0.baseAddress ?? Vector<Scalar>.nowhere)
    }
  }

  @inlinable @inline(__always)
  mutating func write<Result>(
    _ body: (UnsafeMutablePointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    makeWritable()
    return try storage.withUnsafeMutableBufferPointer {
      try body($0.baseAddress ?? UnsafeMutablePointer(mutating: Vector.nowhere))
    }
  }
}

extension Vector {
  /// The vector of a tensor's numbers, sharing its storage when it is
  /// contiguous.
  ///
  /// - Precondition: the tensor has rank 1.
  @inlinable
  public init(_ tensor: Tensor<Scalar>) {
    precondition(
      tensor.rank == 1, "a vector from a tensor of \(tensor.shape.text)")
    self.init(tensor.columnMajor)
  }
}

extension Matrix {
  /// The matrix of a tensor's numbers, sharing its storage when it is
  /// contiguous.
  ///
  /// - Precondition: the tensor has rank 2.
  @inlinable
  public init(_ tensor: Tensor<Scalar>) {
    precondition(
      tensor.rank == 2, "a matrix from a tensor of \(tensor.shape.text)")
    self.init(
      rows: tensor.shape[0], columns: tensor.shape[1],
      columnMajor: tensor.columnMajor)
  }
}
