public import RealModule

extension Cholesky {
  /// Turns the factor of A into that of A + x xᵀ, in place.
  ///
  /// A sequence of Givens rotations takes [L x] to [L' 0]: L'ⱼⱼ = √(Lⱼⱼ² + xⱼ²),
  /// and each column of L is turned together with x.
  ///
  /// Source: Gill, Golub, Murray & Saunders, Methods for modifying matrix
  /// factorizations, Math. Comp. 28, 1974, method C3.
  ///
  /// - Precondition: x has as many elements as A has rows.
  /// - Complexity: 3n² flops, no allocation.
  @inlinable
  public mutating func update(_ x: Vector<Scalar>) {
    let n = order
    precondition(
      x.count == n, "a vector of \(x.count) elements for a matrix of order \(n)"
    )
    guard n > 0 else { return }
    norm = nil
    work.withUnsafeMutableBufferPointer { work in
      let w = work.baseAddress!
      x.read { w.update(from: $0, count: n) }
      triangle.write { l in
        for j in 0..<n {
          let column = l + j * n
          let r = Scalar.hypot(column[j], w[j])
          let (c, s) = (column[j] / r, w[j] / r)
          column[j] = r
          for i in j + 1..<Swift.max(n, j + 1) {
            let (old, x) = (column[i], w[i])
            column[i] = c * old + s * x
            w[i] = c * x - s * old
          }
        }
      }
    }
  }

  /// Turns the factor of A into that of A − x xᵀ, in place.
  ///
  /// With p = L⁻¹x, A − x xᵀ = L (I − p pᵀ) Lᵀ is positive definite if and only if
  /// ρ² = 1 − pᵀp > 0. The rotations that take [p; ρ] to [0; 1], applied to
  /// [Lᵀ; 0] from the last row up, leave L' and xᵀ. They are orthogonal, unlike
  /// the hyperbolic rotations that mirror ``update(_:)``, and so mixed-stable;
  /// nothing is changed when ρ² is not positive.
  ///
  /// Source: Gill, Golub, Murray & Saunders 1974; Golub & Van Loan, 4th ed.,
  /// section 6.5.4. LINPACK's `dchdd` is this method.
  ///
  /// - Precondition: x has as many elements as A has rows.
  /// - Throws: `.notPositiveDefinite` when A − x xᵀ is not positive definite to
  ///   working precision; its pivot is where the partial sum of p² reaches 1.
  ///   The value then still holds the factorization of A.
  /// - Complexity: 4n² flops, no allocation.
  @inlinable
  public mutating func downdate(
    _ x: Vector<Scalar>
  ) throws(FactorizationError) {
    let n = order
    precondition(
      x.count == n, "a vector of \(x.count) elements for a matrix of order \(n)"
    )
    guard n > 0 else { return }
    var remaining: Scalar = 1
    var failed: Int?
    work.withUnsafeMutableBufferPointer { work in
      let p = work.baseAddress!
      x.read { p.update(from: $0, count: n) }
      triangle.read { Scalar._trsv(.lower, false, false, n, $0, n, p) }
      for i in 0..<n {
        remaining -= p[i] * p[i]
        if !(remaining > 0) {
          failed = i
          return
        }
      }
      let w = p + n
      w.update(repeating: 0, count: n)
      var rho = remaining.squareRoot()
      triangle.write { l in
        for step in 1...n {
          let j = n - step
          let column = l + j * n
          let r = Scalar.hypot(rho, p[j])
          let (c, s) = (rho / r, p[j] / r)
          rho = r
          for i in j..<n {
            let (old, x) = (column[i], w[i])
            column[i] = c * old - s * x
            w[i] = c * x + s * old
          }
        }
      }
    }
    if let failed { throw .notPositiveDefinite(pivot: failed) }
    norm = nil
  }
}
