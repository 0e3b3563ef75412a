extension Matrix {
  /// x ← op(T)⁻¹ x, in place, where T is a triangle of this matrix.
  ///
  /// A zero on the diagonal gives infinite or NaN elements, as the division
  /// does; nothing traps.
  ///
  /// - Precondition: the matrix is n×n and x has n elements.
  /// - Complexity: n² flops, no allocation.
  @inlinable
  public func solveTriangular(
    _ triangle: Triangle, transposed: Bool = false, unitDiagonal: Bool = false,
    _ x: inout Vector<Scalar>
  ) {
    checkSquare("solveTriangular")
    precondition(
      x.count == rows,
      "a right-hand side of \(x.count) elements for a matrix of order \(rows)")
    guard rows > 0 else { return }
    read { a in
      x.write { x in
        Scalar._trsv(triangle, transposed, unitDiagonal, rows, a, stride, x)
      }
    }
  }

  /// B ← α op(T)⁻¹ B (or α B op(T)⁻¹), in place, where T is a triangle of this
  /// matrix.
  ///
  /// - Precondition: the matrix is square, of the order of the side it is on.
  /// - Complexity: mn·order flops, no allocation.
  @inlinable
  public func solveTriangular(
    _ triangle: Triangle, transposed: Bool = false, unitDiagonal: Bool = false,
    on side: Side = .left, _ b: inout Matrix, alpha: Scalar = 1
  ) {
    checkSquare("solveTriangular")
    let (m, n, ldb) = (b.rows, b.columns, b.stride)
    precondition(
      rows == (side == .left ? m : n),
      """
      a triangle of order \(rows) on the \(side) of a matrix of \(m)×\(n)
      """)
    guard m > 0 && n > 0 else { return }
    read { a in
      b.write { b in
        Scalar._trsm(
          side, triangle, transposed, unitDiagonal, m, n, alpha, a, stride, b,
          ldb)
      }
    }
  }

  /// x ← op(T) x, in place, where T is a triangle of this matrix.
  ///
  /// - Precondition: the matrix is n×n and x has n elements.
  @inlinable
  public func multiplyTriangular(
    _ triangle: Triangle, transposed: Bool = false, unitDiagonal: Bool = false,
    _ x: inout Vector<Scalar>
  ) {
    checkSquare("multiplyTriangular")
    precondition(
      x.count == rows,
      "a vector of \(x.count) elements for a matrix of order \(rows)")
    guard rows > 0 else { return }
    read { a in
      x.write { x in
        Scalar._trmv(triangle, transposed, unitDiagonal, rows, a, stride, x)
      }
    }
  }

  /// B ← α op(T) B (or α B op(T)), in place, where T is a triangle of this
  /// matrix.
  ///
  /// - Precondition: the matrix is square, of the order of the side it is on.
  /// - Complexity: mn·order flops, no allocation.
  @inlinable
  public func multiplyTriangular(
    _ triangle: Triangle, transposed: Bool = false, unitDiagonal: Bool = false,
    on side: Side = .left, _ b: inout Matrix, alpha: Scalar = 1
  ) {
    checkSquare("multiplyTriangular")
    let (m, n, ldb) = (b.rows, b.columns, b.stride)
    precondition(
      rows == (side == .left ? m : n),
      """
      a triangle of order \(rows) on the \(side) of a matrix of \(m)×\(n)
      """)
    guard m > 0 && n > 0 else { return }
    read { a in
      b.write { b in
        Scalar._trmm(
          side, triangle, transposed, unitDiagonal, m, n, alpha, a, stride, b,
          ldb)
      }
    }
  }
}
