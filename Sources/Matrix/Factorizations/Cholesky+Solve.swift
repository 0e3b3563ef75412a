extension Cholesky {
  /// x ← A⁻¹ x, in place: L y = x, then Lᵀ x = y.
  ///
  /// - Precondition: x has as many elements as A has rows.
  /// - Complexity: 2n² flops, no allocation.
  @inlinable
  public func solve(inPlace x: inout Vector<Scalar>) {
    solveFactor(inPlace: &x)
    solveFactorTransposed(inPlace: &x)
  }

  /// B ← A⁻¹ B, in place, for every column of B.
  ///
  /// - Precondition: B has as many rows as A.
  /// - Complexity: 2n² flops a column, no allocation.
  @inlinable
  public func solve(inPlace b: inout Matrix<Scalar>) {
    solveFactor(inPlace: &b)
    solveFactorTransposed(inPlace: &b)
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

  /// x ← L⁻¹ x, in place.
  ///
  /// L⁻¹ whitens: when A is a covariance, L⁻¹ (x − mean) has the identity as its
  /// own.
  ///
  /// - Precondition: x has as many elements as A has rows.
  /// - Complexity: n² flops, no allocation.
  @inlinable
  public func solveFactor(inPlace x: inout Vector<Scalar>) {
    triangle.solveTriangular(.lower, &x)
  }

  /// x ← L⁻ᵀ x, in place.
  ///
  /// - Precondition: x has as many elements as A has rows.
  /// - Complexity: n² flops, no allocation.
  @inlinable
  public func solveFactorTransposed(inPlace x: inout Vector<Scalar>) {
    triangle.solveTriangular(.lower, transposed: true, &x)
  }

  /// B ← L⁻¹ B, in place.
  ///
  /// - Precondition: B has as many rows as A.
  /// - Complexity: n² flops a column, no allocation.
  @inlinable
  public func solveFactor(inPlace b: inout Matrix<Scalar>) {
    triangle.solveTriangular(.lower, &b)
  }

  /// B ← L⁻ᵀ B, in place.
  ///
  /// - Precondition: B has as many rows as A.
  /// - Complexity: n² flops a column, no allocation.
  @inlinable
  public func solveFactorTransposed(inPlace b: inout Matrix<Scalar>) {
    triangle.solveTriangular(.lower, transposed: true, &b)
  }

  /// A x = L (Lᵀ x) from the factors.
  ///
  /// - Precondition: x has as many elements as A has rows.
  /// - Complexity: 2n² flops, one allocation.
  @inlinable
  public func multiply(_ x: Vector<Scalar>) -> Vector<Scalar> {
    var y = x
    triangle.multiplyTriangular(.lower, transposed: true, &y)
    triangle.multiplyTriangular(.lower, &y)
    return y
  }
}
