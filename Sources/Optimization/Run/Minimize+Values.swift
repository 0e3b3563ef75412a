public import Matrix

/// Minimises an objective of which only the values are known.
///
///     let solution = minimize(
///       Function { x in simulate(x) }, from: x0, using: .nelderMead())
///
/// As ``minimize(_:from:using:until:within:verifying:recording:observing:)-(M.Problem,_,_,_,_,_,_,_)``,
/// with a rule that asks for no gradient.
///
/// - Parameters:
///   - objective: what is minimised.
///   - start: the starting point x₀.
///   - method: `.nelderMead()`.
///   - stop: when the run has arrived.
///   - budget: what the run may cost; 10,000 steps by default.
///   - verification: how the answer is verified.
///   - recording: which iterations are kept in ``Solution/trace``.
///   - observer: a closure that sees every iteration and may stop the run.
/// - Returns: the last point with its certificate.
/// - Precondition: `start` has as many elements as the objective has variables.
public func minimize<M: Method>(
  _ objective: any Objective, from start: Vector<Double>, using method: M,
  until stop: StopRule = M.usualRule, within budget: Budget = Budget(),
  verifying verification: Verification = .automatic,
  recording: Recording = .nothing, observing observer: Observer? = nil
) -> Solution where M.Problem == any Objective {
  var run = Run(objective, from: start, using: method)
  run.advance(
    until: stop, within: budget, recording: recording, observing: observer)
  return run.solution(verifying: verification)
}

/// Minimises what a closure computes, by its values alone.
///
///     let solution = minimize(from: [-1.2, 1], using: .nelderMead()) { x in
///       abs(x[0] - 1) + abs(x[1] - x[0])
///     }
///
/// - Parameters:
///   - start: the starting point x₀.
///   - method: `.nelderMead()`.
///   - stop: when the run has arrived.
///   - budget: what the run may cost; 10,000 steps by default.
///   - f: the function; it may throw where it is undefined.
/// - Returns: the last point with its certificate.
public func minimize<M: Method>(
  from start: Vector<Double>, using method: M,
  until stop: StopRule = M.usualRule, within budget: Budget = Budget(),
  _ f: @escaping (Vector<Double>) throws -> Double
) -> Solution where M.Problem == any Objective {
  minimize(
    Function(f), from: start, using: method, until: stop, within: budget)
}
