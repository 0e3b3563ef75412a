internal import Matrix

extension Automatic {
  /// One step of the method at work, or of the next when it has stalled.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    while true {
      let outcome = stepOfWay(
        &point, &memory, evaluator: &evaluator, workspace: &workspace)
      switch outcome {
      case .moved:
        memory.mark.note(point)
        if memory.mark.isStalled(after: patience(memory.way, point.dimension)) {
          _ = change(&memory, point, after: nil)
        }
        return outcome
      case .failed(let failure):
        guard change(&memory, point, after: failure) else { return outcome }
      }
    }
  }

  /// The steps without progress after which a method is given up.
  ///
  /// Newton's method in a trust region follows a curved valley in steps that halve
  /// nothing for long, and nothing else would be faster.
  private func patience(_ way: Way, _ n: Int) -> Int {
    switch way {
    case .trustRegion, .differences, .products: 1000
    case .bfgs, .lbfgs: max(100, 5 * n)
    }
  }

  private func stepOfWay(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    switch memory.way {
    case .trustRegion:
      return step(
        trustRegion, &memory.trustRegion, &workspace.trustRegion, &point,
        &evaluator)
    case .differences:
      if !evaluator.takesDifferences {
        evaluator.takeDifferences(magnitudes: memory.magnitudes)
      }
      return step(
        trustRegion, &memory.trustRegion, &workspace.trustRegion, &point,
        &evaluator)
    case .products:
      return step(
        products, &memory.products, &workspace.products, &point, &evaluator)
    case .bfgs:
      return step(bfgs, &memory.bfgs, &workspace.bfgs, &point, &evaluator)
    case .lbfgs:
      return step(lbfgs, &memory.lbfgs, &workspace.lbfgs, &point, &evaluator)
    }
  }

  /// One step of a method, in its own memory and workspace.
  @inline(__always)
  private func step<M: Method>(
    _ method: M, _ memory: inout M.Memory?, _ workspace: inout M.Workspace?,
    _ point: inout Point, _ evaluator: inout Evaluator
  ) -> StepOutcome {
    let n = point.dimension
    // Taken out and put back: a copy that is left behind would be copied on the
    // first write.
    var ownMemory = memory.take() ?? method.makeMemory(dimension: n)
    var ownWorkspace = workspace.take() ?? method.makeWorkspace(dimension: n)
    let outcome = method.step(
      &point, &ownMemory, evaluator: &evaluator, workspace: &ownWorkspace)
    memory = ownMemory
    workspace = ownWorkspace
    return outcome
  }
}

extension Automatic {
  /// How far the run was when it last made progress.
  struct Mark: Codable, Equatable, Sendable {
    /// The steps taken.
    private(set) var iteration = 0
    private var markedAt = 0
    private var gradientNorm = Double.infinity
    private var value = Double.infinity
    /// f at the start.
    private var highest: Double?

    /// Progress begins here.
    mutating func set(_ point: Point) {
      if highest == nil && point.value.isFinite { highest = point.value }
      markedAt = iteration
      gradientNorm = point.gradient.normInfinity
      value = point.value
    }

    /// Takes a step into account.
    mutating func note(_ point: Point) {
      iteration += 1
      let fallen = (highest ?? point.value) - point.value
      if point.gradient.normInfinity <= 0.5 * gradientNorm
        || value - point.value > 0.01 * fallen
      {
        set(point)
      }
    }

    func isStalled(after steps: Int) -> Bool {
      iteration - markedAt >= steps
    }
  }
}
