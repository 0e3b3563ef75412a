public import Matrix

/// Where a method looks for a lower value: a direction d with ∇f(x)ᵀd < 0.
///
/// Steepest descent, conjugate gradients, quasi-Newton and Newton differ in
/// nothing but d. Everything else that their steps do is the same, and is done
/// once, by ``LineSearchMethod``, with any ``LineSearch``. A direction is a value
/// that holds its settings; what it learns from step to step is its ``Memory``.
///
/// The calls come in a fixed order: ``setDirection(_:at:_:evaluator:workspace:)``
/// at the current point, then either
/// ``accept(_:from:to:along:step:evaluator:workspace:)`` with the point that the
/// search found, or ``forget(_:)`` when it found none, after which the direction
/// is asked once more.
public protocol DescentDirection: Codable, Equatable, Sendable {
  /// What the direction can be computed for.
  associatedtype Problem
  /// What the next direction needs beyond the current point.
  associatedtype Memory: Codable, Equatable, Sendable
  /// Scratch space that carries nothing from one step to the next.
  associatedtype Workspace

  /// The name of the method that goes along these directions.
  var name: String { get }

  /// The settings that reports print after the name.
  var settings: [String] { get }

  /// The evaluator through which a run calls `problem`.
  func evaluator(for problem: Problem) -> Evaluator

  /// The memory before the first step.
  func makeMemory(dimension n: Int) -> Memory

  /// Makes the memory again what it was before the first step.
  ///
  /// The default makes another; a direction whose memory is large keeps its
  /// storage.
  func forget(_ memory: inout Memory, dimension n: Int)

  /// Scratch space for n variables.
  func makeWorkspace(dimension n: Int) -> Workspace

  /// Writes the direction at a point into `d`.
  ///
  /// It need not descend, where rounding spoils it: the method looks at the
  /// slope before it searches.
  ///
  /// - Parameters:
  ///   - d: receives the direction, of as many elements as x.
  ///   - point: the current point x with f and ∇f.
  ///   - memory: what was learnt so far.
  ///   - evaluator: where second derivatives are evaluated and operations
  ///     counted.
  ///   - workspace: scratch space.
  /// - Complexity: stated by each direction; nothing is allocated.
  func setDirection(
    _ d: inout Vector<Double>, at point: Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> DirectionOutcome

  /// Takes in an accepted step.
  ///
  /// - Parameters:
  ///   - memory: what was learnt so far.
  ///   - old: the point x that the step left.
  ///   - new: the point x + t d that it reached.
  ///   - d: the direction.
  ///   - step: the length t.
  ///   - evaluator: where operations are counted.
  ///   - workspace: scratch space.
  func accept(
    _ memory: inout Memory, from old: Point, to new: Point,
    along d: Vector<Double>, step: Double, evaluator: inout Evaluator,
    workspace: inout Workspace
  )

  /// Forgets what was learnt, so that the next direction is one that needs no
  /// past, mostly −∇f.
  ///
  /// - Returns: whether the next direction may differ for it, so that another
  ///   search is worth its evaluations.
  func forget(_ memory: inout Memory) -> Bool
}

/// What came of making a direction.
public enum DirectionOutcome: Equatable, Sendable {
  /// A direction d.
  ///
  /// - `slope` is ∇f(x)ᵀd, `length` ‖d‖₂.
  /// - `naturalStep` is the step to be tried first, 1 of Newton's directions; nil
  ///   where the scale of d means nothing and the step has to be guessed.
  case found(slope: Double, length: Double, naturalStep: Double?)
  /// There is no direction at this point.
  case failed(StepFailure)
}

extension DescentDirection {
  /// None.
  public var settings: [String] { [] }

  /// Learns nothing.
  public func accept(
    _ memory: inout Memory, from old: Point, to new: Point,
    along d: Vector<Double>, step: Double, evaluator: inout Evaluator,
    workspace: inout Workspace
  ) {}

  /// Another memory in place of the old.
  public func forget(_ memory: inout Memory, dimension n: Int) {
    memory = makeMemory(dimension: n)
  }

  /// Has nothing to forget.
  public func forget(_ memory: inout Memory) -> Bool { false }
}

extension DescentDirection where Memory == NoMemory {
  /// Nothing to remember.
  public func makeMemory(dimension n: Int) -> NoMemory { NoMemory() }
}

extension DescentDirection where Workspace == Void {
  /// No scratch space.
  public func makeWorkspace(dimension n: Int) {}
}

extension DescentDirection where Problem == any DifferentiableObjective {
  /// An evaluator of f and ∇f.
  public func evaluator(for problem: any DifferentiableObjective) -> Evaluator {
    Evaluator(problem)
  }
}

extension DescentDirection where Problem == any TwiceDifferentiableObjective {
  /// An evaluator of f, ∇f and ∇²f.
  public func evaluator(
    for problem: any TwiceDifferentiableObjective
  ) -> Evaluator {
    Evaluator(problem)
  }
}
