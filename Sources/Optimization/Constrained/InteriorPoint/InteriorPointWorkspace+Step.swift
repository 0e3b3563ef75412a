internal import Matrix
internal import RealModule

extension InteriorPointWorkspace {
  /// One step of the filter line search, or of the restoration.
  mutating func takeStep(
    _ point: inout Point, _ memory: inout FilterInteriorPointMemory,
    _ evaluator: inout Evaluator
  ) -> StepOutcome {
    makeRoom(for: evaluator)
    guard memory.isStarted, point.value.isFinite else {
      return .failed(.undefined)
    }
    if memory.restoration.isActive {
      return takeRestorationStep(&point, &memory, &evaluator)
    }
    if memory.isStalled(memory.progress.infeasibility) {
      return leaveForRestoration(&point, &memory, &evaluator)
    }
    reduceBarrier(point, &memory)
    let mu = memory.barrier
    guard setHessian(point, memory, &evaluator) else {
      return .failed(.hessian)
    }
    rowWeights.fill(with: 0)
    system.assemble(
      hessian: hessian, memory.variables, memory.jacobian,
      rowWeights: rowWeights)
    setSlope(
      gradient: point.gradient, scale: memory.objectiveScale, mu,
      memory.variables)
    let (n, m) = (n, m)
    rows.write { rows in
      for i in 0..<m { rows[i] = memory.gap(i, dimension: n) }
    }
    guard
      system.factorize(lastShift: &memory.lastShift, mu, &evaluator)
    else { return leaveForRestoration(&point, &memory, &evaluator) }
    setRightSide(memory)
    guard setStep(memory) else {
      return leaveForRestoration(&point, &memory, &evaluator)
    }
    return search(&point, &memory, &evaluator)
  }

  /// Lowers μ while the barrier problem is solved well enough (Wächter and
  /// Biegler 2006, equation 7).
  private mutating func reduceBarrier(
    _ point: Point, _ memory: inout FilterInteriorPointMemory
  ) {
    let residuals = residuals(point, memory)
    let least = memory.leastBarrier
    while memory.barrier > least {
      let mu = memory.barrier
      let error = residuals.error(memory.variables.complementarity(mu))
      guard error <= 10 * mu else { return }
      memory.barrier = max(least, min(0.2 * mu, mu * mu.squareRoot()))
      memory.filter.clear()
    }
  }

  /// What a trial point is compared with.
  struct Reference {
    var violation: Double
    var barrier: Double
    var slope: Double
    var smallViolation: Double
    var largestViolation: Double

    /// 10 ε |φ|: less than that says nothing.
    var rounding: Double { 10 * Double.ulpOfOne * abs(barrier) }

    /// Whether f alone is to decide (equation 19).
    func isSwitching(_ alpha: Double) -> Bool {
      slope < 0 && violation <= smallViolation
        && alpha * Double.pow(-slope, 2.3) > Double.pow(violation, 1.1)
    }

    /// Whether φ falls as much as a step of this length promises (equation 20).
    func isArmijo(_ barrier: Double, _ alpha: Double) -> Bool {
      barrier - self.barrier - rounding <= 1e-4 * alpha * slope
    }

    /// Whether the point is better in θ or in φ (equation 18).
    func isBetter(_ violation: Double, _ barrier: Double) -> Bool {
      violation <= (1 - BarrierFilter.violationMargin) * self.violation
        || barrier - rounding
          <= self.barrier - BarrierFilter.barrierMargin * self.violation
    }

    /// The step below which no acceptable one is expected (equation 23).
    var leastStep: Double {
      var least = BarrierFilter.violationMargin
      if slope < 0 {
        least = min(least, BarrierFilter.barrierMargin * violation / -slope)
        if violation <= smallViolation {
          least = min(
            least, Double.pow(violation, 1.1) / Double.pow(-slope, 2.3))
        }
      }
      return max(0.05 * least, 1e-14)
    }
  }

  private mutating func search(
    _ point: inout Point, _ memory: inout FilterInteriorPointMemory,
    _ evaluator: inout Evaluator
  ) -> StepOutcome {
    let mu = memory.barrier
    let tau = max(0.99, 1 - mu)
    let (primal, dual) = memory.variables.longestSteps(along: step, mu, tau)
    let reference = Reference(
      violation: memory.violation(dimension: n),
      barrier: memory.objectiveScale * point.value
        + memory.variables.barrier(mu, at: memory.variables.values),
      slope: directionalDerivative(), smallViolation: memory.smallViolation,
      largestViolation: memory.largestViolation)
    var alpha = primal
    var isFirst = true
    let least = min(reference.leastStep, primal)
    while alpha >= least {
      let (isDefined, violation) = evaluateTrial(
        by: alpha, memory, &evaluator)
      if isDefined {
        let barrier = barrier(atTrial: memory, mu)
        if isAcceptable(violation, barrier, alpha, reference, memory),
          evaluateTrialJacobian(memory, &evaluator)
        {
          return finish(
            &point, &memory, evaluator, reference, barrier, alpha,
            primal: alpha,
            dual: dual)
        }
        if isFirst && violation >= reference.violation && m > 0,
          let length = correct(
            &memory, &evaluator, reference, alpha, violation, tau)
        {
          let dual = memory.variables.longestSteps(along: step, mu, tau).dual
          return finish(
            &point, &memory, evaluator, reference,
            self.barrier(atTrial: memory, mu), alpha, primal: length,
            dual: dual)
        }
      }
      isFirst = false
      alpha /= 2
    }
    if takeSoftStep(&point, &memory, &evaluator, min(primal, dual)) {
      measure(point, &memory, evaluator)
      return moved(from: point, length: min(primal, dual))
    }
    return leaveForRestoration(&point, &memory, &evaluator)
  }

  private func isAcceptable(
    _ violation: Double, _ barrier: Double, _ alpha: Double,
    _ reference: Reference, _ memory: FilterInteriorPointMemory
  ) -> Bool {
    guard violation <= reference.largestViolation, barrier.isFinite,
      memory.filter.accepts(violation, barrier)
    else { return false }
    return reference.isSwitching(alpha)
      ? reference.isArmijo(barrier, alpha)
      : reference.isBetter(violation, barrier)
  }

  /// Moves to the trial point, which was accepted.
  private mutating func finish(
    _ point: inout Point, _ memory: inout FilterInteriorPointMemory,
    _ evaluator: Evaluator, _ reference: Reference, _ barrier: Double,
    _ alpha: Double, primal: Double, dual: Double
  ) -> StepOutcome {
    if !(reference.isSwitching(alpha) && reference.isArmijo(barrier, alpha)) {
      memory.filter.add(reference.violation, reference.barrier)
    }
    accept(&point, &memory, primal: primal, dual: dual, memory.barrier)
    learnCurvature(point, &memory)
    measure(point, &memory, evaluator)
    return moved(from: point, length: primal)
  }

  /// Second-order corrections: the same system for what the constraints are
  /// after the step, at most four times.
  ///
  /// - Returns: the length of the step that was accepted, which the trial point
  ///   has then; nil if none was, and the step is what it was.
  /// - Source: Wächter and Biegler 2006, section 2.4, equation 27.
  private mutating func correct(
    _ memory: inout FilterInteriorPointMemory, _ evaluator: inout Evaluator,
    _ reference: Reference, _ alpha: Double, _ violation: Double,
    _ tau: Double
  ) -> Double? {
    let (n, m) = (n, m)
    let mu = memory.barrier
    firstStep.copy(from: step)
    firstMultiplierStep.copy(from: multiplierStep)
    var length = alpha
    var violation = violation
    for _ in 0..<4 {
      rows.write { rows in
        trialValues.read { c in
          trialVariables.read { w in
            memory.scales.read { d in
              for i in 0..<m {
                rows[i] = length * rows[i] + d[i] * c[i] - w[n + i]
              }
            }
          }
        }
      }
      setRightSide(memory)
      guard setStep(memory) else { break }
      length = memory.variables.longestStep(along: step, tau)
      let (isDefined, found) = evaluateTrial(by: length, memory, &evaluator)
      guard isDefined else { break }
      let barrier = barrier(atTrial: memory, mu)
      if isAcceptable(found, barrier, alpha, reference, memory),
        evaluateTrialJacobian(memory, &evaluator)
      {
        return length
      }
      guard found <= 0.99 * violation else { break }
      violation = found
    }
    step.copy(from: firstStep)
    multiplierStep.copy(from: firstMultiplierStep)
    return nil
  }

  /// Takes the whole step if that lessens the residuals of the barrier problem,
  /// whatever the filter says.
  ///
  /// Close to a solution what θ and φ change by is rounding, which the
  /// residuals are not.
  ///
  /// - Source: the soft restoration of Wächter and Biegler 2006, section 3.3.
  private mutating func takeSoftStep(
    _ point: inout Point, _ memory: inout FilterInteriorPointMemory,
    _ evaluator: inout Evaluator, _ alpha: Double
  ) -> Bool {
    let mu = memory.barrier
    let before = residuals(point, memory).error(
      memory.variables.complementarity(mu))
    guard evaluateTrial(by: alpha, memory, &evaluator).isDefined,
      evaluateTrialJacobian(memory, &evaluator)
    else { return false }
    savedVariables.below.copy(from: memory.variables.below)
    savedVariables.above.copy(from: memory.variables.above)
    savedMultipliers.copy(from: memory.multipliers)
    accept(&point, &memory, primal: alpha, dual: alpha, mu)
    let after = residuals(point, memory).error(
      memory.variables.complementarity(mu))
    if after <= 0.9999 * before {
      learnCurvature(point, &memory)
      return true
    }
    exchange(&point, &memory)
    memory.variables.below.copy(from: savedVariables.below)
    memory.variables.above.copy(from: savedVariables.above)
    memory.multipliers.copy(from: savedMultipliers)
    return false
  }
}
