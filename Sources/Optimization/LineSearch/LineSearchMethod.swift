internal import Matrix

/// Any direction with any line search: x ← x + t d.
///
/// ``GradientDescent``, ``LBFGS`` and ``Newton`` are this with their directions.
/// A step makes the direction, searches along it, and lets the direction learn
/// from the point that was found. When the direction does not descend, since
/// rounding spoilt it, or the search finds nothing along it, the direction
/// forgets what it has learnt and the step is tried once more, mostly along −∇f.
///
/// - Complexity: a step takes what the direction takes and the evaluations of the
///   search; nothing is allocated.
///
/// Source: Nocedal and Wright 2006, chapter 3.
public struct LineSearchMethod<
  Direction: DescentDirection, Search: LineSearch
>: Method {
  /// What can be minimised.
  public typealias Problem = Direction.Problem

  /// Where to go.
  public let direction: Direction
  /// How far to go.
  public let search: Search
  /// The step that is tried first, where the direction has no natural one.
  public let firstStep: FirstStep

  /// A direction with a search.
  public init(
    _ direction: Direction, search: Search,
    firstStep: FirstStep = .sameDecrease
  ) {
    self.direction = direction
    self.search = search
    self.firstStep = firstStep
  }

  /// The direction's name with its settings and the search.
  public var name: String {
    let settings = direction.settings + [search.name]
    return "\(direction.name) (\(settings.joined(separator: ", ")))"
  }

  /// What direction, search and first step carry from step to step.
  public struct Memory: Codable, Equatable, Sendable {
    /// What the direction has learnt.
    public internal(set) var direction: Direction.Memory
    /// What the search remembers.
    public internal(set) var search: Search.Memory
    /// The last step.
    public internal(set) var lastStep: LastStep
  }

  /// A direction, a trial point and the scratch space of the direction.
  public struct Workspace {
    var direction: Vector<Double>
    var trial: Point
    var scratch: Direction.Workspace
  }

  /// The evaluator that the direction needs.
  public func evaluator(for problem: Problem) -> Evaluator {
    direction.evaluator(for: problem)
  }

  /// Nothing learnt.
  public func makeMemory(dimension n: Int) -> Memory {
    Memory(
      direction: direction.makeMemory(dimension: n),
      search: search.makeMemory(), lastStep: LastStep())
  }

  /// Nothing learnt, in the storage of what was.
  public func forget(_ memory: inout Memory, dimension n: Int) {
    direction.forget(&memory.direction, dimension: n)
    memory.search = search.makeMemory()
    memory.lastStep = LastStep()
  }

  /// Room for two points and what the direction needs.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      direction: .zeros(n), trial: Point(dimension: n),
      scratch: direction.makeWorkspace(dimension: n))
  }

  /// One step along the direction.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    var failure = StepFailure.lineSearch
    // At most twice: with what was learnt, and without.
    repeat {
      switch direction.setDirection(
        &workspace.direction, at: point, &memory.direction,
        evaluator: &evaluator, workspace: &workspace.scratch)
      {
      case .failed(let reason):
        failure = reason
      case .found(let slope, let length, let naturalStep):
        guard slope < 0 && slope.isFinite && length.isFinite else { break }
        let first =
          naturalStep
          ?? firstStep.guess(
            after: memory.lastStep, from: point, along: workspace.direction,
            slope: slope, length: length, evaluator: &evaluator,
            trial: &workspace.trial)
        switch search.search(
          from: point, along: workspace.direction, slope: slope,
          firstStep: first, memory: &memory.search, evaluator: &evaluator,
          trial: &workspace.trial)
        {
        case .failed(let reason):
          failure = reason
        case .found(let step):
          swap(&point, &workspace.trial)
          direction.accept(
            &memory.direction, from: workspace.trial, to: point,
            along: workspace.direction, step: step, evaluator: &evaluator,
            workspace: &workspace.scratch)
          memory.lastStep = firstStep.lastStep(
            step, from: workspace.trial, to: point,
            along: workspace.direction, slope: slope, length: length)
          return .moved(length: step, norm: step * length)
        }
      }
    } while direction.forget(&memory.direction)
    return .failed(failure)
  }
}
