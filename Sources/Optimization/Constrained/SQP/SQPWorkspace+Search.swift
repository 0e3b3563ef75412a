internal import Matrix

extension SQPWorkspace {
  /// How a search along a direction went.
  enum Search {
    case found(length: Double)
    case refused
    case undefined
  }

  /// Looks for a lower φ along the direction; leaves the point in `trial`, with c and
  /// J beside it.
  mutating func search(
    _ point: Point, _ memory: inout SQPMemory, _ evaluator: inout Evaluator,
    merit: Double, slope: Double, noise: Double, mayCorrect: Bool
  ) -> Search {
    var length = 1.0
    var wasDefined = false
    let shortest = 1e-16 * max(point.x.norm, 1e-16) / direction.norm
    let m = trialValues.count
    for trials in 0..<60 {
      trial.x.setSum(point.x, direction, scaledBy: length)
      let found = meritOfTrial(memory, &evaluator)
      if found.isFinite {
        wasDefined = true
        if found - merit <= 1e-4 * length * min(slope, 0) + noise,
          evaluator.constraintJacobian(at: trial.x, into: &trialJacobian)
        {
          return .found(length: length)
        }
        if trials == 0 && mayCorrect && m > 0,
          correct(
            point, &memory, &evaluator, merit: merit, slope: slope, noise)
        {
          return .found(length: 1)
        }
        let bend = found - merit - length * slope
        let next =
          bend > 0 ? -slope * length * length / (2 * bend) : length / 2
        length = min(max(next, 0.1 * length), 0.5 * length)
      } else {
        length /= 10
      }
      if length <= shortest { break }
    }
    return wasDefined ? .refused : .undefined
  }

  /// φ at `trial.x`, NaN where it is undefined.
  private mutating func meritOfTrial(
    _ memory: SQPMemory, _ evaluator: inout Evaluator
  ) -> Double {
    evaluator.evaluate(&trial)
    guard trial.value.isFinite, trial.gradient.isFinite,
      evaluator.constraintValues(at: trial.x, into: &trialValues)
    else { return .nan }
    return trial.value + weightedViolation(trialValues, memory, evaluator)
  }

  /// Tries x + d with d corrected for the curvature of the constraints: the sides are
  /// those that c(x + d) would have needed.
  ///
  /// Without it φ refuses steps that converge superlinearly (Maratos 1978).
  private mutating func correct(
    _ point: Point, _ memory: inout SQPMemory, _ evaluator: inout Evaluator,
    merit: Double, slope: Double, _ noise: Double
  ) -> Bool {
    guard let system = evaluator.constraints else { return false }
    let (n, m) = (n, solver.m)
    for i in 0..<m {
      let rest = trialValues[i] - solver.values[i]
      solver.lower[i] = system.lower[i] - rest
      solver.upper[i] = system.upper[i] - rest
    }
    guard solve(point, &memory) == .solved else { return false }
    let solver = solver
    scratch.write { d in for k in 0..<n { d[k] = solver.d[k] } }
    // A correction larger than the step corrects nothing.
    guard scratch.isFinite, scratch.norm <= 2 * direction.norm else {
      return false
    }
    trial.x.setSum(point.x, scratch, scaledBy: 1)
    let found = meritOfTrial(memory, &evaluator)
    guard found - merit <= 1e-4 * min(slope, 0) + noise,
      evaluator.constraintJacobian(at: trial.x, into: &trialJacobian)
    else { return false }
    take(memory, point)
    return true
  }
}
