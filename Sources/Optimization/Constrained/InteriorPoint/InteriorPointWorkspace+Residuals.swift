internal import Matrix

/// The residuals of the barrier problem, scaled, but for complementarity.
struct BarrierResiduals {
  /// ‖∇f − Jᵀy − z‖∞ with the rows of the slacks.
  var dual = 0.0
  /// ‖c − s‖∞.
  var primal = 0.0
  /// What large multipliers make of the tolerance for the first and for
  /// complementarity (Wächter and Biegler 2006, equation 5 and below).
  var dualScale = 1.0
  var complementarityScale = 1.0

  /// E of the barrier problem.
  func error(_ complementarity: Double) -> Double {
    max(
      dual / dualScale, primal, complementarity / complementarityScale)
  }
}

extension InteriorPointWorkspace {
  /// The residuals at the memory's variables, with ∇f of the point.
  ///
  /// - Complexity: 2mn flops.
  mutating func residuals(
    _ point: Point, _ memory: FilterInteriorPointMemory
  ) -> BarrierResiduals {
    scratch.copy(from: point.gradient)
    scratch.scale(by: memory.objectiveScale)
    return residuals(ofGradientInScratch: memory)
  }

  /// The same with another gradient, which ``scratch`` holds.
  mutating func residuals(
    ofGradientInScratch memory: FilterInteriorPointMemory
  ) -> BarrierResiduals {
    let (n, m) = (n, m)
    memory.jacobian.multiply(
      memory.multipliers, transposed: true, into: &scratch, alpha: -1, beta: 1)
    var result = BarrierResiduals()
    var sum = 0.0
    scratch.read { g in
      memory.multipliers.read { y in
        memory.variables.forEachFree { k, v in
          let rest = (k < n ? g[k] : y[k - n]) - v.below + v.above
          // NaN, which a maximum would pass over, stays.
          if !(abs(rest) <= result.dual) { result.dual = abs(rest) }
          sum += v.below + v.above
        }
        for i in 0..<m {
          result.primal = max(result.primal, abs(memory.gap(i, dimension: n)))
        }
        let z = sum
        for i in 0..<m { sum += abs(y[i]) }
        let count = Double(n + m)
        result.dualScale = max(100, sum / (count + Double(m))) / 100
        result.complementarityScale = max(100, z / count) / 100
      }
    }
    return result
  }

  /// Writes multipliers and residuals in the user's units.
  ///
  /// The multiplier of an inequality is that of its slack, z of the lower side
  /// less z of the upper one, which has a sign that the sides allow; y is equal
  /// to it at the solution only.
  mutating func measure(
    _ point: Point, _ memory: inout FilterInteriorPointMemory,
    _ evaluator: Evaluator
  ) {
    let (n, m) = (n, m)
    let scale = memory.objectiveScale
    scratch.copy(from: point.gradient)
    memory.scales.read { d in
      memory.multipliers.read { y in
        memory.progress.multipliers.write { out in
          for i in 0..<m { out[i] = y[i] * d[i] / scale }
          memory.variables.forEachFree { k, v in
            guard k >= n else { return }
            out[k - n] = (v.below - v.above) * d[k - n] / scale
          }
        }
      }
    }
    memory.progress.multipliers.read { y in
      memory.scales.read { d in
        weights.write { w in
          for i in 0..<m { w[i] = y[i] / d[i] }
        }
      }
    }
    memory.jacobian.multiply(
      weights, transposed: true, into: &scratch, alpha: -1, beta: 1)
    var stationarity = 0.0
    scratch.read { g in
      memory.progress.boundMultipliers.write { z in
        // A fixed variable is held by whatever it takes.
        for j in 0..<n { z[j] = g[j] }
        memory.variables.forEachFree { k, v in
          guard k < n else { return }
          z[k] = (v.below - v.above) / scale
          let rest = g[k] - z[k]
          if !(abs(rest) <= stationarity) { stationarity = abs(rest) }
        }
      }
    }
    memory.progress.stationarity =
      point.value.isFinite ? stationarity : .nan
    var conditions = SideConditions()
    if let system = evaluator.constraints {
      conditions.take(
        memory.values, system.lower, system.upper, memory.progress.multipliers)
    }
    if let bounds = evaluator.bounds {
      conditions.take(
        point.x, bounds.lower, bounds.upper, memory.progress.boundMultipliers)
    }
    memory.progress.infeasibility = conditions.violation
    memory.progress.complementarity = max(
      conditions.complementarity, conditions.wrongSign,
      memory.barrier > memory.leastBarrier ? undecided(memory) : 0)
  }

  /// The largest min(gap, multiplier), in the user's units.
  ///
  /// The product of 10⁻³ and 10⁻³ is small without it being clear whether the
  /// side holds, on which the second-order conditions depend. A lower μ tells,
  /// until there is no lower one: where a side holds with a multiplier of zero,
  /// both are √μ.
  private func undecided(_ memory: FilterInteriorPointMemory) -> Double {
    let n = n
    let scale = memory.objectiveScale
    var largest = 0.0
    memory.scales.read { d in
      memory.variables.forEachFree { k, v in
        let unit = k < n ? 1 : d[k - n]
        if v.hasLower && v.gapBelow > 1e-9 * abs(v.lower) {
          largest = max(
            largest, min(v.gapBelow / unit, v.below * unit / scale))
        }
        if v.hasUpper && v.gapAbove > 1e-9 * abs(v.upper) {
          largest = max(
            largest, min(v.gapAbove / unit, v.above * unit / scale))
        }
      }
    }
    return largest
  }
}
