public import Matrix

/// The direction of steepest descent, d = −∇f(x).
///
/// Its length means nothing, so that the first step has to be guessed.
///
/// - Complexity: 2n flops; nothing is allocated.
///
/// Source: Cauchy 1847.
public struct SteepestDescent: DescentDirection {
  /// What can be minimised.
  public typealias Problem = any DifferentiableObjective
  /// The direction depends on the point alone.
  public typealias Memory = NoMemory
  /// No scratch space.
  public typealias Workspace = Void

  /// The negative gradient.
  public init() {}

  /// The name.
  public var name: String { "gradient descent" }

  /// Writes −∇f(x).
  public func setDirection(
    _ d: inout Vector<Double>, at point: Point, _ memory: inout NoMemory,
    evaluator: inout Evaluator, workspace: inout Void
  ) -> DirectionOutcome {
    Self.set(&d, at: point, &evaluator)
  }

  /// Writes −∇f(x), for all directions that begin with it.
  @inline(__always)
  static func set(
    _ d: inout Vector<Double>, at point: Point, _ evaluator: inout Evaluator
  ) -> DirectionOutcome {
    d.copy(from: point.gradient)
    d.scale(by: -1)
    let norm = point.gradient.norm
    let slope = -norm * norm
    // ‖∇f‖² may underflow or overflow where ‖∇f‖ does not; no search can use
    // such a slope.
    if slope == -.infinity { return .failed(.undefined) }
    if slope < 0 { evaluator.counts.flops += 2 * Double(point.dimension) }
    return .found(slope: slope, length: norm, naturalStep: nil)
  }
}
