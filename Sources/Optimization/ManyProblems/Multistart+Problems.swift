internal import Matrix

/// Minimises one problem from many starts within a box, by its values.
///
/// As ``multistart(perThread:from:starts:samples:using:seed:until:within:altogether:verifying:separation:threads:)``.
public func multistart<M: Method>(
  _ problem: any Objective & Sendable, from region: StartingRegion, starts: Int,
  samples: Int? = nil, using method: M, seed: UInt64 = 0,
  until stop: StopRule = M.usualRule, within budget: Budget = Budget(),
  altogether total: Budget = .unlimited,
  verifying verification: Verification = .automatic,
  separation: Double = 1e-3, threads: Int? = nil
) -> MultistartSolution where M.Problem == any Objective {
  multistart(
    perThread: { problem }, from: region, starts: starts, samples: samples,
    using: method, seed: seed, until: stop, within: budget, altogether: total,
    verifying: verification, separation: separation, threads: threads)
}

/// Minimises one problem from many starts within a box, by its gradients.
///
/// As ``multistart(perThread:from:starts:samples:using:seed:until:within:altogether:verifying:separation:threads:)``.
public func multistart<M: Method>(
  _ problem: any DifferentiableObjective & Sendable,
  from region: StartingRegion, starts: Int,
  samples: Int? = nil, using method: M, seed: UInt64 = 0,
  until stop: StopRule = M.usualRule, within budget: Budget = Budget(),
  altogether total: Budget = .unlimited,
  verifying verification: Verification = .automatic,
  separation: Double = 1e-3, threads: Int? = nil
) -> MultistartSolution where M.Problem == any DifferentiableObjective {
  multistart(
    perThread: { problem }, from: region, starts: starts, samples: samples,
    using: method, seed: seed, until: stop, within: budget, altogether: total,
    verifying: verification, separation: separation, threads: threads)
}

/// Minimises one problem from many starts within a box, by its second derivatives.
///
/// As ``multistart(perThread:from:starts:samples:using:seed:until:within:altogether:verifying:separation:threads:)``.
public func multistart<M: Method>(
  _ problem: any TwiceDifferentiableObjective & Sendable,
  from region: StartingRegion, starts: Int,
  samples: Int? = nil, using method: M, seed: UInt64 = 0,
  until stop: StopRule = M.usualRule, within budget: Budget = Budget(),
  altogether total: Budget = .unlimited,
  verifying verification: Verification = .automatic,
  separation: Double = 1e-3, threads: Int? = nil
) -> MultistartSolution where M.Problem == any TwiceDifferentiableObjective {
  multistart(
    perThread: { problem }, from: region, starts: starts, samples: samples,
    using: method, seed: seed, until: stop, within: budget, altogether: total,
    verifying: verification, separation: separation, threads: threads)
}

/// Minimises one problem from many starts within a box, by its residuals.
///
/// As ``multistart(perThread:from:starts:samples:using:seed:until:within:altogether:verifying:separation:threads:)``.
public func multistart<M: Method>(
  _ problem: any DifferentiableResiduals & Sendable,
  from region: StartingRegion, starts: Int,
  samples: Int? = nil, using method: M, seed: UInt64 = 0,
  until stop: StopRule = M.usualRule, within budget: Budget = Budget(),
  altogether total: Budget = .unlimited,
  verifying verification: Verification = .automatic,
  separation: Double = 1e-3, threads: Int? = nil
) -> MultistartSolution where M.Problem == any DifferentiableResiduals {
  multistart(
    perThread: { problem }, from: region, starts: starts, samples: samples,
    using: method, seed: seed, until: stop, within: budget, altogether: total,
    verifying: verification, separation: separation, threads: threads)
}
