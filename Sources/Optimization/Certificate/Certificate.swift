public import Matrix

/// A verdict on a point, reached without the method that found it.
///
/// f and ∇f are evaluated afresh, not taken from the run, and the eigenvalues of
/// ∇²f are examined where that is affordable (see ``Verification``). Errors, NaN
/// and derivatives of wrong size are verdicts too; nothing traps.
///
///     let certificate = Certificate(of: objective, at: x)
///     if certificate.classification == .saddle,
///       let way = certificate.negativeCurvature
///     { x.add(way.direction, scaledBy: 1e-2) }
///
/// The objective itself is believed: that its ∇f is the gradient of its f is for
/// ``checkDerivatives(of:at:)-(DifferentiableObjective,_)`` to tell. Where the evaluations that are made anyway
/// contradict it, the verdict is ``Classification/inconsistent``.
public struct Certificate: Codable, Equatable, Sendable {
  /// f(x), with a penalty f(x) + R(x), evaluated afresh.
  public let value: Double
  /// What f(x) was claimed to be, if anything was.
  public let claimedValue: Double?
  /// ‖∇f(x)‖∞, evaluated afresh; of the variables that no bound holds, and with a
  /// penalty the distance of −∇f(x) from its ∂R(x).
  public let gradientNorm: Double
  /// The bound on ‖∇f(x)‖∞ for x to count as stationary.
  public let gradientTolerance: Double
  /// ‖P r‖ / ‖r‖ of a least-squares problem, nil for others.
  ///
  /// From a Jacobian and a factorization of its own; see
  /// ``StopRule/relativeOffset(_:)``.
  public let relativeOffset: Double?
  /// The bound on ``relativeOffset``, below which x is stationary too; nil when
  /// none was asked for.
  ///
  /// At least what rounding leaves of an offset of zero, but at most 10⁻³.
  public let offsetTolerance: Double?
  /// The bounds that hold variables, with their multipliers; nil where there are
  /// none.
  public let activeBounds: ActiveBounds?
  /// Penalty, zeros and duality gap of a composite problem; nil for others.
  public let composite: CompositeOptimality?
  /// What the point was claimed to be.
  public let goal: Goal
  /// What kind of point it is.
  public let classification: Classification
  /// What was found out about the eigenvalues of ∇²f(x), if anything.
  public let curvature: Curvature?
  /// A direction in which f curves downwards, if there is one beyond doubt.
  public let negativeCurvature: NegativeCurvature?
  /// What the verdict has cost.
  public let counts: Counts
  /// What the objective threw last, if it threw.
  public let failure: String?

  /// Whether x is within the bounds, f(x) is finite and ‖∇f(x)‖∞, or for least
  /// squares the relative offset, within its tolerance.
  public let isStationary: Bool

  /// Whether f(x) is what it was claimed to be.
  ///
  /// To 2⁻³⁰ of its size: the same x gives the same value but for sums that are
  /// taken in another order.
  public var hasClaimedValue: Bool {
    guard let claimedValue else { return true }
    return value == claimedValue
      || claimedValue.isFinite
        && abs(value - claimedValue)
          <= 0x1p-30 * max(abs(value), abs(claimedValue))
  }

  /// Whether the claim holds, as far as it was examined.
  ///
  /// x is stationary, f(x) as claimed, the derivatives are defined and do not
  /// contradict each other, and, when a minimum was looked for, ∇²f shows no
  /// direction in which f curves downwards. Whether second derivatives were
  /// looked at, and what they say, is for ``classification`` to tell.
  public var isVerified: Bool {
    guard isStationary && hasClaimedValue else { return false }
    switch classification {
    case .undefined, .inconsistent, .notStationary:
      return false
    case .maximum, .saddle, .degenerate, .unresolved:
      return goal == .criticalPoint || negativeCurvature == nil
    case .minimum, .notExamined:
      return true
    }
  }

  /// The verdict on a point.
  ///
  /// - Parameters:
  ///   - objective: the objective.
  ///   - bounds: bounds on the variables, within which x has to be and f has to
  ///     rise; nil for none, or for those of a ``SumOfSquares``.
  ///   - x: the point.
  ///   - claimedValue: f(x) according to whoever found it.
  ///   - goal: what the point is claimed to be.
  ///   - gradientTolerance: the bound on ‖∇f(x)‖∞; one that is infinite or NaN
  ///     is met by nothing.
  ///   - offsetTolerance: the bound on the relative offset of a ``SumOfSquares``,
  ///     which is met by that or by the gradient; nil for the gradient alone.
  ///   - examining: whether the second derivatives are examined.
  /// - Complexity: one evaluation and one allocation. With the curvature, one or
  ///   two evaluations more and, for an objective with a Hessian, a Hessian and a
  ///   factorization (n ≤ 1000) or at most 100 products; without one, 2n
  ///   gradients (n ≤ 20).
  public init(
    of objective: any DifferentiableObjective, within bounds: Bounds? = nil,
    at x: Vector<Double>, claimedValue: Double? = nil, goal: Goal = .minimum,
    gradientTolerance: Double = 1e-6, offsetTolerance: Double? = nil,
    examining: Verification.Curvature = .automatic
  ) {
    var point = Point(x)
    self.init(
      of: objective, within: bounds, evaluating: &point,
      claimedValue: claimedValue, goal: goal,
      gradientTolerance: gradientTolerance, offsetTolerance: offsetTolerance,
      units: nil, examining: examining)
  }

  /// The verdict on a point whose variables have typical magnitudes `units`.
  ///
  /// - Parameter center: x, with room for f and ∇f.
  init(
    of objective: any DifferentiableObjective, within bounds: Bounds?,
    evaluating center: inout Point, claimedValue: Double?, goal: Goal,
    gradientTolerance: Double,
    offsetTolerance: Double?, units: Vector<Double>?,
    examining: Verification.Curvature
  ) {
    let objective =
      units.flatMap { units in
        (objective as? FiniteDifferences)?.inUnits(units)
      } ?? objective
    var evaluator = Evaluator(objective)
    evaluator.evaluate(&center)
    let point = center
    let x = center.x
    value = point.value
    self.claimedValue = claimedValue
    composite = nil
    let squares = objective as? SumOfSquares
    let bounds = bounds ?? squares?.residuals.bounds
    bounds?.checkCount(x)
    let active = bounds.map {
      ActiveBounds(of: point, within: $0, tolerance: gradientTolerance)
    }
    activeBounds = active
    gradientNorm =
      bounds?.projectedGradientNorm(point.gradient, at: x, value: point.value)
      ?? point.gradient.normInfinity
    self.gradientTolerance = gradientTolerance
    self.goal = goal

    let offset = offsetTolerance.flatMap { _ in
      squares?.relativeOffset(at: x)
    }
    relativeOffset = offset?.value
    self.offsetTolerance = offset.flatMap { offset in
      offsetTolerance.map { max($0, min(offset.rounding, 1e-3)) }
    }
    var isStationary =
      gradientNorm <= gradientTolerance && gradientTolerance < .infinity
    if let relativeOffset, let tolerance = self.offsetTolerance {
      isStationary = isStationary || relativeOffset <= tolerance
    }
    let isInside = (active?.violation ?? 0) <= 0
    isStationary =
      isStationary && value.isFinite && gradientNorm.isFinite && isInside
    self.isStationary = isStationary

    if !(value.isFinite && gradientNorm.isFinite) {
      (classification, curvature, negativeCurvature) = (.undefined, nil, nil)
      (counts, failure) = evaluator.outcome
      return
    }
    guard isStationary else {
      (classification, curvature, negativeCurvature) = (
        .notStationary, nil, nil
      )
      (counts, failure) = evaluator.outcome
      return
    }
    // A regression has parameters of 1e-7 beside others of 1e3, and no
    // tolerance relative to the norm of ∇²f would see the small ones.
    var faces = FaceExamination(
      evaluator: evaluator, point: point, bounds: bounds,
      units: offset?.units ?? units, examining: examining)
    let finding = faces.classify(active)
    classification = finding.classification
    curvature = finding.curvature
    negativeCurvature = finding.negativeCurvature
    (counts, failure) = faces.evaluator.outcome
  }
}

extension Evaluator {
  /// What was called, and what was thrown last.
  fileprivate var outcome: (Counts, String?) {
    (counts, failure.map { "\($0)" })
  }
}
