extension Matrix {
  /// y ← α op(A) x + β y, in place, where op(A) is A or Aᵀ.
  ///
  /// With β = 0, what `y` held is not read, NaN included.
  ///
  /// - Precondition: x has as many elements as op(A) has columns, y as many as
  ///   it has rows.
  /// - Complexity: 2mn flops, no allocation.
  @inlinable
  public func multiply(
    _ x: Vector<Scalar>, transposed: Bool = false,
    into y: inout Vector<Scalar>, alpha: Scalar = 1, beta: Scalar = 0
  ) {
    let (resultCount, inputCount) =
      transposed ? (columns, rows) : (rows, columns)
    precondition(
      x.count == inputCount && y.count == resultCount,
      """
      multiply: a matrix of \(resultCount)×\(inputCount) with a vector of \
      \(x.count) into one of \(y.count) elements
      """)
    // BLAS returns at once when either dimension is 0, leaving y as it was.
    guard inputCount > 0 else { return y.scaleOrFill(by: beta) }
    guard resultCount > 0 else { return }
    read { a in
      x.read { x in
        y.write { y in
          Scalar._gemv(
            transposed, rows, columns, alpha, a, stride, x, 1, beta, y, 1)
        }
      }
    }
  }

  /// C ← α op(A) op(B) + β C, in place, where op is the matrix or its transpose.
  ///
  /// - Precondition: op(A) is m×k, op(B) k×n and C m×n.
  /// - Complexity: 2mnk flops, no allocation.
  @inlinable
  public func multiply(
    _ b: Matrix, transposingSelf: Bool = false, transposingOther: Bool = false,
    into c: inout Matrix, alpha: Scalar = 1, beta: Scalar = 0
  ) {
    let (m, k) = transposingSelf ? (columns, rows) : (rows, columns)
    let (kb, n) = transposingOther ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(
      k == kb && c.rows == m && c.columns == n,
      """
      multiply: a matrix of \(m)×\(k) with one of \(kb)×\(n) into one of \
      \(c.rows)×\(c.columns)
      """)
    guard k > 0 else { return c.scaleOrFill(by: beta) }
    guard m > 0 && n > 0 else { return }
    let ldc = c.stride
    read { a in
      b.read { bp in
        c.write { c in
          Scalar._gemm(
            transposingSelf, transposingOther, m, n, k, alpha, a, stride, bp,
            b.stride, beta, c, ldc)
        }
      }
    }
  }

  /// The product A·B as a new matrix.
  ///
  /// - Precondition: A has as many columns as B has rows.
  @inlinable
  public static func * (a: Matrix, b: Matrix) -> Matrix {
    precondition(
      a.columns == b.rows,
      "a product of \(a.rows)×\(a.columns) and \(b.rows)×\(b.columns)")
    var c = Matrix(repeating: 0, rows: a.rows, columns: b.columns)
    a.multiply(b, into: &c)
    return c
  }

  /// The product A·x as a new vector.
  ///
  /// - Precondition: A has as many columns as x has elements.
  @inlinable
  public static func * (a: Matrix, x: Vector<Scalar>) -> Vector<Scalar> {
    precondition(
      a.columns == x.count,
      "a product of \(a.rows)×\(a.columns) with \(x.count) elements")
    var y = Vector<Scalar>(repeating: 0, count: a.rows)
    a.multiply(x, into: &y)
    return y
  }
}

extension Vector {
  /// x ← β x, where β = 0 overwrites NaN, as BLAS defines it.
  @inlinable
  mutating func scaleOrFill(by beta: Scalar) {
    if beta == 0 { fill(with: 0) } else if beta != 1 { scale(by: beta) }
  }
}

extension Matrix {
  @inlinable
  mutating func scaleOrFill(by beta: Scalar) {
    if beta == 0 { fill(with: 0) } else if beta != 1 { scale(by: beta) }
  }
}
