internal import Matrix

/// Powell's dogleg: the path from x along the steepest descent of the model and on
/// to the Gauss-Newton point, cut where it leaves the trust region ‖D p‖ ≤ Δ.
///
///     p(t) = t p_SD for t ≤ 1,  p_SD + (t − 1) (p_GN − p_SD) for t ≤ 2
///
/// with p_SD the minimum of the model along its steepest descent, in variables
/// D x, and p_GN = −J⁺r. Along the path the model falls and ‖D p‖ grows, so that the
/// end of the cut path is the best point of it. A rejected step costs O(n²), less
/// than that of ``LevenbergMarquardt``, which follows the curve the path stands for.
///
/// - Complexity: a step takes a Jacobian, mostly one evaluation of the residuals,
///   and 2mn² + O(n³) flops; nothing is allocated.
///
/// Source: Powell, A hybrid method for nonlinear equations, 1970; Nocedal and
/// Wright 2006, section 4.1.
public struct Dogleg: LeastSquaresMethod {
  /// What can be minimised.
  public typealias Problem = any DifferentiableResiduals
  /// The factor of the Jacobian, the scales and the radius.
  public typealias Memory = LeastSquaresMemory
  /// The residuals, a Jacobian and a second factor.
  public typealias Workspace = LeastSquaresWorkspace

  /// The first radius as a multiple of ‖D x₀‖.
  public let initialRadius: Double

  /// The method with its first radius.
  ///
  /// - Precondition: `initialRadius` is positive.
  public init(initialRadius: Double = 1) {
    precondition(
      initialRadius > 0,
      "an initial radius of \(initialRadius), which is not positive")
    self.initialRadius = initialRadius
  }

  /// The name.
  public var name: String { "dogleg" }

  /// One accepted step, after as many that were rejected as it takes.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    workspace.makeRoom(for: evaluator)
    guard point.value.isFinite else { return .failed(.undefined) }
    let noise = memory.noise(at: point)
    var sawUndefined = false
    for _ in 0..<200 {
      guard let whole = workspace.setDoglegStep(memory), whole.predicted > 0
      else { return .failed(.lineSearch) }
      if memory.isFresh {
        memory.isFresh = false
        memory.radius = min(memory.radius, whole.length)
      }
      guard let found = workspace.tryStep(from: point, &evaluator) else {
        return .failed(sawUndefined ? .undefined : .lineSearch)
      }
      let p = workspace.prediction(for: whole, from: point, memory)
      guard p.predicted > 0 else {
        memory.shrink(to: 0.25, whole)
        continue
      }
      let actual = point.value - found
      let isRounding = p.predicted <= noise && abs(actual) <= noise
      let ratio = isRounding ? 1 : actual / p.predicted
      memory.updateRadius(ratio: ratio, actual: actual, p)
      guard ratio > 1e-4 else {
        sawUndefined = sawUndefined || found.isNaN
        continue
      }
      guard workspace.completeTrial(memory, &evaluator) else {
        sawUndefined = true
        memory.shrink(to: 0.1, p)
        continue
      }
      if isRounding && !(workspace.progress(from: point, memory) <= 0.75) {
        return .failed(.lineSearch)
      }
      workspace.accept(&point, &memory)
      return .moved(length: 1, norm: workspace.step.norm)
    }
    return .failed(sawUndefined ? .undefined : .lineSearch)
  }
}

extension LeastSquaresWorkspace {
  /// Writes the end of the path within the trust region.
  mutating func setDoglegStep(_ memory: LeastSquaresMemory) -> DampedStep? {
    let factor = memory.factor
    let radius = memory.radius
    factor.solve(into: &z)
    let full = z.norm
    // The factor's undamped step counts as damped by 0, one that is cut as
    // damped by something: whether the radius grows depends on it.
    var damping = 0.0
    if !(full <= radius) {
      damping = .leastNonzeroMagnitude
      factor.multiplyTransposed(factor.image, into: &correction)
      factor.multiply(correction, into: &image)
      let (slope, curvature) = (correction.norm, image.norm)
      guard slope > 0 && slope.isFinite else { return nil }
      let descent = slope / curvature * (slope / curvature) * slope
      if !(descent < radius) || !full.isFinite {
        // The path ends on its first leg.
        z.copy(from: correction)
        z.scale(by: -min(radius, descent) / slope)
      } else {
        correction.scale(by: -descent / slope)
        // ‖a + t (z − a)‖ = Δ with a the end of the first leg; of the two roots
        // the positive one, in the form in which nothing cancels.
        z.add(correction, scaledBy: -1)
        let (aa, ab, bb) = (
          descent * descent, correction.dot(z), z.dot(z)
        )
        let room = radius * radius - aa
        let root = (ab * ab + bb * room).squareRoot()
        let t = ab > 0 ? room / (ab + root) : (root - ab) / bb
        z.scale(by: t)
        z.add(correction)
      }
    }
    let length = z.norm
    factor.multiply(z, into: &image)
    // ½ ‖q‖² − ½ ‖q + R z‖² = −½ (2 q + R z)ᵀ R z.
    let square = image.dot(image)
    let slope = image.dot(factor.image)
    factor.unscale(z, by: memory.scale, into: &step)
    guard length.isFinite else { return nil }
    return DampedStep(
      damping: damping, length: length, predicted: -slope - 0.5 * square,
      slope: slope)
  }
}

extension Method where Self == Dogleg {
  /// Powell's dogleg, for sums of squares.
  public static func dogleg() -> Self { Dogleg() }
}
