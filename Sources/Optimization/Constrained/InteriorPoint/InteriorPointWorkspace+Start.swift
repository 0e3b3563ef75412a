internal import Matrix

extension InteriorPointWorkspace {
  /// Evaluates the problem near the start, within the bounds, and chooses
  /// scales, slacks, multipliers and μ.
  ///
  /// Source: Wächter and Biegler 2006, sections 3.6 and 3.8.
  mutating func begin(
    _ point: inout Point, _ memory: inout FilterInteriorPointMemory,
    _ evaluator: inout Evaluator
  ) {
    makeRoom(for: evaluator)
    memory.progress.begin(constraints: m)
    memory.makeRoom(constraints: m)
    let isWarm = memory.isStarted
    memory.progress.movedAtStart =
      evaluator.bounds?.project(&point.x) ?? 0
    memory.setBounds(evaluator, dimension: n)
    trial.x.copy(from: point.x)

    // Off the bounds; where f is undefined there, less far.
    var isDefined = false
    for fraction in isWarm ? [1e-4, 1e-8] : [1e-2, 1e-4, 1e-8] {
      memory.variables.setFirst(n, to: trial.x)
      memory.variables.pushInwards(by: fraction, 0..<n)
      point.x.setFirst(n, to: memory.variables.values)
      evaluator.evaluate(&point)
      memory.variables.setFirst(n, to: point.x)
      isDefined =
        evaluator.constraintValues(at: point.x, into: &memory.values)
        && evaluator.constraintJacobian(at: point.x, into: &trialJacobian)
        && point.value.isFinite && point.gradient.isFinite
      if isDefined { break }
    }
    guard isDefined else {
      memory.progress.stationarity = .nan
      return
    }
    memory.setScales(point, trialJacobian, evaluator)
    swap(&memory.jacobian, &trialJacobian)
    memory.scaleRowsOfJacobian()
    memory.setSlacks(dimension: n, fraction: isWarm ? 1e-4 : 1e-2)
    if isWarm {
      memory.takeKnownMultipliers(dimension: n)
    } else {
      memory.barrier = 0.1
      memory.variables.takePrimalMultipliers(.infinity, largest: 1)
      estimateMultipliers(at: point, &memory, &evaluator)
    }
    let violation = memory.violation(dimension: n)
    memory.smallViolation = 1e-4 * max(1, violation)
    memory.largestViolation = 1e4 * max(1, violation)
    memory.isStarted = true
    measure(point, &memory, evaluator)
  }

  /// Chooses y by least squares: what leaves the least of ∇f − Jᵀy − z and of y
  /// − z of the slacks; none where that is more than 1000 (equation 36).
  mutating func estimateMultipliers(
    at point: Point, _ memory: inout FilterInteriorPointMemory,
    _ evaluator: inout Evaluator
  ) {
    guard m > 0 else { return }
    let (n, m) = (n, m)
    hessian.fill(with: 0)
    let scale = memory.objectiveScale
    right.fill(with: 0)
    right.write { right in
      point.gradient.read { g in
        memory.variables.forEachFree { k, v in
          if k < n {
            right[k] = scale * g[k] - v.below + v.above
          } else {
            right[k] = v.above - v.below
          }
        }
      }
    }
    rowWeights.fill(with: 0)
    system.assembleIdentity(
      memory.variables, memory.jacobian, rowWeights: rowWeights,
      hessian: hessian)
    var none = 0.0
    guard system.factorize(lastShift: &none, 0.1, &evaluator),
      system.solve(right, into: &solution)
    else {
      memory.multipliers.fill(with: 0)
      return
    }
    solution.read { solution in
      memory.multipliers.write { y in
        var largest = 0.0
        for i in 0..<m {
          y[i] = solution[n + i]
          largest = max(largest, abs(y[i]))
        }
        if !(largest <= 1000) {
          for i in 0..<m { y[i] = 0 }
        }
      }
    }
  }
}

extension FilterInteriorPointMemory {
  /// Takes the bounds of the variables; those of slacks follow with the scales.
  fileprivate mutating func setBounds(_ evaluator: Evaluator, dimension n: Int)
  {
    variables.lower.fill(with: -.infinity)
    variables.upper.fill(with: .infinity)
    if let bounds = evaluator.bounds {
      variables.lower.setFirst(n, to: bounds.lower)
      variables.upper.setFirst(n, to: bounds.upper)
    }
  }

  /// The powers of two that make the gradients at most 100.
  fileprivate mutating func setScales(
    _ point: Point, _ jacobian: Matrix<Double>, _ evaluator: Evaluator
  ) {
    let before = objectiveScale
    objectiveScale = Self.scale(of: point.gradient.normInfinity)
    if curvature.rows > 0 && objectiveScale != before {
      curvature.scale(by: objectiveScale / before)
    }
    let (m, n) = (values.count, point.dimension)
    jacobian.read { j in
      scales.write { scales in
        for i in 0..<m {
          var largest = 0.0
          for k in 0..<n { largest = max(largest, abs(j[i + k * m])) }
          scales[i] = Self.scale(of: largest)
        }
      }
    }
    guard let system = evaluator.constraints else { return }
    system.lower.read { l in
      system.upper.read { u in
        scales.read { d in
          variables.lower.write { lower in
            variables.upper.write { upper in
              for i in 0..<m {
                lower[n + i] = d[i] * l[i]
                upper[n + i] = d[i] * u[i]
              }
            }
          }
        }
      }
    }
  }

  private static func scale(of gradient: Double) -> Double {
    guard gradient > 100 else { return 1 }
    let exact = max(100 / gradient, 1e-8)
    return Double(sign: .plus, exponent: exact.exponent, significand: 1)
  }

  /// Multiplies the rows of J by their scales.
  mutating func scaleRowsOfJacobian() {
    let (m, n) = (values.count, jacobian.columns)
    jacobian.write { j in
      scales.read { d in
        for k in 0..<n {
          for i in 0..<m { j[i + k * m] *= d[i] }
        }
      }
    }
  }

  /// s = c(x), off its sides.
  mutating func setSlacks(dimension n: Int, fraction: Double) {
    let m = values.count
    values.read { c in
      scales.read { d in
        variables.lower.read { l in
          variables.upper.read { u in
            variables.values.write { w in
              for i in 0..<m {
                w[n + i] = max(l[n + i], min(u[n + i], d[i] * c[i]))
              }
            }
          }
        }
      }
    }
    variables.pushInwards(by: fraction, n..<n + m)
  }

  /// Begins with the multipliers of a run before, and a μ that suits them.
  fileprivate mutating func takeKnownMultipliers(dimension n: Int) {
    let m = values.count
    let scale = objectiveScale
    let (y, z) = (progress.multipliers, progress.boundMultipliers)
    for i in 0..<m { multipliers.set(i, to: scale * y[i] / scales[i]) }
    var sum = 0.0
    var count = 0.0
    variables.updateEachFree { k, v in
      let known = k < n ? scale * z[k] : scale * y[k - n] / scales[k - n]
      if v.hasLower {
        v.below = max(known, 0)
        sum += v.below * v.gapBelow
        count += 1
      }
      if v.hasUpper {
        v.above = max(-known, 0)
        sum += v.above * v.gapAbove
        count += 1
      }
    }
    barrier = max(min(count > 0 ? sum / count : 0, 0.1), 1e-8)
    variables.boundMultipliers(barrier)
  }

  /// θ = ‖c − s‖₁, scaled.
  func violation(dimension n: Int) -> Double {
    var sum = 0.0
    for i in 0..<values.count {
      sum += Self.violation(scales[i] * values[i], variables.values[n + i])
    }
    return sum
  }

  /// |c − s| of a constraint, without what the rounding of s alone leaves of
  /// it: a slack of 10¹⁶ is no nearer to its constraint than 2.
  @inline(__always)
  static func violation(_ c: Double, _ s: Double) -> Double {
    let distance = abs(c - s)
    return distance <= 0x1p-50 * abs(s) ? 0 : distance
  }
}

extension BarrierVariables {
  mutating func setFirst(_ n: Int, to x: Vector<Double>) {
    values.setFirst(n, to: x)
  }
}

extension Vector<Double> {
  /// Copies the first n elements of another vector.
  mutating func setFirst(_ n: Int, to other: Vector<Double>) {
    precondition(
      n <= count && n <= other.count,
      "\(n) elements of \(other.count) into \(count)")
    other.read { from in write { $0.update(from: from, count: n) } }
  }
}
