internal import Matrix

extension Automatic {
  // From here on a step of Newton's or a dense quasi-Newton method costs more than
  // evaluating most functions: n³/3 flops at n = 300 are 0.3 ms, and 6n² over
  // memory 50 µs.
  private static let largestDense = 300
  private static let largestCostRatio = 50.0

  /// Chooses by the number of variables, the derivatives and their stated costs.
  func choose(
    _ memory: inout Memory, _ point: Point, _ evaluator: Evaluator
  ) {
    let n = point.dimension
    // One made of gradients is from an earlier start of the same run.
    let hasHessian =
      evaluator.secondDerivatives != nil && !evaluator.takesDifferences
    let variables = n == 1 ? "1 variable" : "\(n) variables"
    defer { memory.first = memory.way }
    if n > Self.largestDense {
      memory.remaining = [.products]
      memory.reason = "for \(variables)"
      start(.lbfgs, &memory, point)
    } else if !hasHessian {
      memory.remaining = [.differences]
      memory.reason = "for \(variables) without a Hessian"
      start(.bfgs, &memory, point)
    } else if isHessianExpensive(evaluator.objective.cost, n) {
      memory.remaining = [.trustRegion, .bfgs]
      memory.reason = "for \(variables) with an expensive Hessian"
      start(.lbfgs, &memory, point)
    } else {
      memory.remaining = [.bfgs]
      memory.reason = "for \(variables) with a Hessian"
      start(.trustRegion, &memory, point)
    }
  }

  private func isHessianExpensive(_ cost: ObjectiveCost, _ n: Int) -> Bool {
    guard cost.hessian > 0 && cost.valueAndGradient > 0 else { return false }
    let n = Double(n)
    let newton = cost.valueAndGradient + cost.hessian + n * n * n / 3
    let lbfgs = cost.valueAndGradient + 80 * n
    return newton > Self.largestCostRatio * lbfgs
  }

  /// Goes on with the next method, if there is one.
  func change(
    _ memory: inout Memory, _ point: Point, after failure: StepFailure?
  ) -> Bool {
    guard let next = memory.remaining.first else { return false }
    memory.remaining.removeFirst()
    memory.changes.append(
      Change(iteration: memory.mark.iteration, way: next, failure: failure))
    start(next, &memory, point)
    return true
  }

  private func start(_ way: Way, _ memory: inout Memory, _ point: Point) {
    let n = point.dimension
    memory.way = way
    memory.mark.set(point)
    memory.trustRegion = nil
    memory.products = nil
    memory.bfgs = nil
    memory.lbfgs = nil
    switch way {
    case .trustRegion:
      memory.trustRegion = trustRegion.makeMemory(dimension: n)
    case .differences:
      memory.setMagnitudes(at: point.x)
      memory.trustRegion = trustRegion.makeMemory(dimension: n)
    case .products:
      memory.products = products.makeMemory(dimension: n)
    case .bfgs:
      memory.bfgs = bfgs.makeMemory(dimension: n)
    case .lbfgs:
      memory.lbfgs = lbfgs.makeMemory(dimension: n)
    }
  }

  /// What was chosen and why, and what it was changed for.
  public func notes(_ memory: Memory) -> [String] {
    ["\(memory.first) \(memory.reason)"]
      + memory.changes.map { change in
        let why = change.failure.map { "\(StopCause.stuck($0))" }
        return "after \(change.iteration) steps \(change.way), since "
          + (why ?? "there was no progress")
      }
  }
}

extension Automatic.Memory {
  /// The magnitudes of the variables at the start and here; where one has always
  /// been 0, that of the largest, and 1 if all have.
  fileprivate mutating func setMagnitudes(at x: Vector<Double>) {
    let largest = max(magnitudes.normInfinity, x.normInfinity)
    for i in 0..<x.count {
      let size = max(abs(magnitudes[i]), abs(x[i]))
      magnitudes[i] = size > 0 ? size : largest > 0 ? largest : 1
    }
  }
}

extension Automatic.Way: CustomStringConvertible {
  /// The method's name.
  public var description: String {
    switch self {
    case .trustRegion: "trust-region Newton"
    case .differences: "trust-region Newton on differences of gradients"
    case .bfgs: "BFGS"
    case .lbfgs: "L-BFGS"
    case .products: "truncated Newton"
    }
  }
}
