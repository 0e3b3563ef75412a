public import Matrix

/// Minimises an objective from a starting point.
///
///     let solution = try minimize(Rosenbrock(), from: [-1.2, 1], using: .lbfgs())
///     print(solution)
///
/// Not arriving is a result with a cause, not an error.
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
  run.advance(
    until: stop, within: budget, recording: recording, observing: observer)
  return run.solution(verifying: verification)
}
