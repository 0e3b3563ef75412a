/// λ times the sum of magnitudes, the penalty of the lasso.
///
///     R(x) = λ Σⱼ wⱼ |xⱼ|,   prox_{tR}(v)ⱼ = sign(vⱼ) max(|vⱼ| − t λ wⱼ, 0)
///
/// Variables that do not lower f enough become exactly 0. The wⱼ are 1, 0 for
/// variables that are not penalised.
///
///     objective + 0.1 * .l1
///     objective + 0.1 * .l1(excluding: [30])     // variable 30 is an intercept
///
/// See ``AbsoluteValuePenalty`` for conjugate, costs and source.
public struct L1Norm: AbsoluteValuePenalty {
  /// λ.
  public let weight: Double
  /// The wⱼ.
  public let factors: PenaltyFactors

  /// λ ‖x‖₁ with factors.
  ///
  /// - Precondition: 0 ≤ λ < ∞.
  public init(weight lambda: Double = 1, factors: PenaltyFactors = .all) {
    checkMultiplier(lambda)
    weight = lambda
    self.factors = factors
  }

  /// The name with λ.
  public var name: String { "\(weight.rounded(digits: 4)) ‖x‖₁" }

  /// λ.
  public var absoluteWeight: Double { weight }
  /// 0.
  public var squareWeight: Double { 0 }

  /// The same with λ times as much.
  public func scaled(by lambda: Double) -> L1Norm {
    checkMultiplier(lambda)
    return L1Norm(weight: lambda * weight, factors: factors)
  }
}

extension Penalty where Self == L1Norm {
  /// ‖x‖₁.
  public static var l1: L1Norm { L1Norm() }

  /// ‖x‖₁ of all variables but some.
  ///
  /// - Precondition: no variable is negative.
  public static func l1(excluding variables: [Int]) -> L1Norm {
    L1Norm(factors: .except(variables))
  }

  /// Σ wⱼ |xⱼ|.
  ///
  /// - Precondition: 0 ≤ wⱼ < ∞.
  public static func l1(factors: [Double]) -> L1Norm {
    L1Norm(factors: .each(.init(factors)))
  }
}
