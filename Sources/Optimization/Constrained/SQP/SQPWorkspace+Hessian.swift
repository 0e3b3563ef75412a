internal import Matrix

extension SQPWorkspace {
  /// Sets the factor of B = ∇²L, made convex.
  ///
  /// - Parameter isPlain: whether B is a multiple of I in the size of ∇²L instead.
  /// - Returns: whether there is one; if not, the Hessian is not finite.
  mutating func factorHessian(
    _ point: Point, _ memory: inout SQPMemory, _ evaluator: inout Evaluator,
    isPlain: Bool
  ) -> Bool {
    if !memory.hasCurvature {
      estimateMultipliers(point, &memory, evaluator)
      memory.hasCurvature = true
    }
    guard
      evaluator.lagrangianHessian(
        at: point.x, multipliers: memory.progress.multipliers, into: &hessian)
    else { return false }
    let n = n
    var size = 0.0
    hessian.read { h in
      for j in 0..<n {
        for i in j..<n { size = max(size, abs(h[i + j * n])) }
      }
    }
    let isZero = size == 0
    if isZero { size = 1 }
    if isPlain {
      forget(&memory)
      memory.factor.scale(by: 1 / size.squareRoot())
      memory.hasCurvature = true
      shifts.fill(with: 0)
      return true
    }
    // Convex as it is; convex along the active constraints; neither.
    var (rho, tau) = (0.0, 0.0)
    for _ in 0..<60 {
      setConvex(memory, evaluator, point, rho: rho * size, tau: tau * size)
      evaluator.countFactorization(flops: Double(n * n * n) / 3)
      if factor(least: 1e-9 * (1 + rho) * min(1, tau > 0 ? tau : 1) * size) {
        break
      }
      if rho < 1e3 && !isZero {
        rho = rho == 0 ? 1 : 30 * rho
      } else {
        // With ∇²L = 0 steps may grow as long as they succeed.
        let least = isZero ? 1e-24 : 1e-12
        tau = tau == 0 ? max(memory.shift / 10, least) : 10 * tau
      }
    }
    memory.shift = tau
    invert(&memory)
    return true
  }

  /// The multipliers of the subproblem with B = I, where they are not out of scale.
  private mutating func estimateMultipliers(
    _ point: Point, _ memory: inout SQPMemory, _ evaluator: Evaluator
  ) {
    forget(&memory)
    guard memory.progress.multipliers.normInfinity == 0,
      solveSubproblem(point, &memory, evaluator) == .solved,
      multipliers.normInfinity
        <= 1e3 * max(1, point.gradient.normInfinity)
    else { return }
    memory.progress.multipliers.copy(from: multipliers)
    memory.progress.boundMultipliers.copy(from: boundMultipliers)
    // They belong to the QP alone, and are replaced by those of the step.
  }

  /// The lower triangle of ∇²L + ρ JₐᵀJₐ + τ I, with rows of length 1, and by how much
  /// the first term of the two changes multipliers.
  private mutating func setConvex(
    _ memory: SQPMemory, _ evaluator: Evaluator, _ point: Point, rho: Double,
    tau: Double
  ) {
    let n = n
    let m = memory.values.count
    cholesky.copy(from: hessian)
    shifts.fill(with: 0)
    if tau > 0 {
      cholesky.write { a in for k in 0..<n { a[k + k * n] += tau } }
    }
    guard rho > 0 else { return }
    let y = memory.progress.multipliers
    let z = memory.progress.boundMultipliers
    if let system = evaluator.constraints {
      for i in 0..<m {
        let (l, u) = (system.lower[i], system.upper[i])
        guard l == u || y[i] != 0 else { continue }
        let side = l == u || y[i] > 0 ? l : u
        guard side.isFinite else { continue }
        let offset = memory.values[i] - side
        memory.jacobian.read { jacobian in
          var square = 0.0
          for k in 0..<n {
            square += jacobian[i + k * m] * jacobian[i + k * m]
          }
          guard square > 0 else { return }
          let weight = rho / square
          cholesky.write { a in
            for j in 0..<n {
              let t = weight * jacobian[i + j * m]
              for k in j..<n { a[k + j * n] += t * jacobian[i + k * m] }
            }
          }
          shifts.write { $0[i] = weight * offset }
        }
      }
    }
    if let bounds = evaluator.bounds {
      for k in 0..<n where z[k] != 0 {
        let side = z[k] > 0 ? bounds.lower[k] : bounds.upper[k]
        guard side.isFinite else { continue }
        let offset = point.x[k] - side
        cholesky.write { a in a[k + k * n] += rho }
        shifts.write { $0[m + k] = rho * offset }
      }
    }
  }

  /// Takes from the multipliers of active constraints what ρ JₐᵀJₐ has added.
  ///
  /// Where aᵀd = −offset, ρ a aᵀd + ∇f + ∇²L d = y a says ∇f + ∇²L d =
  /// (y + ρ · offset) a.
  mutating func unshiftMultipliers() {
    let (n, m) = (n, solver.m)
    let solver = solver
    shifts.read { shifts in
      multipliers.write { y in
        for i in 0..<m where solver.standing[i] == .active {
          let isEquality = solver.lower[i] == solver.upper[i]
          let value = y[i] + shifts[i]
          y[i] = isEquality || value * y[i] > 0 ? value : 0
        }
      }
      boundMultipliers.write { z in
        for k in 0..<n where solver.standing[m + k] == .active {
          let value = z[k] + shifts[m + k]
          z[k] = value * z[k] > 0 ? value : 0
        }
      }
    }
  }

  /// L with L Lᵀ, in place.
  ///
  /// - Returns: whether all pivots are at least this.
  private mutating func factor(least: Double) -> Bool {
    let n = n
    return cholesky.write { a in
      for j in 0..<n {
        let pivot = a[j + j * n]
        guard pivot > least else { return false }
        let root = pivot.squareRoot()
        a[j + j * n] = root
        for i in j + 1..<max(n, j + 1) { a[i + j * n] /= root }
        for c in j + 1..<max(n, j + 1) {
          let t = a[c + j * n]
          guard t != 0 else { continue }
          for i in c..<n { a[i + c * n] -= t * a[i + j * n] }
        }
      }
      return true
    }
  }

  /// J = L⁻ᵀ, upper triangular.
  private func invert(_ memory: inout SQPMemory) {
    let n = n
    memory.factor.write { j in
      cholesky.read { l in
        for c in 0..<n {
          for i in c + 1..<max(n, c + 1) { j[i + c * n] = 0 }
          for i in stride(from: c, through: 0, by: -1) {
            var sum = i == c ? 1.0 : 0.0
            for k in i + 1..<max(c + 1, i + 1) {
              sum -= l[k + i * n] * j[k + c * n]
            }
            j[i + c * n] = sum / l[i + i * n]
          }
        }
      }
    }
  }
}
