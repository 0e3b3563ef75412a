internal import Matrix

extension AugmentedLagrangian {
  /// One step of the inner method, after the updates of y and ρ that are due.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    prepare(&workspace, evaluator, dimension: point.dimension)
    return lend(&evaluator, &memory, &workspace) { memory, workspace in
      innerStep(&point, &memory, &workspace)
    }
  }

  private func innerStep(
    _ point: inout Point, _ memory: inout Memory,
    _ workspace: inout Workspace
  ) -> StepOutcome {
    var failure = StepFailure.lineSearch
    // Each update makes another Φ; where none of many can be lowered, x is as good
    // as rounding lets it be.
    for _ in 0..<30 {
      let isAtEnd =
        memory.inner.progress.gradientNorm <= innerTolerance(memory, workspace)
        || memory.outer.innerSteps >= 200 + 2 * point.dimension
      if !isAtEnd {
        if let outcome = takeStep(&point, &memory, &workspace, &failure) {
          return outcome
        }
      }
      if let ended = update(&point, &memory, &workspace) {
        return .failed(ended)
      }
    }
    return .failed(failure)
  }

  /// The bound on ∇Φ; of a violation that is minimised by itself, a fraction of it.
  private func innerTolerance(
    _ memory: Memory, _ workspace: Workspace
  ) -> Double {
    guard let function = workspace.function,
      function.terms.isWithoutObjective
    else { return memory.outer.tolerance }
    let size = (2 * memory.augmented.value).squareRoot()
    // Where the constraints hold, this phase is over.
    return size <= 1e-8 ? .infinity : 1e-7 * size * min(1, size)
  }

  /// A step of the inner method.
  ///
  /// - Returns: nil where there was none.
  private func takeStep(
    _ point: inout Point, _ memory: inout Memory,
    _ workspace: inout Workspace, _ failure: inout StepFailure
  ) -> StepOutcome? {
    guard let function = workspace.function else { return nil }
    let outcome = inner.step(
      &memory.augmented, &memory.inner, evaluator: &workspace.evaluator!,
      workspace: &workspace.inner)
    let counts = workspace.evaluator!.counts
    function.evaluator.counts.factorizations += counts.factorizations
    function.evaluator.counts.flops +=
      counts.flops
      + Double(counts.values) * 4
      * Double(function.values.count * point.dimension)
    workspace.evaluator!.counts = Counts()
    switch outcome {
    case .failed(let reason):
      failure = reason
      return nil
    case .moved(let length, let norm):
      memory.outer.innerSteps += 1
      if function.trial.x != memory.augmented.x {
        // The search went on from the point that it then took.
        memory.augmented.value = function.valueAndGradient(
          at: memory.augmented.x, into: &memory.augmented.gradient)
      }
      swap(&point, &function.trial)
      swap(&function.values, &function.trialValues)
      swap(&function.jacobian, &function.trialJacobian)
      measure(point, &memory, &workspace)
      memory.outer.noteViolation(memory.progress.infeasibility, at: point.x)
      if isRunningAway(memory) { returnToAnchor(&point, &memory, &workspace) }
      return .moved(length: length, norm: norm)
    }
  }

  /// Whether Φ falls without end where the constraints do not hold.
  private func isRunningAway(_ memory: Memory) -> Bool {
    memory.progress.infeasibility > 1e-6
      && memory.augmented.value < -1e8
        * max(1, abs(memory.outer.firstValue))
  }

  /// Goes back to where the inner run began, with ρ a hundred times larger.
  ///
  /// f may fall faster than any penalty rises, so that from far away no ρ leads back.
  func returnToAnchor(
    _ point: inout Point, _ memory: inout Memory,
    _ workspace: inout Workspace
  ) {
    guard let function = workspace.function else { return }
    function.terms.penalties.scale(by: 100)
    inner.forgetCurvature(&memory.inner)
    memory.augmented.x.copy(from: memory.outer.anchor)
    _ = function.valueAndGradient(
      at: memory.augmented.x, into: &memory.augmented.gradient)
    swap(&point, &function.trial)
    swap(&function.values, &function.trialValues)
    swap(&function.jacobian, &function.trialJacobian)
    setAugmented(point, &memory, &workspace)
    measure(point, &memory, &workspace)
  }
}
