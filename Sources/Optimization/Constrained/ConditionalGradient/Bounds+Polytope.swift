public import Matrix

/// The corners of a box; a face fixes the variables that are at a bound.
///
/// A box with an infinite bound has a gap only where f does not fall that way.
///
/// - Complexity: every operation one pass, no allocation.
extension Bounds: Polytope {
  /// lⱼ where gⱼ > 0, uⱼ where gⱼ < 0.
  public func minimizeLinear(
    _ gradient: Vector<Double>, into vertex: inout Vector<Double>
  ) {
    checkCount(gradient)
    gradient.checkSameCount(as: vertex)
    let n = count
    gradient.read { g in
      lower.read { l in
        upper.read { u in
          vertex.write { s in
            for j in 0..<n {
              s[j] = g[j] < 0 || l[j] == -.infinity ? u[j] : l[j]
              if g[j] > 0 { s[j] = l[j] }
              // Where ∂f/∂xⱼ is 0 either will do, but no infinite one.
              if g[j] == 0 && !s[j].isFinite { s[j] = 0 }
            }
          }
        }
      }
    }
  }

  /// uⱼ where gⱼ > 0, lⱼ where gⱼ < 0, and xⱼ at a bound.
  public func maximizeLinear(
    _ gradient: Vector<Double>, onFaceOf x: Vector<Double>,
    into vertex: inout Vector<Double>
  ) {
    checkCount(gradient)
    gradient.checkSameCount(as: vertex)
    gradient.checkSameCount(as: x)
    let n = count
    gradient.read { g in
      x.read { x in
        lower.read { l in
          upper.read { u in
            vertex.write { v in
              for j in 0..<n {
                let isInside = l[j] < x[j] && x[j] < u[j]
                let end = g[j] > 0 ? u[j] : l[j]
                v[j] = isInside && g[j] != 0 && end.isFinite ? end : x[j]
              }
            }
          }
        }
      }
    }
  }

  /// The t at which a variable meets a bound.
  public func reach(
    from x: Vector<Double>, along direction: Vector<Double>
  ) -> Double {
    checkCount(x)
    checkCount(direction)
    let n = count
    return x.read { x in
      direction.read { d in
        lower.read { l in
          upper.read { u in
            var longest = Double.infinity
            for j in 0..<n where d[j] != 0 {
              let room = d[j] < 0 ? x[j] - l[j] : u[j] - x[j]
              longest = min(longest, max(room, 0) / abs(d[j]))
            }
            return longest
          }
        }
      }
    }
  }

  /// Moves to its bound what is less than rounding away.
  public func snap(_ x: inout Vector<Double>) {
    checkCount(x)
    let n = count
    let rounding = 2 * Double.ulpOfOne
    lower.read { l in
      upper.read { u in
        x.write { x in
          for j in 0..<n {
            // The rounding of x + t d is that of the width, and of the bound.
            let width = u[j] - l[j]
            if l[j] > -.infinity,
              x[j] - l[j] <= rounding * max(abs(l[j]), width.finite)
            {
              x[j] = l[j]
            } else if u[j] < .infinity,
              u[j] - x[j] <= rounding * max(abs(u[j]), width.finite)
            {
              x[j] = u[j]
            }
          }
        }
      }
    }
  }
}

extension Double {
  /// The number, 0 if it is infinite.
  fileprivate var finite: Double { isFinite ? self : 0 }
}
