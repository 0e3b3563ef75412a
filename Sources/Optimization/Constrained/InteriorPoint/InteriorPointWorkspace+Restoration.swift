internal import Matrix
internal import RealModule

/// A violation r taken apart, r = p − q, so that ρ (p + q) − μ ln p − μ ln q is
/// least.
///
/// Source: Wächter and Biegler 2006, equations 32 and 33.
struct SplitViolation {
  var excess: Double
  var shortfall: Double

  init(_ r: Double, weight: Double, _ mu: Double) {
    // The smaller of the two from the equation without cancellation, the other
    // by r.
    let size = abs(r)
    let half = (mu - weight * size) / (2 * weight)
    let product = mu * size / (2 * weight)
    let root = (half * half + product).squareRoot()
    let smaller =
      half >= 0 ? half + root : product / max(root - half, 1e-300)
    let least = max(smaller, 1e-300)
    excess = r > 0 ? size + least : least
    shortfall = r > 0 ? least : size + least
  }
}

extension InteriorPointWorkspace {
  /// ρ.
  static let violationWeight = 1000.0

  /// Where the line search finds nothing: begins the restoration, if there is a
  /// violation to be made less of, and takes its first step.
  mutating func leaveForRestoration(
    _ point: inout Point, _ memory: inout FilterInteriorPointMemory,
    _ evaluator: inout Evaluator
  ) -> StepOutcome {
    let violation = memory.violation(dimension: n)
    if violation <= 1e-9 || memory.restoration.count >= 50 {
      // Nothing to restore. Once more with a filter that has forgotten what it
      // held and a lower μ, if there is one.
      guard memory.barrier > memory.leastBarrier else {
        return .failed(.lineSearch)
      }
      memory.barrier = max(memory.leastBarrier, 0.1 * memory.barrier)
      memory.filter.clear()
      return takeStep(&point, &memory, &evaluator)
    }
    memory.filter.add(
      violation,
      memory.objectiveScale * point.value
        + memory.variables.barrier(
          memory.barrier, at: memory.variables.values))
    memory.restoration.count += 1
    memory.restoration.violation = violation
    moveInwards(&point, &memory, &evaluator, by: min(0.01, violation))
    let isRestored = isRestored(point, memory)
    if isRestored {
      // It was the slacks alone.
      resume(point, &memory, &evaluator)
    } else {
      beginRestoration(point, &memory)
    }
    measure(point, &memory, evaluator)
    if trial.x != point.x { return moved(from: point, length: 0) }
    return isRestored
      ? takeStep(&point, &memory, &evaluator)
      : takeRestorationStep(&point, &memory, &evaluator)
  }

  /// Sets the slacks to what the constraints are, and takes them and x off the
  /// bounds that they have run into: with the μ of the restoration they would
  /// be held there.
  ///
  /// The trial point is left as the point before.
  private mutating func moveInwards(
    _ point: inout Point, _ memory: inout FilterInteriorPointMemory,
    _ evaluator: inout Evaluator, by fraction: Double
  ) {
    memory.variables.pushInwards(by: fraction, 0..<n)
    trialVariables.copy(from: memory.variables.values)
    memory.variables.setFirst(n, to: point.x)
    if evaluateTrialVariables(memory, &evaluator).isDefined,
      evaluateTrialJacobian(memory, &evaluator)
    {
      exchange(&point, &memory)
    } else {
      trial.x.copy(from: point.x)
    }
    memory.setSlacks(dimension: n, fraction: fraction)
  }

  private mutating func beginRestoration(
    _ point: Point, _ memory: inout FilterInteriorPointMemory
  ) {
    var largest = 0.0
    for i in 0..<m {
      largest = max(largest, abs(memory.gap(i, dimension: n)))
    }
    memory.restoration.isActive = true
    memory.restoration.barrier = max(memory.barrier, largest)
    memory.restoration.lastShift = 0
    memory.restoration.usesUnits = false
    memory.restoration.reference.copy(from: point.x)
    memory.multipliers.fill(with: 0)
    let rho = Self.violationWeight
    memory.variables.updateEachFree { _, v in
      v.below = min(rho, v.below)
      v.above = min(rho, v.above)
    }
    splitViolations(memory)
    let (m, mu) = (m, memory.restoration.barrier)
    excess.read { p in
      shortfall.read { q in
        memory.restoration.above.write { a in
          memory.restoration.below.write { b in
            for i in 0..<m {
              a[i] = mu / p[i]
              b[i] = mu / q[i]
            }
          }
        }
      }
    }
  }

  /// ρ of each constraint, into ``weights``: equal for the scaled ones, or for
  /// those in the user's units.
  private mutating func setViolationWeights(
    _ memory: FilterInteriorPointMemory
  ) {
    let m = m
    let rho = Self.violationWeight
    weights.fill(with: rho)
    guard memory.restoration.usesUnits else { return }
    memory.scales.read { d in
      weights.write { w in
        var least = Double.infinity
        for i in 0..<m { least = min(least, d[i]) }
        for i in 0..<m { w[i] = rho * least / d[i] }
      }
    }
  }

  /// Chooses p and q for the violations that there are.
  private mutating func splitViolations(_ memory: FilterInteriorPointMemory) {
    setViolationWeights(memory)
    let (n, m, mu) = (n, m, memory.restoration.barrier)
    weights.read { rho in
      excess.write { p in
        shortfall.write { q in
          for i in 0..<m {
            let split = SplitViolation(
              memory.gap(i, dimension: n), weight: rho[i], mu)
            p[i] = split.excess
            q[i] = split.shortfall
          }
        }
      }
    }
  }

  /// min(1, 1/|xᵣ|)², of D.
  @inline(__always)
  private static func nearness(_ reference: Double) -> Double {
    let d = min(1, 1 / abs(reference))
    return d * d
  }

  /// Writes the gradient of ½ ζ ‖D (x − xᵣ)‖² into ``change``.
  private mutating func setReferenceGradient(
    _ point: Point, _ memory: FilterInteriorPointMemory
  ) {
    let n = n
    let zeta = memory.restoration.barrier.squareRoot()
    change.write { g in
      point.x.read { x in
        memory.restoration.reference.read { r in
          for j in 0..<n {
            g[j] = zeta * Self.nearness(r[j]) * (x[j] - r[j])
          }
        }
      }
    }
  }

  /// E of the restoration's barrier problem.
  private mutating func restorationError(
    _ point: Point, _ memory: FilterInteriorPointMemory
  ) -> Double {
    setReferenceGradient(point, memory)
    scratch.copy(from: change)
    let residuals = residuals(ofGradientInScratch: memory)
    let (m, mu) = (m, memory.restoration.barrier)
    var dual = residuals.dual
    var complementarity = memory.variables.complementarity(mu)
    weights.read { rho in
      memory.multipliers.read { y in
        memory.restoration.above.read { a in
          memory.restoration.below.read { b in
            excess.read { p in
              shortfall.read { q in
                for i in 0..<m {
                  dual = max(
                    dual, abs(rho[i] + y[i] - a[i]), abs(rho[i] - y[i] - b[i]))
                  complementarity = max(
                    complementarity, abs(a[i] * p[i] - mu),
                    abs(b[i] * q[i] - mu))
                }
              }
            }
          }
        }
      }
    }
    return max(
      dual / residuals.dualScale,
      complementarity / residuals.complementarityScale)
  }

  /// One step of the restoration.
  ///
  /// p and q are chosen anew for every x and s, so that their constraint always
  /// holds, what is minimised is a function of x and s alone, a smooth ‖c −
  /// s‖₁, and a line search on it needs no filter.
  mutating func takeRestorationStep(
    _ point: inout Point, _ memory: inout FilterInteriorPointMemory,
    _ evaluator: inout Evaluator
  ) -> StepOutcome {
    splitViolations(memory)
    var error = restorationError(point, memory)
    while error <= 10 * memory.restoration.barrier {
      let mu = memory.restoration.barrier
      guard mu > Self.leastRestorationBarrier else {
        return endOfRestoration(&point, &memory, &evaluator)
      }
      memory.restoration.barrier = max(
        Self.leastRestorationBarrier, min(0.2 * mu, mu * mu.squareRoot()))
      // Nearness to the place where the restoration began would keep the
      // violation from being least.
      memory.restoration.reference.copy(from: point.x)
      splitViolations(memory)
      error = restorationError(point, memory)
    }
    let mu = memory.restoration.barrier
    guard setRestorationHessian(point, memory, &evaluator) else {
      return .failed(.hessian)
    }
    setReferenceGradient(point, memory)
    setSlope(gradient: change, scale: 1, mu, memory.variables)
    setRestorationRows(memory)
    system.assemble(
      hessian: hessian, memory.variables, memory.jacobian,
      rowWeights: rowWeights)
    guard
      system.factorize(
        lastShift: &memory.restoration.lastShift, mu, &evaluator)
    else { return .failed(.singular) }
    setRightSide(memory)
    guard setStep(memory) else { return .failed(.singular) }
    return restorationSearch(&point, &memory, &evaluator, error)
  }

  private static let leastRestorationBarrier = 1e-8

  /// −Σ yᵢ ∇²cᵢ + ζ D².
  private mutating func setRestorationHessian(
    _ point: Point, _ memory: FilterInteriorPointMemory,
    _ evaluator: inout Evaluator
  ) -> Bool {
    hessian.fill(with: 0)
    let (n, m) = (n, m)
    if let constraints = evaluator.constraints {
      memory.multipliers.read { y in
        memory.scales.read { d in
          trialValues.write { w in
            for i in 0..<m { w[i] = y[i] * d[i] }
          }
        }
      }
      do {
        try constraints.subtractCurvature(
          at: point.x, multipliers: trialValues, from: &hessian,
          &constraintScratch!)
      } catch {
        evaluator.failure = error
        return false
      }
    }
    let zeta = memory.restoration.barrier.squareRoot()
    return hessian.write { h in
      memory.restoration.reference.read { r in
        for j in 0..<n {
          h[j + j * n] += zeta * Self.nearness(r[j])
          for i in j..<n where !h[i + j * n].isFinite { return false }
        }
        return true
      }
    }
  }

  /// What eliminating p and q leaves in the rows of the constraints.
  private mutating func setRestorationRows(_ memory: FilterInteriorPointMemory)
  {
    let (m, mu) = (m, memory.restoration.barrier)
    weights.read { rho in
      memory.multipliers.read { y in
        memory.restoration.above.read { a in
          memory.restoration.below.read { b in
            excess.read { p in
              shortfall.read { q in
                rowWeights.write { w in
                  rows.write { rows in
                    for i in 0..<m {
                      let (u, v) = (p[i] / a[i], q[i] / b[i])
                      w[i] = u + v
                      rows[i] =
                        v * (mu / q[i] - rho[i] + y[i])
                        - u * (mu / p[i] - rho[i] - y[i])
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// The smooth violation with the barrier, at values of x and s.
  private func restorationMerit(
    _ memory: FilterInteriorPointMemory, at w: Vector<Double>,
    constraints c: Vector<Double>
  ) -> Double {
    let (n, m, mu) = (n, m, memory.restoration.barrier)
    let zeta = mu.squareRoot()
    var sum = 0.0
    w.read { w in
      memory.restoration.reference.read { r in
        for j in 0..<n {
          let d = w[j] - r[j]
          sum += 0.5 * zeta * Self.nearness(r[j]) * d * d
        }
      }
      c.read { c in
        memory.scales.read { scales in
          weights.read { rho in
            for i in 0..<m {
              let split = SplitViolation(
                scales[i] * c[i] - w[n + i], weight: rho[i], mu)
              sum += rho[i] * (split.excess + split.shortfall)
              sum -= mu * Double.log(split.excess)
              sum -= mu * Double.log(split.shortfall)
            }
          }
        }
      }
    }
    return sum + memory.variables.barrier(mu, at: w)
  }

  /// The slope of ``restorationMerit(_:at:constraints:)`` along the step.
  private mutating func restorationSlope(
    _ memory: FilterInteriorPointMemory
  ) -> Double {
    let (n, m, mu) = (n, m, memory.restoration.barrier)
    var sum = slope.dot(step)
    change.setFirst(n, to: step)
    memory.jacobian.multiply(change, into: &trialValues)
    weights.read { rho in
      excess.read { p in
        step.read { d in
          trialValues.read { image in
            for i in 0..<m {
              sum += (rho[i] - mu / p[i]) * (image[i] - d[n + i])
            }
          }
        }
      }
    }
    return sum
  }

  private mutating func restorationSearch(
    _ point: inout Point, _ memory: inout FilterInteriorPointMemory,
    _ evaluator: inout Evaluator, _ error: Double
  ) -> StepOutcome {
    let mu = memory.restoration.barrier
    let tau = max(0.99, 1 - mu)
    var (alpha, dual) = memory.variables.longestSteps(along: step, mu, tau)
    dual = min(dual, longestRestorationStep(memory, tau))
    let merit = restorationMerit(
      memory, at: memory.variables.values, constraints: memory.values)
    let slope = restorationSlope(memory)
    let rounding = 10 * Double.ulpOfOne * abs(merit)
    while slope < 0 && alpha > 1e-12 {
      if evaluateTrial(by: alpha, memory, &evaluator).isDefined {
        let found = restorationMerit(
          memory, at: trialVariables, constraints: trialValues)
        if found <= merit + 1e-4 * alpha * slope + rounding,
          evaluateTrialJacobian(memory, &evaluator)
        {
          moveRestorationMultipliers(&memory, by: dual)
          accept(&point, &memory, primal: dual, dual: dual, mu)
          splitViolations(memory)
          boundRestorationMultipliers(&memory)
          if isRestored(point, memory) { resume(point, &memory, &evaluator) }
          measure(point, &memory, evaluator)
          return moved(from: point, length: alpha)
        }
      }
      alpha /= 2
    }
    // Where nothing lowers the violation visibly, it is stationary or rounding.
    if error <= 1e-6 * Self.violationWeight {
      return endOfRestoration(&point, &memory, &evaluator)
    }
    return .failed(.lineSearch)
  }

  /// The longest step of the multipliers of p and q.
  private func longestRestorationStep(
    _ memory: FilterInteriorPointMemory, _ tau: Double
  ) -> Double {
    var longest = 1.0
    forEachRestorationStep(memory) { _, a, da, b, db in
      if da < 0 { longest = min(longest, -tau * a / da) }
      if db < 0 { longest = min(longest, -tau * b / db) }
    }
    return longest
  }

  /// Calls `body` with the multipliers of p and of q and their steps.
  private func forEachRestorationStep(
    _ memory: FilterInteriorPointMemory,
    _ body: (Int, Double, Double, Double, Double) -> Void
  ) {
    let m = m
    weights.read { rho in
      memory.multipliers.read { y in
        multiplierStep.read { dy in
          memory.restoration.above.read { a in
            memory.restoration.below.read { b in
              for i in 0..<m {
                body(
                  i, a[i], rho[i] + y[i] + dy[i] - a[i], b[i],
                  rho[i] - y[i] - dy[i] - b[i])
              }
            }
          }
        }
      }
    }
  }

  private func moveRestorationMultipliers(
    _ memory: inout FilterInteriorPointMemory, by alpha: Double
  ) {
    let m = m
    weights.read { rho in
      memory.multipliers.read { y in
        multiplierStep.read { dy in
          memory.restoration.above.write { a in
            memory.restoration.below.write { b in
              for i in 0..<m {
                a[i] += alpha * (rho[i] + y[i] + dy[i] - a[i])
                b[i] += alpha * (rho[i] - y[i] - dy[i] - b[i])
              }
            }
          }
        }
      }
    }
  }

  private func boundRestorationMultipliers(
    _ memory: inout FilterInteriorPointMemory
  ) {
    let (m, mu) = (m, memory.restoration.barrier)
    excess.read { p in
      shortfall.read { q in
        memory.restoration.above.write { a in
          memory.restoration.below.write { b in
            for i in 0..<m {
              let (u, v) = (mu / p[i], mu / q[i])
              a[i] = max(min(a[i], 1e10 * u), 1e-10 * u)
              b[i] = max(min(b[i], 1e10 * v), 1e-10 * v)
            }
          }
        }
      }
    }
  }

  /// Whether the filter accepts the point and enough of the violation is gone
  /// for the problem itself to be gone on with.
  private func isRestored(
    _ point: Point, _ memory: FilterInteriorPointMemory
  ) -> Bool {
    let violation = memory.violation(dimension: n)
    // What had to be repeated is done more thoroughly.
    let count = memory.restoration.count
    let goal = count < 5 ? 0.9 : count < 10 ? 0.1 : 1e-3
    guard violation <= goal * memory.restoration.violation else {
      return false
    }
    let barrier =
      memory.objectiveScale * point.value
      + memory.variables.barrier(memory.barrier, at: memory.variables.values)
    return memory.filter.accepts(violation, barrier)
  }

  private mutating func resume(
    _ point: Point, _ memory: inout FilterInteriorPointMemory,
    _ evaluator: inout Evaluator
  ) {
    memory.restoration.isActive = false
    memory.variables.takePrimalMultipliers(memory.barrier, largest: 1000)
    estimateMultipliers(at: point, &memory, &evaluator)
  }

  /// The violation can fall no farther.
  private mutating func endOfRestoration(
    _ point: inout Point, _ memory: inout FilterInteriorPointMemory,
    _ evaluator: inout Evaluator
  ) -> StepOutcome {
    if memory.progress.infeasibility <= 1e-8 {
      // There was none.
      memory.filter.clear()
      resume(point, &memory, &evaluator)
      return takeStep(&point, &memory, &evaluator)
    }
    if !memory.restoration.usesUnits && hasScales(memory) {
      // Least in the scaled constraints is not least in the user's.
      memory.restoration.usesUnits = true
      memory.restoration.barrier = max(
        memory.restoration.barrier, 1e-4)
      memory.multipliers.fill(with: 0)
      memory.restoration.above.fill(with: Self.violationWeight)
      memory.restoration.below.fill(with: Self.violationWeight)
      splitViolations(memory)
      boundRestorationMultipliers(&memory)
      return takeRestorationStep(&point, &memory, &evaluator)
    }
    return .failed(.infeasible)
  }

  private func hasScales(_ memory: FilterInteriorPointMemory) -> Bool {
    for i in 0..<m where memory.scales[i] != memory.scales[0] { return true }
    return false
  }
}
