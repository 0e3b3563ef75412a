extension LDLT {
  /// x ← A⁻¹ x, in place.
  ///
  /// When A is exactly singular, elements of the result are infinite or NaN;
  /// nothing traps.
  ///
  /// - Precondition: x has as many elements as A has rows.
  /// - Complexity: 2n² flops, no allocation.
  @inlinable
  public func solve(inPlace x: inout Vector<Scalar>) {
    let n = order
    precondition(
      x.count == n,
      "a right-hand side of \(x.count) elements for a matrix of order \(n)")
    x.exchange(exchanges, reversed: false)
    triangle.solveTriangular(.lower, unitDiagonal: true, &x)
    x.write { solveBlocks($0) }
    triangle.solveTriangular(.lower, transposed: true, unitDiagonal: true, &x)
    x.exchange(exchanges, reversed: true)
  }

  /// B ← A⁻¹ B, in place, for every column of B.
  ///
  /// When A is exactly singular, elements of the result are infinite or NaN;
  /// nothing traps.
  ///
  /// - Precondition: B has as many rows as A.
  /// - Complexity: 2n² flops a column, no allocation.
  @inlinable
  public func solve(inPlace b: inout Matrix<Scalar>) {
    let (n, columns) = (order, b.columns)
    precondition(
      b.rows == n,
      "right-hand sides of \(b.rows) elements for a matrix of order \(n)")
    b.exchangeRows(exchanges, reversed: false)
    triangle.solveTriangular(.lower, unitDiagonal: true, &b)
    b.write { b in
      for j in 0..<columns { solveBlocks(b + j * n) }
    }
    triangle.solveTriangular(.lower, transposed: true, unitDiagonal: true, &b)
    b.exchangeRows(exchanges, reversed: true)
  }

  /// The solution x of A x = b.
  ///
  /// - Precondition: b has as many elements as A has rows.
  /// - Complexity: 2n² flops, one allocation.
  @inlinable
  public func solve(_ b: Vector<Scalar>) -> Vector<Scalar> {
    var x = b
    solve(inPlace: &x)
    return x
  }

  /// The solution X of A X = B.
  ///
  /// - Precondition: B has as many rows as A.
  /// - Complexity: 2n² flops a column, one allocation.
  @inlinable
  public func solve(_ b: Matrix<Scalar>) -> Matrix<Scalar> {
    var x = b
    solve(inPlace: &x)
    return x
  }

  /// A x = Pᵀ L D Lᵀ P x from the factors.
  ///
  /// - Precondition: x has as many elements as A has rows.
  /// - Complexity: 2n² flops, one allocation.
  @inlinable
  public func multiply(_ x: Vector<Scalar>) -> Vector<Scalar> {
    precondition(
      x.count == order,
      "a vector of \(x.count) elements for a matrix of order \(order)")
    var y = x
    y.exchange(exchanges, reversed: false)
    triangle.multiplyTriangular(
      .lower, transposed: true, unitDiagonal: true, &y)
    y.write { y in
      var k = 0
      while k < order {
        let (a, b) = (diagonal[k], subdiagonal[k])
        if b == 0 {
          y[k] *= a
          k += 1
          continue
        }
        (y[k], y[k + 1]) = (
          a * y[k] + b * y[k + 1], b * y[k] + diagonal[k + 1] * y[k + 1]
        )
        k += 2
      }
    }
    triangle.multiplyTriangular(.lower, unitDiagonal: true, &y)
    y.exchange(exchanges, reversed: true)
    return y
  }

  /// x ← D⁻¹ x.
  @inlinable
  func solveBlocks(_ x: UnsafeMutablePointer<Scalar>) {
    let n = order
    diagonal.withUnsafeBufferPointer { diagonal in
      subdiagonal.withUnsafeBufferPointer { subdiagonal in
        var k = 0
        while k < n {
          let b = subdiagonal[k]
          if b == 0 {
            x[k] /= diagonal[k]
            k += 1
            continue
          }
          // Everything over b, the block's largest element by the choice of
          // the pivot, so that no product overflows; ac/b² − 1 is then
          // bounded away from 0.
          let (a, c) = (diagonal[k] / b, diagonal[k + 1] / b)
          let (p, q) = (x[k] / b, x[k + 1] / b)
          let determinant = a * c - 1
          x[k] = (c * p - q) / determinant
          x[k + 1] = (a * q - p) / determinant
          k += 2
        }
      }
    }
  }
}

extension Matrix {
  /// Exchanges rows k and `exchanges[k] - 1` for every k, forwards or backwards.
  @inlinable
  mutating func exchangeRows(_ exchanges: [Int32], reversed: Bool) {
    let (n, columns) = (rows, columns)
    guard count > 0 else { return }
    exchanges.withUnsafeBufferPointer { exchanges in
      write { a in
        Scalar._laswp(columns, a, n, 1, n, exchanges.baseAddress!, reversed)
      }
    }
  }
}
