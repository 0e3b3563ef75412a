/// The sum of the penalties of lasso and ridge regression.
///
///     R(x) = Σⱼ wⱼ (λ₁ |xⱼ| + ½ λ₂ xⱼ²)
///
/// With λ and a share ρ, as ``Penalty/elasticNet(l1Ratio:excluding:)`` has them, λ₁ = λ ρ and
/// λ₂ = λ (1 − ρ). Where variables are alike it shares among them what the lasso
/// gives to one. See ``AbsoluteValuePenalty`` for proximal map, conjugate, costs and
/// source.
///
///     objective + 0.1 * .elasticNet(l1Ratio: 0.5)
///     objective + 0.05 * .l1 + 0.05 * .l2           // the same
public struct ElasticNet: AbsoluteValuePenalty {
  /// λ₁.
  public let absoluteWeight: Double
  /// λ₂.
  public let squareWeight: Double
  /// The wⱼ.
  public let factors: PenaltyFactors

  /// λ₁ ‖x‖₁ + ½ λ₂ ‖x‖² with factors.
  ///
  /// - Precondition: both weights from 0 to ∞.
  public init(
    absoluteWeight: Double, squareWeight: Double,
    factors: PenaltyFactors = .all
  ) {
    checkMultiplier(absoluteWeight)
    checkMultiplier(squareWeight)
    self.absoluteWeight = absoluteWeight
    self.squareWeight = squareWeight
    self.factors = factors
  }

  /// The name with both weights.
  public var name: String {
    "\(absoluteWeight.rounded(digits: 4)) ‖x‖₁ + "
      + "\(squareWeight.rounded(digits: 4)) ½‖x‖²"
  }

  /// The same with λ times as much of both.
  public func scaled(by lambda: Double) -> ElasticNet {
    checkMultiplier(lambda)
    return ElasticNet(
      absoluteWeight: lambda * absoluteWeight,
      squareWeight: lambda * squareWeight, factors: factors)
  }
}

extension Penalty where Self == ElasticNet {
  /// ρ ‖x‖₁ + ½ (1 − ρ) ‖x‖².
  ///
  /// - Precondition: 0 ≤ ρ ≤ 1.
  public static func elasticNet(
    l1Ratio ratio: Double, excluding variables: [Int] = []
  ) -> ElasticNet {
    precondition(
      ratio >= 0 && ratio <= 1, "an L1 ratio of \(ratio), outside 0 ... 1")
    return ElasticNet(
      absoluteWeight: ratio, squareWeight: 1 - ratio,
      factors: .except(variables))
  }
}

extension AbsoluteValuePenalty {
  /// The sum of two penalties of magnitudes and squares.
  ///
  /// - Precondition: equal factors.
  public static func + (
    a: Self, b: some AbsoluteValuePenalty
  ) -> ElasticNet {
    precondition(
      a.factors == b.factors,
      """
      a sum of penalties with different factors, \(a.factors) and \(b.factors)
      """)
    return ElasticNet(
      absoluteWeight: a.absoluteWeight + b.absoluteWeight,
      squareWeight: a.squareWeight + b.squareWeight, factors: a.factors)
  }
}
