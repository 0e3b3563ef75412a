public import Matrix

/// Minimises within constraints from a starting point.
///
///     let problem = try f.subject(to: [
///       .value(atLeast: 25) { x in x[0] * x[1] * x[2] * x[3] }
///     ])
///     let solution = minimize(problem, from: [1, 5, 5, 1], using: .sqp())
///     print(solution.multipliers)
///
/// Not arriving is a result with a cause, not an error. Where the certificate finds
/// that the Lagrangian curves downwards along the active constraints, the run leaves
/// that way and goes on.
///
/// - Parameters:
///   - problem: what is minimised; its type has to be one the method can take.
///   - start: the starting point x₀.
///   - method: `.sqp()`, `.interiorPoint()`, `.augmentedLagrangian()`, ….
///   - stop: when the run has arrived; by default, when the residuals of the
///     first-order conditions are at most 1e-6.
///   - budget: what the run may cost; 10,000 steps by default.
///   - verification: how the answer is verified.
///   - recording: which iterations are kept in ``ConstrainedSolution/trace``.
///   - observer: a closure that sees every iteration and may stop the run.
/// - Returns: the last point with its multipliers and certificate.
/// - Precondition: `start` has as many elements as the problem has variables.
@specialized(where C == SQP)
public func minimize<C: ConstrainedMethod>(
  _ problem: C.Problem, from start: Vector<Double>, using method: C,
  until stop: StopRule = .gradientNorm(1e-6), within budget: Budget = Budget(),
  verifying verification: Verification = .automatic,
  recording: Recording = .nothing, observing observer: Observer? = nil
) -> ConstrainedSolution {
  var run = Run(problem, from: start, using: method)
  return run.solve(
    until: stop, within: budget, verifying: verification,
    recording: recording, observing: observer)
}

extension Run where M: ConstrainedMethod {
  /// The answer as it stands, with its certificate.
  ///
  /// - Complexity: that of the ``KKTCertificate``.
  public func solution(
    verifying verification: Verification = .automatic
  ) -> ConstrainedSolution {
    solution(verifying: verification, lowestValue: -1e20)
  }

  @specialized(where M == SQP)
  private func solution(
    verifying verification: Verification, lowestValue: Double
  ) -> ConstrainedSolution {
    let progress = state.memory.progress
    let bound = stop.gradientBound(initial: state.initialGradientNorm)
    var examination = ConstrainedExamination(
      evaluator, at: state.point.x,
      tolerance: verification.gradientTolerance ?? bound ?? 1e-6)
    let certificate = KKTCertificate(
      &examination, y: progress.multipliers, z: progress.boundMultipliers,
      claimedValue: state.point.value, lowestValue: lowestValue,
      examining: verification.curvature)
    return ConstrainedSolution(
      method: method.name, point: state.point,
      multipliers: progress.multipliers,
      boundMultipliers: progress.boundMultipliers, cause: cause,
      failure: evaluator.failure.map { "\($0)" }, certificate: certificate,
      iterations: state.iteration, counts: state.counts, seconds: seconds,
      trace: trace, notes: earlierNotes + state.notes)
  }

  /// Advances, and goes on where the certificate shows a way down from a point where
  /// the first-order conditions hold.
  @specialized(where M == SQP)
  mutating func solve(
    until stop: StopRule, within budget: Budget,
    verifying verification: Verification, recording: Recording,
    observing observer: Observer?
  ) -> ConstrainedSolution {
    while true {
      let cause = advance(
        until: stop, within: budget, recording: recording, observing: observer)
      let solution = solution(
        verifying: verification, lowestValue: budget.lowestValue)
      guard case .arrived(let rule) = cause, rule.isAboutOptimality,
        let way = solution.certificate.negativeCurvature,
        state.saddlesLeft < 5
      else { return solution }
      leave(along: way)
    }
  }

  /// Begins again beside a point that the certificate refutes as a minimum.
  ///
  /// The method restores what constraints the step violates by its second order; how
  /// far it is taken has to be more than what would lead back.
  private mutating func leave(along way: NegativeCurvature) {
    var point = state.point
    let length =
      0.01 * Double(1 << state.saddlesLeft) * max(1, point.x.normInfinity)
    // Downwards to first order too, as far as rounding left a slope.
    let sign = point.gradient.dot(way.direction) > 0 ? -1.0 : 1.0
    point.x.add(way.direction, scaledBy: sign * length)
    start(again: point, length: length)
  }

  /// Begins again on another problem with as many variables and constraints, from the
  /// last point or from another, with the multipliers and the curvature that the run
  /// has.
  ///
  /// For a problem that differs little from the one before, such as the next of a
  /// sequence.
  ///
  /// - Parameters:
  ///   - problem: the problem.
  ///   - point: where to begin; the last point if nil.
  /// - Precondition: as many variables and constraints as before.
  /// - Complexity: one evaluation.
  public mutating func warmStart(
    on problem: M.Problem, from point: Vector<Double>? = nil
  ) {
    restart(on: problem, keepingMemoryFrom: point ?? state.point.x)
  }
}
