internal import Matrix

extension AugmentedLagrangian {
  /// Evaluates f and c within the bounds, and chooses ρ.
  ///
  /// Multipliers and penalties of as many constraints are kept.
  public func begin(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) {
    let (m, n) = (evaluator.constraintCount, point.dimension)
    let isWarm =
      memory.outer.units.count == m && memory.outer.tolerance > 0
      && memory.terms.penalties.count == m
    memory.progress.begin(constraints: m)
    memory.progress.movedAtStart = evaluator.bounds?.project(&point.x) ?? 0
    if memory.values.count != m {
      memory.values = .zeros(m)
      memory.jacobian = .zeros(m, n)
    }
    evaluator.evaluate(&point)
    let isDefined =
      evaluator.constraintValues(at: point.x, into: &memory.values)
      && evaluator.constraintJacobian(at: point.x, into: &memory.jacobian)
    guard isDefined && point.value.isFinite && point.gradient.isFinite else {
      memory.progress.stationarity = .nan
      return
    }
    prepare(&workspace, evaluator, dimension: n)
    if !isWarm { choosePenalties(point, &memory, evaluator) }
    if let kept = memory.outer.kept { memory.terms = kept }
    memory.terms.isWithoutObjective = false
    memory.terms.multipliers = memory.progress.multipliers
    if let system = evaluator.constraints {
      for i in 0..<m {
        // Those of a side that does not exist push nowhere.
        let y = memory.terms.multipliers[i]
        if (y > 0 ? system.lower[i] : system.upper[i]).isInfinite {
          memory.terms.multipliers[i] = 0
        }
      }
    }
    let old = memory.outer
    memory.outer = OuterProgress()
    memory.outer.units = old.units
    memory.outer.objectiveUnit = old.objectiveUnit
    memory.outer.tolerance = (isWarm ? 1e-4 : 1e-2) / old.objectiveUnit
    memory.outer.anchor = point.x
    memory.outer.mostFeasible = point.x
    lend(&evaluator, &memory, &workspace) { memory, workspace in
      setAugmented(point, &memory, &workspace)
      measure(point, &memory, &workspace)
      // Multipliers that are right are to stay: ŷ differs by ρ times what rounding
      // and the last tolerance leave of the constraints.
      if isWarm { measureGiven(point, &memory, &workspace) }
      memory.outer.noteViolation(memory.progress.infeasibility, at: point.x)
    }
  }

  /// Takes the residuals with y itself, if they are smaller than those with ŷ.
  private func measureGiven(
    _ point: Point, _ memory: inout Memory, _ workspace: inout Workspace
  ) {
    guard let function = workspace.function else { return }
    let estimated = memory.progress
    let gradient = memory.augmented.gradient
    function.estimate.copy(from: function.terms.multipliers)
    memory.augmented.gradient.copy(from: point.gradient)
    if function.values.count > 0 {
      function.jacobian.multiply(
        function.estimate, transposed: true,
        into: &memory.augmented.gradient, alpha: -1, beta: 1)
    }
    measure(point, &memory, &workspace)
    if !(memory.progress.residual <= estimated.residual) {
      memory.progress = estimated
    }
    memory.augmented.gradient = gradient
  }

  /// Units of f and c, and ρ in them: 10 times |f| for each half of a squared
  /// violation, and 10 where either is less than 1.
  private func choosePenalties(
    _ point: Point, _ memory: inout Memory, _ evaluator: Evaluator
  ) {
    let (m, n) = (memory.values.count, point.dimension)
    guard let system = evaluator.constraints else { return }
    let unit = 1 / max(1, point.gradient.normInfinity)
    var units = Vector<Double>(repeating: 1, count: m)
    var square = 0.0
    for i in 0..<m {
      var slope = 1.0
      for j in 0..<n { slope = max(slope, abs(memory.jacobian[i, j])) }
      units[i] = 1 / slope
      let c = memory.values[i]
      let violation = max(system.lower[i] - c, c - system.upper[i], 0)
      square += 0.5 * (units[i] * violation) * (units[i] * violation)
    }
    let size = max(1, unit * abs(point.value))
    let rho = min(max(10 * size / max(1, square), 1e-3), 1e6)
    memory.outer.units = units
    memory.outer.objectiveUnit = unit
    memory.terms = PenaltyTerms(constraints: m)
    for i in 0..<m {
      let scaled = rho * units[i] * units[i] / unit
      memory.terms.penalties[i] =
        scaled > 0 && scaled.isFinite ? scaled : rho
    }
  }

  /// Makes room for Φ where a run begins or is resumed.
  func prepare(
    _ workspace: inout Workspace, _ evaluator: Evaluator, dimension n: Int
  ) {
    if let function = workspace.function,
      function.values.count == evaluator.constraintCount
    {
      return
    }
    let function = AugmentedFunction(
      evaluator, dimension: n, isTwice: Inner.isTwiceDifferentiable)
    var inner = Evaluator(function as any TwiceDifferentiableObjective)
    inner.bounds = evaluator.bounds ?? .none(count: n)
    workspace.function = function
    workspace.evaluator = inner
  }

  /// Lends Φ the evaluator of the run, y and ρ, c and J, while `body` lasts.
  ///
  /// All of it changes hands without a copy.
  func lend<Result>(
    _ evaluator: inout Evaluator, _ memory: inout Memory,
    _ workspace: inout Workspace,
    _ body: (inout Memory, inout Workspace) -> Result
  ) -> Result {
    guard let function = workspace.function else {
      preconditionFailure("a step of a run that has not begun")
    }
    swap(&evaluator, &function.evaluator)
    swap(&memory.terms, &function.terms)
    swap(&memory.values, &function.values)
    swap(&memory.jacobian, &function.jacobian)
    defer {
      swap(&evaluator, &function.evaluator)
      swap(&memory.terms, &function.terms)
      swap(&memory.values, &function.values)
      swap(&memory.jacobian, &function.jacobian)
    }
    return body(&memory, &workspace)
  }

  /// Takes Φ and ∇Φ at a point whose f, ∇f, c and J are known, as the start of an
  /// inner run.
  func setAugmented(
    _ point: Point, _ memory: inout Memory, _ workspace: inout Workspace
  ) {
    guard let function = workspace.function,
      let evaluator = workspace.evaluator
    else { return }
    memory.augmented.x.copy(from: point.x)
    memory.augmented.value = function.compose(
      point, function.values, function.jacobian,
      into: &memory.augmented.gradient)
    // Read and written, for to modify it in place through its protocol allocates.
    var progress = memory.inner.progress
    progress.measure(memory.augmented, evaluator)
    memory.inner.progress = progress
    memory.outer.firstValue = memory.augmented.value
    memory.outer.anchor.copy(from: point.x)
    memory.outer.innerSteps = 0
  }

  /// Takes the multipliers and the residuals of the first-order conditions.
  ///
  /// The bounds that hold x take what is left of ∇f − Jᵀŷ.
  func measure(
    _ point: Point, _ memory: inout Memory, _ workspace: inout Workspace
  ) {
    guard let function = workspace.function,
      let inner = workspace.evaluator, let bounds = inner.bounds
    else { return }
    let n = point.dimension
    if !function.terms.isWithoutObjective {
      memory.progress.multipliers.copy(from: function.estimate)
      let value = memory.augmented.value
      let slope = memory.augmented.gradient
      memory.progress.boundMultipliers.write { z in
        for j in 0..<n {
          let side = bounds.side(
            j, at: point.x[j], slope: slope[j], value: value)
          z[j] = side == nil ? 0 : slope[j]
        }
      }
    }
    memory.progress.measure(
      point, values: function.values, jacobian: function.jacobian,
      function.evaluator, scratch: &workspace.scratch)
  }
}
