internal import Matrix

/// The method of Levenberg and Marquardt as a trust region: x ← x + p, where p
/// minimises ‖J p + r‖ subject to ‖D p‖ ≤ Δ.
///
/// That is (JᵀJ + λD²) p = −Jᵀr for the λ ≥ 0 that belongs to Δ. It is solved on
/// the triangle of J = Q R Πᵀ, as a rule without JᵀJ, whose condition would be the
/// square (see ``LeastSquaresAlgebra``);
/// D holds the largest norm each column of J ever had, which makes the method
/// indifferent to the units of the variables. The radius follows the ratio of the
/// decrease of f to that of the model. Dependent columns of J are no obstacle.
///
///     minimize(residuals, from: x0, using: .levenbergMarquardt())
///
/// Near the end of a fit the change of f is lost in rounding long before the
/// parameters are found: f to ε leaves x to √ε only. A step whose predicted and
/// actual changes are both rounding is therefore accepted where it halves the
/// relative offset, and is the end of the run where it does not.
///
/// - Complexity: a step takes a Jacobian, mostly one evaluation of the residuals,
///   and 2mn² + O(n³) flops or, from JᵀJ, half of that; nothing is allocated.
///
/// Source: Moré, The Levenberg-Marquardt algorithm: implementation and theory,
/// Lecture Notes in Mathematics 630, 1978.
public struct LevenbergMarquardt: LeastSquaresMethod {
  /// What can be minimised.
  public typealias Problem = any DifferentiableResiduals
  /// The factor of the Jacobian, the scales and the radius.
  public typealias Memory = LeastSquaresMemory
  /// The residuals, a Jacobian and a second factor.
  public typealias Workspace = LeastSquaresWorkspace

  /// The first radius as a multiple of ‖D x₀‖.
  public let initialRadius: Double
  /// Whether steps along a curved valley are bent.
  public let bendsSteps: Bool
  /// Whether R is found from J or from JᵀJ.
  public let linearAlgebra: LeastSquaresAlgebra

  /// The method with its first radius.
  ///
  /// - Parameters:
  ///   - initialRadius: the first Δ as a multiple of ‖D x₀‖.
  ///   - bendsSteps: whether a step that the curvature of the residuals has made a
  ///     bad one is tried again with that curvature taken into account.
  ///   - linearAlgebra: whether R is found from J or from JᵀJ.
  /// - Precondition: `initialRadius` is positive.
  public init(
    initialRadius: Double = 1, bendsSteps: Bool = true,
    linearAlgebra: LeastSquaresAlgebra = .automatic
  ) {
    precondition(
      initialRadius > 0,
      "an initial radius of \(initialRadius), which is not positive")
    self.initialRadius = initialRadius
    self.bendsSteps = bendsSteps
    self.linearAlgebra = linearAlgebra
  }

  /// The name.
  public var name: String { "Levenberg-Marquardt" }

  /// Room for a factor of order n; that for m residuals is made at the start.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    var workspace = Workspace(dimension: n)
    workspace.linearAlgebra = linearAlgebra
    return workspace
  }

  /// One accepted step, after as many that were rejected as it takes.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    workspace.makeRoom(for: evaluator)
    let value = point.value
    guard value.isFinite else { return .failed(.undefined) }
    let noise = memory.noise(at: point)
    var sawUndefined = false
    for _ in 0..<200 {
      let newton =
        memory.isSlow && evaluator.bounds == nil
        ? workspace.setNewtonStep(at: point, memory, &evaluator) : nil
      guard
        let whole = newton ?? workspace.setDampedStep(memory, &evaluator),
        whole.predicted > 0
      else { return .failed(.lineSearch) }
      if memory.isFresh {
        memory.isFresh = false
        memory.radius = min(memory.radius, whole.length)
      }
      guard var found = workspace.tryStep(from: point, &evaluator) else {
        return .failed(sawUndefined ? .undefined : .lineSearch)
      }
      let p = workspace.prediction(for: whole, from: point, memory)
      guard p.predicted > 0 else {
        // The cut has turned the step; a short one is not turned.
        memory.shrink(to: 0.25, whole)
        continue
      }
      var actual = value - found
      let isRounding = p.predicted <= noise && abs(actual) <= noise
      var ratio = isRounding ? 1 : actual / p.predicted
      if ratio < 0.75 && p.damping > 0 && bendsSteps && evaluator.loss == nil
        && evaluator.bounds == nil,
        let better = workspace.bendStep(
          p, from: point, value: found, memory, &evaluator)
      {
        found = better
        actual = value - found
        ratio = actual / p.predicted
      }
      let isAccepted = ratio > 1e-4
      if newton == nil || isAccepted {
        memory.damping = p.damping
        memory.updateRadius(ratio: ratio, actual: actual, p)
      } else {
        memory.slowness = -4
      }

      guard isAccepted else {
        sawUndefined = sawUndefined || found.isNaN
        continue
      }
      guard workspace.completeTrial(memory, &evaluator) else {
        sawUndefined = true
        memory.shrink(to: 0.1, p)
        continue
      }
      let progress = workspace.progress(from: point, memory)
      if isRounding && !(progress <= 0.75) {
        // A last time with the whole Hessian, if that has not been tried.
        guard newton == nil && memory.slowness >= 0 && !memory.isSlow
        else { return .failed(.lineSearch) }
        memory.slowness = 4
        continue
      }
      workspace.accept(&point, &memory)
      memory.noteProgress(
        progress, decrease: actual / value, at: point,
        isNewton: newton != nil)
      return .moved(length: 1, norm: workspace.step.norm)
    }
    return .failed(sawUndefined ? .undefined : .lineSearch)
  }
}

extension Method where Self == LevenbergMarquardt {
  /// The method of Levenberg and Marquardt, for sums of squares.
  ///
  /// - Parameter linearAlgebra: whether R is found from J or from JᵀJ.
  public static func levenbergMarquardt(
    linearAlgebra: LeastSquaresAlgebra = .automatic
  ) -> Self {
    LevenbergMarquardt(linearAlgebra: linearAlgebra)
  }
}
