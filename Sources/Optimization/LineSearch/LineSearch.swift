public import Matrix

/// How far to go along a direction.
///
/// A line search looks at φ(t) = f(x + t d), φ′(t) = ∇f(x + t d)ᵀd. Points
/// where f is undefined or infinite are never accepted. A search is a value that
/// holds its settings; one that learns from the searches before has a ``Memory``,
/// which is part of the run's state.
public protocol LineSearch: Codable, Equatable, Sendable {
  /// What the next search needs to know of those before.
  associatedtype Memory: Codable, Equatable, Sendable = NoMemory

  /// The search's name with its settings, as reports print it.
  var name: String { get }

  /// The memory before the first search.
  func makeMemory() -> Memory

  /// Looks for an acceptable point x + t d.
  ///
  /// - Parameters:
  ///   - origin: the point x with f and ∇f.
  ///   - direction: the direction d.
  ///   - slope: φ′(0) = ∇f(x)ᵀd, negative.
  ///   - firstStep: the step t to try first; the search fails where it is not
  ///     positive.
  ///   - memory: what is known of the searches before; takes in this one when a
  ///     point is found.
  ///   - evaluator: where f and ∇f are evaluated.
  ///   - trial: a point of the same dimension that the search may overwrite;
  ///     holds the accepted point when one is found.
  /// - Complexity: stated by each search; nothing is allocated.
  func search(
    from origin: Point, along direction: Vector<Double>, slope: Double,
    firstStep: Double, memory: inout Memory, evaluator: inout Evaluator,
    trial: inout Point
  ) -> LineSearchOutcome
}

extension LineSearch where Memory == NoMemory {
  /// Nothing to remember.
  public func makeMemory() -> NoMemory { NoMemory() }

  /// The search, of which there is nothing to remember.
  func search(
    from origin: Point, along direction: Vector<Double>, slope: Double,
    firstStep: Double, evaluator: inout Evaluator, trial: inout Point
  ) -> LineSearchOutcome {
    var memory = NoMemory()
    return search(
      from: origin, along: direction, slope: slope, firstStep: firstStep,
      memory: &memory, evaluator: &evaluator, trial: &trial)
  }
}

/// What a line search found.
public enum LineSearchOutcome: Equatable, Sendable {
  /// The step t; the trial point is x + t d.
  case found(step: Double)
  /// No acceptable point.
  case failed(StepFailure)
}

/// φ and φ′ at one t.
struct LineSample {
  let step: Double
  let value: Double
  let slope: Double

  /// Whether f is defined and finite here, and its gradient along d.
  var isDefined: Bool { value.isFinite && slope.isFinite }
}

extension Evaluator {
  /// Evaluates f and ∇f at x + t d, into `trial`.
  ///
  /// - Complexity: one evaluation and 4n flops.
  @inline(__always)
  mutating func sample(
    _ origin: Point, along direction: Vector<Double>, at t: Double,
    into trial: inout Point
  ) -> LineSample {
    trial.x.setSum(origin.x, direction, scaledBy: t)
    evaluate(&trial)
    counts.flops += 4 * Double(direction.count)
    return LineSample(
      step: t, value: trial.value, slope: trial.gradient.dot(direction))
  }
}
