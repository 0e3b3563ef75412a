internal import RealModule

extension QR {
  /// The x that minimises ‖A x − b‖₂.
  ///
  /// When ``rank`` is less than n, the basic solution: the elements of x outside the
  /// first rank columns of A Π are 0. ``SVD/solve(_:tolerance:)-(Vector<Scalar>,_)``
  /// gives the one of least norm.
  ///
  /// - Precondition: b has as many elements as A has rows.
  /// - Complexity: 4mn flops about, two allocations.
  public func solve(_ b: Vector<Scalar>) -> Vector<Scalar> {
    var image = b
    var x = Vector<Scalar>(repeating: 0, count: columns)
    solve(overwriting: &image, into: &x)
    return x
  }

  /// The X that minimises ‖A X − B‖, column by column.
  ///
  /// - Precondition: B has as many rows as A.
  /// - Complexity: 4mn flops about a column, three allocations.
  public func solve(_ b: Matrix<Scalar>) -> Matrix<Scalar> {
    solve(b, rank: rank)
  }

  /// Writes the x that minimises ‖A x − b‖₂ and returns that minimum.
  ///
  /// - Parameters:
  ///   - b: The right-hand side, overwritten with Qᵀ b.
  ///   - x: The solution, the basic one where A has not full column rank.
  /// - Precondition: b has m elements, x has n.
  /// - Complexity: 4mn flops about, no allocation.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @discardableResult
  public func solve(
    overwriting b: inout Vector<Scalar>, into x: inout Vector<Scalar>
  ) -> Scalar {
    let (m, n, k) = (rows, columns, rank)
    precondition(
      b.count == m && x.count == n,
      """
      a right-hand side of \(b.count) and a solution of \(x.count) elements \
      for a \(m)×\(n) matrix
      """)
    multiplyTransposedQ(&b)
    x.fill(with: 0)
    factors.read { f in
      b.read { b in
        x.write { x in
          x.update(from: b, count: k)
          if k > 0 { Scalar._trsv(.upper, false, false, k, f, m, x) }
        }
      }
    }
    x.exchange(exchanges, reversed: true)
    return b.norm(from: k)
  }

  /// A x = Q R Πᵀ x from the factors.
  ///
  /// - Precondition: x has n elements.
  /// - Complexity: 4mn flops about, two allocations.
  public func multiply(_ x: Vector<Scalar>) -> Vector<Scalar> {
    precondition(
      x.count == columns,
      "a vector of \(x.count) elements for a \(rows)×\(columns) matrix")
    var permuted = x
    permuted.exchange(exchanges, reversed: false)
    var y = Vector<Scalar>(repeating: 0, count: rows)
    let image = r * permuted
    for i in 0..<image.count { y[i] = image[i] }
    multiplyQ(&y)
    return y
  }

  /// x ← Q x, in place, with the full m×m Q.
  ///
  /// - Precondition: x has m elements.
  /// - Complexity: 4mn flops about, no allocation.
  public func multiplyQ(_ x: inout Vector<Scalar>) {
    for k in tau.indices { reflect(&x, tau.count - 1 - k) }
  }

  /// x ← Qᵀ x, in place, with the full m×m Q.
  ///
  /// - Precondition: x has m elements.
  /// - Complexity: 4mn flops about, no allocation.
  public func multiplyTransposedQ(_ x: inout Vector<Scalar>) {
    for k in tau.indices { reflect(&x, k) }
  }

  /// x ← (I − τ v vᵀ) x with reflector k, where v is 0 before element k and 1
  /// there.
  private func reflect(_ x: inout Vector<Scalar>, _ k: Int) {
    let m = rows
    precondition(x.count == m, "\(x.count) elements for a matrix of \(m) rows")
    factors.read { f in
      x.write { x in
        let v = f + (k + 1 + k * m)
        let rest = m - k - 1
        let product =
          tau[k] * (x[k] + Scalar._dot(rest, v, 1, x + k + 1, 1))
        x[k] -= product
        Scalar._axpy(rest, -product, v, 1, x + k + 1, 1)
      }
    }
  }

  func solve(_ b: Matrix<Scalar>, rank k: Int) -> Matrix<Scalar> {
    let (m, n, columns) = (rows, columns, b.columns)
    precondition(
      b.rows == m,
      "right-hand sides of \(b.rows) elements for a \(m)×\(n) matrix")
    var x = Matrix<Scalar>.zeros(n, columns)
    guard b.count > 0 && n > 0 else { return x }
    var image = b
    // 64 columns at a time and the triangle of a block: LAPACK's optimum.
    var work = [Scalar](repeating: 0, count: 64 * columns + 65 * 64)
    let k = Swift.min(k, tau.count)
    factors.read { f in
      image.write { image in
        _ = Scalar._ormqr(
          .left, true, m, columns, tau.count, f, m, tau, image, m, &work,
          work.count)
        x.write { x in
          for j in 0..<columns {
            (x + j * n).update(from: image + j * m, count: k)
          }
          guard k > 0 else { return }
          Scalar._trsm(
            .left, .upper, false, false, k, columns, 1, f, m, x, n)
        }
      }
    }
    x.exchangeRows(exchanges, reversed: true)
    return x
  }
}

extension Vector {
  /// The Euclidean norm of the elements from k on.
  func norm(from k: Int) -> Scalar {
    read { x in
      // A sum of squares would overflow; these are few elements, once a solve.
      var result: Scalar = 0
      for i in k..<Swift.max(count, k) { result = Scalar.hypot(result, x[i]) }
      return result
    }
  }
}
