public import Matrix

/// The vertices s eⱼ; a face holds those of the variables that are not 0.
///
/// - Complexity: every operation one pass, no allocation.
extension ProbabilitySimplex: Polytope {
  /// s eⱼ for the smallest gⱼ.
  public func minimizeLinear(
    _ gradient: Vector<Double>, into vertex: inout Vector<Double>
  ) {
    gradient.checkSameCount(as: vertex)
    let n = gradient.count
    let best = gradient.read { g in
      var best = 0
      for j in 1..<max(n, 1) where g[j] < g[best] { best = j }
      return best
    }
    vertex.setVertex(best, total)
  }

  /// s eⱼ for the largest gⱼ of those with xⱼ > 0.
  public func maximizeLinear(
    _ gradient: Vector<Double>, onFaceOf x: Vector<Double>,
    into vertex: inout Vector<Double>
  ) {
    gradient.checkSameCount(as: vertex)
    gradient.checkSameCount(as: x)
    let (n, rounding) = (gradient.count, total * .ulpOfOne)
    let worst = gradient.read { g in
      x.read { x in
        var worst = -1
        for j in 0..<n where x[j] > rounding && (worst < 0 || g[j] > g[worst]) {
          worst = j
        }
        return max(worst, 0)
      }
    }
    vertex.setVertex(worst, total)
  }

  /// The t at which a variable becomes 0.
  public func reach(
    from x: Vector<Double>, along direction: Vector<Double>
  ) -> Double {
    x.checkSameCount(as: direction)
    let n = x.count
    return x.read { x in
      direction.read { d in
        var longest = Double.infinity
        for j in 0..<n where d[j] < 0 {
          longest = min(longest, max(x[j], 0) / -d[j])
        }
        return longest
      }
    }
  }

  /// Makes 0 what is less than s times the rounding of 1.
  public func snap(_ x: inout Vector<Double>) {
    let (n, rounding) = (x.count, total * .ulpOfOne)
    x.write { x in for j in 0..<n where x[j] <= rounding { x[j] = 0 } }
  }
}

extension Vector<Double> {
  /// Makes this r eⱼ.
  mutating func setVertex(_ j: Int, _ r: Double) {
    fill(with: 0)
    write { $0[j] = r }
  }
}
