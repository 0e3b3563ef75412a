extension Matrix {
  /// Calls `body` with the numbers, column by column, as a span.
  @inlinable
  public func withSpan<Result, Failure: Error>(
    _ body: (Span<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(storage.span)
  }

  /// Calls `body` with the numbers, column by column, as a mutable span.
  ///
  /// - Complexity: O(1); O(mn) and one allocation when the storage is shared.
  @inlinable
  public mutating func withMutableSpan<Result, Failure: Error>(
    _ body: (inout MutableSpan<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var span = storage.mutableSpan
    return try body(&span)
  }

  /// Calls `body` with the numbers, column by column, as a buffer.
  @inlinable
  public func withUnsafeBufferPointer<Result>(
    _ body: (UnsafeBufferPointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    try storage.withUnsafeBufferPointer(body)
  }

  /// Calls `body` with the numbers, column by column, as a mutable buffer.
  ///
  /// - Complexity: O(1); O(mn) and one allocation when the storage is shared.
  @inlinable
  public mutating func withUnsafeMutableBufferPointer<Result>(
    _ body: (inout UnsafeMutableBufferPointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    try storage.withUnsafeMutableBufferPointer(body)
  }

  @inlinable @inline(__always)
  package func read<Result>(
    _ body: (UnsafePointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    try storage.withUnsafeBufferPointer {
      try body($0.baseAddress ?? Vector<Scalar>.nowhere)
    }
  }

  @inlinable @inline(__always)
  package mutating func write<Result>(
    _ body: (UnsafeMutablePointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    try storage.withUnsafeMutableBufferPointer {
      try body(
        $0.baseAddress ?? UnsafeMutablePointer(mutating: Vector.nowhere))
    }
  }
}
