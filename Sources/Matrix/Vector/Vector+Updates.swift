extension Vector {
  /// The scalar product xᵀy = Σ xᵢ yᵢ.
  ///
  /// - Precondition: equal counts.
  /// - Complexity: 2n flops, on several threads from n = 2¹⁸; the same bits on any
  ///   number of them.
  @inlinable
  public func dot(_ other: Vector) -> Scalar {
    checkCount(other, "dot")
    let n = count
    return read { x in
      other.read { y in
        if n < RowBlocks.longVector { return Scalar._dot(n, x, 1, y, 1) }
        let blocks = RowBlocks(n)
        return withUnsafeTemporaryAllocation(
          of: Scalar.self, capacity: blocks.count
        ) { sums in
          blocks.forEach { block, rows in
            let i = rows.lowerBound
            sums.initializeElement(
              at: block, to: Scalar._dot(rows.count, x + i, 1, y + i, 1))
          }
          return sums.reduce(0, +)
        }
      }
    }
  }

  /// x ← x + α y, in place.
  ///
  /// - Precondition: equal counts.
  @inlinable
  public mutating func add(_ other: Vector, scaledBy alpha: Scalar = 1) {
    checkCount(other, "add")
    let n = count
    other.read { y in write { x in Scalar._axpy(n, alpha, y, 1, x, 1) } }
  }

  /// x ← α x, in place.
  ///
  /// Unlike some BLAS libraries, α = 0 leaves NaN where an element is NaN or
  /// infinite; ``fill(with:)`` overwrites.
  @inlinable
  public mutating func scale(by alpha: Scalar) {
    let n = count
    write { x in
      for i in 0..<n { x[i] *= alpha }
    }
  }

  /// Sets every element to one number, in place.
  @inlinable
  public mutating func fill(with number: Scalar) {
    let n = count
    write { $0.update(repeating: number, count: n) }
  }

  /// Copies the elements of another vector into this one's own storage.
  ///
  /// `y = x` shares x's storage instead, and the next change of either then
  /// allocates; in a loop that must not allocate, this is the form to use.
  ///
  /// - Precondition: equal counts.
  @inlinable
  public mutating func copy(from other: Vector) {
    checkCount(other, "copy")
    let n = count
    other.read { y in write { $0.update(from: y, count: n) } }
  }

  /// x ← a + t b, in place.
  ///
  /// - Precondition: equal counts.
  /// - Complexity: 2n flops, on several threads from n = 2¹⁸.
  @inlinable
  public mutating func setSum(
    _ a: Vector, _ b: Vector, scaledBy t: Scalar
  ) {
    checkCount(a, "setSum")
    checkCount(b, "setSum")
    let n = count
    a.read { a in
      b.read { b in
        write { x in
          if n < RowBlocks.longVector {
            for i in 0..<n { x[i] = a[i] + t * b[i] }
          } else {
            RowBlocks(n).forEach { _, rows in
              for i in rows { x[i] = a[i] + t * b[i] }
            }
          }
        }
      }
    }
  }

  /// x ← a − b, in place.
  ///
  /// - Precondition: equal counts.
  @inlinable
  public mutating func setDifference(_ a: Vector, _ b: Vector) {
    checkCount(a, "setDifference")
    checkCount(b, "setDifference")
    let n = count
    a.read { a in
      b.read { b in
        write { x in
          for i in 0..<n { x[i] = a[i] - b[i] }
        }
      }
    }
  }

  @inlinable @inline(__always)
  func checkCount(_ other: Vector, _ operation: StaticString) {
    precondition(
      count == other.count,
      "\(operation): vectors of \(count) and \(other.count) elements")
  }
}
