public import Matrix

/// The vectors of norm at most r, in one of the norms.
///
/// The indicator of the ball: 0 in it, ∞ outside, with the projection on it for a
/// proximal map. What is on its surface to rounding counts as in it.
///
/// See ``L1Ball``, ``L2Ball`` and ``LInfinityBall``.
public protocol Ball: Penalty {
  /// r.
  var radius: Double { get }
  /// The norm that is at most r.
  static func norm(_ x: Vector<Double>) -> Double
  /// The norm that R* = r ‖y‖ is about.
  static func dualNorm(_ y: Vector<Double>) -> Double
}

extension Ball {
  /// The same ball.
  ///
  /// - Precondition: 0 < λ < ∞.
  public func scaled(by lambda: Double) -> Self {
    checkIndicatorMultiplier(lambda)
    return self
  }

  /// 0 where ‖x‖ ≤ r to rounding, else ∞.
  public func value(at x: Vector<Double>) -> Double {
    let norm = Self.norm(x)
    if norm.isNaN { return .nan }
    let rounding = Double(x.count + 4) * .ulpOfOne
    return norm <= radius * (1 + rounding) ? 0 : .infinity
  }

  /// 0.
  public func subgradient(at x: Vector<Double>, into s: inout Vector<Double>) {
    x.checkSameCount(as: s)
    s.fill(with: 0)
  }

  /// r ‖y‖ in the dual norm.
  public func conjugate(at y: Vector<Double>) -> Double {
    radius * Self.dualNorm(y)
  }
}

/// The vectors with ‖x‖₁ ≤ r.
///
///     P(v)ⱼ = sign(vⱼ) max(|vⱼ| − τ, 0),   τ ≥ 0 with ‖P(v)‖₁ = r
///
/// where v is outside. τ is found by Newton's method on the piecewise linear
/// equation, which from below ends at the root itself. R* = r ‖y‖∞.
///
/// - Complexity: mostly some 5 to 10 passes over v, no allocation.
///
/// Source: Michelot 1986; Duchi, Shalev-Shwartz, Singer and Chandra 2008.
public struct L1Ball: Ball {
  /// r.
  public let radius: Double

  /// The ball of a radius.
  ///
  /// - Precondition: 0 < r < ∞.
  public init(radius: Double) {
    checkRadius(radius)
    self.radius = radius
  }

  /// The name with the radius.
  public var name: String { "‖x‖₁ ≤ \(radius.rounded(digits: 4))" }

  /// ‖x‖₁.
  public static func norm(_ x: Vector<Double>) -> Double { x.norm1 }

  /// ‖y‖∞.
  public static func dualNorm(_ y: Vector<Double>) -> Double { y.normInfinity }

  /// The projection.
  public func applyProximalMap(step t: Double, to v: inout Vector<Double>) {
    checkProximalStep(t)
    let norm = v.norm1
    // What is in the ball to rounding is its own projection, as that of the
    // projection has to be.
    if norm <= radius * (1 + Double(v.count + 4) * .ulpOfOne) { return }
    guard v.isFinite else { return v.fill(with: .nan) }
    let (largest, tau) = waterLevel(v, total: radius) { abs($0) }
    let n = v.count
    v.write { v in
      for j in 0..<n {
        let height = max(abs(v[j]) - largest - tau, 0)
        v[j] = v[j] < 0 ? -height : height
      }
    }
  }
}

/// The vectors with ‖x‖₂ ≤ r.
///
///     P(v) = min(1, r / ‖v‖₂) v,   R*(y) = r ‖y‖₂
///
/// - Complexity: 3n flops, no allocation.
///
/// Source: Parikh and Boyd 2014, section 6.5.1.
public struct L2Ball: Ball {
  /// r.
  public let radius: Double

  /// The ball of a radius.
  ///
  /// - Precondition: 0 < r < ∞.
  public init(radius: Double) {
    checkRadius(radius)
    self.radius = radius
  }

  /// The name with the radius.
  public var name: String { "‖x‖₂ ≤ \(radius.rounded(digits: 4))" }

  /// ‖x‖₂.
  public static func norm(_ x: Vector<Double>) -> Double { x.norm }

  /// ‖y‖₂.
  public static func dualNorm(_ y: Vector<Double>) -> Double { y.norm }

  /// The projection.
  public func applyProximalMap(step t: Double, to v: inout Vector<Double>) {
    checkProximalStep(t)
    let norm = v.norm
    if norm <= radius { return }
    guard norm.isFinite else { return v.fill(with: .nan) }
    v.scale(by: radius / norm)
  }
}

/// The vectors with ‖x‖∞ ≤ r.
///
///     P(v)ⱼ = min(max(vⱼ, −r), r),   R*(y) = r ‖y‖₁
///
/// - Complexity: one pass over v, no allocation.
///
/// Source: Parikh and Boyd 2014, section 6.2.4.
public struct LInfinityBall: Ball {
  /// r.
  public let radius: Double

  /// The ball of a radius.
  ///
  /// - Precondition: 0 < r < ∞.
  public init(radius: Double) {
    checkRadius(radius)
    self.radius = radius
  }

  /// The name with the radius.
  public var name: String { "‖x‖∞ ≤ \(radius.rounded(digits: 4))" }

  /// ‖x‖∞.
  public static func norm(_ x: Vector<Double>) -> Double { x.normInfinity }

  /// ‖y‖₁.
  public static func dualNorm(_ y: Vector<Double>) -> Double { y.norm1 }

  /// The projection.
  public func applyProximalMap(step t: Double, to v: inout Vector<Double>) {
    checkProximalStep(t)
    let (n, r) = (v.count, radius)
    v.write { v in
      for j in 0..<n {
        if v[j] > r { v[j] = r } else if v[j] < -r { v[j] = -r }
      }
    }
  }
}

extension Penalty where Self == L1Ball {
  /// ‖x‖₁ ≤ r.
  ///
  /// - Precondition: 0 < r < ∞.
  public static func l1Ball(radius: Double) -> L1Ball { L1Ball(radius: radius) }
}

extension Penalty where Self == L2Ball {
  /// ‖x‖₂ ≤ r.
  ///
  /// - Precondition: 0 < r < ∞.
  public static func l2Ball(radius: Double) -> L2Ball { L2Ball(radius: radius) }
}

extension Penalty where Self == LInfinityBall {
  /// ‖x‖∞ ≤ r.
  ///
  /// - Precondition: 0 < r < ∞.
  public static func lInfinityBall(radius: Double) -> LInfinityBall {
    LInfinityBall(radius: radius)
  }
}

func checkRadius(_ radius: Double) {
  precondition(
    radius > 0 && radius < .infinity,
    "a radius of \(radius), which is not a positive number")
}
