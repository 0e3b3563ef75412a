public import Matrix

/// The fast proximal gradient method, with steps found by backtracking and momentum
/// that restarts.
///
///     y = x + β (x − x₋),   x₊ = prox_{tR}(y − t ∇f(y)),
///     θ₊ = (1 + √(1 + 4θ²)) / 2,   β = (θ − 1) / θ₊.
///
/// On a convex f with an L-Lipschitz gradient f + R falls as 2 L ‖x₀ − x*‖² / k²,
/// where the proximal gradient method has 1/k. t stands for 1/L; it is halved until
/// f(x₊) ≤ f(y) + ∇f(y)ᵀ(x₊ − y) + ‖x₊ − y‖² / 2t, and never grows while momentum
/// builds up, on which the rate rests: only without, in the first steps and after
/// restarts.
///
/// Momentum that no longer points downhill is given up, which makes the convergence
/// linear wherever f + R is strongly convex around the minimum, with nobody knowing
/// the modulus.
///
/// f is evaluated at y too, which may lie where R is infinite.
///
/// - Complexity: a step takes two evaluations, at y and x₊, one where there is no
///   momentum, a proximal map and 15n flops; nothing is allocated unless by R.
///
/// Source: Beck and Teboulle 2009, section 4; O'Donoghue and Candès 2015,
/// section 3.2.
public struct FISTA: CompositeMethod {
  /// What can be minimised.
  public typealias Problem = any CompositeProblem

  /// When momentum is given up.
  public enum Restart: String, Codable, Sendable {
    /// When it points uphill, (y − x₊)ᵀ(x₊ − x) > 0.
    case gradient
    /// When the value rises, (f + R)(x₊) > (f + R)(x).
    case value
    /// Never: the method of 2009.
    case never
  }

  /// When momentum is given up.
  public let restart: Restart

  /// The fast proximal gradient method.
  public init(restart: Restart = .gradient) { self.restart = restart }

  /// The name with the restarts.
  public var name: String { "FISTA (restart: \(restart))" }

  /// The point before and the sequences of scalars.
  public struct Memory: CompositeMemory {
    /// Value, penalty and distance from what is looked for.
    public var progress = CompositeProgress()
    /// x₋.
    var previous: Vector<Double>
    /// t; 0 before the first step.
    public internal(set) var step = 0.0
    /// θ of the next step; 1 at the start and after a restart.
    public internal(set) var theta = 1.0
    /// β of the next step.
    public internal(set) var momentum = 0.0
    /// Whether t has yet to be too long for the first time.
    var isGrowing = true
  }

  /// The point y, a trial point and a vector.
  public struct Workspace: CompositeWorkspace {
    /// A vector.
    public var scratch: Vector<Double>
    var ahead: Point
    var trial: Point
  }

  /// No momentum.
  public func makeMemory(dimension n: Int) -> Memory {
    Memory(previous: .zeros(n))
  }

  /// Room for two points.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      scratch: .zeros(n), ahead: Point(dimension: n),
      trial: Point(dimension: n))
  }

  /// One step from where momentum leads.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    if memory.momentum > 0 {
      workspace.scratch.setDifference(point.x, memory.previous)
      workspace.ahead.x.setSum(
        point.x, workspace.scratch, scaledBy: memory.momentum)
      evaluator.evaluate(&workspace.ahead)
      evaluator.counts.flops += 3 * Double(point.dimension)
      let outcome = descend(&point, &memory, &evaluator, &workspace)
      if case .moved = outcome { return outcome }
      // Momentum led to nothing.
      memory.theta = 1
      memory.momentum = 0
    }
    workspace.ahead.x.copy(from: point.x)
    workspace.ahead.gradient.copy(from: point.gradient)
    workspace.ahead.value = memory.progress.smoothValue
    return descend(&point, &memory, &evaluator, &workspace)
  }

  private func descend(
    _ point: inout Point, _ memory: inout Memory,
    _ evaluator: inout Evaluator, _ workspace: inout Workspace
  ) -> StepOutcome {
    if memory.step == 0 { memory.step = ProximalStep.firstStep(point) }
    let first =
      memory.theta == 1
      ? min(2 * memory.step, .greatestFiniteMagnitude) : memory.step
    switch ProximalStep.search(
      from: workspace.ahead, step: first, &evaluator, &workspace.trial)
    {
    case .failed(let failure): return .failed(failure)
    case .found(let t, let isFirst):
      if !isFirst { memory.isGrowing = false }
      memory.step = t
      return accept(&point, &memory, &evaluator, &workspace)
    }
  }

  /// Moves on, and gives up or builds up momentum.
  private func accept(
    _ point: inout Point, _ memory: inout Memory,
    _ evaluator: inout Evaluator, _ workspace: inout Workspace
  ) -> StepOutcome {
    let value = point.value
    let isUphill =
      restart == .gradient && pointsUphill(point, workspace)
    memory.previous.copy(from: point.x)
    let outcome = evaluator.accept(
      &workspace.trial, &point, &memory.progress, &workspace.scratch,
      t: memory.step)
    if isUphill || memory.isGrowing
      || restart == .value && point.value > value
    {
      memory.theta = 1
      memory.momentum = 0
    } else {
      let theta = 0.5 + (0.25 + memory.theta * memory.theta).squareRoot()
      memory.momentum = (memory.theta - 1) / theta
      memory.theta = theta
    }
    return outcome
  }

  /// Whether (y − x₊)ᵀ(x₊ − x) > 0.
  private func pointsUphill(_ point: Point, _ workspace: Workspace) -> Bool {
    let n = point.dimension
    return workspace.ahead.x.read { y in
      workspace.trial.x.read { z in
        point.x.read { x in
          var sum = 0.0
          for j in 0..<n { sum += (y[j] - z[j]) * (z[j] - x[j]) }
          return sum > 0
        }
      }
    }
  }
}

extension Method where Self == FISTA {
  /// The fast proximal gradient method, with restarts.
  public static func fista(restart: FISTA.Restart = .gradient) -> Self {
    FISTA(restart: restart)
  }
}
