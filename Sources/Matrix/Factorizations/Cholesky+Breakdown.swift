extension Cholesky {
  /// A direction v with vᵀ (A + σ I) v = −δ ≤ 0, from the pivot that failed.
  ///
  /// The leading minor of order k is positive definite, A₁₁ = L₁₁ L₁₁ᵀ. With
  /// L₁₁ z the part of row k to the left of the diagonal, v = (−L₁₁⁻ᵀ z, 1, 0) has
  /// vᵀ (A + σ I) v = aₖₖ + σ − zᵀz, the pivot that was not positive.
  ///
  /// Source: Moré and Sorensen 1983, section 3; Conn, Gould and Toint 2000,
  /// section 7.3.3.
  ///
  /// - Parameters:
  ///   - pivot: k, as the throw of the factorization of A + σ I named it.
  ///   - a: A, its lower triangle.
  ///   - shift: σ.
  ///   - v: the direction, of the order of A.
  /// - Returns: δ / ‖v‖²: the smallest eigenvalue of A is at most −σ − δ/‖v‖².
  /// - Complexity: 2k² flops, no allocation.
  @inlinable
  package func breakdownDirection(
    pivot k: Int, of a: Matrix<Scalar>, addingToDiagonal shift: Scalar,
    into v: inout Vector<Scalar>
  ) -> Scalar {
    let n = order
    precondition(
      a.rows == n && a.columns == n && v.count == n,
      """
      a \(a.rows)×\(a.columns) matrix and a vector of \(v.count) elements for a \
      factorization of order \(n)
      """)
    precondition(k < n, "pivot \(k) of a factorization of order \(n)")
    var delta: Scalar = 0
    a.read { a in
      triangle.read { l in
        v.write { v in
          for j in 0..<k { v[j] = a[k + j * n] }
          if k > 0 { Scalar._trsv(.lower, false, false, k, l, n, v) }
          delta = -(a[k + k * n] + shift)
          for j in 0..<k {
            delta += v[j] * v[j]
            v[j] = -v[j]
          }
          if k > 0 { Scalar._trsv(.lower, true, false, k, l, n, v) }
          v[k] = 1
          for i in k + 1..<Swift.max(n, k + 1) { v[i] = 0 }
        }
      }
    }
    return Swift.max(0, delta) / v.dot(v)
  }

  /// A unit vector u for which uᵀ A u = ‖Lᵀu‖² is close to the smallest
  /// eigenvalue of A.
  ///
  /// First L y = e with the signs eᵢ = ±1 chosen one after the other so that y grows,
  /// and Lᵀ u = y; then steps of inverse iteration, which turn u towards the
  /// eigenvector wherever the two lowest eigenvalues differ.
  ///
  /// Source: Cline, Moler, Stewart and Wilkinson 1979; Golub & Van Loan, 4th ed.,
  /// algorithm 3.5.1.
  ///
  /// - Parameters:
  ///   - iterations: steps of inverse iteration.
  ///   - u: the direction, of the order of A.
  ///   - work: scratch of the same order.
  /// - Returns: uᵀ A u, an upper bound of the smallest eigenvalue.
  /// - Complexity: (3 + 2 iterations) n² flops, no allocation.
  @inlinable
  package func nearNullVector(
    iterations: Int = 2, into u: inout Vector<Scalar>,
    work: inout Vector<Scalar>
  ) -> Scalar {
    let n = order
    precondition(
      u.count == n && work.count == n,
      """
      vectors of \(u.count) and \(work.count) elements for a factorization of \
      order \(n)
      """)
    guard n > 0 else { return 0 }
    work.fill(with: 0)
    triangle.read { l in
      u.write { y in
        work.write { p in
          for j in 0..<n {
            let column = l + j * n
            let plus = (1 - p[j]) / column[j]
            let minus = (-1 - p[j]) / column[j]
            // Both sums without units, those of Ly, so that the choice does
            // not depend on those of A.
            var (a, b) = ((1 - p[j]).magnitude, (1 + p[j]).magnitude)
            for i in j + 1..<Swift.max(n, j + 1) {
              a += (p[i] + column[i] * plus).magnitude
              b += (p[i] + column[i] * minus).magnitude
            }
            y[j] = a >= b ? plus : minus
            for i in j + 1..<Swift.max(n, j + 1) { p[i] += column[i] * y[j] }
          }
        }
      }
    }
    // Scaled before it is solved with, lest nearly singular factors overflow.
    var length = u.norm
    u.scale(by: 1 / length)
    solveFactorTransposed(inPlace: &u)
    var curvature = 1 / u.norm
    u.scale(by: curvature)
    curvature *= curvature
    for _ in 0..<iterations {
      solveFactor(inPlace: &u)
      length = u.norm
      solveFactorTransposed(inPlace: &u)
      let norm = u.norm
      u.scale(by: 1 / norm)
      curvature = length / norm * (length / norm)
    }
    return curvature
  }
}
