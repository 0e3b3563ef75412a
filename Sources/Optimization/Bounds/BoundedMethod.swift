/// What every method for bounded problems remembers.
public struct BoundsProgress: Codable, Equatable, Sendable {
  /// How many variables of the start were moved within their bounds.
  public internal(set) var movedAtStart = 0
  /// ‖∇f‖∞ over the variables that no bound holds.
  public internal(set) var gradientNorm = Double.infinity
}

/// The memory of a method for bounded problems.
public protocol BoundedMemory: Codable, Equatable, Sendable {
  /// The start and the projected gradient.
  var progress: BoundsProgress { get set }
}

/// A method that stays within bounds.
///
/// The start is moved to the nearest point within the bounds, and every step
/// says how far its point is from what is looked for.
public protocol BoundedMethod: Method where Memory: BoundedMemory {}

extension BoundedMethod {
  /// Moves the start within the bounds, and evaluates f and ∇f there.
  public func begin(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) {
    var progress = memory.progress
    progress.begin(&point, &evaluator)
    memory.progress = progress
  }

  /// ‖∇f‖∞ over the variables that no bound holds.
  public func optimality(of point: Point, _ memory: Memory) -> Optimality {
    Optimality(gradientNorm: memory.progress.gradientNorm)
  }

  /// That variables of the start were moved within their bounds.
  public func notes(_ memory: Memory) -> [String] {
    Bounds.notes(movedAtStart: memory.progress.movedAtStart)
  }
}

extension BoundsProgress {
  mutating func begin(_ point: inout Point, _ evaluator: inout Evaluator) {
    movedAtStart = evaluator.bounds?.project(&point.x) ?? 0
    evaluator.evaluate(&point)
    measure(point, evaluator)
  }

  /// Takes the measure of a new point.
  mutating func measure(_ point: Point, _ evaluator: Evaluator) {
    gradientNorm =
      evaluator.bounds?.projectedGradientNorm(
        point.gradient, at: point.x, value: point.value)
      ?? point.gradient.normInfinity
  }
}

extension Bounds {
  static func notes(movedAtStart count: Int) -> [String] {
    switch count {
    case 0: []
    case 1: ["1 variable of the start was moved to its bound"]
    default: ["\(count) variables of the start were moved to their bounds"]
    }
  }
}

extension Method where Problem == any BoundedProblem {
  /// An evaluator of f and ∇f within bounds.
  public func evaluator(for problem: any BoundedProblem) -> Evaluator {
    Evaluator(problem)
  }
}

extension Method where Problem == any TwiceDifferentiableBoundedProblem {
  /// An evaluator of f, ∇f and ∇²f within bounds.
  public func evaluator(
    for problem: any TwiceDifferentiableBoundedProblem
  ) -> Evaluator {
    Evaluator(problem)
  }
}
