internal import Matrix

/// A verdict on a point, reached without the method that found it.
///
/// f and ∇f are evaluated afresh, not taken from the run.
public struct Certificate: Codable, Equatable, Sendable {
  /// f(x), evaluated afresh.
  public let value: Double
  /// ‖∇f(x)‖∞, evaluated afresh.
  public let gradientNorm: Double
  /// The bound on ‖∇f(x)‖∞ for x to count as stationary.
  public let gradientTolerance: Double
  /// What the point was claimed to be.
  public let goal: Goal

  /// Whether ‖∇f(x)‖∞ is within its tolerance and f(x) is finite.
  public var isStationary: Bool {
    value.isFinite && gradientNorm <= gradientTolerance
  }

  /// Whether the claim holds.
  public var isVerified: Bool { isStationary }

  init(
    of objective: any DifferentiableObjective, at x: Vector<Double>,
    claimedValue: Double, goal: Goal, gradientTolerance: Double,
    examining: Verification.Curvature
  ) {
    var evaluator = Evaluator(objective)
    var point = Point(x)
    evaluator.evaluate(&point)
    value = point.value
    gradientNorm = point.gradient.normInfinity
    self.gradientTolerance = gradientTolerance
    self.goal = goal
  }
}

/// How an answer is verified.
public struct Verification: Codable, Equatable, Sendable {
  /// Whether the second derivatives are examined.
  public enum Curvature: String, Codable, Sendable {
    /// When the objective has a Hessian, or has few enough variables for
    /// differences of gradients to be cheap.
    case automatic
    /// Always, by differences of gradients if need be.
    case always
    /// Never.
    case never
  }

  /// The bound on ‖∇f(x)‖∞; nil for the one of the stop rule, and 1e-6 when that
  /// has none.
  public var gradientTolerance: Double?
  /// Whether the second derivatives are examined.
  public var curvature: Curvature

  /// How an answer is to be verified.
  public init(
    gradientTolerance: Double? = nil, curvature: Curvature = .automatic
  ) {
    self.gradientTolerance = gradientTolerance
    self.curvature = curvature
  }

  /// The stop rule's tolerance, and the curvature where it costs little.
  public static var automatic: Verification { Verification() }
}
