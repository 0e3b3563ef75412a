public import Matrix

/// Minimises an objective from a starting point.
///
///     let solution = try minimize(Rosenbrock(), from: [-1.2, 1], using: .lbfgs())
///     print(solution)
///
/// Not arriving is a result with a cause, not an error. Where the certificate
/// finds that f curves downwards from a stationary point, a saddle, the run leaves
/// it that way and goes on, unless the method looks for critical points of any
/// kind.
///
/// - Parameters:
///   - problem: what is minimised; its type has to be one the method can take.
///   - start: the starting point x₀.
///   - method: `.lbfgs()`, `.newton()`, `.gradientDescent(rate:)`, ….
///   - stop: when the run has arrived; ‖∇f‖∞ ≤ 1e-6 by default.
///   - budget: what the run may cost; 10,000 steps by default.
///   - verification: how the answer is verified.
///   - recording: which iterations are kept in ``Solution/trace``.
///   - observer: a closure that sees every iteration and may stop the run.
/// - Returns: the last point with its certificate.
/// - Precondition: `start` has as many elements as the objective has variables.
@specialized(where M == LBFGS<StrongWolfe>)
@specialized(where M == Newton<Armijo>)
@specialized(where M == GradientDescent<Armijo>)
@specialized(where M == GradientDescent<ConstantStep>)
@specialized(where M == LevenbergMarquardt)
@specialized(where M == TrustRegion<MoreSorensen<ExactHessian>>)
public func minimize<M: Method>(
  _ problem: M.Problem, from start: Vector<Double>, using method: M,
  until stop: StopRule = .gradientNorm(1e-6), within budget: Budget = Budget(),
  verifying verification: Verification = .automatic,
  recording: Recording = .nothing, observing observer: Observer? = nil
) -> Solution {
  var run = Run(problem, from: start, using: method)
  return run.solve(
    until: stop, within: budget, verifying: verification,
    recording: recording, observing: observer)
}

extension Run {
  /// Advances, and goes on where the certificate shows a way down from a
  /// stationary point, unless any critical point will do.
  @specialized(where M == LBFGS<StrongWolfe>)
  @specialized(where M == Newton<Armijo>)
  @specialized(where M == GradientDescent<Armijo>)
  @specialized(where M == GradientDescent<ConstantStep>)
  @specialized(where M == LevenbergMarquardt)
  @specialized(where M == TrustRegion<MoreSorensen<ExactHessian>>)
  mutating func solve(
    until stop: StopRule, within budget: Budget,
    verifying verification: Verification, recording: Recording,
    observing observer: Observer?
  ) -> Solution {
    while true {
      let cause = advance(
        until: stop, within: budget, recording: recording, observing: observer)
      let solution = solution(verifying: verification)
      // A rule about steps or cost has been met wherever the run is.
      guard case .arrived(let rule) = cause, rule.isAboutOptimality,
        M.goal == .minimum, let way = solution.certificate.negativeCurvature,
        state.saddlesLeft < 20, leaveSaddle(along: way)
      else { return solution }
    }
  }
}
