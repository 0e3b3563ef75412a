public import Matrix

/// What every method for constrained problems remembers: the multipliers, and how far
/// the first-order conditions are from holding.
///
///     ∇f − J(x)ᵀy − z = 0,   l ≤ c(x) ≤ u, bounds,   y, z belong to their sides
public struct ConstrainedProgress: Codable, Equatable, Sendable {
  /// y, of the constraints: positive where a lower side pushes, negative where an
  /// upper one does.
  public internal(set) var multipliers: Vector<Double>
  /// z, of the bounds, likewise.
  public internal(set) var boundMultipliers: Vector<Double>
  /// ‖∇f − J(x)ᵀy − z‖∞.
  public internal(set) var stationarity = Double.infinity
  /// By how much c(x) and x are outside their sides, at most.
  public internal(set) var infeasibility = Double.infinity
  /// The largest |multiplier × distance from its side|; ∞ where there is no such
  /// side.
  public internal(set) var complementarity = Double.infinity
  /// How many variables of the start were moved within their bounds.
  public internal(set) var movedAtStart = 0

  /// No multipliers yet.
  public init(dimension n: Int) {
    multipliers = .zeros(0)
    boundMultipliers = .zeros(n)
  }

  /// The largest of the three residuals.
  public var residual: Double {
    // NaN, which a maximum would pass over, stays.
    let sum = stationarity + infeasibility + complementarity
    guard sum.isFinite else { return sum.isNaN ? .nan : .infinity }
    return max(stationarity, infeasibility, complementarity)
  }
}

extension ConstrainedProgress {
  /// Makes room for the multipliers, which are kept where there are as many.
  mutating func begin(constraints m: Int) {
    if multipliers.count != m { multipliers = .zeros(m) }
  }

  /// Takes the three residuals at a point with these multipliers.
  ///
  /// - Parameters:
  ///   - point: x with ∇f.
  ///   - c: c(x), m elements.
  ///   - jacobian: J(x), m×n.
  ///   - evaluator: what knows the sides and the bounds.
  ///   - scratch: room for n elements; left with ∇f − Jᵀy − z.
  /// - Complexity: 2mn flops, no allocation.
  mutating func measure(
    _ point: Point, values c: Vector<Double>, jacobian: Matrix<Double>,
    _ evaluator: Evaluator, scratch: inout Vector<Double>
  ) {
    scratch.copy(from: point.gradient)
    let m = c.count
    if m > 0 {
      jacobian.multiply(
        multipliers, transposed: true, into: &scratch, alpha: -1, beta: 1)
    }
    scratch -= boundMultipliers
    stationarity = scratch.normInfinity
    var conditions = SideConditions()
    if let system = evaluator.constraints {
      conditions.take(c, system.lower, system.upper, multipliers)
    }
    if let bounds = evaluator.bounds {
      conditions.take(point.x, bounds.lower, bounds.upper, boundMultipliers)
    } else {
      conditions.takeNone(boundMultipliers)
    }
    infeasibility = conditions.violation
    complementarity = max(conditions.complementarity, conditions.wrongSign)
    if !point.value.isFinite { stationarity = .nan }
  }
}

/// How values fit their sides, and multipliers theirs.
struct SideConditions {
  /// The largest distance outside of a side.
  var violation = 0.0
  /// The largest |multiplier × distance from its side|.
  var complementarity = 0.0
  /// The largest multiplier of a side that does not exist, as ∞; or 0.
  var wrongSign = 0.0

  /// Takes values with their sides and multipliers.
  mutating func take(
    _ values: Vector<Double>, _ lower: Vector<Double>, _ upper: Vector<Double>,
    _ multipliers: Vector<Double>
  ) {
    let count = values.count
    values.read { v in
      lower.read { l in
        upper.read { u in
          multipliers.read { y in
            for i in 0..<count { take(v[i], l[i], u[i], y[i]) }
          }
        }
      }
    }
  }

  /// Takes multipliers of bounds where there are none.
  mutating func takeNone(_ multipliers: Vector<Double>) {
    if multipliers.normInfinity != 0 { wrongSign = .infinity }
  }

  @inline(__always)
  private mutating func take(
    _ v: Double, _ l: Double, _ u: Double, _ y: Double
  ) {
    guard v.isFinite && y.isFinite else {
      violation = .nan
      return
    }
    violation = max(violation, l - v, v - u)
    guard l < u && y != 0 else { return }
    let side = y > 0 ? l : u
    guard side.isFinite else {
      wrongSign = .infinity
      return
    }
    complementarity = max(complementarity, abs(y * (v - side)))
  }
}
