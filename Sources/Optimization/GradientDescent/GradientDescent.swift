internal import Matrix

/// Steepest descent: x ← x − t ∇f(x), with t from a line search.
///
/// With ``ConstantStep`` it is textbook (batch) gradient descent, which for an
/// L-smooth convex f converges when η < 2/L. Other searches begin with the
/// step that promises the same first-order decrease as the last one,
/// t = tₖ₋₁ ‖∇f(xₖ₋₁)‖² / ‖∇f(xₖ)‖², and at the start with 1/‖∇f(x₀)‖.
///
/// - Complexity: a step takes the evaluations of its search, one for a constant
///   step, and 6n flops; nothing is allocated.
///
/// Source: Cauchy 1847; Nocedal and Wright 2006, section 3.5 (first step).
public struct GradientDescent<Search: LineSearch>: Method {
  /// What can be minimised.
  public typealias Problem = any DifferentiableObjective

  /// How far to go along −∇f.
  public let search: Search

  /// Steepest descent with a line search.
  public init(search: Search) { self.search = search }

  /// The name with the search.
  public var name: String { "gradient descent (\(search.name))" }

  /// The decrease that the last step promised.
  public struct Memory: Codable, Equatable, Sendable {
    /// t ‖∇f‖² of the last step, 0 before the first.
    public internal(set) var promise = 0.0
  }

  /// A direction and a trial point.
  public struct Workspace {
    var direction: Vector<Double>
    var trial: Point
  }

  /// No step has been taken.
  public func makeMemory(dimension n: Int) -> Memory { Memory() }

  /// Room for two points.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(direction: .zeros(n), trial: Point(dimension: n))
  }

  /// One step along the negative gradient.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    workspace.direction.copy(from: point.gradient)
    workspace.direction.scale(by: -1)
    let norm = point.gradient.norm
    let slope = -norm * norm
    // ‖∇f‖² may underflow or overflow where ‖∇f‖ does not; no search can use
    // such a slope.
    guard slope < 0 else { return .failed(.lineSearch) }
    guard slope.isFinite else { return .failed(.undefined) }
    let firstStep = memory.promise > 0 ? memory.promise / -slope : 1 / norm
    evaluator.counts.flops += 2 * Double(point.dimension)

    switch search.search(
      from: point, along: workspace.direction, slope: slope,
      firstStep: firstStep, evaluator: &evaluator, trial: &workspace.trial)
    {
    case .failed(let failure):
      return .failed(failure)
    case .found(let step):
      swap(&point, &workspace.trial)
      memory.promise = step * -slope
      return .moved(length: step, norm: step * norm)
    }
  }
}

extension Method where Self == GradientDescent<ConstantStep> {
  /// Batch gradient descent, x ← x − η ∇f(x), with the constant rate η.
  public static func gradientDescent(rate: Double) -> Self {
    GradientDescent(search: ConstantStep(rate))
  }
}

extension Method where Self == GradientDescent<Armijo> {
  /// Gradient descent with backtracking.
  public static func gradientDescent() -> Self {
    GradientDescent(search: Armijo())
  }
}

extension Method {
  /// Gradient descent with a line search of choice.
  public static func gradientDescent<Search: LineSearch>(
    search: Search
  ) -> Self where Self == GradientDescent<Search> {
    GradientDescent(search: search)
  }
}
