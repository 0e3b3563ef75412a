public import Matrix

/// The answer of a run: the point, why the run ended there, what was verified
/// and what it cost.
public struct Solution: Codable, Sendable {
  /// The method's name with its settings.
  public let method: String
  /// The last point, with f and ∇f.
  public let point: Point
  /// Why the run ended; nil while it has not been advanced.
  public let cause: StopCause?
  /// What the objective threw last, if it threw at all.
  public let failure: String?
  /// The verdict of code that shares nothing with the method.
  public let certificate: Certificate
  /// The steps taken.
  public let iterations: Int
  /// What was evaluated and factorized, without what the certificate needed.
  public let counts: Counts
  /// Seconds of wall time, without the certificate.
  public let seconds: Double
  /// The iterations that were recorded.
  public let trace: Trace
  /// What the user should know of how the run began, in sentences.
  public internal(set) var notes: [String]

  /// The minimiser x.
  public var x: Vector<Double> { point.x }
  /// f(x).
  public var value: Double { point.value }
  /// ∇f(x); empty where the method needs values alone.
  public var gradient: Vector<Double> { point.gradient }
  /// Whether the certificate confirms what the method claims.
  public var isVerified: Bool { certificate.isVerified }
}
