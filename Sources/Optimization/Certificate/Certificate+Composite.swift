public import Matrix

extension Certificate {
  /// The verdict on a point of a composite problem.
  ///
  /// f, ∇f and R are evaluated afresh. The point is stationary where −∇f(x) is as
  /// close to ∂R(x) as the tolerance says (``Penalty/stationarity(at:gradient:scratch:)``),
  /// whichever method found it; on a ``CompactSet`` also where no step within it
  /// makes f fall, to first order, by more than that. Where f is a ``ConjugateObjective`` and R convex, the
  /// duality gap says how far f + R is above its minimum, and a stationary point is a
  /// minimum. Elsewhere, where R is a sum over the variables, the second derivatives
  /// are examined along those at which R has no kink.
  ///
  /// - Parameters:
  ///   - problem: f and R.
  ///   - x: the point.
  ///   - claimedValue: f(x) + R(x) according to whoever found it.
  ///   - goal: what the point is claimed to be.
  ///   - gradientTolerance: the bound on the distance of −∇f(x) from ∂R(x).
  ///   - examining: whether the second derivatives are examined.
  /// - Complexity: one evaluation, the proximal map, and for the gap three products
  ///   with A; with the curvature as for a certificate without penalty.
  public init(
    of problem: any CompositeProblem, at x: Vector<Double>,
    claimedValue: Double? = nil, goal: Goal = .minimum,
    gradientTolerance: Double = 1e-6,
    examining: Verification.Curvature = .automatic
  ) {
    var point = Point(x)
    self.init(
      of: problem.objective, with: problem.penalty, evaluating: &point,
      claimedValue: claimedValue, goal: goal,
      gradientTolerance: gradientTolerance, examining: examining)
  }

  init(
    of objective: any DifferentiableObjective, with penalty: any Penalty,
    evaluating center: inout Point, claimedValue: Double?, goal: Goal,
    gradientTolerance: Double, examining: Verification.Curvature
  ) {
    var evaluator = Evaluator(objective)
    evaluator.evaluate(&center)
    let x = center.x
    let smooth = center.value
    let penaltyValue = penalty.value(at: x)
    var scratch = Vector<Double>.zeros(x.count)
    let distance = penalty.stationarity(
      at: x, gradient: center.gradient, scratch: &scratch)
    value = smooth + penaltyValue
    self.claimedValue = claimedValue
    gradientNorm = distance
    self.gradientTolerance = gradientTolerance
    relativeOffset = nil
    offsetTolerance = nil
    activeBounds = nil
    self.goal = goal
    let isDefined =
      value.isFinite && distance.isFinite && center.gradient.isFinite
    let linearGap = (penalty as? any CompactSet).map {
      $0.linearGap(at: x, gradient: center.gradient, vertex: &scratch)
    }
    let isNear =
      distance <= gradientTolerance
      || (linearGap ?? .infinity) <= gradientTolerance && penaltyValue == 0
    isStationary = isDefined && isNear && gradientTolerance < .infinity

    let conjugate = isDefined ? objective as? any ConjugateObjective : nil
    let gap = conjugate.flatMap { Self.gap(of: $0, penalty, at: x) }
    composite = CompositeOptimality(
      penalty: penalty.name, penaltyValue: penaltyValue, smoothValue: smooth,
      proximalResidual: penalty.proximalResidual(
        at: x, gradient: center.gradient, scratch: &scratch),
      dualityGap: gap, linearGap: linearGap, zeroCount: x.count { $0 == 0 },
      count: x.count)

    var finding = Examination.Finding(
      classification: !isDefined
        ? .undefined : isStationary ? .notExamined : .notStationary)
    if isStationary {
      if conjugate != nil && penalty.isConvex {
        finding.classification = .minimum
      } else if let separable = penalty as? any SeparablePenalty {
        var face = PenaltyFace(
          evaluator: evaluator, point: center, penalty: separable,
          tolerance: gradientTolerance)
        finding = face.classify(examining)
        evaluator = face.evaluator
      }
    }
    classification = finding.classification
    curvature = finding.curvature
    negativeCurvature = finding.negativeCurvature
    counts = evaluator.counts
    failure = evaluator.failure.map { "\($0)" }
  }

  private static func gap(
    of objective: any ConjugateObjective, _ penalty: any Penalty,
    at x: Vector<Double>
  ) -> Double? {
    func gap(_ penalty: some Penalty) -> Double? {
      objective.dualityGap(with: penalty, at: x)
    }
    return gap(penalty)
  }
}
