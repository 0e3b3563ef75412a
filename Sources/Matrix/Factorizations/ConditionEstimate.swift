// The 1-norm of a matrix that is known through its products only.
//
// ‖B‖₁ = max ‖Bx‖₁ over ‖x‖₁ ≤ 1 is a convex function maximised over a
// polytope, so that it is attained at some eⱼ. Hager (Condition estimates, SIAM
// J. Sci. Stat. Comput. 5, 1984) climbs from vertex to vertex along the
// subgradient Bᵀ sign(Bx). Higham (FORTRAN codes for estimating the one-norm,
// ACM TOMS 14, 1988, algorithm 4.1) added the last step, an alternating vector
// that catches the matrices on which the climb stops at once. The estimate is
// a lower bound and rarely off by more than a factor of 3. LAPACK's condition
// routines are the same algorithm around its own triangular solves; this one
// is written once for every factorization.

/// A lower bound of ‖B‖₁, close to it, from products with B and Bᵀ.
///
/// - Parameter multiply: x ← B x, or x ← Bᵀ x when its second argument is true.
/// - Complexity: 4 to 11 products, two allocations.
@inlinable
func estimateNorm1<Scalar: BLASScalar>(
  order n: Int, multiply: (inout Vector<Scalar>, Bool) -> Void
) -> Scalar {
  guard n > 0 else { return 0 }
  var x = Vector<Scalar>(repeating: 1 / Scalar(n), count: n)
  multiply(&x, false)
  guard n > 1 else { return x[0].magnitude }
  var estimate = x.norm1
  var signs = Vector<Scalar>(repeating: 0, count: n)
  var vertex = -1
  for _ in 0..<5 {
    var changed = false
    for i in 0..<n {
      let sign: Scalar = x[i] < 0 ? -1 : 1
      changed = changed || sign != signs[i]
      signs[i] = sign
    }
    // The same signs give the same subgradient: a local maximum.
    guard changed else { break }
    x.copy(from: signs)
    multiply(&x, true)
    guard let next = x.indexOfMaximumMagnitude else { break }
    if vertex >= 0 && x[vertex].magnitude == x[next].magnitude { break }
    vertex = next
    x.fill(with: 0)
    x[vertex] = 1
    multiply(&x, false)
    let norm = x.norm1
    guard norm > estimate else { break }
    estimate = norm
  }
  for i in 0..<n {
    let magnitude = 1 + Scalar(i) / Scalar(n - 1)
    x[i] = i.isMultiple(of: 2) ? magnitude : -magnitude
  }
  multiply(&x, false)
  return Swift.max(estimate, 2 * x.norm1 / Scalar(3 * n))
}

/// 1 / (‖A‖₁ ‖A⁻¹‖₁) from ‖A‖₁ and a solver; 0 when A is singular to working
/// precision, 1 for order 0.
@inlinable
func estimateReciprocalCondition<Scalar: BLASScalar>(
  order n: Int, norm: Scalar, solve: (inout Vector<Scalar>, Bool) -> Void
) -> Scalar {
  guard n > 0 else { return 1 }
  guard norm > 0 && norm.isFinite else { return 0 }
  let inverseNorm = estimateNorm1(order: n, multiply: solve)
  // Dividing twice, for the product may overflow where the quotient does not.
  let result = 1 / inverseNorm / norm
  return result.isFinite ? result : 0
}
