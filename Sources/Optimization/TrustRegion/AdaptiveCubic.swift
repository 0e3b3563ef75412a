internal import Matrix

/// Adaptive cubic regularization: x ← x + s, where s is the global minimum of a
/// quadratic model with a cubic term.
///
///     m(s) = gᵀs + ½ sᵀBs + ⅓ σ ‖s‖³.
///
/// The cubic stands for what the quadratic model leaves out, σ for half the size of
/// f‴. It does what a trust region does, with a bound that need not be chosen: from
/// any start ‖g‖ ≤ ε takes O(ε^−³ᐟ²) steps where trust regions may take O(ε⁻²).
/// s satisfies (B + λI) s = −g with λ = σ‖s‖ and B + λI ⪰ 0, and is found as in
/// ``MoreSorensen`` by Newton's method for λ on Cholesky factors, hard case
/// included.
///
/// Where f(x + s) is known, so is the σ for which the model would have been right,
///
///     σ* = 3 (f(x + s) − f(x) − gᵀs − ½ sᵀBs) / ‖s‖³;
///
/// σ moves towards it: after a rejected step at least twofold and at most tenfold,
/// after a very good one down, at most tenfold.
///
/// - Complexity: a step takes what the model evaluates at a point, mostly one
///   evaluation of f and ∇f, and one to three times n³/3 flops; nothing is
///   allocated.
///
/// Source: Cartis, Gould and Toint, Adaptive cubic regularisation methods for
/// unconstrained optimization, 2011; Gould, Porcelli and Toint, Updating the
/// regularization parameter in the adaptive cubic regularization algorithm, 2012.
public struct AdaptiveCubic<Model: MatrixModel>: Method {
  /// What can be minimised.
  public typealias Problem = Model.Problem
  /// σ and the model's memory.
  public typealias Memory = CubicMemory<Model.Memory>

  /// Where B comes from.
  public let model: Model
  /// How far σ‖s‖ may be from λ, relative to λ.
  public let tolerance: Double

  /// The method over one model.
  ///
  /// - Precondition: 0 < tolerance < 1.
  public init(over model: Model, tolerance: Double = 0.1) {
    precondition(
      tolerance > 0 && tolerance < 1,
      "a tolerance of \(tolerance), outside (0, 1)")
    self.model = model
    self.tolerance = tolerance
  }

  /// The name with the model.
  public var name: String { "adaptive cubic regularization (\(model.name))" }

  /// A step, a trial point, a factor and the scratch of the model.
  public struct Workspace {
    var step: Vector<Double>
    var trial: Point
    var system: ShiftedSystem
    var model: Model.Workspace
  }

  /// An evaluator of what the model needs.
  public func evaluator(for problem: Problem) -> Evaluator {
    model.evaluator(for: problem)
  }

  /// No σ, and the model's memory.
  public func makeMemory(dimension n: Int) -> Memory {
    Memory(model: model.makeMemory(dimension: n))
  }

  /// Room for a matrix, a point and what the model needs.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      step: .zeros(n), trial: Point(dimension: n),
      system: ShiftedSystem(dimension: n),
      model: model.makeWorkspace(dimension: n))
  }

  /// One accepted step, after as many that were rejected as it takes.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    let outcome = move(&point, &memory, &evaluator, &workspace)
    guard case .failed = outcome, model.restart(&memory.model) else {
      return outcome
    }
    memory.weight = 0
    return move(&point, &memory, &evaluator, &workspace)
  }

  private func move(
    _ point: inout Point, _ memory: inout Memory,
    _ evaluator: inout Evaluator, _ workspace: inout Workspace
  ) -> StepOutcome {
    guard
      model.prepare(
        at: point, &memory.model, evaluator: &evaluator,
        workspace: &workspace.model)
    else { return .failed(.hessian) }
    workspace.system.reset()
    if !(memory.weight > 0) {
      memory.weight = firstWeight(at: point, memory, &workspace)
    }
    var failure = StepFailure.lineSearch
    // ‖s‖ falls at least by a fourth with each doubling of σ, in the end.
    for _ in 0..<4000 {
      guard
        let step = workspace.system.minimise(
          model.matrix(memory.model, workspace.model), point.gradient,
          weight: memory.weight, tolerance: tolerance, &evaluator,
          into: &workspace.step),
        step.predicted > 0
      else { return .failed(failure) }
      let sample = evaluator.sample(
        point, along: workspace.step, at: 1, into: &workspace.trial)
      guard workspace.trial.x != point.x else { return .failed(failure) }
      guard sample.isDefined && workspace.trial.gradient.isFinite else {
        failure = .undefined
        memory.weight *= 100
        continue
      }
      let agreement = Agreement(step, from: point, to: sample, evaluator)
      // The step is the minimum for σ′ = λ/‖s‖, and σ* is σ′ times the ratio of what
      // the quadratic part leaves out to the cubic one.
      let cube = workspace.system.shift * step.norm * step.norm / 3
      let used = workspace.system.shift / step.norm
      let right = (step.predicted + cube - agreement.decrease) / cube * used
      if !(agreement.ratio >= 0.1) {
        let weight = max(memory.weight, used)
        memory.weight = min(10 * weight, max(2 * weight, right))
      } else if agreement.ratio > 0.9 {
        memory.weight = min(memory.weight, max(0.1 * memory.weight, right))
      }
      let isLearnt = model.update(
        &memory.model, from: point, to: workspace.trial,
        step: workspace.step, workspace: &workspace.model)
      if agreement.isAcceptable
        && (agreement.isVisible
          || workspace.trial.gradient.norm < point.gradient.norm)
      {
        swap(&point, &workspace.trial)
        return .moved(length: 1, norm: step.norm)
      }
      if isLearnt {
        workspace.system.reset()
      } else if agreement.isRounding {
        return .failed(failure)
      }
    }
    return .failed(failure)
  }

  /// The σ for which cubic and quadratic are alike at the length ‖g‖² / ‖B g‖ of the
  /// steepest descent: ‖B g‖² / ‖g‖³, in units of f/x³.
  private func firstWeight(
    at point: Point, _ memory: Memory, _ workspace: inout Workspace
  ) -> Double {
    model.matrix(memory.model, workspace.model).symmetricMultiply(
      point.gradient, into: &workspace.step)
    let norm = point.gradient.norm
    let ratio = workspace.step.norm / norm
    let weight = ratio / norm * ratio
    if weight > 0 && weight.isFinite { return weight }
    let length = point.length
    let fallback = norm / length / length
    return fallback > 0 && fallback.isFinite ? fallback : 1
  }
}

/// What cubic regularization carries from step to step.
public struct CubicMemory<Model: Codable & Equatable & Sendable>:
  Codable, Equatable, Sendable
{
  /// σ, 0 while none has been chosen.
  public internal(set) var weight = 0.0
  /// The model's memory.
  public internal(set) var model: Model

  init(model: Model) { self.model = model }
}

extension Method {
  /// Adaptive cubic regularization over a model of choice.
  public static func adaptiveCubic<Model: MatrixModel>(
    over model: Model
  ) -> Self where Self == AdaptiveCubic<Model> {
    AdaptiveCubic(over: model)
  }
}

extension Method where Self == AdaptiveCubic<ExactHessian> {
  /// Newton's method with adaptive cubic regularization.
  public static func adaptiveCubic() -> Self {
    AdaptiveCubic(over: ExactHessian())
  }
}
