extension Matrix {
  /// A copy of row i.
  ///
  /// - Precondition: 0 ≤ i < rows.
  @inlinable
  public func row(_ i: Int) -> Vector<Scalar> {
    precondition(i >= 0 && i < rows, "row \(i) of \(rows)")
    return Vector(count: columns) { storage[i + $0 * rows] }
  }

  /// A copy of column j.
  ///
  /// - Precondition: 0 ≤ j < columns.
  @inlinable
  public func column(_ j: Int) -> Vector<Scalar> {
    precondition(j >= 0 && j < columns, "column \(j) of \(columns)")
    return Vector(storage[j * rows..<(j + 1) * rows])
  }

  /// Overwrites column j in place.
  ///
  /// - Precondition: 0 ≤ j < columns, and `vector` has as many elements as the
  ///   matrix has rows.
  @inlinable
  public mutating func setColumn(_ j: Int, to vector: Vector<Scalar>) {
    precondition(j >= 0 && j < columns, "column \(j) of \(columns)")
    precondition(
      vector.count == rows,
      "a column of \(vector.count) elements in a matrix of \(rows) rows")
    let rows = rows
    vector.read { source in
      write { $0.advanced(by: j * rows).update(from: source, count: rows) }
    }
  }

  /// Overwrites row i in place.
  ///
  /// - Precondition: 0 ≤ i < rows, and `vector` has as many elements as the
  ///   matrix has columns.
  @inlinable
  public mutating func setRow(_ i: Int, to vector: Vector<Scalar>) {
    precondition(i >= 0 && i < rows, "row \(i) of \(rows)")
    precondition(
      vector.count == columns,
      "a row of \(vector.count) elements in a matrix of \(columns) columns")
    for j in 0..<columns { storage[i + j * rows] = vector[j] }
  }

  /// A copy of the block of the given rows and columns.
  ///
  /// - Precondition: the ranges lie within the matrix.
  @inlinable
  public subscript(
    _ rowRange: Range<Int>, _ columnRange: Range<Int>
  ) -> Matrix {
    precondition(
      rowRange.lowerBound >= 0 && rowRange.upperBound <= rows
        && columnRange.lowerBound >= 0 && columnRange.upperBound <= columns,
      "block \(rowRange)×\(columnRange) of a \(rows)×\(columns) matrix")
    return Matrix(rows: rowRange.count, columns: columnRange.count) { i, j in
      storage[rowRange.lowerBound + i + (columnRange.lowerBound + j) * rows]
    }
  }

  /// A copy of the diagonal, min(rows, columns) elements.
  @inlinable
  public var diagonal: Vector<Scalar> {
    Vector(count: Swift.min(rows, columns)) { storage[$0 * (rows + 1)] }
  }

  /// The transposed matrix, as a copy.
  ///
  /// The products take transposed operands without making one.
  @inlinable
  public var transposed: Matrix {
    var result = Matrix(repeating: 0, rows: columns, columns: rows)
    let (m, n) = (rows, columns)
    // In blocks of 16×16, two of which fit the first-level cache, so that each
    // cache line is read and written once.
    read { a in
      result.write { b in
        for j0 in Swift.stride(from: 0, to: n, by: 16) {
          for i0 in Swift.stride(from: 0, to: m, by: 16) {
            for j in j0..<Swift.min(n, j0 + 16) {
              for i in i0..<Swift.min(m, i0 + 16) {
                b[j + i * n] = a[i + j * m]
              }
            }
          }
        }
      }
    }
    return result
  }

  /// Sets every element to one number, in place.
  @inlinable
  public mutating func fill(with number: Scalar) {
    let n = count
    write { $0.update(repeating: number, count: n) }
  }

  /// Copies the elements of another matrix into this one's own storage.
  ///
  /// - Precondition: equal shapes.
  @inlinable
  public mutating func copy(from other: Matrix) {
    checkShape(other, "copy")
    let n = count
    other.read { source in write { $0.update(from: source, count: n) } }
  }

  /// Copies the lower triangle into the upper one, in place.
  ///
  /// - Precondition: the matrix is square.
  @inlinable
  public mutating func symmetrizeFromLower() {
    checkSquare("symmetrizeFromLower")
    let n = rows
    write { a in
      for j in 0..<n {
        for i in 0..<j { a[i + j * n] = a[j + i * n] }
      }
    }
  }

  @inlinable @inline(__always)
  package func checkSquare(_ operation: StaticString) {
    precondition(
      rows == columns, "\(operation): a \(rows)×\(columns) matrix is not square"
    )
  }

  @inlinable @inline(__always)
  package func checkShape(_ other: Matrix, _ operation: StaticString) {
    precondition(
      rows == other.rows && columns == other.columns,
      """
      \(operation): a \(rows)×\(columns) and a \
      \(other.rows)×\(other.columns) matrix
      """)
  }
}
