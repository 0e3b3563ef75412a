public import Matrix

/// Minimises an objective by the method that it asks for.
///
///     let solution = minimize(Rosenbrock(), from: [-1.2, 1])
///
/// ``Solution/notes`` says which, and why.
///
/// - Parameters:
///   - objective: what is minimised; its Hessian is used where it has one.
///   - start: the starting point x₀.
///   - stop: when the run has arrived; ‖∇f‖∞ ≤ 1e-6 by default.
///   - budget: what the run may cost; 10,000 steps by default.
///   - verification: how the answer is verified.
///   - recording: which iterations are kept in ``Solution/trace``.
///   - observer: a closure that sees every iteration and may stop the run.
/// - Returns: the last point with its certificate, by ``Automatic``.
/// - Precondition: `start` has as many elements as the objective has variables.
public func minimize(
  _ objective: any DifferentiableObjective, from start: Vector<Double>,
  until stop: StopRule = .gradientNorm(1e-6), within budget: Budget = Budget(),
  verifying verification: Verification = .automatic,
  recording: Recording = .nothing, observing observer: Observer? = nil
) -> Solution {
  minimize(
    objective, from: start, using: .automatic(), until: stop, within: budget,
    verifying: verification, recording: recording, observing: observer)
}

/// Minimises an objective of which only values are known, by differences of them.
///
/// - Parameters:
///   - objective: what is minimised, as smooth as its differences are to mean
///     anything; for others there is ``NelderMead``.
///   - start: the starting point x₀.
///   - stop: when the run has arrived; ‖∇f‖∞ ≤ 1e-6 by default.
///   - budget: what the run may cost; 10,000 steps by default.
///   - verification: how the answer is verified.
///   - recording: which iterations are kept in ``Solution/trace``.
///   - observer: a closure that sees every iteration and may stop the run.
/// - Returns: the last point with its certificate, by ``Automatic`` on central
///   ``FiniteDifferences``.
/// - Precondition: `start` has as many elements as the objective has variables.
public func minimize(
  _ objective: any Objective, from start: Vector<Double>,
  until stop: StopRule = .gradientNorm(1e-6), within budget: Budget = Budget(),
  verifying verification: Verification = .automatic,
  recording: Recording = .nothing, observing observer: Observer? = nil
) -> Solution {
  minimize(
    FiniteDifferences(of: objective), from: start, using: .automatic(),
    until: stop, within: budget, verifying: verification,
    recording: recording, observing: observer)
}
