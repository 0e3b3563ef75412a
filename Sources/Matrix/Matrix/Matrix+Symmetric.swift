// Products and updates of symmetric matrices. All of them read and write the
// lower triangle only; what stands above the diagonal is ignored and kept.
extension Matrix {
  /// y ← α A x + β y, where A is symmetric and given by its lower triangle.
  ///
  /// - Precondition: A is n×n, x and y have n elements.
  /// - Complexity: 2n² flops on n²/2 numbers, no allocation.
  @inlinable
  public func symmetricMultiply(
    _ x: Vector<Scalar>, into y: inout Vector<Scalar>,
    alpha: Scalar = 1, beta: Scalar = 0
  ) {
    checkSquare("symmetricMultiply")
    precondition(
      x.count == rows && y.count == rows,
      """
      symmetricMultiply: a matrix of order \(rows) with a vector of \(x.count) \
      into one of \(y.count) elements
      """)
    guard rows > 0 else { return }
    read { a in
      x.read { x in
        y.write { y in Scalar._symv(rows, alpha, a, stride, x, beta, y) }
      }
    }
  }

  /// C ← α A B + β C (or α B A + β C), where A is symmetric and given by its
  /// lower triangle.
  ///
  /// - Precondition: A is square of the order that the product needs; B and C have
  ///   the same shape.
  @inlinable
  public func symmetricMultiply(
    _ b: Matrix, on side: Side = .left, into c: inout Matrix,
    alpha: Scalar = 1, beta: Scalar = 0
  ) {
    checkSquare("symmetricMultiply")
    b.checkShape(c, "symmetricMultiply")
    let order = side == .left ? b.rows : b.columns
    precondition(
      rows == order,
      """
      symmetricMultiply: a matrix of order \(rows) on the \(side) of one of \
      \(b.rows)×\(b.columns)
      """)
    guard c.count > 0 else { return }
    let (m, n, ldc) = (b.rows, b.columns, c.stride)
    read { a in
      b.read { bp in
        c.write { c in
          Scalar._symm(
            side, m, n, alpha, a, stride, bp, b.stride, beta, c, ldc)
        }
      }
    }
  }

  /// A ← A + α x xᵀ, lower triangle, in place.
  ///
  /// - Precondition: A is n×n and x has n elements.
  @inlinable
  public mutating func symmetricRankOneUpdate(
    _ x: Vector<Scalar>, alpha: Scalar = 1
  ) {
    checkSquare("symmetricRankOneUpdate")
    precondition(
      x.count == rows,
      "a vector of \(x.count) elements for a matrix of order \(rows)")
    guard rows > 0 else { return }
    let (n, lda) = (rows, stride)
    x.read { x in write { a in Scalar._syr(n, alpha, x, a, lda) } }
  }

  /// A ← A + α (x yᵀ + y xᵀ), lower triangle, in place.
  ///
  /// - Precondition: A is n×n, x and y have n elements.
  @inlinable
  public mutating func symmetricRankTwoUpdate(
    _ x: Vector<Scalar>, _ y: Vector<Scalar>, alpha: Scalar = 1
  ) {
    checkSquare("symmetricRankTwoUpdate")
    precondition(
      x.count == rows && y.count == rows,
      """
      vectors of \(x.count) and \(y.count) elements for a matrix of order \
      \(rows)
      """)
    guard rows > 0 else { return }
    let (n, lda) = (rows, stride)
    x.read { x in
      y.read { y in write { a in Scalar._syr2(n, alpha, x, y, a, lda) } }
    }
  }

  /// C ← α A Aᵀ + β C (or α Aᵀ A + β C when `transposed`), lower triangle, in
  /// place.
  ///
  /// - Precondition: C is square, of the order of the product.
  /// - Complexity: n²k flops, half of a general product, no allocation.
  @inlinable
  public mutating func symmetricRankUpdate(
    _ a: Matrix, transposed: Bool = false, alpha: Scalar = 1, beta: Scalar = 1
  ) {
    checkSquare("symmetricRankUpdate")
    let (n, k) = transposed ? (a.columns, a.rows) : (a.rows, a.columns)
    precondition(
      n == rows,
      "a product of order \(n) into a matrix of order \(rows)")
    guard n > 0 else { return }
    let ldc = stride
    guard k > 0 else {
      // BLAS returns at once, leaving C as it was.
      return write { c in
        for j in 0..<n {
          for i in j..<n {
            c[i + j * ldc] = beta == 0 ? 0 : beta * c[i + j * ldc]
          }
        }
      }
    }
    a.read { ap in
      write { c in
        Scalar._syrk(transposed, n, k, alpha, ap, a.stride, beta, c, ldc)
      }
    }
  }
}
