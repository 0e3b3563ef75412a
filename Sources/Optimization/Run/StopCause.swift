/// Why a run ended.
public enum StopCause: Codable, Equatable, Sendable {
  /// The stop rule's condition holds.
  case arrived(StopRule)
  /// The budget's iterations are spent.
  case iterations
  /// The budget's evaluations are spent.
  case evaluations
  /// The budget's seconds are spent.
  case seconds
  /// The budget's epochs are spent.
  case epochs
  /// f fell below the budget's lowest value: no minimum.
  case unbounded
  /// f or ∇f is undefined or infinite at the starting point.
  case undefinedAtStart
  /// The values have noise of standard deviation σ, and gradients below the
  /// attainable one cannot be told from 0; see ``NoiseFloor``.
  case noiseFloor(noise: Double, attainableGradient: Double)
  /// The method could not take a step.
  case stuck(StepFailure)
  /// The observer asked to stop.
  case observer
  /// The task the run belongs to was cancelled.
  case cancelled
}

extension StopCause: CustomStringConvertible {
  /// The cause as the end of a sentence that begins with "stopped:".
  public var description: String {
    switch self {
    case .arrived(let rule): "\(rule)"
    case .iterations: "the iterations of the budget are spent"
    case .evaluations: "the evaluations of the budget are spent"
    case .seconds: "the time of the budget is spent"
    case .epochs: "the epochs of the budget are spent"
    case .unbounded: "the value fell without bound"
    case .undefinedAtStart: "the objective is undefined at the start"
    case .noiseFloor(let noise, let gradient):
      """
      f has noise of \(noise.rounded(digits: 2)), by which no ‖∇f‖∞ below \
      \(gradient.rounded(digits: 2)) can be told from 0
      """
    case .stuck(.lineSearch): "no step lowers the value beyond rounding"
    case .stuck(.undefined): "the objective is undefined around the point"
    case .stuck(.hessian): "the Hessian is undefined or not finite"
    case .stuck(.singular): "the Hessian is singular"
    case .stuck(.infeasible): "no point near by violates the constraints less"
    case .observer: "the observer asked to"
    case .cancelled: "the task was cancelled"
    }
  }
}
