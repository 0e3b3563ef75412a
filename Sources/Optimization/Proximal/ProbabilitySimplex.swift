public import Matrix

/// The vectors with xⱼ ≥ 0 and Σ xⱼ = s, s = 1 for probabilities.
///
///     P(v)ⱼ = max(vⱼ − τ, 0),   τ with Σ P(v)ⱼ = s
///
/// τ is found by Newton's method on the piecewise linear equation, which from below
/// ends at the root itself. R*(y) = s maxⱼ yⱼ. What sums to s to rounding counts as
/// in the set.
///
/// - Complexity: mostly some 5 to 10 passes over v, no allocation.
///
/// Source: Michelot 1986; Condat 2016.
public struct ProbabilitySimplex: Penalty {
  /// s.
  public let total: Double

  /// The simplex of vectors that sum to s.
  ///
  /// - Precondition: 0 < s < ∞.
  public init(total: Double = 1) {
    precondition(
      total > 0 && total < .infinity,
      "a total of \(total), which is not a positive number")
    self.total = total
  }

  /// The name with the total.
  public var name: String { "x ≥ 0, Σx = \(total.rounded(digits: 4))" }

  /// The same simplex.
  ///
  /// - Precondition: 0 < λ < ∞.
  public func scaled(by lambda: Double) -> ProbabilitySimplex {
    checkIndicatorMultiplier(lambda)
    return self
  }

  /// 0 where x ≥ 0 and Σ x = s to rounding, else ∞.
  public func value(at x: Vector<Double>) -> Double {
    let sum = x.sum
    if sum.isNaN { return .nan }
    let rounding = Double(x.count + 4) * .ulpOfOne * total
    return x.smallest >= 0 && abs(sum - total) <= rounding ? 0 : .infinity
  }

  /// 0.
  public func subgradient(at x: Vector<Double>, into s: inout Vector<Double>) {
    x.checkSameCount(as: s)
    s.fill(with: 0)
  }

  /// The projection.
  ///
  /// - Precondition: at least one variable.
  public func applyProximalMap(step t: Double, to v: inout Vector<Double>) {
    checkProximalStep(t)
    precondition(
      !v.isEmpty, "a simplex of 0 variables, where there must be one")
    guard v.isFinite else { return v.fill(with: .nan) }
    if value(at: v) == 0 { return }
    let (largest, tau) = waterLevel(v, total: total) { $0 }
    let n = v.count
    v.write { v in
      for j in 0..<n { v[j] = max(v[j] - largest - tau, 0) }
    }
  }

  /// s maxⱼ yⱼ.
  public func conjugate(at y: Vector<Double>) -> Double {
    if y.normInfinity.isNaN { return .nan }
    return total * y.largest
  }
}

extension Penalty where Self == ProbabilitySimplex {
  /// x ≥ 0 and Σ x = 1.
  public static var simplex: ProbabilitySimplex { ProbabilitySimplex() }

  /// x ≥ 0 and Σ x = s.
  ///
  /// - Precondition: 0 < s < ∞.
  public static func simplex(total: Double) -> ProbabilitySimplex {
    ProbabilitySimplex(total: total)
  }
}

/// The largest m(vⱼ), and the τ with Σ max(m(vⱼ) − largest − τ, 0) = total.
///
/// The sum is convex and falls in τ, so that Newton's method, τ ← (Σ_{m > τ} m −
/// total) / #{m > τ}, started where the sum is at least the total, rises to the
/// root and stays once the set {m > τ} does. All m are taken relative to the
/// largest: those above τ are then within the total of 0, and what is rounded is the
/// total, not the m.
@inline(__always)
func waterLevel(
  _ v: Vector<Double>, total: Double, magnitude m: (Double) -> Double
) -> (largest: Double, tau: Double) {
  let n = v.count
  return v.read { v in
    var largest = -Double.infinity
    for j in 0..<n { largest = max(largest, m(v[j])) }
    // At the largest minus the total the sum is the total at least.
    var tau = -total
    var last = Int.max
    // The set shrinks in each pass but the last.
    while true {
      var (sum, count) = (0.0, 0)
      for j in 0..<n {
        let height = m(v[j]) - largest
        if height > tau {
          sum += height
          count += 1
        }
      }
      guard count > 0, count < last else { break }
      last = count
      tau = (sum - total) / Double(count)
    }
    return (largest, tau)
  }
}

extension Vector<Double> {
  /// The largest number, −∞ of none.
  fileprivate var largest: Double {
    let n = count
    return read { x in
      var largest = -Double.infinity
      for j in 0..<n { largest = Swift.max(largest, x[j]) }
      return largest
    }
  }

  /// The smallest number, ∞ of none.
  fileprivate var smallest: Double {
    let n = count
    return read { x in
      var smallest = Double.infinity
      for j in 0..<n { smallest = Swift.min(smallest, x[j]) }
      return smallest
    }
  }
}
