extension LU {
  /// x ← op(A)⁻¹ x, in place, where op(A) is A or Aᵀ.
  ///
  /// - Precondition: x has as many elements as A has rows.
  /// - Complexity: 2n² flops, no allocation.
  @inlinable
  public func solve(inPlace x: inout Vector<Scalar>, transposed: Bool = false) {
    let n = order
    precondition(
      x.count == n,
      "a right-hand side of \(x.count) elements for a matrix of order \(n)")
    if !transposed { exchange(&x) }
    factors.solveTriangular(
      transposed ? .upper : .lower, transposed: transposed,
      unitDiagonal: !transposed, &x)
    factors.solveTriangular(
      transposed ? .lower : .upper, transposed: transposed,
      unitDiagonal: transposed, &x)
    if transposed { exchange(&x, reversed: true) }
  }

  /// B ← op(A)⁻¹ B, in place, for every column of B.
  ///
  /// - Precondition: B has as many rows as A.
  /// - Complexity: 2n² flops a column, no allocation.
  @inlinable
  public func solve(inPlace b: inout Matrix<Scalar>, transposed: Bool = false) {
    let n = order
    precondition(
      b.rows == n,
      "right-hand sides of \(b.rows) elements for a matrix of order \(n)")
    guard b.count > 0 else { return }
    let columns = b.columns
    factors.read { f in
      pivots.withUnsafeBufferPointer { pivots in
        b.write { b in
          _ = Scalar._getrs(
            transposed, n, columns, f, n, pivots.baseAddress!, b, n)
        }
      }
    }
  }

  /// The solution x of op(A) x = b.
  ///
  /// - Precondition: b has as many elements as A has rows.
  /// - Complexity: 2n² flops, one allocation.
  @inlinable
  public func solve(
    _ b: Vector<Scalar>, transposed: Bool = false
  ) -> Vector<Scalar> {
    var x = b
    solve(inPlace: &x, transposed: transposed)
    return x
  }

  /// The solution X of op(A) X = B.
  ///
  /// - Precondition: B has as many rows as A.
  /// - Complexity: 2n² flops a column, one allocation.
  @inlinable
  public func solve(
    _ b: Matrix<Scalar>, transposed: Bool = false
  ) -> Matrix<Scalar> {
    var x = b
    solve(inPlace: &x, transposed: transposed)
    return x
  }

  /// A x = Pᵀ (L (U x)) from the factors.
  ///
  /// - Precondition: x has as many elements as A has rows.
  /// - Complexity: 2n² flops, one allocation.
  @inlinable
  public func multiply(_ x: Vector<Scalar>) -> Vector<Scalar> {
    var y = x
    factors.multiplyTriangular(.upper, &y)
    factors.multiplyTriangular(.lower, unitDiagonal: true, &y)
    exchange(&y, reversed: true)
    return y
  }

  /// x ← P x or Pᵀ x.
  @inlinable
  func exchange(_ x: inout Vector<Scalar>, reversed: Bool = false) {
    x.exchange(pivots, reversed: reversed)
  }
}

extension Vector {
  /// Exchanges elements k and `exchanges[k] - 1` for every k, forwards or
  /// backwards.
  @inlinable
  mutating func exchange(_ exchanges: [Int32], reversed: Bool) {
    let n = count
    exchanges.withUnsafeBufferPointer { exchanges in
      write { x in
        for step in 0..<n {
          let k = reversed ? n - 1 - step : step
          x.exchange(k, Int(exchanges[k]) - 1)
        }
      }
    }
  }
}
