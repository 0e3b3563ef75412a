/// What a run may cost before it is ended without having arrived.
///
/// A budget belongs to a call, not to a run: a resumed run has the whole of the
/// budget it is resumed with for its seconds, while iterations and evaluations
/// count from the run's own start, whoever took them.
public struct Budget: Codable, Equatable, Sendable {
  /// The most steps.
  public var iterations: Int
  /// The most evaluations of f.
  ///
  /// A step that has begun is finished, so that a line search may exceed it by a
  /// few.
  public var evaluations: Int
  /// The most seconds of wall time, checked between steps.
  public var seconds: Double
  /// The most passes over the samples of a ``FiniteSum``, counted by what was
  /// evaluated in batches.
  public var epochs: Double
  /// A value of f below which the problem is taken to have no minimum.
  public var lowestValue: Double

  /// A budget with the given limits; 10,000 steps and nothing else by default.
  public init(
    iterations: Int = 10_000, evaluations: Int = .max,
    seconds: Double = .infinity, epochs: Double = .infinity,
    lowestValue: Double = -1e20
  ) {
    self.iterations = iterations
    self.evaluations = evaluations
    self.seconds = seconds
    self.epochs = epochs
    self.lowestValue = lowestValue
  }

  /// No limit but that on the value.
  public static var unlimited: Budget { Budget(iterations: .max) }

  /// So many passes over the samples of a ``FiniteSum``, and any number of steps.
  public static func epochs(_ count: Double) -> Budget {
    Budget(iterations: .max, epochs: count)
  }
}
