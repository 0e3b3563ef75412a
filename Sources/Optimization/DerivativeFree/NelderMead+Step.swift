internal import Matrix

extension NelderMead {
  /// Evaluates f at the start and at a vertex beside it along each variable.
  public func begin(
    _ point: inout Point, _ memory: inout Simplex,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) {
    let n = point.dimension
    point.gradient = []
    point.value = evaluator.finiteValue(at: point.x)
    memory.set(0, to: point.x, value: point.value)
    // No rule holds at a start where f is undefined, and no vertex can be told
    // from another.
    guard point.value.isFinite else { return }
    let value = point.value
    workspace.first.copy(from: point.x)
    for i in 0..<n {
      let x = point.x[i]
      memory.units[i] = x == 0 ? edgeAtZero / initialSize : abs(x)
      let shifted = x + (x == 0 ? edgeAtZero : initialSize * x)
      workspace.first[i] = shifted
      let found = evaluator.finiteValue(at: workspace.first)
      memory.set(i + 1, to: workspace.first, value: found)
      workspace.first[i] = x
      guard found.isFinite else { continue }
      memory.firstSlope = max(
        memory.firstSlope, abs((found - value) / (shifted - x)))
      memory.firstSpread = max(memory.firstSpread, abs(found - value))
    }
    memory.sort()
    memory.descent.begin(
      slope: memory.firstSpread / initialSize, size: initialSize)
    memory.copy(memory.best, to: &point.x)
    point.value = memory.values[memory.best]
  }

  /// One reflection, with what follows from it.
  public func step(
    _ point: inout Point, _ memory: inout Simplex,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    // Vertices that are neighbours in floating point have no points between them.
    guard memory.extent.size > 2 * .ulpOfOne else {
      return .failed(.lineSearch)
    }
    let n = memory.dimension
    if memory.descent.isDue(dimension: n),
      workspace.isStalled(&memory)
    {
      workspace.orient(&memory, &evaluator)
      return leave(for: &point, memory, &workspace)
    }
    let k = coefficients(n)
    workspace.setCentroid(of: memory)
    evaluator.counts.flops += Double(2 * n * (n + 1))
    let best = memory.values[memory.best]
    let nextWorst = memory.values[memory.order[n - 1]]
    let worst = memory.values[memory.worst]
    let reflected = workspace.evaluate(
      k.reflection, memory, &evaluator, into: \.first)
    memory.descent.count()

    if reflected < best {
      let expanded = workspace.evaluate(
        k.reflection * k.expansion, memory, &evaluator, into: \.second)
      if expanded < reflected {
        memory.replaceWorst(by: workspace.second, value: expanded)
      } else {
        memory.replaceWorst(by: workspace.first, value: reflected)
      }
    } else if reflected < nextWorst {
      memory.replaceWorst(by: workspace.first, value: reflected)
    } else {
      let isOutside = reflected < worst
      let contracted = workspace.evaluate(
        isOutside ? k.reflection * k.contraction : -k.contraction,
        memory, &evaluator, into: \.second)
      if isOutside ? contracted <= reflected : contracted < worst {
        memory.replaceWorst(by: workspace.second, value: contracted)
      } else {
        shrink(&memory, by: k.shrinkage, &evaluator, &workspace)
      }
    }
    return leave(for: &point, memory, &workspace)
  }

  private func coefficients(
    _ n: Int
  ) -> (
    reflection: Double, expansion: Double, contraction: Double,
    shrinkage: Double
  ) {
    // Of one variable the adaptive ones would shrink the simplex to a point.
    let n = isAdaptive ? Double(max(n, 2)) : 2
    return (1, 1 + 2 / n, 0.75 - 0.5 / n, 1 - 1 / n)
  }

  private func shrink(
    _ memory: inout Simplex, by factor: Double, _ evaluator: inout Evaluator,
    _ workspace: inout Workspace
  ) {
    let n = memory.dimension
    memory.copy(memory.best, to: &workspace.second)
    for rank in 1...n {
      let column = memory.order[rank]
      memory.copy(column, to: &workspace.first)
      // b + δ(v − b) in one expression, whose rounding does not leave the segment.
      workspace.first.scale(by: factor)
      workspace.first.add(workspace.second, scaledBy: 1 - factor)
      memory.set(
        column, to: workspace.first,
        value: evaluator.finiteValue(at: workspace.first))
    }
    memory.sort()
    memory.descent.forget()
  }

  /// The best vertex as the point.
  private func leave(
    for point: inout Point, _ memory: Simplex, _ workspace: inout Workspace
  ) -> StepOutcome {
    memory.copy(memory.best, to: &workspace.first)
    workspace.second.setDifference(workspace.first, point.x)
    swap(&point.x, &workspace.first)
    point.value = memory.values.withUnsafeBufferPointer { $0[memory.best] }
    return .moved(length: 1, norm: workspace.second.norm)
  }
}

extension NelderMead.Workspace {
  /// Writes the mean of all vertices but the worst.
  mutating func setCentroid(of simplex: Simplex) {
    // Anew each time: a sum that is kept up to date would gather rounding errors.
    weights.fill(with: 1 / Double(simplex.dimension))
    weights.withUnsafeMutableBufferPointer { $0[simplex.worst] = 0 }
    simplex.vertices.multiply(weights, into: &centroid)
  }

  /// Writes c + t (c − w) and returns f there.
  mutating func evaluate(
    _ t: Double, _ simplex: Simplex, _ evaluator: inout Evaluator,
    into place: WritableKeyPath<Self, Vector<Double>>
  ) -> Double {
    simplex.copy(simplex.worst, to: &self[keyPath: place])
    self[keyPath: place].scale(by: -t)
    self[keyPath: place].add(centroid, scaledBy: 1 + t)
    return evaluator.finiteValue(at: self[keyPath: place])
  }
}

extension Evaluator {
  /// f(x), ∞ where x or f(x) is not finite.
  mutating func finiteValue(at x: Vector<Double>) -> Double {
    // A simplex that runs away without end arrives at infinity some time.
    guard x.isFinite else { return .infinity }
    let value = value(at: x)
    return value.isFinite ? value : .infinity
  }
}
