/// Everything that the next step of a run depends on.
///
/// Two runs with equal states go on equally, bit for bit. No time is in it, so
/// that a run and its repetition have equal states.
public struct RunState<Memory: Codable & Equatable & Sendable>: Codable,
  Equatable, Sendable
{
  /// The current point.
  public internal(set) var point: Point
  /// What the method carries from step to step.
  public internal(set) var memory: Memory
  /// The steps taken.
  public internal(set) var iteration = 0
  /// ‖∇f(x)‖∞.
  public internal(set) var gradientNorm = Double.nan
  /// ‖∇f(x₀)‖∞.
  public internal(set) var initialGradientNorm = Double.nan
  /// ‖P r‖ / ‖r‖ of a least-squares problem, NaN for others.
  ///
  public internal(set) var relativeOffset: Double {
    get { offset ?? .nan }
    // NaN is not equal to itself, and states are compared.
    set { offset = newValue.isNaN ? nil : newValue }
  }
  private var offset: Double?
  /// The value before the last step.
  public internal(set) var previousValue = Double.nan
  /// The length of the last step along its direction.
  public internal(set) var stepLength = 0.0
  /// The Euclidean norm of the last step.
  public internal(set) var stepNorm = 0.0
  /// What the run has cost.
  public internal(set) var counts = Counts()

  init(point: Point, memory: Memory) {
    self.point = point
    self.memory = memory
  }

  func progress(seconds: Double) -> Progress {
    Progress(
      iteration: iteration, point: point, gradientNorm: gradientNorm,
      relativeOffset: relativeOffset, stepLength: stepLength,
      stepNorm: stepNorm, counts: counts,
      seconds: seconds)
  }
}
