public import Matrix

/// The same step every time: t = η.
///
/// The learning rate of textbook gradient descent. f need not decrease; a step to
/// a point where f is undefined fails.
public struct ConstantStep: LineSearch {
  /// The step η.
  public let step: Double

  /// A constant step.
  ///
  /// - Precondition: η is positive and finite.
  public init(_ step: Double) {
    precondition(
      step > 0 && step.isFinite, "a step of \(step), not positive and finite")
    self.step = step
  }

  /// The step's size.
  public var name: String { "constant step \(step)" }

  /// Takes the step.
  ///
  /// - Complexity: one evaluation.
  public func search(
    from origin: Point, along direction: Vector<Double>, slope: Double,
    firstStep: Double, memory: inout NoMemory, evaluator: inout Evaluator,
    trial: inout Point
  ) -> LineSearchOutcome {
    let sample = evaluator.sample(
      origin, along: direction, at: step, into: &trial)
    return sample.isDefined ? .found(step: step) : .failed(.undefined)
  }
}
