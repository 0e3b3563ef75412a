internal import Matrix

extension InteriorPointWorkspace {
  /// Writes the Hessian of the Lagrangian, scaled.
  mutating func setHessian(
    _ point: Point, _ memory: FilterInteriorPointMemory,
    _ evaluator: inout Evaluator
  ) -> Bool {
    if memory.curvature.rows > 0 {
      hessian.copy(from: memory.curvature)
      return true
    }
    let m = m
    let scale = memory.objectiveScale
    memory.multipliers.read { y in
      memory.scales.read { d in
        weights.write { w in
          for i in 0..<m { w[i] = y[i] * d[i] / scale }
        }
      }
    }
    guard
      evaluator.lagrangianHessian(
        at: point.x, multipliers: weights, into: &hessian)
    else { return false }
    if scale != 1 { hessian.scale(by: scale) }
    return true
  }

  /// Writes ∇φ of (x, s) from the gradient of what is minimised beside the
  /// barrier.
  mutating func setSlope(
    gradient: Vector<Double>, scale: Double, _ mu: Double,
    _ variables: BarrierVariables
  ) {
    let n = n
    slope.fill(with: 0)
    gradient.read { g in
      slope.write { slope in
        variables.forEachFree { k, v in
          slope[k] = (k < n ? scale * g[k] : 0) + mu * v.slope
        }
      }
    }
  }

  /// Writes the right-hand side for the residuals that ``rows`` holds.
  mutating func setRightSide(_ memory: FilterInteriorPointMemory) {
    let (n, m) = (n, m)
    scratch.setFirst(n, to: slope)
    memory.jacobian.multiply(
      memory.multipliers, transposed: true, into: &scratch, alpha: -1, beta: 1)
    right.fill(with: 0)
    right.write { right in
      scratch.read { g in
        rows.read { rows in
          memory.multipliers.read { y in
            slope.read { slope in
              for i in 0..<m { right[n + i] = -rows[i] }
              memory.variables.forEachFree { k, v in
                if k < n {
                  right[k] = -g[k]
                } else {
                  let i = k - n
                  right[k] -= system.slackInverse(i) * (slope[k] + y[i])
                }
              }
            }
          }
        }
      }
    }
  }

  /// Solves, and takes the solution apart into the steps of x, s and y.
  mutating func setStep(_ memory: FilterInteriorPointMemory) -> Bool {
    guard system.solve(right, into: &solution) else { return false }
    let (n, m) = (n, m)
    step.fill(with: 0)
    solution.read { solution in
      multiplierStep.write { dy in
        for i in 0..<m { dy[i] = -solution[n + i] }
      }
      step.write { step in
        slope.read { slope in
          memory.multipliers.read { y in
            memory.variables.forEachFree { k, v in
              if k < n {
                step[k] = solution[k]
              } else {
                let i = k - n
                // −(∂φ/∂s + y + dy) / (Σ + δ).
                step[k] =
                  system.slackInverse(i)
                  * (solution[k] - slope[k] - y[i])
              }
            }
          }
        }
      }
    }
    return true
  }

  /// ∇φᵀd.
  func directionalDerivative() -> Double { slope.dot(step) }

  /// Evaluates at w + α d.
  ///
  /// - Returns: f and θ there, NaN where they are not defined.
  mutating func evaluateTrial(
    by alpha: Double, _ memory: FilterInteriorPointMemory,
    _ evaluator: inout Evaluator
  ) -> (isDefined: Bool, violation: Double) {
    memory.variables.write(along: step, by: alpha, into: &trialVariables)
    return evaluateTrialVariables(memory, &evaluator)
  }

  /// Evaluates at the x of ``trialVariables``.
  mutating func evaluateTrialVariables(
    _ memory: FilterInteriorPointMemory, _ evaluator: inout Evaluator
  ) -> (isDefined: Bool, violation: Double) {
    trial.x.setFirst(n, to: trialVariables)
    guard evaluator.constraintValues(at: trial.x, into: &trialValues) else {
      return (false, .nan)
    }
    evaluator.evaluate(&trial)
    guard trial.value.isFinite && trial.gradient.isFinite else {
      return (false, .nan)
    }
    trialVariables.setFirst(n, to: trial.x)
    return (true, violation(atTrial: memory))
  }

  /// θ of the trial point.
  func violation(atTrial memory: FilterInteriorPointMemory) -> Double {
    let (n, m) = (n, m)
    var sum = 0.0
    trialValues.read { c in
      memory.scales.read { d in
        trialVariables.read { w in
          for i in 0..<m {
            sum += FilterInteriorPointMemory.violation(
              d[i] * c[i], w[n + i])
          }
        }
      }
    }
    return sum
  }

  /// φ of the trial point.
  func barrier(
    atTrial memory: FilterInteriorPointMemory, _ mu: Double
  ) -> Double {
    memory.objectiveScale * trial.value
      + memory.variables.barrier(mu, at: trialVariables)
  }

  /// Evaluates J at the trial point.
  mutating func evaluateTrialJacobian(
    _ memory: FilterInteriorPointMemory, _ evaluator: inout Evaluator
  ) -> Bool {
    guard
      evaluator.constraintJacobian(at: trial.x, into: &trialJacobian)
    else { return false }
    let (n, m) = (n, m)
    trialJacobian.write { j in
      memory.scales.read { d in
        for k in 0..<n {
          for i in 0..<m { j[i + k * m] *= d[i] }
        }
      }
    }
    return true
  }

  /// Moves to the trial point, with α of the steps of the multipliers.
  ///
  /// What the point was is then the trial point.
  mutating func accept(
    _ point: inout Point, _ memory: inout FilterInteriorPointMemory,
    primal: Double, dual: Double, _ mu: Double
  ) {
    memory.multipliers.add(multiplierStep, scaledBy: primal)
    memory.variables.moveMultipliers(along: step, mu, by: dual)
    exchange(&point, &memory)
    memory.variables.boundMultipliers(mu)
  }

  /// Exchanges the current point and the trial point.
  mutating func exchange(
    _ point: inout Point, _ memory: inout FilterInteriorPointMemory
  ) {
    swap(&memory.variables.values, &trialVariables)
    swap(&memory.values, &trialValues)
    swap(&memory.jacobian, &trialJacobian)
    swap(&point, &trial)
  }

  /// What was moved by, after ``exchange(_:_:)``: trial.x is the point before.
  func moved(from point: Point, length: Double) -> StepOutcome {
    var sum = 0.0
    for j in 0..<n {
      let d = point.x[j] - trial.x[j]
      sum += d * d
    }
    return .moved(length: length, norm: sum.squareRoot())
  }
}
