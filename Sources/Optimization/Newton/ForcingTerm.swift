internal import RealModule

/// How accurately the Newton equations are solved at a point, ‖H d + g‖ ≤ η ‖g‖.
///
/// Far from the end accuracy is wasted, near it needed for fast convergence. η
/// follows how fast the gradient falls,
///
///     ηₖ = 0.9 (‖gₖ‖ / ‖gₖ₋₁‖)^φ,  φ = (1 + √5) / 2,
///
/// is no less than 0.9 ηₖ₋₁^φ while that exceeds 0.1, and no more than ½; the error
/// then falls with order φ. Only ratios count, unlike in the customary √‖g‖, so
/// that the units of f and x do not matter.
///
/// Source: Eisenstat and Walker, Choosing the forcing terms in an inexact Newton
/// method, 1996, choice 2.
public struct ForcingTerm: Codable, Equatable, Sendable {
  /// η.
  public private(set) var residual = 0.5
  /// ‖g‖ at the point before, 0 at the start.
  private var previousNorm = 0.0

  /// The term for the first point.
  public init() {}

  /// Takes note of the gradient at a new point.
  public mutating func update(gradientNorm norm: Double) {
    let order = 0.5 * (1 + 5.0.squareRoot())
    defer { previousNorm = norm }
    guard previousNorm > 0 else { return }
    let before = 0.9 * Double.pow(residual, order)
    let fall = 0.9 * Double.pow(norm / previousNorm, order)
    residual = min(0.5, before > 0.1 ? max(fall, before) : fall)
  }
}
