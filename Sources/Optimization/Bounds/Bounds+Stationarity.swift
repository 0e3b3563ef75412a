public import Matrix

// Three measures of how far x is from a minimum within bounds are in use.
//
// ‖P(x − ∇f) − x‖∞ is continuous, but adds variables to gradients: multiply f
// by 10⁸, or measure x in other units, and what was solved is not any more.
// ‖∇f‖∞ over the variables that no bound holds has the units of ∇f alone, but
// jumps: a variable at a distance of 10⁻³⁰⁰ from the bound that ∇f pushes it to
// counts with its whole derivative.
//
// The measure here is the latter with another meaning of "held": the variable is
// at its bound to rounding, or all that f can lose on the way there,
// |∂f/∂xᵢ| times the distance, is below the rounding of f(x). No evaluation
// could tell such a point from the one at the bound, which is stationary; and as
// products of the units of f with nothing, the test is the same in all units.

extension Bounds {
  /// Which bound holds a variable.
  public enum Side: String, Codable, Sendable {
    /// xᵢ = lᵢ, and f rises away from it.
    case lower
    /// xᵢ = uᵢ, and f rises away from it.
    case upper
    /// lᵢ = uᵢ.
    case fixed
  }

  /// The bound that holds variable i at a point where f is `value`, nil when the
  /// variable is free.
  ///
  /// A variable is held where ∂f/∂xᵢ pushes it against a bound that is less than
  /// rounding away: the distance at most 2ε times the bound, or
  /// |∂f/∂xᵢ| times the distance at most ε |f|.
  public func side(
    _ i: Int, at x: Double, slope: Double, value: Double
  ) -> Side? {
    let (l, u) = (lower[i], upper[i])
    if l == u { return .fixed }
    let rounding = 2 * Double.ulpOfOne
    // Infinite bounds compare false, as ∞ ≤ ∞ would not.
    if slope > 0 && l > -.infinity {
      let distance = x - l
      if distance <= rounding * abs(l)
        || distance * slope <= .ulpOfOne * abs(value)
      {
        return .lower
      }
    } else if slope < 0 && u < .infinity {
      let distance = u - x
      if distance <= rounding * abs(u)
        || distance * -slope <= .ulpOfOne * abs(value)
      {
        return .upper
      }
    }
    return nil
  }

  /// ‖∇f‖∞ over the variables that no bound holds, to the rounding of f(x) =
  /// `value`; NaN if ∇f has one.
  ///
  /// - Precondition: as many elements as bounds.
  /// - Complexity: O(n), no allocation.
  public func projectedGradientNorm(
    _ gradient: Vector<Double>, at x: Vector<Double>, value: Double
  ) -> Double {
    checkCount(x)
    checkCount(gradient)
    let n = count
    return x.read { x in
      gradient.read { g in
        var norm = 0.0
        for i in 0..<n {
          // Held or not, what does not raise the norm need not be asked about.
          guard !(abs(g[i]) <= norm) else { continue }
          if side(i, at: x[i], slope: g[i], value: value) != nil { continue }
          guard !g[i].isNaN else { return .nan }
          norm = abs(g[i])
        }
        return norm
      }
    }
  }
}
