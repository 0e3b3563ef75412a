internal import Matrix

/// Nesterov's accelerated gradient method with steps found by backtracking and
/// momentum that restarts.
///
///     y = x + β (x − x₋),   x₊ = y − t ∇f(y),
///     θ₊ = (1 + √(1 + 4θ²)) / 2,   β = (θ − 1) / θ₊.
///
/// On a convex f with an L-Lipschitz gradient f − f* falls as 2 L ‖x₀ − x*‖² / k²,
/// where gradient descent has 1/k. t stands for 1/L, which nobody needs to know: it
/// is halved until f(x₊) ≤ f(y) − ½ t ‖∇f(y)‖², which every t ≤ 1/L fulfils. The
/// rate rests on t that never grow while momentum builds up, so that t is doubled
/// only without momentum: in the first steps, until it is once too long, and at
/// restarts.
///
/// Momentum that no longer points downhill is given up. On a strongly convex f
/// this gives the rate of the method that knows the condition number, √κ log 1/ε
/// steps.
///
/// - Complexity: a step takes two evaluations, at y and x₊, one where there is no
///   momentum, and 12n flops; nothing is allocated.
///
/// Source: Nesterov 1983; Beck and Teboulle 2009 (backtracking); O'Donoghue and
/// Candès 2015, section 3.2 (restarts).
public struct AcceleratedGradient: Method {
  /// What can be minimised.
  public typealias Problem = any DifferentiableObjective

  /// When momentum is given up.
  public enum Restart: String, Codable, Sendable {
    /// When it points uphill, ∇f(y)ᵀ(x₊ − x) > 0.
    case gradient
    /// When the value rises, f(x₊) > f(x).
    case value
    /// Never: the method of 1983.
    case never
  }

  /// When momentum is given up.
  public let restart: Restart

  /// Nesterov's method.
  public init(restart: Restart = .gradient) { self.restart = restart }

  /// The name with the restarts.
  public var name: String { "accelerated gradient (restart: \(restart))" }

  /// The point before and the sequences of scalars.
  public struct Memory: Codable, Equatable, Sendable {
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

  /// The point y, a trial point and a displacement.
  public struct Workspace {
    var ahead: Point
    var trial: Point
    var move: Vector<Double>
  }

  /// No momentum.
  public func makeMemory(dimension n: Int) -> Memory {
    Memory(previous: .zeros(n))
  }

  /// Room for two points.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      ahead: Point(dimension: n), trial: Point(dimension: n), move: .zeros(n))
  }

  /// One step from where momentum leads.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    if memory.momentum > 0 {
      setAhead(of: point, &memory, &evaluator, &workspace)
      if let outcome = descend(&point, &memory, &evaluator, &workspace),
        case .moved = outcome
      {
        return outcome
      }
      // Momentum led to nothing.
      memory.theta = 1
      memory.momentum = 0
    }
    workspace.ahead.x.copy(from: point.x)
    workspace.ahead.gradient.copy(from: point.gradient)
    workspace.ahead.value = point.value
    return descend(&point, &memory, &evaluator, &workspace)
      ?? .failed(.undefined)
  }

  /// y and what f is there.
  private func setAhead(
    of point: Point, _ memory: inout Memory, _ evaluator: inout Evaluator,
    _ workspace: inout Workspace
  ) {
    workspace.move.setDifference(point.x, memory.previous)
    workspace.ahead.x.setSum(point.x, workspace.move, scaledBy: memory.momentum)
    evaluator.evaluate(&workspace.ahead)
    evaluator.counts.flops += 3 * Double(point.dimension)
  }

  /// x₊ from y, with a t that suffices; nil where f is undefined at y.
  private func descend(
    _ point: inout Point, _ memory: inout Memory,
    _ evaluator: inout Evaluator, _ workspace: inout Workspace
  ) -> StepOutcome? {
    let value = workspace.ahead.value
    let norm = workspace.ahead.gradient.norm
    let square = norm * norm
    guard value.isFinite && square.isFinite else { return nil }
    guard square > 0 else { return .failed(.lineSearch) }
    if memory.step == 0 { memory.step = Self.firstStep(point, norm) }

    let noise = evaluator.noise(of: value)
    var t = memory.step
    if memory.theta == 1 { t *= 2 }
    var failure = StepFailure.undefined
    for _ in 0..<60 {
      workspace.trial.x.setSum(
        workspace.ahead.x, workspace.ahead.gradient, scaledBy: -t)
      evaluator.evaluate(&workspace.trial)
      evaluator.counts.flops += 9 * Double(point.dimension)
      let product = workspace.trial.gradient.dot(workspace.ahead.gradient)
      if workspace.trial.value.isFinite && product.isFinite {
        failure = .lineSearch
        let change = workspace.trial.value - value
        // Where rounding hides the change, what the inequality says of slopes
        // on a quadratic: t is not beyond the minimum along −∇f(y).
        if change <= -0.5 * t * square || abs(change) <= noise && product >= 0 {
          memory.step = t
          return accept(&point, &memory, &workspace)
        }
      }
      memory.isGrowing = false
      t *= workspace.trial.value.isFinite ? 0.5 : 0.1
    }
    return .failed(failure)
  }

  /// Moves on, and gives up or builds up momentum.
  private func accept(
    _ point: inout Point, _ memory: inout Memory, _ workspace: inout Workspace
  ) -> StepOutcome {
    workspace.move.setDifference(workspace.trial.x, point.x)
    let norm = workspace.move.norm
    let isUphill =
      switch restart {
      case .gradient: workspace.ahead.gradient.dot(workspace.move) > 0
      case .value: workspace.trial.value > point.value
      case .never: false
      }
    memory.previous.copy(from: point.x)
    swap(&point, &workspace.trial)
    if isUphill || memory.isGrowing {
      memory.theta = 1
      memory.momentum = 0
    } else {
      let theta = 0.5 + (0.25 + memory.theta * memory.theta).squareRoot()
      memory.momentum = (memory.theta - 1) / theta
      memory.theta = theta
    }
    return .moved(length: memory.step, norm: norm)
  }

  /// A hundredth of what would move the largest variable to 0; where all are 0, of
  /// what would make f lose all of its size, if it fell as here.
  private static func firstStep(_ point: Point, _ norm: Double) -> Double {
    let size = point.x.normInfinity
    let step =
      size > 0
      ? 0.01 * size / point.gradient.normInfinity
      : 0.01 * (abs(point.value) / norm) / norm
    return step > 0 && step.isFinite ? step : 1 / norm
  }
}

extension Method where Self == AcceleratedGradient {
  /// Nesterov's accelerated gradient method, with restarts.
  public static func acceleratedGradient(
    restart: AcceleratedGradient.Restart = .gradient
  ) -> Self {
    AcceleratedGradient(restart: restart)
  }
}
