public import Matrix

/// A penalty of each variable by itself, with a kink at 0 or none.
///
///     R(x) = Σⱼ wⱼ (λ₁ |xⱼ| + ½ λ₂ xⱼ²)
///
/// ``L1Norm``, ``SquaredL2Norm`` and ``ElasticNet`` are its cases. With
/// aⱼ = wⱼ λ₁ and bⱼ = wⱼ λ₂,
///
///     prox_{tR}(v)ⱼ = sign(vⱼ) max(|vⱼ| − t aⱼ, 0) / (1 + t bⱼ)
///     R*(y) = Σⱼ max(|yⱼ| − aⱼ, 0)² / (2 bⱼ)
///
/// where a term of R* with bⱼ = 0 is 0 or, for |yⱼ| > aⱼ, ∞.
///
/// - Complexity: every operation O(n), no allocation.
///
/// Source: Tibshirani 1996; Zou and Hastie 2005; Parikh and Boyd 2014,
/// section 6.5.
public protocol AbsoluteValuePenalty: SeparablePenalty {
  /// λ₁.
  var absoluteWeight: Double { get }
  /// λ₂.
  var squareWeight: Double { get }
  /// The wⱼ.
  var factors: PenaltyFactors { get }
}

extension AbsoluteValuePenalty {
  /// The number of factors, where each variable has its own.
  public var dimension: Int? { factors.dimension }

  /// Σⱼ wⱼ (λ₁ |xⱼ| + ½ λ₂ xⱼ²).
  public func value(at x: Vector<Double>) -> Double {
    checkCount(x)
    let n = x.count
    let (a, b) = (absoluteWeight, 0.5 * squareWeight)
    var sum = 0.0
    x.read { x in
      if b == 0 {
        // 0 times the square of a large number would be NaN.
        factors.forEach(of: n) { j, w in sum += w * abs(x[j]) }
        sum *= a
      } else {
        factors.forEach(of: n) { j, w in
          sum += w * (a * abs(x[j]) + b * x[j] * x[j])
        }
      }
    }
    return sum
  }

  /// sⱼ = wⱼ (λ₁ sign(xⱼ) + λ₂ xⱼ), with sign(0) = 0.
  public func subgradient(at x: Vector<Double>, into s: inout Vector<Double>) {
    checkCount(x)
    x.checkSameCount(as: s)
    let n = x.count
    let (a, b) = (absoluteWeight, squareWeight)
    s.fill(with: 0)
    x.read { x in
      s.write { s in
        factors.forEach(of: n) { j, w in
          let kink = x[j] > 0 ? a : x[j] < 0 ? -a : 0
          s[j] = w * (kink + b * x[j])
        }
      }
    }
  }

  /// vⱼ ← sign(vⱼ) max(|vⱼ| − t wⱼ λ₁, 0) / (1 + t wⱼ λ₂).
  public func applyProximalMap(step t: Double, to v: inout Vector<Double>) {
    checkCount(v)
    checkProximalStep(t)
    let n = v.count
    let (a, b) = (t * absoluteWeight, t * squareWeight)
    v.write { v in
      factors.forEach(of: n) { j, w in
        v[j] = shrunk(v[j], by: w * a) / (1 + w * b)
      }
    }
  }

  /// Σⱼ max(|yⱼ| − wⱼ λ₁, 0)² / (2 wⱼ λ₂), ∞ where the divisor is 0 and the dividend
  /// is not.
  public func conjugate(at y: Vector<Double>) -> Double {
    checkCount(y)
    let n = y.count
    var sum = 0.0
    for j in 0..<n {
      let w = factors.factor(j)
      let excess = abs(y[j]) - w * absoluteWeight
      if excess.isNaN { return .nan }
      guard excess > 0 else { continue }
      sum += 0.5 * excess * excess / (w * squareWeight)
    }
    return sum
  }

  /// 1 where λ₂ > 0, else min(1, min wⱼ λ₁ / |yⱼ|).
  public func conjugateScale(at y: Vector<Double>) -> Double {
    checkCount(y)
    guard squareWeight == 0 else { return 1 }
    let n = y.count
    var scale = 1.0
    y.read { y in
      factors.forEach(of: n) { j, w in
        let bound = w * absoluteWeight
        if abs(y[j]) > bound { scale = min(scale, bound / abs(y[j])) }
      }
    }
    // Rounded down, so that |s yⱼ| ≤ wⱼ λ₁ holds in numbers too.
    return scale < 1 ? scale * (1 - 2 * .ulpOfOne) : 1
  }

  /// The variables with wⱼ = 0, or all where λ₁ = λ₂ = 0.
  public func unpenalized(at x: Vector<Double>) -> [Int] {
    absoluteWeight == 0 && squareWeight == 0
      ? Array(0..<x.count) : factors.unpenalized(of: x.count)
  }

  /// The distance of −∇f(x) from ∂R(x): |∂f/∂xⱼ + wⱼ (λ₁ sign(xⱼ) + λ₂ xⱼ)| where
  /// xⱼ ≠ 0, max(|∂f/∂xⱼ| − wⱼ λ₁, 0) where xⱼ = 0; the largest.
  public func stationarity(
    at x: Vector<Double>, gradient: Vector<Double>,
    scratch: inout Vector<Double>
  ) -> Double {
    checkCount(x)
    x.checkSameCount(as: gradient)
    x.checkSameCount(as: scratch)
    scratch.copy(from: gradient)
    let n = x.count
    let (a, b) = (absoluteWeight, squareWeight)
    x.read { x in
      scratch.write { g in
        factors.forEach(of: n) { j, w in
          if x[j] > 0 {
            g[j] += w * (a + b * x[j])
          } else if x[j] < 0 {
            g[j] += w * (b * x[j] - a)
          } else {
            // NaN of x has to show.
            g[j] = shrunk(g[j], by: w * a) + x[j]
          }
        }
      }
    }
    return scratch.normInfinity
  }
}

/// sign(v) max(|v| − t, 0), of the number that is nearest 0; NaN of NaN.
@inline(__always)
func shrunk(_ v: Double, by t: Double) -> Double {
  v > t ? v - t : v < -t ? v + t : v.isNaN ? v : 0
}

func checkProximalStep(_ t: Double) {
  precondition(t >= 0, "a proximal map with a step of \(t), below 0")
}

extension Vector<Double> {
  func checkSameCount(as other: Vector<Double>) {
    precondition(
      count == other.count,
      "vectors of \(count) and \(other.count) elements")
  }
}
