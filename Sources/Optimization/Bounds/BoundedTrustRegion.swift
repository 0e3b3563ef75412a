internal import Matrix

/// Newton's method in a trust region within bounds.
///
///     x ← x + s,   s = argmin gᵀs + ½ sᵀ∇²f s   where  l ≤ x + s ≤ u,  ‖s‖ ≤ Δ
///
/// The active set of the model is found anew in each step, by ``Bounds`` held and
/// released as the model asks for; no factorization is carried over, and an
/// indefinite Hessian is no obstacle. Ratio, radius and the treatment of
/// rounding are those of ``TrustRegion``, with the gradient projected.
///
/// - Complexity: a step takes a Hessian, an evaluation of f and ∇f for each trial,
///   mostly one, and a few factorizations, n³/3 flops each, more where the active
///   set changes; nothing is allocated.
///
/// Source: Conn, Gould and Toint 1988; Lin and Moré, Newton's method for large
/// bound-constrained optimization problems, 1999.
public struct BoundedTrustRegion: BoundedMethod {
  /// What can be minimised.
  public typealias Problem = any TwiceDifferentiableBoundedProblem

  /// A trust region within bounds.
  public init() {}

  /// The name.
  public var name: String { "trust region within bounds (exact Hessian)" }

  /// The radius, and where the run is.
  public struct Memory: BoundedMemory {
    /// The start and the projected gradient.
    public var progress = BoundsProgress()
    /// Δ, 0 while none has been chosen.
    public internal(set) var radius = 0.0
  }

  /// The Hessian, the model and a trial point.
  public struct Workspace {
    var hessian: Matrix<Double>
    var model: BoxSubproblem
    var step: Vector<Double>
    var image: Vector<Double>
    var trial: Point
  }

  /// No radius.
  public func makeMemory(dimension n: Int) -> Memory { Memory() }

  /// Room for three matrices.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      hessian: .zeros(n, n), model: BoxSubproblem(dimension: n),
      step: .zeros(n), image: .zeros(n), trial: Point(dimension: n))
  }

  /// One accepted step, after as many that were rejected as it takes.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    guard let bounds = evaluator.bounds else { return .failed(.lineSearch) }
    guard
      evaluator.hessian(at: point.x, into: &workspace.hessian),
      workspace.hessian.lowerMaximumMagnitude.isFinite
    else { return .failed(.hessian) }
    if !(memory.radius > 0) {
      memory.radius = firstRadius(at: point, bounds, &workspace)
    }
    var failure = StepFailure.lineSearch
    // Each rejection at least halves the step.
    for _ in 0..<2200 {
      guard
        let step = workspace.model.minimise(
          at: point, within: bounds, workspace.hessian,
          radius: memory.radius, &evaluator),
        step.predicted > 0
      else { return .failed(failure) }
      bounds.setOutward(
        workspace.model.step, from: point.x, into: &workspace.step)
      let sample = evaluator.sample(
        point, along: workspace.step, at: 1, into: &workspace.trial)
      guard workspace.trial.x != point.x else { return .failed(failure) }
      guard sample.isDefined && workspace.trial.gradient.isFinite else {
        failure = .undefined
        memory.radius = 0.1 * step.norm
        continue
      }
      let agreement = Agreement(step, from: point, to: sample, evaluator)
      memory.radius = agreement.radius(after: memory.radius)
      // What f cannot show any more the gradient has to.
      let norm = bounds.projectedGradientNorm(
        workspace.trial.gradient, at: workspace.trial.x, value: sample.value)
      if agreement.isAcceptable
        && (agreement.isVisible || norm < memory.progress.gradientNorm)
      {
        swap(&point, &workspace.trial)
        memory.progress.gradientNorm = norm
        return .moved(length: 1, norm: step.norm)
      }
      if agreement.isRounding { return .failed(failure) }
    }
    return .failed(failure)
  }

  /// ‖p‖² / ‖∇²f p‖ for the projected gradient p, a length that f alone determines;
  /// where ∇²f p = 0, ‖x‖.
  private func firstRadius(
    at point: Point, _ bounds: Bounds, _ workspace: inout Workspace
  ) -> Double {
    let n = point.dimension
    workspace.step.copy(from: point.gradient)
    workspace.step.write { p in
      for i in 0..<n
      where bounds.isActive(i, at: point.x, gradient: point.gradient) {
        p[i] = 0
      }
    }
    workspace.hessian.symmetricMultiply(
      workspace.step, into: &workspace.image)
    let norm = workspace.step.norm
    let length = norm / workspace.image.norm * norm
    if length > 0 && length.isFinite { return length }
    return point.length
  }
}

extension Bounds {
  /// Writes a step as one that ends on the bounds it is to meet, and not short of
  /// them by the rounding of x + s: a few ulps farther, of which the evaluator keeps
  /// what is within.
  func setOutward(
    _ step: Vector<Double>, from x: Vector<Double>,
    into d: inout Vector<Double>
  ) {
    let n = count
    let outward = 1 + 4 * Double.ulpOfOne
    d.write { d in
      step.read { s in
        x.read { x in
          lower.read { l in
            upper.read { u in
              for i in 0..<n {
                let isMet = s[i] <= l[i] - x[i] || s[i] >= u[i] - x[i]
                d[i] = isMet ? s[i] * outward : s[i]
              }
            }
          }
        }
      }
    }
  }
}

extension Method where Self == BoundedTrustRegion {
  /// Newton's method in a trust region within bounds.
  public static func boundedTrustRegion() -> Self { BoundedTrustRegion() }
}
