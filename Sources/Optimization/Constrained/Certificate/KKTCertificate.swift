public import Matrix

/// The verdict on what is claimed of a constrained problem, by code that shares
/// nothing with the methods.
///
/// Everything is evaluated afresh, and all residuals are absolute, in the user's own
/// units. x is a point of Karush, Kuhn and Tucker where
///
///     ∇f − J(x)ᵀy − z = 0,   l ≤ c(x) ≤ u, bounds,   y (c − side) = 0, z (x − bound) = 0
///
/// with multipliers that are positive where a lower side pushes and negative where an
/// upper one does. Where none are given, or those given do not fit, they are
/// estimated by least squares with the signs that the sides ask for. Such a point is
/// a strict minimum where ∇²L is positive definite on the directions along which f
/// does not change to first order and the constraints keep holding (the critical
/// cone), and none where a constraint qualification holds and ∇²L is negative along
/// one of them.
///
/// The derivatives are believed, unless f and c change along a direction against what
/// they say: then the verdict is ``Classification/inconsistent``.
///
/// Source: Nocedal and Wright 2006, sections 12.3 to 12.5.
public struct KKTCertificate: Codable, Equatable, Sendable {
  /// What was found.
  public enum Finding: String, Codable, Sendable {
    /// The first-order conditions hold, and no direction shows that x is not a
    /// minimum; ``KKTCertificate/classification`` says what the second derivatives
    /// do.
    case optimal
    /// The constraints are violated, and to first order every step violates them
    /// more.
    case infeasible
    /// The constraints hold and f is below the value that stands for −∞.
    case unbounded
    /// What was claimed does not hold.
    case refuted
  }

  /// What was found.
  public let finding: Finding
  /// What kind of point it is by its second derivatives on the critical cone.
  public let classification: Classification
  /// The bound on the residuals.
  public let tolerance: Double
  /// f(x), evaluated afresh.
  public let value: Double
  /// What f(x) was claimed to be, if anything was.
  public let claimedValue: Double?
  /// y, those given or, where ``isEstimated``, found here.
  public let multipliers: Vector<Double>
  /// z, likewise.
  public let boundMultipliers: Vector<Double>
  /// Whether the multipliers are those that were found here.
  public let isEstimated: Bool
  /// ‖∇f − J(x)ᵀy − z‖∞.
  public let stationarity: Double
  /// How far c(x) and x are outside their sides, at most.
  public let primalResidual: Double
  /// The largest |multiplier × distance from its side|.
  public let complementarity: Double
  /// Whether a multiplier has the sign of a side that does not exist.
  public let hasWrongSign: Bool
  /// The constraints and bounds whose sides x is at.
  public let active: ActiveConstraints
  /// What was found out about the eigenvalues of ∇²L on the plane along the active
  /// sides, if anything.
  public let curvature: Curvature?
  /// A direction in the critical cone along which the Lagrangian curves downwards.
  public let negativeCurvature: NegativeCurvature?
  /// How fast the violation can fall to first order, nil where the constraints hold.
  ///
  /// Per unit of x; of a violation below 1, in relation to it.
  public let violationSlope: Double?
  /// What the verdict has cost.
  public let counts: Counts
  /// What the objective or a constraint threw last, if one threw.
  public let failure: String?

  /// The largest of the residuals of the first-order conditions.
  public var residual: Double {
    let all = [stationarity, primalResidual, complementarity]
    if all.contains(where: \.isNaN) { return .nan }
    return hasWrongSign ? .infinity : all.max() ?? 0
  }

  /// Whether f(x) is what it was claimed to be, to 2⁻³⁰ of its size.
  public var hasClaimedValue: Bool { Self.agree(value, claimedValue) }

  private static func agree(_ value: Double, _ claimed: Double?) -> Bool {
    guard let claimed else { return true }
    return value == claimed
      || claimed.isFinite
        && abs(value - claimed) <= 0x1p-30 * max(abs(value), abs(claimed))
  }

  /// Whether the claim holds.
  public var isVerified: Bool { finding != .refuted }
}

extension KKTCertificate {
  /// The verdict on a point.
  ///
  /// - Parameters:
  ///   - problem: the problem.
  ///   - x: the point.
  ///   - multipliers: y; estimated if nil.
  ///   - boundMultipliers: z; estimated if nil.
  ///   - claimedValue: f(x) according to whoever found it.
  ///   - lowestValue: the value below which f counts as falling without bound.
  ///   - tolerance: the bound on the residuals.
  ///   - examining: whether the second derivatives are examined.
  /// - Precondition: shapes agree.
  /// - Complexity: one evaluation of f, ∇f, c and J, and four more of f and c where
  ///   the conditions hold; with k active sides nk² flops
  ///   and, where the curvature is examined, a Hessian of the Lagrangian and some
  ///   10 n³ flops.
  public init(
    of problem: any ConstrainedProblem, at x: Vector<Double>,
    multipliers: Vector<Double>? = nil,
    boundMultipliers: Vector<Double>? = nil, claimedValue: Double? = nil,
    lowestValue: Double = -1e20, tolerance: Double = 1e-6,
    examining: Verification.Curvature = .automatic
  ) {
    var examination = ConstrainedExamination(
      problem, at: x, tolerance: tolerance)
    self.init(
      &examination, y: multipliers, z: boundMultipliers,
      claimedValue: claimedValue, lowestValue: lowestValue,
      examining: examining)
  }

  init(
    _ examination: inout ConstrainedExamination, y: Vector<Double>?,
    z: Vector<Double>?, claimedValue: Double?, lowestValue: Double,
    examining: Verification.Curvature
  ) {
    let tolerance = examination.tolerance
    self.tolerance = tolerance
    self.claimedValue = claimedValue
    value = examination.point.value
    let choice = examination.chooseMultipliers(y, z)
    multipliers = choice.y
    boundMultipliers = choice.z
    isEstimated = choice.isEstimated
    let residuals = choice.residuals
    stationarity = residuals.stationarity
    primalResidual = residuals.conditions.violation
    complementarity = residuals.conditions.complementarity
    hasWrongSign = residuals.conditions.wrongSign > 0
    active = examination.activeConstraints(choice)

    let isFeasible = primalResidual <= tolerance
    let slope = isFeasible ? nil : examination.violationSlope()
    violationSlope = slope
    let isAsClaimed = Self.agree(examination.point.value, claimedValue)
    let holds =
      isFeasible && stationarity <= tolerance
      && complementarity <= tolerance && residuals.conditions.wrongSign == 0
      && value.isFinite && tolerance < .infinity

    let isConsistent =
      !(holds || (slope ?? .infinity) <= tolerance)
      || examination.derivativesAgree()
    var found = (
      classification: Classification.notStationary, curvature: Curvature?.none,
      negative: NegativeCurvature?.none
    )
    if !examination.isDefined {
      found.classification = .undefined
      finding = .refuted
    } else if !isConsistent {
      found.classification = .inconsistent
      finding = .refuted
    } else if isFeasible && value < lowestValue {
      finding = .unbounded
    } else if holds {
      let second = examination.classify(choice, active, examining)
      found = second
      finding =
        isAsClaimed && second.negative == nil
          && second.classification != .undefined
        ? .optimal : .refuted
    } else if let slope, slope <= tolerance {
      finding = .infeasible
    } else {
      finding = .refuted
    }
    classification = found.classification
    curvature = found.curvature
    negativeCurvature = found.negative
    counts = examination.evaluator.counts
    failure = examination.evaluator.failure.map { "\($0)" }
  }
}
