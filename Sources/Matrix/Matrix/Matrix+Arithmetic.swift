extension Matrix {
  /// A ← A + α B, in place.
  ///
  /// - Precondition: equal shapes.
  @inlinable
  public mutating func add(_ other: Matrix, scaledBy alpha: Scalar = 1) {
    checkShape(other, "add")
    let n = count
    // Elementwise, so the storage is one long sequence; it may be longer than
    // BLAS counts, and this loop has no dependence to vectorise around.
    other.read { b in
      write { a in
        for i in 0..<n { a[i] += alpha * b[i] }
      }
    }
  }

  /// A ← α A, in place.
  @inlinable
  public mutating func scale(by alpha: Scalar) {
    let n = count
    write { a in
      for i in 0..<n { a[i] *= alpha }
    }
  }

  /// Aᵢᵢ ← Aᵢᵢ + α for every i, in place.
  @inlinable
  public mutating func addToDiagonal(_ alpha: Scalar) {
    let (n, step) = (Swift.min(rows, columns), rows + 1)
    write { a in
      for i in 0..<n { a[i * step] += alpha }
    }
  }

  /// A ← A + α x yᵀ, in place.
  ///
  /// - Precondition: x has as many elements as A has rows, y as it has columns.
  @inlinable
  public mutating func rankOneUpdate(
    _ x: Vector<Scalar>, _ y: Vector<Scalar>, alpha: Scalar = 1
  ) {
    precondition(
      x.count == rows && y.count == columns,
      """
      vectors of \(x.count) and \(y.count) elements for a matrix of \
      \(rows)×\(columns)
      """)
    guard count > 0 else { return }
    let (m, n, lda) = (rows, columns, stride)
    x.read { x in
      y.read { y in write { a in Scalar._ger(m, n, alpha, x, y, a, lda) } }
    }
  }

  /// The elementwise sum.
  ///
  /// - Precondition: equal shapes.
  @inlinable
  public static func + (a: Matrix, b: Matrix) -> Matrix {
    var result = a
    result.add(b)
    return result
  }

  /// The elementwise difference.
  ///
  /// - Precondition: equal shapes.
  @inlinable
  public static func - (a: Matrix, b: Matrix) -> Matrix {
    var result = a
    result.add(b, scaledBy: -1)
    return result
  }

  /// The negated matrix.
  @inlinable
  public static prefix func - (a: Matrix) -> Matrix { -1 * a }

  /// The matrix scaled by a number.
  @inlinable
  public static func * (alpha: Scalar, a: Matrix) -> Matrix {
    var result = a
    result.scale(by: alpha)
    return result
  }

  /// The matrix scaled by a number.
  @inlinable
  public static func * (a: Matrix, alpha: Scalar) -> Matrix { alpha * a }

  /// Adds another matrix in place.
  ///
  /// - Precondition: equal shapes.
  @inlinable
  public static func += (a: inout Matrix, b: Matrix) { a.add(b) }

  /// Subtracts another matrix in place.
  ///
  /// - Precondition: equal shapes.
  @inlinable
  public static func -= (a: inout Matrix, b: Matrix) {
    a.add(b, scaledBy: -1)
  }

  /// Scales in place.
  @inlinable
  public static func *= (a: inout Matrix, alpha: Scalar) { a.scale(by: alpha) }
}
