/// Half of λ times the sum of squares, the penalty of ridge regression.
///
///     R(x) = ½ λ Σⱼ wⱼ xⱼ²,   prox_{tR}(v)ⱼ = vⱼ / (1 + t λ wⱼ)
///
/// Without the half, as some write it, λ is half as large. See
/// ``AbsoluteValuePenalty`` for conjugate, costs and source.
public struct SquaredL2Norm: AbsoluteValuePenalty {
  /// λ.
  public let weight: Double
  /// The wⱼ.
  public let factors: PenaltyFactors

  /// ½ λ ‖x‖² with factors.
  ///
  /// - Precondition: 0 ≤ λ < ∞.
  public init(weight lambda: Double = 1, factors: PenaltyFactors = .all) {
    checkMultiplier(lambda)
    weight = lambda
    self.factors = factors
  }

  /// The name with λ.
  public var name: String { "\(weight.rounded(digits: 4)) ½‖x‖²" }

  /// 0.
  public var absoluteWeight: Double { 0 }
  /// λ.
  public var squareWeight: Double { weight }

  /// The same with λ times as much.
  public func scaled(by lambda: Double) -> SquaredL2Norm {
    checkMultiplier(lambda)
    return SquaredL2Norm(weight: lambda * weight, factors: factors)
  }
}

extension Penalty where Self == SquaredL2Norm {
  /// ½ ‖x‖².
  public static var l2: SquaredL2Norm { SquaredL2Norm() }

  /// ½ ‖x‖² of all variables but some.
  ///
  /// - Precondition: no variable is negative.
  public static func l2(excluding variables: [Int]) -> SquaredL2Norm {
    SquaredL2Norm(factors: .except(variables))
  }
}
