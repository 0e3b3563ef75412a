public import Matrix

/// Bounds as the indicator of a box: 0 within, ∞ outside.
///
///     P(v)ⱼ = min(max(vⱼ, lⱼ), uⱼ),   R*(y) = Σⱼ max(lⱼ yⱼ, uⱼ yⱼ)
///
/// - Complexity: every operation O(n), no allocation.
///
/// Source: Parikh and Boyd 2014, section 6.2.4.
extension Bounds: Penalty {
  /// How many variables are bounded.
  public var name: String { "bounds on \(count) variables" }

  /// The number of variables.
  public var dimension: Int? { count }

  /// The same bounds.
  ///
  /// - Precondition: 0 < λ < ∞.
  public func scaled(by lambda: Double) -> Bounds {
    checkIndicatorMultiplier(lambda)
    return self
  }

  /// 0 within the bounds, else ∞.
  public func value(at x: Vector<Double>) -> Double {
    checkCount(x)
    if x.normInfinity.isNaN { return .nan }
    let n = count
    return x.read { x in
      lower.read { l in
        upper.read { u in
          for j in 0..<n where !(l[j] <= x[j] && x[j] <= u[j]) {
            return .infinity
          }
          return 0
        }
      }
    }
  }

  /// 0.
  public func subgradient(at x: Vector<Double>, into s: inout Vector<Double>) {
    checkCount(x)
    x.checkSameCount(as: s)
    s.fill(with: 0)
  }

  /// The nearest point within the bounds.
  public func applyProximalMap(step t: Double, to v: inout Vector<Double>) {
    checkProximalStep(t)
    project(&v)
  }

  /// Σⱼ max(lⱼ yⱼ, uⱼ yⱼ).
  public func conjugate(at y: Vector<Double>) -> Double {
    checkCount(y)
    var sum = 0.0
    for j in 0..<count where y[j] != 0 {
      sum += y[j] > 0 ? upper[j] * y[j] : lower[j] * y[j]
    }
    return sum
  }

  /// 0 where a variable without a bound is pushed towards it, else 1.
  public func conjugateScale(at y: Vector<Double>) -> Double {
    conjugate(at: y) < .infinity ? 1 : 0
  }

  /// The variables between their bounds that have not both.
  public func unpenalized(at x: Vector<Double>) -> [Int] {
    (0..<count).filter { j in
      lower[j] < x[j] && x[j] < upper[j]
        && (lower[j] == -.infinity || upper[j] == .infinity)
    }
  }

  /// ‖∇f‖∞ over the variables that are not held by a bound.
  public func stationarity(
    at x: Vector<Double>, gradient: Vector<Double>,
    scratch: inout Vector<Double>
  ) -> Double {
    projectedGradientNorm(gradient, at: x)
  }
}

extension Penalty where Self == Bounds {
  /// The indicator of bounds.
  public static func box(_ bounds: Bounds) -> Bounds { bounds }
}
