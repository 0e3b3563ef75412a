public import Matrix

/// What every method for composite problems remembers.
public struct CompositeProgress: Codable, Equatable, Sendable {
  /// f(x), without R(x).
  public internal(set) var smoothValue = Double.infinity
  /// R(x).
  public internal(set) var penaltyValue = 0.0
  /// How far −∇f(x) is from ∂R(x); see
  /// ``Penalty/stationarity(at:gradient:scratch:)``.
  public internal(set) var stationarity = Double.infinity
  /// Whether the start was moved to where R is finite.
  public internal(set) var movedAtStart = false
}

/// The memory of a method for composite problems.
public protocol CompositeMemory: Codable, Equatable, Sendable {
  /// Value, penalty and distance from what is looked for.
  var progress: CompositeProgress { get set }
}

/// The scratch space of a method for composite problems.
public protocol CompositeWorkspace {
  /// A vector.
  var scratch: Vector<Double> { get set }
}

/// A method that minimises f + R.
///
/// The value of its points is f(x) + R(x), their gradient ∇f(x), and every step
/// says how far −∇f(x) is from ∂R(x). A start where R is infinite is moved to the
/// nearest point where it is not.
public protocol CompositeMethod: Method
where Memory: CompositeMemory, Workspace: CompositeWorkspace {}

extension CompositeMethod {
  /// Moves the start to where R is finite, and evaluates f, ∇f and R there.
  public func begin(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) {
    var progress = CompositeProgress()
    progress.begin(&point, &evaluator, scratch: &workspace.scratch)
    memory.progress = progress
  }

  /// How far −∇f(x) is from ∂R(x).
  public func optimality(of point: Point, _ memory: Memory) -> Optimality {
    Optimality(gradientNorm: memory.progress.stationarity)
  }

  /// That the start was moved to where R is finite.
  public func notes(_ memory: Memory) -> [String] {
    memory.progress.movedAtStart
      ? ["the start was moved to where the penalty is finite"] : []
  }
}

extension CompositeProgress {
  mutating func begin(
    _ point: inout Point, _ evaluator: inout Evaluator,
    scratch: inout Vector<Double>
  ) {
    movedAtStart = false
    if let penalty = evaluator.penalty,
      penalty.value(at: point.x) == .infinity
    {
      penalty.applyProximalMap(step: 1, to: &point.x)
      movedAtStart = true
    }
    evaluator.evaluate(&point)
    evaluator.addPenalty(to: &point, &self, scratch: &scratch)
  }
}

extension Evaluator {
  /// Makes the value of a point, which is f(x), that of f + R, and takes its measures.
  mutating func addPenalty(
    to point: inout Point, _ progress: inout CompositeProgress,
    scratch: inout Vector<Double>
  ) {
    let movedAtStart = progress.movedAtStart
    progress = CompositeProgress()
    progress.movedAtStart = movedAtStart
    progress.smoothValue = point.value.isFinite ? point.value : .infinity
    guard let penalty else {
      progress.stationarity = point.gradient.normInfinity.orInfinity
      return
    }
    let value = penalty.value(at: point.x)
    progress.penaltyValue = value.isFinite ? value : .infinity
    // What encodes and compares must not be NaN.
    let distance = penalty.stationarity(
      at: point.x, gradient: point.gradient, scratch: &scratch)
    progress.stationarity = distance.orInfinity
    point.value += value
  }
}

extension Method where Problem == any CompositeProblem {
  /// An evaluator of f, ∇f and R.
  public func evaluator(for problem: any CompositeProblem) -> Evaluator {
    Evaluator(problem)
  }
}

extension Method where Problem == any TwiceDifferentiableCompositeProblem {
  /// An evaluator of f, ∇f, ∇²f and R.
  public func evaluator(
    for problem: any TwiceDifferentiableCompositeProblem
  ) -> Evaluator {
    Evaluator(problem)
  }
}

extension Method where Problem == any AbsoluteValueProblem {
  /// An evaluator of f, ∇f and R.
  public func evaluator(for problem: any AbsoluteValueProblem) -> Evaluator {
    Evaluator(problem)
  }
}

extension Double {
  /// The number, ∞ for NaN.
  fileprivate var orInfinity: Double { isNaN ? .infinity : self }
}
