public import RealModule

extension LDLT {
  /// The inertia of A: D's eigenvalues by sign.
  ///
  /// Those of magnitude at most n ε times the largest count as zero, about the
  /// error that rounding makes in the factorization.
  ///
  /// - Complexity: O(n), no allocation.
  @inlinable
  public var inertia: Inertia {
    inertia(tolerance: Scalar(order) * .ulpOfOne)
  }

  /// The inertia of A, where eigenvalues of D of magnitude at most `tolerance`
  /// times the largest count as zero.
  ///
  /// D's eigenvalues have the signs of A's, not their sizes: the tolerance
  /// bounds a change of A by that much of D's norm.
  ///
  /// - Complexity: O(n), no allocation.
  @inlinable
  public func inertia(tolerance: Scalar) -> Inertia {
    let threshold = tolerance * largestBlockEigenvalue
    var result = Inertia(positive: 0, negative: 0, zero: 0)
    forEachBlockEigenvalue { eigenvalue, _ in
      if eigenvalue.magnitude <= threshold {
        result.zero += 1
      } else if eigenvalue > 0 {
        result.positive += 1
      } else {
        result.negative += 1
      }
    }
    return result
  }

  /// Whether A is singular to working precision: ``inertia`` counts a zero.
  @inlinable
  public var isSingular: Bool { inertia.zero > 0 }

  /// Makes the factored matrix positive definite in place, so that later solves
  /// give a descent direction.
  ///
  /// Each eigenvalue λ of D becomes max(|λ|, δ), its eigenvector kept: the
  /// value then holds the factorization of A + E with E = 0 when A's own D has
  /// all eigenvalues ≥ δ, and −(A + E)⁻¹ g points downhill for every g ≠ 0.
  ///
  /// Source: Moré & Sorensen, On the use of directions of negative curvature in
  /// a modified Newton method, Math. Programming 16, 1979 (|λ|); Cheng & Higham,
  /// A modified Cholesky algorithm based on a symmetric indefinite
  /// factorization, SIAM J. Matrix Anal. Appl. 19, 1998 (the bound δ).
  ///
  /// - Parameter smallest: δ > 0.
  /// - Returns: Whether anything was changed.
  /// - Complexity: O(n), no allocation.
  @inlinable
  @discardableResult
  public mutating func makePositiveDefinite(smallest: Scalar) -> Bool {
    precondition(smallest > 0, "δ is \(smallest), not positive")
    var changed = false
    var k = 0
    while k < order {
      if subdiagonal[k] == 0 {
        if diagonal[k] < smallest {
          diagonal[k] = Swift.max(diagonal[k].magnitude, smallest)
          changed = true
        }
        k += 1
        continue
      }
      let block = block(at: k)
      if block.first < smallest || block.second < smallest {
        let first = Swift.max(block.first.magnitude, smallest)
        let second = Swift.max(block.second.magnitude, smallest)
        let (c, s) = (block.cosine, block.sine)
        diagonal[k] = c * c * first + s * s * second
        diagonal[k + 1] = s * s * first + c * c * second
        // A coupling below rounding is none; the solver divides by it.
        let b = c * s * (second - first)
        let negligible = Scalar.ulpOfOne * Swift.min(first, second)
        subdiagonal[k] = b.magnitude <= negligible ? 0 : b
        changed = true
      }
      k += 2
    }
    if changed { norm = nil }
    return changed
  }

  /// The eigenvalues `first` and `second` of the block of order 2 at k, with
  /// eigenvectors (cosine, −sine) and (sine, cosine).
  @inlinable
  func block(
    at k: Int
  ) -> (first: Scalar, second: Scalar, cosine: Scalar, sine: Scalar) {
    // One Jacobi rotation (Golub & Van Loan, 4th ed., section 8.5.2), the
    // smaller of the two angles. Halves, lest the difference overflow.
    let (a, b, c) = (diagonal[k], subdiagonal[k], diagonal[k + 1])
    let tau = (c / 2 - a / 2) / b
    let t = (tau < 0 ? -1 : 1) / (tau.magnitude + Scalar.hypot(1, tau))
    let cosine = 1 / (1 + t * t).squareRoot()
    return (a - t * b, c + t * b, cosine, t * cosine)
  }

  /// Calls `body` with each eigenvalue of D and the row where its block begins.
  @inlinable
  func forEachBlockEigenvalue(_ body: (Scalar, Int) -> Void) {
    var k = 0
    while k < order {
      if subdiagonal[k] == 0 {
        body(diagonal[k], k)
        k += 1
      } else {
        let block = block(at: k)
        body(block.first, k)
        body(block.second, k)
        k += 2
      }
    }
  }

  @inlinable
  var largestBlockEigenvalue: Scalar {
    var largest: Scalar = 0
    forEachBlockEigenvalue { eigenvalue, _ in
      largest = Swift.max(largest, eigenvalue.magnitude)
    }
    return largest
  }
}
