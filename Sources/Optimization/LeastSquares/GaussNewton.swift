internal import Matrix

/// The method of Gauss and Newton: x ← x + t p, where p = −J⁺r minimises ‖J p + r‖.
///
/// t is found by backtracking from the full step. Where columns of J depend on
/// others p is the solution that leaves these variables alone. It converges fast
/// where residuals are small or nearly linear, and has nothing to lean on where J
/// comes near to being singular: ``LevenbergMarquardt`` is the safer choice.
///
/// - Complexity: a step takes a Jacobian, the evaluations of its search, mostly
///   one, and 2mn² + O(n³) flops; nothing is allocated.
///
/// Source: Nocedal and Wright 2006, section 10.3.
public struct GaussNewton: LeastSquaresMethod {
  /// What can be minimised.
  public typealias Problem = any DifferentiableResiduals
  /// The factor of the Jacobian.
  public typealias Memory = LeastSquaresMemory
  /// The residuals, a Jacobian and a second factor.
  public typealias Workspace = LeastSquaresWorkspace

  /// The method.
  public init() {}

  /// 1; the steps are bounded by a line search, not by a radius.
  public var initialRadius: Double { 1 }

  /// The name.
  public var name: String { "Gauss-Newton" }

  /// One step along the Gauss-Newton direction.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    workspace.makeRoom(for: evaluator)
    guard point.value.isFinite else { return .failed(.undefined) }
    let noise = memory.noise(at: point)
    memory.factor.solve(into: &workspace.z)
    memory.factor.unscale(
      workspace.z, by: memory.scale, into: &workspace.step)
    // The model falls by ½ ‖P r‖², its slope along p is −‖P r‖².
    let projected = memory.factor.projectedNorm
    var slope = projected * projected
    guard slope > 0 && workspace.step.isFinite else {
      return .failed(.lineSearch)
    }
    var t = 1.0
    var sawUndefined = false
    for _ in 0..<60 {
      guard let found = workspace.tryStep(from: point, &evaluator) else {
        return .failed(sawUndefined ? .undefined : .lineSearch)
      }
      if workspace.isClipped {
        slope = -point.gradient.dot(workspace.step) / t
        guard slope > 0 else { return .failed(.lineSearch) }
      }
      let actual = point.value - found
      let isRounding = t == 1 && 0.5 * slope <= noise && abs(actual) <= noise
      // Armijo's condition, Nocedal and Wright's (3.4).
      if isRounding || actual >= 1e-4 * t * slope {
        if workspace.completeTrial(memory, &evaluator) {
          if isRounding && !(workspace.progress(from: point, memory) <= 0.75) {
            return .failed(.lineSearch)
          }
          workspace.accept(&point, &memory)
          return .moved(length: t, norm: workspace.step.norm)
        }
        sawUndefined = true
      }
      sawUndefined = sawUndefined || found.isNaN
      // The minimum of the parabola through f and its slope at x and f at x + tp,
      // between a tenth and a half of t.
      let parabola = 0.5 * t * slope / (t * slope - actual)
      let fraction = parabola >= 0.1 ? min(parabola, 0.5) : 0.1
      t *= fraction
      workspace.step.scale(by: fraction)
    }
    return .failed(sawUndefined ? .undefined : .lineSearch)
  }
}

extension Method where Self == GaussNewton {
  /// The method of Gauss and Newton with backtracking, for sums of squares.
  public static func gaussNewton() -> Self { GaussNewton() }
}
