public import Matrix

/// Minimises within bounds, by a method that is chosen.
///
///     let box = try Bounds(0...1, count: 2)
///     let solution = minimize(f.within(box), from: [0.5, 0.5])
///
/// Up to 300 variables with a Hessian it is ``BoundedTrustRegion``, elsewhere
/// ``LBFGSB``. ``Solution/notes`` say which, and why.
///
/// - Parameters:
///   - problem: f within bounds.
///   - start: the starting point x₀; moved to the nearest point within the bounds.
///   - stop: when the run has arrived; ‖∇f‖∞ ≤ 1e-6 of the free variables by
///     default.
///   - budget: what the run may cost; 10,000 steps by default.
///   - verification: how the answer is verified.
///   - recording: which iterations are kept in ``Solution/trace``.
///   - observer: a closure that sees every iteration and may stop the run.
/// - Returns: the last point with its certificate.
/// - Precondition: `start` has as many elements as there are bounds.
public func minimize(
  _ problem: any BoundedProblem, from start: Vector<Double>,
  until stop: StopRule = .gradientNorm(1e-6), within budget: Budget = Budget(),
  verifying verification: Verification = .automatic,
  recording: Recording = .nothing, observing observer: Observer? = nil
) -> Solution {
  let choice = BoundedChoice(for: problem, count: start.count)
  var solution =
    if let second = choice.problem {
      minimize(
        second, from: start, using: .boundedTrustRegion(), until: stop,
        within: budget, verifying: verification, recording: recording,
        observing: observer)
    } else {
      minimize(
        problem, from: start, using: .lbfgsb(), until: stop, within: budget,
        verifying: verification, recording: recording, observing: observer)
    }
  solution.notes.insert(choice.note, at: 0)
  return solution
}

/// Which method suits a bounded problem.
///
/// A step of the trust region costs some n³ flops beside the Hessian, 10 ms for
/// n = 300, and a run takes some ten steps where L-BFGS-B takes some thirty; beyond,
/// a method that costs O(n) a step is ahead unless f is hard.
struct BoundedChoice {
  /// The problem with its Hessian, when the trust region is to solve it.
  let problem: (any TwiceDifferentiableBoundedProblem)?
  /// The choice and its reason, a sentence.
  let note: String

  init(for problem: any BoundedProblem, count n: Int) {
    let second =
      problem as? any TwiceDifferentiableBoundedProblem
      ?? problem.objective.withSecondDerivatives?.within(problem.bounds)
    if let second, n <= 300 {
      self.problem = second
      note = "chosen: the trust region, for \(n) variables with a Hessian"
    } else {
      self.problem = nil
      note =
        second == nil
        ? "chosen: L-BFGS-B, since there is no Hessian"
        : "chosen: L-BFGS-B, for \(n) variables"
    }
  }
}
