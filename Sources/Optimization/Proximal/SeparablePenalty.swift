/// A penalty that is a sum over the variables, R(x) = Σⱼ Rⱼ(xⱼ), so that its
/// proximal map goes variable by variable.
///
/// Methods that change one variable at a time need no more.
public protocol SeparablePenalty: Penalty {
  /// prox_{tRⱼ}(v) of variable j.
  func proximalMap(step t: Double, of v: Double, variable j: Int) -> Double

  /// The derivative of Rⱼ near x, nil where it has a kink or is infinite on one
  /// side.
  ///
  /// Rⱼ is a polynomial of degree 2 there.
  func slope(at x: Double, variable j: Int) -> Double?

  /// The first point after `start`, where Rⱼ has a slope, and up to `end` at which it
  /// has none; nil where there is none.
  func kink(between start: Double, and end: Double, variable j: Int) -> Double?

  /// The second derivative of Rⱼ near x, where it has a ``slope(at:variable:)``.
  func curvature(variable j: Int) -> Double
}

extension AbsoluteValuePenalty {
  /// sign(v) max(|v| − t wⱼ λ₁, 0) / (1 + t wⱼ λ₂).
  public func proximalMap(
    step t: Double, of v: Double, variable j: Int
  ) -> Double {
    let w = factors.factor(j)
    return shrunk(v, by: t * w * absoluteWeight) / (1 + t * w * squareWeight)
  }

  /// wⱼ (λ₁ sign(x) + λ₂ x).
  public func slope(at x: Double, variable j: Int) -> Double? {
    let w = factors.factor(j)
    let (a, b) = (w * absoluteWeight, w * squareWeight)
    return x > 0 ? a + b * x : x < 0 ? b * x - a : a == 0 ? 0 : nil
  }

  /// 0 where the signs differ.
  public func kink(
    between start: Double, and end: Double, variable j: Int
  ) -> Double? {
    absoluteWeight > 0 && (start > 0 ? end <= 0 : end >= 0) && start != 0
      && factors.factor(j) > 0 ? 0 : nil
  }

  /// wⱼ λ₂.
  public func curvature(variable j: Int) -> Double {
    factors.factor(j) * squareWeight
  }
}

extension Bounds: SeparablePenalty {
  /// min(max(v, lⱼ), uⱼ).
  public func proximalMap(
    step t: Double, of v: Double, variable j: Int
  ) -> Double {
    v < lower[j] ? lower[j] : v > upper[j] ? upper[j] : v
  }

  /// 0 between the bounds.
  public func slope(at x: Double, variable j: Int) -> Double? {
    lower[j] < x && x < upper[j] ? 0 : nil
  }

  /// The bound that is crossed.
  public func kink(
    between start: Double, and end: Double, variable j: Int
  ) -> Double? {
    end <= lower[j] ? lower[j] : end >= upper[j] ? upper[j] : nil
  }

  /// 0.
  public func curvature(variable j: Int) -> Double { 0 }
}
