/// What a certificate found of an objective with a penalty.
public struct CompositeOptimality: Codable, Equatable, Sendable {
  /// The penalty with its settings.
  public let penalty: String
  /// R(x).
  public let penaltyValue: Double
  /// f(x), without R(x).
  public let smoothValue: Double
  /// ‖x − prox_R(x − ∇f(x))‖∞, which is 0 at a stationary point.
  public let proximalResidual: Double
  /// How far f(x) + R(x) is above the minimum, at most; nil where no conjugate is
  /// known or f or R is not convex.
  ///
  /// From ``ConjugateObjective/dualityGap(with:at:)``.
  public let dualityGap: Double?
  /// ∇f(x)ᵀ(x − s), the most that f falls to first order within a ``CompactSet``; nil
  /// for other penalties.
  ///
  /// Where f is convex it is that far above its minimum, at most.
  public let linearGap: Double?
  /// The number of variables that are exactly 0.
  public let zeroCount: Int
  /// The number of variables.
  public let count: Int
}

extension CompositeOptimality: CustomStringConvertible {
  /// The penalty with its value and the zeros.
  public var description: String {
    "\(penalty) = \(penaltyValue.rounded(digits: 6)), "
      + "\(zeroCount) of \(count) variables 0"
  }
}
