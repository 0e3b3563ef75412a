public import Matrix

/// The vertices ±r eⱼ; a face of the surface holds those of the variables that are
/// not 0, with their signs.
///
/// - Complexity: every operation one pass, ``reach(from:along:)`` a few; no
///   allocation.
extension L1Ball: Polytope {
  /// −sign(gⱼ) r eⱼ for the largest |gⱼ|.
  public func minimizeLinear(
    _ gradient: Vector<Double>, into vertex: inout Vector<Double>
  ) {
    gradient.checkSameCount(as: vertex)
    let j = gradient.indexOfLargestMagnitude
    vertex.setVertex(j, gradient[j] > 0 ? -radius : radius)
  }

  /// sign(xⱼ) r eⱼ for the largest sign(xⱼ) gⱼ; inside the ball, whose smallest face
  /// is the ball, sign(gⱼ) r eⱼ for the largest |gⱼ|.
  public func maximizeLinear(
    _ gradient: Vector<Double>, onFaceOf x: Vector<Double>,
    into vertex: inout Vector<Double>
  ) {
    gradient.checkSameCount(as: vertex)
    gradient.checkSameCount(as: x)
    let n = x.count
    let rounding = Double(n + 4) * .ulpOfOne
    if x.norm1 < radius * (1 - 4 * rounding) {
      let j = gradient.indexOfLargestMagnitude
      return vertex.setVertex(j, gradient[j] > 0 ? radius : -radius)
    }
    let least = radius * .ulpOfOne
    let worst = gradient.read { g in
      x.read { x in
        var (worst, highest) = (0, -Double.infinity)
        for j in 0..<n where abs(x[j]) > least {
          let height = x[j] > 0 ? g[j] : -g[j]
          if height > highest { (worst, highest) = (j, height) }
        }
        return worst
      }
    }
    vertex.setVertex(worst, x[worst] > 0 ? radius : -radius)
  }

  /// The t at which ‖x + t d‖₁ becomes r.
  ///
  /// It is convex and piecewise linear in t: Newton's method comes down to the root
  /// from where it is at least r.
  public func reach(
    from x: Vector<Double>, along direction: Vector<Double>
  ) -> Double {
    x.checkSameCount(as: direction)
    let length = direction.norm1
    guard length > 0 else { return .infinity }
    let n = x.count
    // Along the surface the norm is r to rounding, on either side of it.
    let end = radius * (1 + 2 * Double(n + 4) * .ulpOfOne)
    var t = (x.norm1 + end) / length
    return x.read { x in
      direction.read { d in
        for _ in 0..<n + 10 {
          var (norm, slope) = (0.0, 0.0)
          for j in 0..<n {
            let z = x[j] + t * d[j]
            norm += abs(z)
            slope += z > 0 ? d[j] : z < 0 ? -d[j] : abs(d[j])
          }
          guard norm > end, slope > 0 else { break }
          let next = t - (norm - end) / slope
          guard next < t else { break }
          t = next
        }
        return max(t, 0)
      }
    }
  }

  /// Makes 0 what is less than the rounding of ‖x‖₁.
  public func snap(_ x: inout Vector<Double>) {
    let n = x.count
    let rounding = 4 * radius * Double(n + 4) * .ulpOfOne
    x.write { x in for j in 0..<n where abs(x[j]) <= rounding { x[j] = 0 } }
  }
}

/// s = −r g / ‖g‖₂; every point of the surface is an extreme point.
extension L2Ball: CompactSet {
  /// −r g / ‖g‖₂.
  public func minimizeLinear(
    _ gradient: Vector<Double>, into vertex: inout Vector<Double>
  ) {
    gradient.checkSameCount(as: vertex)
    let norm = gradient.norm
    vertex.copy(from: gradient)
    guard norm > 0 else { return }
    vertex.scale(by: -radius / norm)
  }
}

/// The corners ±r of a cube; a face fixes the variables that are at ±r.
///
/// - Complexity: every operation one pass, no allocation.
extension LInfinityBall: Polytope {
  /// −sign(gⱼ) r.
  public func minimizeLinear(
    _ gradient: Vector<Double>, into vertex: inout Vector<Double>
  ) {
    gradient.checkSameCount(as: vertex)
    let (n, r) = (gradient.count, radius)
    gradient.read { g in
      vertex.write { s in for j in 0..<n { s[j] = g[j] > 0 ? -r : r } }
    }
  }

  /// sign(gⱼ) r, and xⱼ where it is ±r.
  public func maximizeLinear(
    _ gradient: Vector<Double>, onFaceOf x: Vector<Double>,
    into vertex: inout Vector<Double>
  ) {
    gradient.checkSameCount(as: vertex)
    gradient.checkSameCount(as: x)
    let (n, r) = (gradient.count, radius)
    gradient.read { g in
      x.read { x in
        vertex.write { v in
          for j in 0..<n {
            v[j] =
              abs(x[j]) >= r || g[j] == 0 ? x[j] : g[j] > 0 ? r : -r
          }
        }
      }
    }
  }

  /// The t at which a variable becomes ±r.
  public func reach(
    from x: Vector<Double>, along direction: Vector<Double>
  ) -> Double {
    x.checkSameCount(as: direction)
    let (n, r) = (x.count, radius)
    return x.read { x in
      direction.read { d in
        var longest = Double.infinity
        for j in 0..<n where d[j] != 0 {
          let room = d[j] < 0 ? x[j] + r : r - x[j]
          longest = min(longest, max(room, 0) / abs(d[j]))
        }
        return longest
      }
    }
  }

  /// Makes ±r what differs from it by rounding.
  public func snap(_ x: inout Vector<Double>) {
    let (n, r) = (x.count, radius)
    let inner = r * (1 - 4 * Double.ulpOfOne)
    x.write { x in
      for j in 0..<n {
        if x[j] >= inner { x[j] = r } else if x[j] <= -inner { x[j] = -r }
      }
    }
  }
}

extension Vector<Double> {
  /// The first place of the largest magnitude.
  ///
  /// - Precondition: at least one element.
  fileprivate var indexOfLargestMagnitude: Int {
    precondition(!isEmpty, "a ball of 0 variables, where there must be one")
    let n = count
    return read { g in
      var best = 0
      for j in 1..<Swift.max(n, 1) where abs(g[j]) > abs(g[best]) { best = j }
      return best
    }
  }
}
