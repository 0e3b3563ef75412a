internal import Matrix

extension SQPWorkspace {
  /// Where B comes from.
  enum HessianSource {
    case quasiNewton
    case exact
  }

  /// Takes a step, from B = I or another price where the first attempt fails.
  mutating func step(
    _ point: inout Point, _ memory: inout SQPMemory,
    _ evaluator: inout Evaluator, hessian source: HessianSource
  ) -> StepOutcome {
    prepare(rows: memory.values.count)
    var outcome = StepOutcome.failed(.lineSearch)
    // Each attempt differs from the one before, or is the last.
    for _ in 0..<8 {
      let price = memory.price
      outcome = attempt(&point, &memory, &evaluator, source)
      guard case .failed(let failure) = outcome, failure != .infeasible,
        failure != .hessian
      else { return outcome }
      if memory.price > 0 && memory.price < largestPrice(point) {
        // At this price the merit function is as low as it gets, and constraints
        // are violated.
        memory.price = min(
          100 * max(memory.price, price), largestPrice(point))
      } else if source == .quasiNewton && memory.hasCurvature {
        // What B has learned may be what misleads.
        forget(&memory)
      } else {
        break
      }
    }
    return outcome
  }

  private mutating func attempt(
    _ point: inout Point, _ memory: inout SQPMemory,
    _ evaluator: inout Evaluator, _ source: HessianSource
  ) -> StepOutcome {
    linear.copy(from: point.gradient)
    if source == .exact {
      guard factorHessian(point, &memory, &evaluator) else {
        return .failed(.hessian)
      }
    }
    let kind = solveSubproblem(point, &memory, evaluator)
    guard kind != .stuck else { return .failed(.lineSearch) }
    let norm = direction.norm
    guard norm.isFinite else { return .failed(.lineSearch) }
    if kind == .elastic, isStationaryViolation(point, memory, norm: norm) {
      return .failed(.infeasible)
    }
    if norm <= 1e-15 * max(point.x.norm, 1e-15) {
      return takeMultipliers(point, &memory, evaluator)
    }
    updateWeights(&memory)
    if source == .exact { raiseWeights(point, &memory, evaluator) }
    let violation = weightedViolation(memory.values, memory, evaluator)
    let slope =
      point.gradient.dot(direction) + linearisedViolation(memory) - violation
    guard slope.isFinite else { return .failed(.lineSearch) }
    let merit = point.value + violation
    let noise =
      4 * Double.ulpOfOne
      * (abs(point.value) + violation + magnitude(memory))
    let length: Double
    switch search(
      point, &memory, &evaluator, merit: merit, slope: slope, noise: noise,
      mayCorrect: kind == .solved)
    {
    case .found(let found): length = found
    case .refused: return .failed(.lineSearch)
    case .undefined: return .failed(.undefined)
    }
    accept(
      &point, &memory, evaluator, trust: source == .exact ? length : 1)
    let moved = scratch.norm
    let fell =
      merit - point.value
      - weightedViolation(memory.values, memory, evaluator)
    memory.stalled = fell > noise ? 0 : memory.stalled + 1
    if source == .quasiNewton { update(&memory, length: length) }
    // Rounding lets φ go up and down for ever.
    if memory.stalled > 40 { return .failed(.lineSearch) }
    return .moved(length: length, norm: moved)
  }

  /// x is where it has to be; the multipliers may not be.
  private mutating func takeMultipliers(
    _ point: Point, _ memory: inout SQPMemory, _ evaluator: Evaluator
  ) -> StepOutcome {
    let before = memory.progress.residual
    takeMultipliers(&memory.progress, trust: 1)
    measure(point, &memory, evaluator)
    return memory.progress.residual < before
      ? .moved(length: 1, norm: 0) : .failed(.lineSearch)
  }

  /// Goes so much of the way to the multipliers of the subproblem.
  ///
  /// Those of a step that was cut short by far would make an exact Hessian one of
  /// somewhere else, and the next step worse.
  private func takeMultipliers(
    _ progress: inout ConstrainedProgress, trust: Double
  ) {
    guard trust < 1 else {
      progress.multipliers.copy(from: multipliers)
      progress.boundMultipliers.copy(from: boundMultipliers)
      return
    }
    progress.multipliers.scale(by: 1 - trust)
    progress.multipliers.add(multipliers, scaledBy: trust)
    progress.boundMultipliers.scale(by: 1 - trust)
    progress.boundMultipliers.add(boundMultipliers, scaledBy: trust)
  }

  /// Whether violations that were given up can fall no more to first order.
  ///
  /// ∇f + B d = Σ yᵢ aᵢ + z, with |yᵢ| ≤ γ and = γ where given up: divided by γ that
  /// is a subgradient of Σ vᵢ, which vanishes where Σ vᵢ is stationary.
  private func isStationaryViolation(
    _ point: Point, _ memory: SQPMemory, norm: Double
  ) -> Bool {
    guard memory.progress.infeasibility > 1e-6,
      norm <= 1e-6 * max(1, point.x.norm)
    else { return false }
    var largest = 0.0
    for k in 0..<n {
      largest = max(largest, abs(point.gradient[k] + image[k]))
    }
    return largest
      <= 2e-7 * memory.price * min(1, memory.progress.infeasibility)
  }

  // MARK: Merit

  private func updateWeights(_ memory: inout SQPMemory) {
    let m = solver.m
    let y = solver.multipliers
    memory.weights.write { weights in
      for i in 0..<m {
        let size = abs(y[i])
        weights[i] = max(size, (weights[i] + size) / 2)
      }
    }
  }

  /// Raises the weights where d would not lower φ by half of dᵀB d.
  ///
  /// It does by itself where the linear term is ∇f, but not where it has a part for
  /// the violation (Nocedal and Wright 2006, equation 18.36).
  private func raiseWeights(
    _ point: Point, _ memory: inout SQPMemory, _ evaluator: Evaluator
  ) {
    guard let system = evaluator.constraints, solver.m > 0 else { return }
    // B d = Jᵀy + z − linear term.
    let curvature =
      direction.dot(image) + direction.dot(point.gradient)
      - direction.dot(linear)
    let (l, u) = (system.lower, system.upper)
    var (gain, weighted) = (0.0, 0.0)
    for i in 0..<solver.m {
      let (c, value) = (memory.values[i], solver.values[i])
      let fall =
        max(l[i] - c, c - u[i], 0)
        - max(solver.lower[i] - value, value - solver.upper[i], 0)
      gain += fall
      weighted += memory.weights[i] * fall
    }
    let excess =
      point.gradient.dot(direction) - weighted + 0.5 * max(curvature, 0)
    guard excess > 0, gain > 0 else { return }
    let raise = 2 * excess / gain
    guard raise.isFinite else { return }
    memory.weights.write { weights in
      for i in 0..<solver.m { weights[i] += raise }
    }
  }

  /// Σ νᵢ vᵢ.
  func weightedViolation(
    _ values: Vector<Double>, _ memory: SQPMemory, _ evaluator: Evaluator
  ) -> Double {
    guard let system = evaluator.constraints else { return 0 }
    let m = values.count
    var sum = 0.0
    values.read { c in
      memory.weights.read { weights in
        system.lower.read { l in
          system.upper.read { u in
            for i in 0..<m {
              let outside = max(l[i] - c[i], c[i] - u[i], 0)
              if outside > 0 { sum += weights[i] * outside }
            }
          }
        }
      }
    }
    return sum
  }

  /// Σ νᵢ vᵢ of the linearised constraints at d, as far as they were given up.
  private func linearisedViolation(_ memory: SQPMemory) -> Double {
    guard solver.givenUp > 0 else { return 0 }
    var sum = 0.0
    for i in 0..<solver.m where solver.standing[i].isGivenUp {
      let value = solver.values[i]
      sum +=
        memory.weights[i]
        * max(solver.lower[i] - value, value - solver.upper[i], 0)
    }
    return sum
  }

  /// What rounding of the constraints adds to that of φ.
  private func magnitude(_ memory: SQPMemory) -> Double {
    var sum = 0.0
    for i in 0..<solver.m { sum += memory.weights[i] * abs(memory.values[i]) }
    return sum
  }

  // MARK: Acceptance

  /// Moves to the trial point; leaves its step in `scratch` and the change of ∇L in
  /// `change`.
  private mutating func accept(
    _ point: inout Point, _ memory: inout SQPMemory, _ evaluator: Evaluator,
    trust: Double
  ) {
    scratch.setSum(trial.x, point.x, scaledBy: -1)
    swap(&point, &trial)
    swap(&memory.values, &trialValues)
    swap(&memory.jacobian, &trialJacobian)
    takeMultipliers(&memory.progress, trust: trust)
    measure(point, &memory, evaluator)
    // ∇L before, with the new multipliers, was −B d.
    change.copy(from: image)
    change += slope
  }
}
