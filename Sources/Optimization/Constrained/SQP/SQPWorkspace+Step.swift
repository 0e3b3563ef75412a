internal import Matrix

extension SQPWorkspace {
  /// Where B comes from.
  enum HessianSource {
    case quasiNewton
    case exact
    /// A multiple of I in the size of ∇²L, where ∇²L has misled.
    case plain
  }

  /// Takes a step, from B = I or another price where the first attempt fails.
  mutating func step(
    _ point: inout Point, _ memory: inout SQPMemory,
    _ evaluator: inout Evaluator, hessian source: HessianSource
  ) -> StepOutcome {
    prepare(rows: memory.values.count)
    var outcome = StepOutcome.failed(.lineSearch)
    var source = source
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
      } else if source == .exact {
        source = .plain
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
    if source != .quasiNewton {
      let isPlain = source == .plain
      guard factorHessian(point, &memory, &evaluator, isPlain: isPlain)
      else { return .failed(.hessian) }
    }
    let kind = solveSubproblem(point, &memory, evaluator)
    guard kind != .stuck else { return .failed(.lineSearch) }
    let norm = direction.norm
    guard norm.isFinite else { return .failed(.lineSearch) }
    if kind == .elastic, isStationaryViolation(point, memory, norm: norm) {
      return .failed(.infeasible)
    }
    if norm <= 1e-15 * max(point.x.norm, 1e-15) {
      return takeMultipliers(point, &memory, evaluator, source)
    }
    updateWeights(&memory)
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
    if source == .exact { unshiftMultipliers() }
    accept(
      &point, &memory, evaluator, trust: source == .quasiNewton ? 1 : length)
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
    _ point: Point, _ memory: inout SQPMemory, _ evaluator: Evaluator,
    _ source: HessianSource
  ) -> StepOutcome {
    let before = memory.progress.residual
    if source == .exact { unshiftMultipliers() }
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
    // No weight is more than what the subproblem gives up constraints for.
    let most = memory.price > 0 ? memory.price : .infinity
    memory.weights.write { weights in
      for i in 0..<m {
        let size = abs(y[i])
        weights[i] = max(size, min((weights[i] + size) / 2, most))
      }
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
