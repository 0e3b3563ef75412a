internal import Matrix

extension AugmentedLagrangian {
  /// The update of y, ρ and ω after an inner run.
  ///
  /// - Returns: why the run ends, if it does.
  func update(
    _ point: inout Point, _ memory: inout Memory,
    _ workspace: inout Workspace
  ) -> StepFailure? {
    guard let function = workspace.function,
      let system = function.evaluator.constraints
    else { return .lineSearch }
    let violation = function.violation(
      at: point.x, system, workspace.evaluator?.bounds,
      scratch: &workspace.scratch)
    if function.terms.isWithoutObjective {
      return endRestoration(&point, &memory, &workspace, violation)
    }
    if memory.outer.shouldRestore(after: violation) {
      beginRestoration(point, &memory, &workspace)
      return nil
    }
    let units = memory.outer.units
    let deviation = function.deviation(system, units)
    let floor = 1e-11 / memory.outer.objectiveUnit
    function.updateEstimate(system)
    if deviation <= 0.25 * memory.outer.deviation || deviation <= 1e-10 {
      memory.outer.tolerance = max(0.1 * memory.outer.tolerance, floor)
    } else {
      // Where the constraints hold hardly better, multipliers at this ρ are of
      // little use.
      function.raisePenalties(
        system, memory.outer, whereBeyond: 0.1 * deviation)
      inner.forgetCurvature(&memory.inner)
      memory.outer.tolerance = max(0.5 * memory.outer.tolerance, floor)
    }
    memory.outer.deviation = deviation
    function.takeMultipliers(memory.outer)
    setAugmented(point, &memory, &workspace)
    return nil
  }

  /// Leaves f out, to minimise the violation alone.
  private func beginRestoration(
    _ point: Point, _ memory: inout Memory, _ workspace: inout Workspace
  ) {
    guard let function = workspace.function else { return }
    memory.outer.restorations += 1
    memory.outer.kept = function.terms
    function.terms = PenaltyTerms(constraints: function.values.count)
    function.terms.isWithoutObjective = true
    inner.forgetCurvature(&memory.inner)
    setAugmented(point, &memory, &workspace)
  }

  /// Takes f in again where the constraints hold, and ends the run where the violation
  /// is stationary.
  private func endRestoration(
    _ point: inout Point, _ memory: inout Memory,
    _ workspace: inout Workspace, _ violation: Violation
  ) -> StepFailure? {
    guard let function = workspace.function else { return .lineSearch }
    inner.forgetCurvature(&memory.inner)
    if violation.largest <= 1e-7, let kept = memory.outer.kept {
      function.terms = kept
      // Multipliers that grew without end tell nothing.
      function.terms.multipliers.fill(with: 0)
      memory.outer.kept = nil
      memory.outer.deviation = .greatestFiniteMagnitude
      memory.outer.violation = .greatestFiniteMagnitude
      memory.outer.runsWithoutProgress = 0
      memory.outer.tolerance = 1e-3 / memory.outer.objectiveUnit
    } else if violation.slope <= 1e-6 {
      // Where less has been violated before, as at a start within the constraints,
      // f alone led here.
      guard let kept = memory.outer.kept, memory.outer.restorations < 5,
        memory.outer.leastViolation < 0.5 * violation.largest
      else { return .infeasible }
      function.terms = kept
      function.terms.multipliers.fill(with: 0)
      memory.outer.kept = nil
      memory.outer.anchor.copy(from: memory.outer.mostFeasible)
      returnToAnchor(&point, &memory, &workspace)
      return nil
    }
    setAugmented(point, &memory, &workspace)
    return nil
  }
}

/// What is violated, and how fast it can fall.
struct Violation {
  /// The largest.
  var largest: Double
  /// ‖Jᵀv‖∞ / ‖v‖₂ without what bounds forbid; of a violation below 1, in relation to
  /// it.
  var slope: Double
}

extension OuterProgress {
  /// Takes in the violation at the end of an inner run.
  ///
  /// - Returns: whether f should be left out: where ρ has grown for many runs and the
  ///   violation is no less, or is nearly stationary.
  mutating func shouldRestore(after found: Violation) -> Bool {
    if found.largest <= 0.5 * violation {
      violation = found.largest
      runsWithoutProgress = 0
    } else {
      runsWithoutProgress += 1
    }
    guard found.largest > 1e-6 && restorations < 5 else { return false }
    return runsWithoutProgress >= (found.slope <= 1e-3 ? 2 : 6)
  }
}

extension AugmentedFunction {
  /// The violation of the constraints at x, where c and J are known.
  func violation(
    at x: Vector<Double>, _ system: ConstraintSystem, _ bounds: Bounds?,
    scratch: inout Vector<Double>
  ) -> Violation {
    // Nothing is known of the last trial from here on.
    let (values, lower, upper) = (values, system.lower, system.upper)
    let largest = trialValues.write { v in
      var largest = 0.0
      for i in 0..<values.count {
        let (c, l, u) = (values[i], lower[i], upper[i])
        v[i] = c < l ? c - l : c > u ? c - u : 0
        largest = max(largest, abs(v[i]))
      }
      return largest
    }
    guard largest > 0 else { return Violation(largest: 0, slope: 0) }
    trialValues.scale(by: 1 / largest)
    let length = trialValues.norm
    jacobian.multiply(trialValues, transposed: true, into: &scratch)
    var slope = 0.0
    for j in 0..<x.count
    where !(bounds?.isActive(j, at: x, gradient: scratch) ?? false) {
      slope = max(slope, abs(scratch[j]))
    }
    return Violation(
      largest: largest, slope: slope / length / min(1, largest))
  }

  /// The largest |cᵢ − P(cᵢ − yᵢ/ρᵢ)|, times the units of the constraints: what ŷ
  /// changes y by, of violation and complementarity alike.
  func deviation(_ system: ConstraintSystem, _ units: Vector<Double>) -> Double
  {
    var largest = 0.0
    for i in 0..<values.count {
      largest = max(largest, units[i] * deviation(system, i))
    }
    return largest
  }

  private func deviation(_ system: ConstraintSystem, _ i: Int) -> Double {
    let c = values[i]
    let t = c - terms.multipliers[i] / terms.penalties[i]
    return abs(c - min(max(t, system.lower[i]), system.upper[i]))
  }

  /// ŷ at the point that c is known of.
  func updateEstimate(_ system: ConstraintSystem) {
    _ = terms.value(values, system.lower, system.upper, into: &estimate)
  }

  /// Makes ρ ten times larger for the constraints that deviate most.
  func raisePenalties(
    _ system: ConstraintSystem, _ outer: OuterProgress,
    whereBeyond limit: Double
  ) {
    let (m, units) = (values.count, outer.units)
    trialValues.write { deviations in
      for i in 0..<m { deviations[i] = units[i] * deviation(system, i) }
    }
    let deviations = trialValues
    terms.penalties.write { rho in
      for i in 0..<m where deviations[i] >= limit {
        let most = 1e14 * units[i] * units[i] / outer.objectiveUnit
        rho[i] = max(rho[i], min(10 * rho[i], most))
      }
    }
  }

  /// y ← ŷ, within 10¹⁰ of the units.
  func takeMultipliers(_ outer: OuterProgress) {
    let (m, units, estimate) = (values.count, outer.units, estimate)
    terms.multipliers.write { y in
      for i in 0..<m {
        let most = 1e10 * units[i] / outer.objectiveUnit
        y[i] = min(max(estimate[i], -most), most)
      }
    }
  }
}
