/// The iterations of a run that were recorded.
public struct Trace: Codable, Equatable, Sendable {
  /// One recorded iteration.
  public struct Row: Codable, Equatable, Sendable {
    /// The steps taken.
    public let iteration: Int
    /// f(x).
    public let value: Double
    /// ‖∇f(x)‖∞.
    public let gradientNorm: Double
    /// The length of the last step along its direction.
    public let stepLength: Double
    /// The Euclidean norm of the last step.
    public let stepNorm: Double
    /// Evaluations of f so far.
    public let evaluations: Int
    /// Seconds since the run was started or resumed.
    public let seconds: Double
  }

  /// The rows, oldest first.
  public private(set) var rows: [Row] = []

  init() {}

  /// Whether nothing was recorded.
  public var isEmpty: Bool { rows.isEmpty }

  mutating func record(_ progress: Progress, _ recording: Recording) {
    guard case .every(let period) = recording,
      progress.iteration.isMultiple(of: period)
    else { return }
    rows.append(
      Row(
        iteration: progress.iteration, value: progress.value,
        gradientNorm: progress.gradientNorm, stepLength: progress.stepLength,
        stepNorm: progress.stepNorm, evaluations: progress.counts.values,
        seconds: progress.seconds))
  }
}

/// Which iterations a run keeps in its trace.
public enum Recording: Codable, Equatable, Sendable {
  /// None.
  case nothing
  /// Every k-th, the start included; k ≥ 1.
  case every(_ period: Int)
}
