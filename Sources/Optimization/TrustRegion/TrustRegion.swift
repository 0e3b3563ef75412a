internal import Matrix

/// A trust region: x ← x + s, where s minimises the model
/// m(s) = gᵀs + ½ sᵀBs of f(x + s) − f(x) subject to ‖s‖ ≤ Δ.
///
/// The ratio ρ of the decrease of f to that of the model decides. Where ρ is small
/// or f undefined the step is rejected, and Δ shrinks until one is accepted; where ρ
/// is near 1 and Δ cut the step, Δ grows. No line search is needed, an
/// indefinite B is no obstacle, and the decisions compare numbers of equal units
/// only: neither those of f nor those of x matter.
///
/// Where B comes from, and how the model is minimised, are parts that combine
/// freely:
///
///     .trustRegion()                       // Moré and Sorensen's solver, ∇²f
///     .trustRegion(SteihaugToint(over: HessianProducts()))      // ∇²f v alone
///     .trustRegion(MoreSorensen(over: SR1Model()))              // ∇f alone
///
/// - Complexity: a step takes what the model evaluates at a point, an evaluation of
///   f and ∇f for each trial, mostly one, and what the solver does for each
///   radius; nothing is allocated.
///
/// Source: Conn, Gould and Toint, Trust-Region Methods, 2000, algorithm 6.1.1.
public struct TrustRegion<Subproblem: TrustRegionSubproblem>: Method {
  /// What can be minimised.
  public typealias Problem = Subproblem.Model.Problem
  /// The radius and the model's memory.
  public typealias Memory = TrustRegionMemory<Subproblem.Model.Memory>

  /// How the model is minimised.
  public let subproblem: Subproblem

  /// A trust region around a solver of its subproblem.
  public init(_ subproblem: Subproblem) { self.subproblem = subproblem }

  private var model: Subproblem.Model { subproblem.model }

  /// The name with solver and model.
  public var name: String {
    "trust region (\(subproblem.name), \(model.name))"
  }

  /// A step, a trial point, and the scratch of model and solver.
  public struct Workspace {
    var step: Vector<Double>
    var trial: Point
    var model: Subproblem.Model.Workspace
    var subproblem: Subproblem.Workspace
  }

  /// An evaluator of what the model needs.
  public func evaluator(for problem: Problem) -> Evaluator {
    model.evaluator(for: problem)
  }

  /// No radius, and the model's memory.
  public func makeMemory(dimension n: Int) -> Memory {
    Memory(model: model.makeMemory(dimension: n))
  }

  /// Room for a point and for what model and solver need.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      step: .zeros(n), trial: Point(dimension: n),
      model: model.makeWorkspace(dimension: n),
      subproblem: subproblem.makeWorkspace(dimension: n))
  }

  /// One accepted step, after as many that were rejected as it takes.
  ///
  /// Where there is none, and B was learnt, it is learnt afresh and the step tried
  /// once more.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    memory.forcing.update(gradientNorm: point.gradient.norm)
    let outcome = move(&point, &memory, &evaluator, &workspace)
    guard case .failed = outcome, model.restart(&memory.model) else {
      return outcome
    }
    memory.radius = 0
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
    subproblem.reset(&workspace.subproblem)
    if !(memory.radius > 0) {
      memory.radius = firstRadius(at: point, memory, &evaluator, &workspace)
    }
    var failure = StepFailure.lineSearch
    // Each rejection at least halves the step, so that these are more than lie
    // between the largest number and the smallest.
    for _ in 0..<2200 {
      guard
        let step = subproblem.solve(
          at: point, radius: memory.radius,
          residual: memory.forcing.residual, memory.model,
          evaluator: &evaluator, modelWorkspace: &workspace.model,
          workspace: &workspace.subproblem, into: &workspace.step),
        step.predicted > 0
      else { return .failed(failure) }
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
      let isLearnt = model.update(
        &memory.model, from: point, to: workspace.trial,
        step: workspace.step, workspace: &workspace.model)
      // What f cannot show any more the gradient has to.
      if agreement.isAcceptable
        && (agreement.isVisible
          || workspace.trial.gradient.norm < point.gradient.norm)
      {
        swap(&point, &workspace.trial)
        return .moved(length: 1, norm: workspace.step.norm)
      }
      if isLearnt {
        subproblem.reset(&workspace.subproblem)
      } else if agreement.isRounding {
        return .failed(failure)
      }
    }
    return .failed(failure)
  }

  /// The solver's first radius.
  ///
  /// It is too short rather than too long as a rule, and grows fivefold in a step.
  /// One as long as x or the Newton step saves an evaluation here and there, and
  /// elsewhere is lost far away. Where there is none, ‖x‖ has to do.
  private func firstRadius(
    at point: Point, _ memory: Memory, _ evaluator: inout Evaluator,
    _ workspace: inout Workspace
  ) -> Double {
    if let radius = subproblem.firstRadius(
      at: point, memory.model, evaluator: &evaluator,
      modelWorkspace: &workspace.model, workspace: &workspace.subproblem,
      scratch: &workspace.step)
    {
      return radius
    }
    return point.length
  }
}

/// What a trust region carries from step to step.
public struct TrustRegionMemory<Model: Codable & Equatable & Sendable>:
  Codable, Equatable, Sendable
{
  /// Δ, 0 while none has been chosen.
  public internal(set) var radius = 0.0
  /// How accurately iterative solvers minimise the model.
  public internal(set) var forcing = ForcingTerm()
  /// The model's memory.
  public internal(set) var model: Model

  init(model: Model) { self.model = model }
}

extension Method {
  /// A trust region around a solver of choice.
  public static func trustRegion<Subproblem: TrustRegionSubproblem>(
    _ subproblem: Subproblem
  ) -> Self where Self == TrustRegion<Subproblem> {
    TrustRegion(subproblem)
  }
}

extension Method where Self == TrustRegion<MoreSorensen<ExactHessian>> {
  /// Newton's method in a trust region, each step the model's global minimum in it.
  public static func trustRegion() -> Self {
    TrustRegion(MoreSorensen(over: ExactHessian()))
  }
}
