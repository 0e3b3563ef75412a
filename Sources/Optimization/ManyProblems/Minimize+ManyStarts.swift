public import Matrix

// A problem that several threads call has to be Sendable, which the type
// `M.Problem` alone cannot say: so there is a function for each kind of problem,
// and one for problems that each thread makes for itself.

/// Minimises from many starts, on as many threads as there are, a problem that each
/// of these makes for itself.
///
///     let batch = minimize(
///       perThread: { AutomaticFunction { x in (x[0] - 1).squared } },
///       fromEach: starts, using: .lbfgs())
///
/// For objectives that are not `Sendable`, such as those that record; the other
/// forms take one problem for all threads, or one for each start. A
/// run is started again in the same storage, so that thousands of small problems
/// allocate what one does on each thread.
///
/// What is found is the same bits for any number of threads, as long as no
/// time is limited and a problem by itself is too small for `Matrix.Threads`.
/// Cancelling the task ends it; a problem that is begun is finished.
///
/// - Parameters:
///   - makeProblem: makes the problem, once on each thread.
///   - starts: the starting points.
///   - method: `.lbfgs()`, `.newton()`, `.nelderMead()`, ….
///   - stop: when a run has arrived.
///   - budget: what one run may cost.
///   - total: what all runs together may cost. Problems after those that spent it
///     are not begun, on however many threads; only its time is not that exact.
///   - verification: how the answers are verified: without their curvature unless
///     told, which is what makes them light.
///   - threads: how many threads at most; `Threads.maximum` unless told.
/// - Returns: the answers in the order of the starts.
/// - Precondition: the starts have as many elements as the problem has variables.
/// - Complexity: two allocations of the size of all answers, and on each thread
///   those of one run.
public func minimize<M: Method>(
  perThread makeProblem: @Sendable () -> M.Problem,
  fromEach starts: [Vector<Double>], using method: M,
  until stop: StopRule = M.usualRule, within budget: Budget = Budget(),
  altogether total: Budget = .unlimited,
  verifying verification: Verification = Verification(curvature: .never),
  threads: Int? = nil
) -> SolutionBatch {
  BatchWork(
    method: method, stop: stop, budget: budget, total: total,
    verification: verification, workers: threads
  ).solve(from: starts) {
    var problem: M.Problem? = makeProblem()
    return { _ in
      defer { problem = nil }
      return problem
    }
  }
}

/// Minimises many problems, each of which is made where it is solved.
///
///     let batch = minimize(each: starts, using: .lbfgs()) { i in
///       Likelihood(of: samples[i])
///     }
///
/// - Parameters:
///   - starts: the starting points; their number is that of the problems.
///   - method: `.lbfgs()`, `.newton()`, `.nelderMead()`, ….
///   - stop: when a run has arrived.
///   - budget: what one run may cost.
///   - total: what all runs together may cost.
///   - verification: how the answers are verified.
///   - threads: how many threads at most; `Threads.maximum` unless told.
///   - makeProblem: makes the i-th problem.
/// - Returns: the answers in the order of the starts.
/// - Precondition: each start has as many elements as its problem has variables.
public func minimize<M: Method>(
  each starts: [Vector<Double>], using method: M,
  until stop: StopRule = M.usualRule, within budget: Budget = Budget(),
  altogether total: Budget = .unlimited,
  verifying verification: Verification = Verification(curvature: .never),
  threads: Int? = nil, _ makeProblem: @escaping @Sendable (Int) -> M.Problem
) -> SolutionBatch {
  BatchWork(
    method: method, stop: stop, budget: budget, total: total,
    verification: verification, workers: threads
  ).solve(from: starts) { makeProblem }
}

/// Minimises one problem from many starts, by its values.
///
/// As ``minimize(perThread:fromEach:using:until:within:altogether:verifying:threads:)``.
public func minimize<M: Method>(
  _ problem: any Objective & Sendable, fromEach starts: [Vector<Double>],
  using method: M,
  until stop: StopRule = M.usualRule, within budget: Budget = Budget(),
  altogether total: Budget = .unlimited,
  verifying verification: Verification = Verification(curvature: .never),
  threads: Int? = nil
) -> SolutionBatch where M.Problem == any Objective {
  minimize(
    perThread: { problem }, fromEach: starts, using: method, until: stop,
    within: budget, altogether: total, verifying: verification,
    threads: threads)
}

/// Minimises one problem from many starts, by its gradients.
///
/// As ``minimize(perThread:fromEach:using:until:within:altogether:verifying:threads:)``.
public func minimize<M: Method>(
  _ problem: any DifferentiableObjective & Sendable,
  fromEach starts: [Vector<Double>],
  using method: M,
  until stop: StopRule = M.usualRule, within budget: Budget = Budget(),
  altogether total: Budget = .unlimited,
  verifying verification: Verification = Verification(curvature: .never),
  threads: Int? = nil
) -> SolutionBatch where M.Problem == any DifferentiableObjective {
  minimize(
    perThread: { problem }, fromEach: starts, using: method, until: stop,
    within: budget, altogether: total, verifying: verification,
    threads: threads)
}

/// Minimises one problem from many starts, by its second derivatives.
///
/// As ``minimize(perThread:fromEach:using:until:within:altogether:verifying:threads:)``.
public func minimize<M: Method>(
  _ problem: any TwiceDifferentiableObjective & Sendable,
  fromEach starts: [Vector<Double>],
  using method: M,
  until stop: StopRule = M.usualRule, within budget: Budget = Budget(),
  altogether total: Budget = .unlimited,
  verifying verification: Verification = Verification(curvature: .never),
  threads: Int? = nil
) -> SolutionBatch where M.Problem == any TwiceDifferentiableObjective {
  minimize(
    perThread: { problem }, fromEach: starts, using: method, until: stop,
    within: budget, altogether: total, verifying: verification,
    threads: threads)
}

/// Minimises one problem from many starts, by its residuals.
///
/// As ``minimize(perThread:fromEach:using:until:within:altogether:verifying:threads:)``.
public func minimize<M: Method>(
  _ problem: any DifferentiableResiduals & Sendable,
  fromEach starts: [Vector<Double>],
  using method: M,
  until stop: StopRule = M.usualRule, within budget: Budget = Budget(),
  altogether total: Budget = .unlimited,
  verifying verification: Verification = Verification(curvature: .never),
  threads: Int? = nil
) -> SolutionBatch where M.Problem == any DifferentiableResiduals {
  minimize(
    perThread: { problem }, fromEach: starts, using: method, until: stop,
    within: budget, altogether: total, verifying: verification,
    threads: threads)
}
