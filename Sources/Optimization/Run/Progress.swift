/// Where a run stands after a step, as rules and observers see it.
public struct Progress: Sendable {
  /// The steps taken, 0 at the start.
  public let iteration: Int
  /// The current point.
  public let point: Point
  /// ‖∇f(x)‖∞, of the projected gradient where variables are bounded; the largest
  /// residual of the first-order conditions where there are constraints.
  public let gradientNorm: Double
  /// ‖P r‖ / ‖r‖ of a least-squares problem, NaN for others.
  public internal(set) var relativeOffset = Double.nan
  /// By how much constraints are violated, at most; 0 where there are none.
  public internal(set) var infeasibility = 0.0
  /// The extent of the simplex, nil for methods without one.
  public internal(set) var simplex: SimplexExtent?
  /// The length t of the last step along its direction, 0 at the start.
  public let stepLength: Double
  /// ‖xₖ − xₖ₋₁‖₂, 0 at the start.
  public let stepNorm: Double
  /// What the run has cost.
  public let counts: Counts
  /// Seconds since the run was started or resumed; 0 when nothing asks for
  /// them.
  public let seconds: Double

  /// f(x).
  public var value: Double { point.value }
}

/// What an observer wants a run to do.
public enum ObserverDecision: Sendable {
  /// Take another step.
  case proceed
  /// End the run with the point that was just observed.
  case stop
}

/// A closure that sees every iteration of a run, the start included.
public typealias Observer = (Progress) -> ObserverDecision
