internal import Matrix

extension Run {
  /// Takes a step, and deals with the noise of f where that forbids it.
  ///
  /// - Returns: nil, or why the run ends.
  @inline(__always)
  mutating func advanceOnce() -> StopCause? {
    let evaluations = state.counts.values
    if let failure = step() { return endOrGoOn(after: failure) }
    if state.noise != nil { return endInNoise() }
    if state.counts.values - evaluations >= 10 { lookForNoise() }
    return nil
  }

  /// Looks for noise after a step that was found by many evaluations and leads next
  /// to nowhere.
  ///
  /// Of many values that differ by noise one is lower, so that a search need
  /// never fail.
  @inline(never)
  private mutating func lookForNoise() {
    guard state.stepNorm <= 0x1p-26 * state.point.x.norm, canHaveNoise
    else { return }
    let found = findNoise()
    state.counts = evaluator.counts
    guard let found, found.isBeyondRounding else { return }
    state.noise = found
    evaluator.valueNoise = found.indifference
    forgetSteps()
  }

  /// Least squares, penalties and constraints have measures of their own, batches a noise of
  /// their own, and a simplex has no gradient.
  private var canHaveNoise: Bool {
    evaluator.residuals == nil && evaluator.values == nil
      && evaluator.penalty == nil && evaluator.sum == nil
      && evaluator.constraints == nil
      && state.gradientNorm.isFinite
  }

  /// Ends the run after a failed step, or makes it go on with the noise of f
  /// known.
  @inline(never)
  private mutating func endOrGoOn(after failure: StepFailure) -> StopCause? {
    guard failure == .lineSearch, canHaveNoise else { return .stuck(failure) }
    if state.noise != nil { return endAtBest() }
    let found = findNoise()
    state.counts = evaluator.counts
    guard let found else { return .stuck(failure) }
    state.noise = found
    guard found.isBeyondRounding, !isAtGradientNoise(found) else {
      return floorOrStuck(found)
    }
    evaluator.valueNoise = found.indifference
    forgetSteps()
    return nil
  }

  /// Ends a run that goes by gradients when it gets no farther.
  @inline(never)
  private mutating func endInNoise() -> StopCause? {
    let isLost = state.noteNoise()
    guard let noise = state.noise, noise.isBeyondRounding else { return nil }
    if isAtGradientNoise(noise) { return floorOrStuck(noise) }
    return isLost ? endAtBest() : nil
  }

  /// Whether ∇f is all noise, and its noise larger than the bound that was asked
  /// for: to be met by chance, and only so.
  private func isAtGradientNoise(_ noise: NoiseFloor) -> Bool {
    let bound = stop.gradientBound(initial: state.initialGradientNorm) ?? 0
    return noise.gradientNoise > bound
      && state.gradientNorm <= noise.gradientNoise
  }

  private mutating func endAtBest() -> StopCause? {
    guard let noise = state.noise else { return .stuck(.lineSearch) }
    if noise.bestNorm < state.gradientNorm {
      state.point.copy(from: noise.best)
      forgetSteps()
    }
    return floorOrStuck(noise)
  }

  /// With a penalty ∇f does not vanish, and what it may attain is another question.
  private func floorOrStuck(_ noise: NoiseFloor) -> StopCause {
    evaluator.penalty == nil && noise.explains(state.gradientNorm)
      ? .noiseFloor(
        noise: noise.level, attainableGradient: noise.attainableGradient)
      : .stuck(.lineSearch)
  }

  /// Estimates the noise of f and ∇f at the current point.
  ///
  /// - Returns: nil where none can be found.
  /// - Complexity: 7 evaluations for each spacing, mostly one or two, and some 10
  ///   of f alone.
  private mutating func findNoise() -> NoiseFloor? {
    let point = state.point
    let bounds = evaluator.bounds
    func isHeld(_ i: Int) -> Bool {
      bounds?.side(
        i, at: point.x[i], slope: point.gradient[i], value: point.value) != nil
    }
    var line = lineThroughAll(point.x)
    for i in 0..<line.count where isHeld(i) { line[i] = 0 }
    guard line.norm > 0 && line.isFinite else { return nil }
    // The gradients at the points of the last spacing, which the noise of f is
    // found at.
    var trial = Point(dimension: point.dimension)
    var gradients: [Vector<Double>] = []
    let estimate = try? estimateNoise(at: point.x, along: line) { x in
      trial.x.copy(from: x)
      evaluator.evaluate(&trial)
      // Moved within the bounds, it would be another point.
      guard trial.x == x && trial.gradient.isFinite else { return nil }
      if gradients.count == DifferenceTable.count { gradients.removeAll() }
      gradients.append(trial.gradient)
      return trial.value
    }
    guard let estimate, estimate.level > 0 else { return nil }
    var gradientNoise = 0.0
    for i in 0..<point.dimension where !isHeld(i) {
      let table = DifferenceTable(gradients.map { $0[i] })
      gradientNoise = max(gradientNoise, 3 * table.upperLevel)
    }
    return NoiseFloor(
      level: estimate.level, gradientNoise: gradientNoise,
      curvature: curvature(
        of: point, isHeld: isHeld, from: estimate.spacing, estimate.level),
      at: point, gradientNorm: state.gradientNorm, iteration: state.iteration)
  }

  /// |dᵀ∇²f d| along d = −∇f / ‖∇f‖, of the variables that are not held, from a
  /// second difference well above the noise; 0 where there is none.
  private mutating func curvature(
    of point: Point, isHeld: (Int) -> Bool, from spacing: Double,
    _ noise: Double
  ) -> Double {
    var d = point.gradient
    for i in 0..<d.count where isHeld(i) { d[i] = 0 }
    let length = d.norm
    guard length > 0 && length.isFinite else { return 0 }
    d.scale(by: -1 / length)
    let size = point.x.norm > 0 ? point.x.norm : 1
    var shifted = point.x
    var curvature = 0.0
    var h = spacing
    while h < size {
      h *= 8
      shifted.setSum(point.x, d, scaledBy: h)
      evaluator.bounds?.project(&shifted)
      let ahead = evaluator.value(at: shifted)
      shifted.setSum(point.x, d, scaledBy: -h)
      evaluator.bounds?.project(&shifted)
      let behind = evaluator.value(at: shifted)
      let second = abs(ahead - 2 * point.value + behind)
      guard second.isFinite else { break }
      curvature = second / (h * h)
      if second >= 100 * noise { break }
    }
    return curvature
  }
}
