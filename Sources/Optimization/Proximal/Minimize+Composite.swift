public import Matrix

/// Minimises an objective with a penalty, by a method that is chosen.
///
///     let solution = minimize(objective + 0.1 * .l1, from: x0)
///
/// Where the penalty is a sum over at most 500 variables and f has a Hessian it is
/// ``ProximalNewton``, elsewhere ``OWLQN`` for magnitudes and squares, and
/// ``ProximalGradient`` with spectral steps for other penalties. ``Solution/notes`` say which, and why.
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
  let choice = CompositeChoice(for: problem, count: start.count)
  var solution =
    switch choice.way {
    case .newton(let problem):
      minimize(
        problem, from: start, using: .proximalNewton(), until: stop,
        within: budget, verifying: verification, recording: recording,
        observing: observer)
    case .magnitudes(let problem):
      minimize(
        problem, from: start, using: .owlqn(), until: stop, within: budget,
        verifying: verification, recording: recording, observing: observer)
    case .gradients:
      minimize(
        problem, from: start, using: .proximalGradient(), until: stop,
        within: budget,
        verifying: verification, recording: recording, observing: observer)
    }
  solution.notes.insert(choice.note, at: 0)
  return solution
}

/// Which method suits a composite problem.
///
/// A step of Newton's method costs some n³/3 flops beside the Hessian, 10 ms for
/// n = 500, and its subproblem is exact where the penalty is a sum over the
/// variables. Elsewhere quasi-Newton and spectral steps are ahead: for lasso and
/// logistic regression on the breast cancer data, to 10⁻¹², OWL-QN takes 298 and 467
/// evaluations, spectral proximal gradients 186 and 1014, FISTA 569 and 3108.
struct CompositeChoice {
  /// The method, with the problem as it takes it.
  enum Way {
    case newton(any TwiceDifferentiableCompositeProblem)
    case magnitudes(any AbsoluteValueProblem)
    case gradients
  }

  let way: Way
  /// The choice and its reason, a sentence.
  let note: String

  init(for problem: any CompositeProblem, count n: Int) {
    let isSeparable = problem.penalty is any SeparablePenalty
    if let second = problem as? any TwiceDifferentiableCompositeProblem,
      isSeparable, n <= 500
    {
      way = .newton(second)
      note = "chosen: proximal Newton, for \(n) variables with a Hessian"
    } else if let magnitudes = problem as? any AbsoluteValueProblem {
      way = .magnitudes(magnitudes)
      note = "chosen: OWL-QN, for \(n) variables with a penalty of magnitudes"
    } else {
      way = .gradients
      note = "chosen: the proximal gradient, for \(problem.penalty.name)"
    }
  }
}
