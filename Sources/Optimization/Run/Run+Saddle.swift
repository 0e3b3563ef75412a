internal import Matrix

extension Run {
  /// Leaves a stationary point along a direction in which f curves downwards.
  ///
  /// f is tried at x ± t d, the descending sign first, from t = ‖x‖∞/1000 on: t is
  /// doubled as long as f falls, and quartered before that until it does. The
  /// run then goes on from the lowest point as from a new start; counts,
  /// iterations and trace go on too.
  ///
  /// ``minimize(_:from:using:until:within:verifying:recording:observing:)-(M.Problem,_,_,_,_,_,_,_)``
  /// does this by itself when the certificate of a method that looks for a minimum
  /// finds such a direction.
  ///
  /// - Parameter way: what ``Certificate/negativeCurvature`` holds.
  /// - Returns: whether a lower point was found; if not, the run is where it was.
  /// - Precondition: the direction has as many elements as the run has variables.
  /// - Complexity: about 10 evaluations.
  @discardableResult
  public mutating func leaveSaddle(along way: NegativeCurvature) -> Bool {
    let d = way.direction
    precondition(
      d.count == state.point.dimension,
      "a direction of \(d.count) elements for \(state.point.dimension) variables"
    )
    var lowest = state.point
    var length = 0.0
    let first = firstDistance(along: way)
    let sign = state.point.gradient.dot(d) > 0 ? -1.0 : 1.0
    for sign in [sign, -sign] {
      guard let found = lowestPoint(along: d, from: sign * first) else {
        continue
      }
      if found.point.value < lowest.value { (lowest, length) = found }
    }
    state.counts = evaluator.counts
    guard length > 0 else { return false }
    start(again: lowest, length: length)
    return true
  }

  /// A distance small beside the variables or, where they are all zero, one after
  /// which the curvature has changed f by a thousandth of its size.
  private func firstDistance(along way: NegativeCurvature) -> Double {
    let size = state.point.x.normInfinity
    if size > 0 { return 1e-3 * size }
    let distance =
      (2e-3 * abs(state.point.value / way.curvature)).squareRoot()
    return distance > 0 && distance.isFinite ? distance : 1e-3
  }

  private mutating func lowestPoint(
    along d: Vector<Double>, from first: Double
  ) -> (point: Point, length: Double)? {
    let origin = state.point
    let noise = evaluator.noise(of: origin.value)
    var trial = Point(dimension: d.count)
    func evaluate(
      _ t: Double, _ evaluator: inout Evaluator
    ) -> Double {
      trial.x.setSum(origin.x, d, scaledBy: t)
      evaluator.bounds?.project(&trial.x)
      evaluator.evaluate(&trial)
      trial.value += evaluator.penalty?.value(at: trial.x) ?? 0
      return trial.value.isFinite && trial.gradient.isFinite
        ? trial.value : .infinity
    }
    var t = first
    var remaining = 12
    while !(evaluate(t, &evaluator) < origin.value - noise) {
      t /= 4
      remaining -= 1
      if remaining == 0 { return nil }
    }
    var best = trial
    var distance = t
    for _ in 0..<60 {
      t *= 2
      guard evaluate(t, &evaluator) < best.value else { break }
      best = trial
      distance = t
    }
    return (best, abs(distance))
  }
}
