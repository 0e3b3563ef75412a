public import Matrix

/// Minimises within constraints, by methods that are chosen.
///
///     let problem = try f.subject(to: [.value(equalTo: 1) { x in x[0] * x[1] }])
///     let solution = minimize(problem, from: [2, 2])
///
/// Up to 20 variables it is ``SQP`` first, with more of them and a Hessian
/// ``FilterInteriorPoint``, with hundreds and without one ``AugmentedLagrangian``. Where
/// an answer is not verified, the next method begins from the same start. The
/// first that the certificate verifies as a minimum is returned, otherwise the best
/// there is. ``ConstrainedSolution/notes`` say what was chosen, and why.
///
/// - Parameters:
///   - problem: what is minimised.
///   - start: the starting point x₀.
///   - stop: when a run has arrived; by default, when the residuals of the
///     first-order conditions are at most 1e-6.
///   - budget: what all runs together may cost; 10,000 steps by default.
///   - verification: how the answer is verified.
///   - recording: which iterations are kept in ``ConstrainedSolution/trace``.
///   - observer: a closure that sees every iteration and may stop the run.
/// - Returns: the last point with its multipliers and certificate.
/// - Precondition: `start` has as many elements as the problem has variables.
public func minimize(
  _ problem: any ConstrainedProblem, from start: Vector<Double>,
  until stop: StopRule = .gradientNorm(1e-6), within budget: Budget = Budget(),
  verifying verification: Verification = .automatic,
  recording: Recording = .nothing, observing observer: Observer? = nil
) -> ConstrainedSolution {
  let choice = ConstrainedChoice(for: problem, count: start.count)
  var best: ConstrainedSolution?
  var spent = Counts()
  var iterations = 0
  var left = budget
  var notes = [choice.note]
  for (number, attempt) in choice.attempts.enumerated() {
    // What crawls leaves something to the others.
    var allowed = left
    if number + 1 < choice.attempts.count {
      allowed.iterations = min(left.iterations, max(500, left.iterations / 10))
    }
    var solution = attempt.run(
      start, stop, allowed, verification, recording, observer)
    spent.add(solution.counts)
    iterations += solution.iterations
    left.iterations = max(0, budget.iterations - iterations)
    left.evaluations = max(0, budget.evaluations - spent.values)
    left.seconds -= solution.seconds
    solution.notes = notes + solution.notes
    if best.map({ solution.isBetter(than: $0) }) ?? true { best = solution }
    if solution.endsSearch { break }
    // Two methods that come to the same verdict by different ways.
    if solution.isVerified, notes.count > 1 { break }
    guard left.iterations > 0, left.evaluations > 0, left.seconds > 0 else {
      break
    }
    notes.append("\(solution.method) came before: \(solution.ending)")
  }
  guard var best else { preconditionFailure("no method was chosen") }
  best.counts = spent
  return best
}
