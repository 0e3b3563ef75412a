extension LDLT {
  /// A unit vector d with dᵀ A d < 0, or nil when ``inertia`` counts no negative
  /// eigenvalue.
  ///
  /// - Complexity: n² flops, one allocation.
  @inlinable
  public func negativeCurvatureDirection() -> Vector<Scalar>? {
    var d = Vector<Scalar>(repeating: 0, count: order)
    return negativeCurvatureDirection(into: &d) == nil ? nil : d
  }

  /// Writes a unit vector d with dᵀ A d < 0 and returns dᵀ A d, or returns nil
  /// and leaves `d` when ``inertia`` counts no negative eigenvalue.
  ///
  /// With the most negative eigenvalue λ of D and its eigenvector z, the solution
  /// of Lᵀ P d = z has dᵀ A d = zᵀ D z = λ. For a bounded L that is a fraction of
  /// the most negative eigenvalue of A that does not depend on A.
  ///
  /// Source: Moré & Sorensen, On the use of directions of negative curvature in
  /// a modified Newton method, Math. Programming 16, 1979, section 4.
  ///
  /// - Precondition: d has as many elements as A has rows.
  /// - Complexity: n² flops at most, no allocation.
  @inlinable
  public func negativeCurvatureDirection(
    into d: inout Vector<Scalar>
  ) -> Scalar? {
    let n = order
    precondition(
      d.count == n,
      "a vector of \(d.count) elements for a matrix of order \(n)")
    var lowest: Scalar = 0
    var k = 0
    forEachBlockEigenvalue { eigenvalue, start in
      guard eigenvalue < lowest else { return }
      lowest = eigenvalue
      k = start
    }
    let threshold = Scalar(n) * .ulpOfOne * largestBlockEigenvalue
    guard -lowest > threshold else { return nil }
    d.fill(with: 0)
    triangle.read { l in
      d.write { d in
        d[k] = 1
        var count = k + 1
        if subdiagonal[k] != 0 {
          let block = block(at: k)
          let first = block.first < block.second
          d[k] = first ? block.cosine : block.sine
          d[k + 1] = first ? -block.sine : block.cosine
          count += 1
        }
        // z ends at its block, so the solve needs the leading part of L only.
        Scalar._trsv(.lower, true, true, count, l, n, d)
      }
    }
    d.exchange(exchanges, reversed: true)
    let norm = d.norm
    d.scale(by: 1 / norm)
    return lowest / norm / norm
  }
}
