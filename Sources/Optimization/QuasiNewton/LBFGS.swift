internal import Matrix

/// The limited-memory quasi-Newton method of Nocedal,
/// x ← x − t Hₖ ∇f(x), where Hₖ is the BFGS approximation of the inverse Hessian
/// built from the last m pairs s = xₖ₊₁ − xₖ, y = ∇f(xₖ₊₁) − ∇f(xₖ) on
/// γ I with γ = sᵀy / yᵀy of the newest pair.
///
/// The first step is −∇f scaled to length at most 1. A pair is kept only when
/// sᵀy > 10⁻¹⁰ ‖s‖ ‖y‖, a test that does not depend on the units of f or x, so
/// that Hₖ stays positive definite whatever line search is used. When rounding
/// spoils the direction all the same, or the search finds nothing along it, the
/// pairs are forgotten and the step is tried once more along −∇f.
///
/// - Complexity: a step takes the evaluations of its search, mostly one, and
///   about 8mn flops. The vectors of the pairs are read twice (see
///   ``LimitedMemory``); nothing is allocated once m pairs are stored.
///
/// Source: Nocedal 1980; Liu and Nocedal 1989; Byrd, Nocedal and Schnabel 1994.
public struct LBFGS<Search: LineSearch>: Method {
  /// What can be minimised.
  public typealias Problem = any DifferentiableObjective
  /// The pairs and their products.
  public typealias Memory = LimitedMemory

  /// The number m of pairs kept.
  public let memory: Int
  /// How far to go along the direction.
  public let search: Search

  /// L-BFGS with m pairs.
  ///
  /// - Precondition: 1 ≤ m ≤ 50; more pairs cost more than they gain.
  public init(memory: Int, search: Search) {
    precondition(
      (1...50).contains(memory), "a memory of \(memory) pairs, outside 1 ... 50"
    )
    self.memory = memory
    self.search = search
  }

  /// The name with memory and search.
  public var name: String { "L-BFGS (memory \(memory), \(search.name))" }

  /// A direction and a trial point.
  public struct Workspace {
    var direction: Vector<Double>
    var trial: Point
  }

  /// No pairs.
  public func makeMemory(dimension n: Int) -> LimitedMemory {
    LimitedMemory(dimension: n, capacity: memory)
  }

  /// Room for two points.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      direction: .zeros(n), trial: Point(dimension: n))
  }

  /// One step along −Hₖ ∇f(x).
  public func step(
    _ point: inout Point, _ memory: inout LimitedMemory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    var failure = StepFailure.lineSearch
    // At most twice: with the pairs, and without them.
    while true {
      let isScaled = !memory.isEmpty
      let (slope, length) = memory.direction(
        at: point.gradient, into: &workspace.direction)
      evaluator.counts.flops += memory.directionFlops
      if slope < 0 && slope.isFinite && length.isFinite {
        switch search.search(
          from: point, along: workspace.direction, slope: slope,
          firstStep: isScaled ? 1 : min(1, 1 / length),
          evaluator: &evaluator, trial: &workspace.trial)
        {
        case .found(let step):
          swap(&point, &workspace.trial)
          memory.append(from: workspace.trial, to: point)
          return .moved(length: step, norm: step * length)
        case .failed(let reason):
          failure = reason
        }
      }
      if !isScaled { return .failed(failure) }
      memory.removeAll()
    }
  }
}

extension Method where Self == LBFGS<StrongWolfe> {
  /// L-BFGS with the strong Wolfe search and m pairs, 10 unless told.
  public static func lbfgs(memory: Int = 10) -> Self {
    LBFGS(memory: memory, search: StrongWolfe())
  }
}

extension Method {
  /// L-BFGS with a line search of choice.
  public static func lbfgs<Search: LineSearch>(
    memory: Int = 10, search: Search
  ) -> Self where Self == LBFGS<Search> {
    LBFGS(memory: memory, search: search)
  }
}
