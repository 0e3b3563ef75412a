internal import Matrix

extension SQPWorkspace {
  /// What came of a quadratic program.
  enum Subproblem {
    /// All linearised constraints hold.
    case solved
    /// Some were given up, at their price.
    case elastic
    /// Rounding, or numbers that are not finite.
    case stuck
  }

  /// Sets direction, multipliers and B d.
  mutating func solveSubproblem(
    _ point: Point, _ memory: inout SQPMemory, _ evaluator: Evaluator
  ) -> Subproblem {
    setRows(memory)
    setSides(memory.values, evaluator)
    setBounds(point.x, evaluator)
    // Once constraints were given up it goes on with the price, until none is.
    if memory.price == 0, solve(point, &memory) == .solved {
      take(memory, point)
      if !hasBlownUp(point) { return .solved }
    }
    guard solver.m > 0 else { return .stuck }
    return solveElastic(point, &memory, evaluator)
  }

  /// Whether the constraints push against each other with far more than what they
  /// hold together: their linearisations barely have a common point, far away.
  private func hasBlownUp(_ point: Point) -> Bool {
    var sum = 0.0
    for i in 0..<solver.m {
      sum += abs(solver.multipliers[i]) * solver.sizes[i]
    }
    guard sum > 0 else { return false }
    // Jᵀy + z = ∇f + B d.
    var held = 1.0
    for k in 0..<n {
      held += abs(point.gradient[k]) + abs(image[k])
    }
    return sum > 1e5 * held
  }

  /// Solves with the multipliers of violated and of nonlinear constraints bounded.
  ///
  /// Bounds and those linear constraints that hold at x are kept, which d = 0 does: a
  /// solution exists. The price rises where less than a tenth of the violation would
  /// be gone, and that once a step: as far as it has to for violations to fall, and
  /// no farther than the quasi-Newton Hessian, which grows with it, can follow.
  private mutating func solveElastic(
    _ point: Point, _ memory: inout SQPMemory, _ evaluator: Evaluator
  ) -> Subproblem {
    let m = solver.m
    if memory.price == 0 {
      memory.price =
        10
        * max(
          0.1, point.gradient.normInfinity, memory.weights.normInfinity)
      memory.price = min(memory.price, largestPrice(point))
    }
    let before = violation(memory.values, evaluator)
    var rises = 0
    while true {
      setPrices(memory, evaluator)
      guard solve(point, &memory, isElastic: true) == .solved else {
        return .stuck
      }
      var after = 0.0
      for i in 0..<m {
        after += max(
          solver.lower[i] - solver.values[i],
          solver.values[i] - solver.upper[i], 0)
      }
      let mayRise =
        rises == 0 && memory.price < largestPrice(point)
        && after > 0.9 * before
      guard mayRise else { break }
      rises += 1
      memory.price = min(10 * memory.price, largestPrice(point))
    }
    take(memory, point)
    guard solver.givenUp == 0 else { return .elastic }
    memory.price = 0
    return .solved
  }

  /// Beyond this the objective would no longer be seen.
  func largestPrice(_ point: Point) -> Double {
    1e9 * max(1, min(point.gradient.normInfinity, 1e6))
  }

  private func setPrices(_ memory: SQPMemory, _ evaluator: Evaluator) {
    guard let system = evaluator.constraints else { return }
    for i in 0..<solver.m {
      let (l, u) = (solver.lower[i], solver.upper[i])
      let rounding = 1e-13 * max(1, abs(memory.values[i]))
      let isKept = system.isLinear[i] && l <= rounding && u >= -rounding
      solver.prices[i] = isKept ? .infinity : memory.price
    }
  }

  /// Solves for the rows, sides and bounds that are set.
  mutating func solve(
    _ point: Point, _ memory: inout SQPMemory, isElastic: Bool = false
  ) -> SubproblemSolver.Outcome {
    if !isElastic {
      for i in 0..<solver.m { solver.prices[i] = .infinity }
    }
    let solver = solver
    return memory.factor.write { j in
      point.gradient.read { g in solver.solve(j, gradient: g) }
    }
  }

  private func setRows(_ memory: SQPMemory) {
    let (n, m) = (n, solver.m)
    let normals = solver.normals
    memory.jacobian.read { a in
      for k in 0..<n {
        for i in 0..<m { normals[k + i * n] = a[i + k * m] }
      }
    }
  }

  /// The sides of the rows for constraints that are `values` at d = 0.
  private func setSides(_ values: Vector<Double>, _ evaluator: Evaluator) {
    guard let system = evaluator.constraints else { return }
    let m = solver.m
    let (lower, upper) = (solver.lower, solver.upper)
    values.read { c in
      system.lower.read { l in
        for i in 0..<m { lower[i] = l[i] - c[i] }
      }
      system.upper.read { u in
        for i in 0..<m { upper[i] = u[i] - c[i] }
      }
    }
  }

  private func setBounds(_ x: Vector<Double>, _ evaluator: Evaluator) {
    let n = n
    let (lower, upper) = (solver.lower + solver.m, solver.upper + solver.m)
    guard let bounds = evaluator.bounds else {
      for k in 0..<n { (lower[k], upper[k]) = (-.infinity, .infinity) }
      return
    }
    x.read { x in
      bounds.lower.read { l in for k in 0..<n { lower[k] = l[k] - x[k] } }
      bounds.upper.read { u in for k in 0..<n { upper[k] = u[k] - x[k] } }
    }
  }

  /// Takes the solution, and B d = Jᵀy + z − ∇f by its conditions.
  mutating func take(_ memory: SQPMemory, _ point: Point) {
    let (n, m) = (n, solver.m)
    let solver = solver
    direction.write { d in for k in 0..<n { d[k] = solver.d[k] } }
    multipliers.write { y in
      for i in 0..<m { y[i] = solver.multipliers[i] }
    }
    boundMultipliers.write { z in
      for k in 0..<n { z[k] = solver.multipliers[m + k] }
    }
    let y = solver.multipliers
    let normals = solver.normals
    image.write { image in
      point.gradient.read { g in
        for k in 0..<n { image[k] = y[m + k] - g[k] }
      }
      for i in 0..<m where y[i] != 0 {
        let (a, weight) = (normals + i * n, y[i])
        for k in 0..<n { image[k] += weight * a[k] }
      }
    }
  }

  /// Σ vᵢ, how far values are outside of their sides.
  func violation(
    _ values: Vector<Double>, _ evaluator: Evaluator
  ) -> Double {
    guard let system = evaluator.constraints else { return 0 }
    var sum = 0.0
    for i in 0..<values.count {
      sum += max(
        system.lower[i] - values[i], values[i] - system.upper[i], 0)
    }
    return sum
  }
}
