internal import Matrix

/// The minimum of gᵀ(z − x) + ½ (z − x)ᵀ H (z − x) + R(z) for a positive definite H.
///
/// Where R is a sum over the variables, coordinate descent,
///
///     zⱼ ← prox_{Rⱼ/Hⱼⱼ}(zⱼ − qⱼ/Hⱼⱼ),   q = g + H (z − x),
///
/// finds in a few sweeps which variables are where R has a kink and which sign the
/// others have, but may take many more for their numbers. With the former held, the
/// latter solve a linear system, and z goes towards its solution as far as the
/// signs hold: a sweep then tells whether it is the minimum. Elsewhere by fast
/// proximal gradients with restarts.
///
/// Source: Friedman, Hastie and Tibshirani 2010; Bertsekas 1982 (the variables that
/// are free).
struct QuadraticSubproblem {
  /// z.
  private(set) var solution: Vector<Double>
  /// q, the gradient of the quadratic at z.
  private var gradient: Vector<Double>
  /// The residual, the right-hand side of the system, or x₋.
  private var scratch: Vector<Double>
  private var other: Vector<Double>
  private var free: [Int]
  private var reduced: Matrix<Double>

  /// Room for n variables.
  init(dimension n: Int) {
    solution = .zeros(n)
    gradient = .zeros(n)
    scratch = .zeros(n)
    other = .zeros(n)
    free = []
    free.reserveCapacity(n)
    reduced = .zeros(n, n)
  }

  /// Solves it until the gradient of the quadratic is within `accuracy` of −∂R, or
  /// rounding.
  ///
  /// - Parameter hessian: H, both triangles.
  mutating func solve(
    at point: Point, hessian: Matrix<Double>, _ penalty: any Penalty,
    _ separable: (any SeparablePenalty)?, accuracy: Double,
    _ counts: inout Counts
  ) {
    solution.copy(from: point.x)
    gradient.copy(from: point.gradient)
    if let separable {
      descend(hessian, separable, accuracy, point, &counts)
    } else {
      accelerate(hessian, penalty, accuracy, point, &counts)
    }
  }

  /// By coordinate descent.
  private mutating func descend(
    _ hessian: Matrix<Double>, _ penalty: any SeparablePenalty,
    _ accuracy: Double, _ point: Point, _ counts: inout Counts
  ) {
    let n = solution.count
    var last = Double.infinity
    for _ in 0..<200 {
      for _ in 0..<2 { sweep(hessian, penalty) }
      setGradient(hessian, point)
      setFree(penalty)
      let isThere = solveFree(hessian, penalty)
      setGradient(hessian, point)
      let k = Double(free.count)
      counts.flops += 8 * Double(n * n) + k * k * k / 3
      let distance = penalty.stationarity(
        at: solution, gradient: gradient, scratch: &scratch)
      // What a solved system leaves twice is rounding.
      if !(distance > accuracy) || isThere && !(distance < 0.5 * last) {
        return
      }
      last = isThere ? distance : .infinity
    }
  }

  /// Every variable once.
  private mutating func sweep(
    _ hessian: Matrix<Double>, _ penalty: any SeparablePenalty
  ) {
    let n = solution.count
    hessian.read { h in
      solution.write { z in
        gradient.write { q in
          for j in 0..<n {
            let column = h + j * n
            let inverse = 1 / column[j]
            let next = penalty.proximalMap(
              step: inverse, of: z[j] - q[j] * inverse, variable: j)
            let change = next - z[j]
            guard change != 0 else { continue }
            z[j] = next
            for i in 0..<n { q[i] += change * column[i] }
          }
        }
      }
    }
  }

  /// q = g + H (z − x), anew, without the rounding of the sweeps.
  private mutating func setGradient(_ hessian: Matrix<Double>, _ point: Point) {
    scratch.setDifference(solution, point.x)
    gradient.copy(from: point.gradient)
    hessian.symmetricMultiply(scratch, into: &gradient, beta: 1)
  }

  /// The variables at which R has no kink.
  private mutating func setFree(_ penalty: any SeparablePenalty) {
    free.removeAll(keepingCapacity: true)
    for j in 0..<solution.count
    where penalty.slope(at: solution[j], variable: j) != nil {
      free.append(j)
    }
  }

  /// Goes towards the minimum along the free variables, as far as R has no kink.
  ///
  /// - Returns: whether it got there.
  private mutating func solveFree(
    _ hessian: Matrix<Double>, _ penalty: any SeparablePenalty
  ) -> Bool {
    let (n, k) = (solution.count, free.count)
    guard k > 0 else { return true }
    solution.read { z in
      gradient.read { q in
        other.write { x in
          for l in 0..<k {
            let j = free[l]
            x[l] = -(q[j] + (penalty.slope(at: z[j], variable: j) ?? 0))
          }
        }
      }
    }
    // The matrix of order k, packed at the beginning of the storage.
    let isSolved = reduced.write { a in
      hessian.read { h in
        free.withUnsafeBufferPointer { free in
          for l in 0..<k {
            for m in l..<k { a[m + l * k] = h[free[m] + free[l] * n] }
            a[l + l * k] += penalty.curvature(variable: free[l])
          }
        }
        guard Double._potrf(k, a, k) == 0 else { return false }
        other.write { x in
          Double._trsv(.lower, false, false, k, a, k, x)
          Double._trsv(.lower, true, false, k, a, k, x)
        }
        return true
      }
    }
    guard isSolved, other.isFinite else { return false }
    // As far as the first kink, and exactly onto it.
    var (reach, first, place) = (1.0, -1, 0.0)
    for l in 0..<k {
      let j = free[l]
      let end = solution[j] + other[l]
      guard
        let kink = penalty.kink(between: solution[j], and: end, variable: j)
      else { continue }
      let t = (kink - solution[j]) / other[l]
      if t < reach { (reach, first, place) = (max(t, 0), j, kink) }
    }
    solution.write { z in
      other.read { x in
        for l in 0..<k { z[free[l]] += reach * x[l] }
      }
      if first >= 0 { z[first] = place }
    }
    return first < 0
  }

  /// By fast proximal gradients.
  private mutating func accelerate(
    _ hessian: Matrix<Double>, _ penalty: any Penalty, _ accuracy: Double,
    _ point: Point, _ counts: inout Counts
  ) {
    let n = solution.count
    // ‖H‖₂ ≤ ‖H‖₁.
    let t = 1 / largestColumnSum(hessian)
    guard t > 0 && t.isFinite else { return }
    var theta = 1.0
    // y, from which the steps are taken, in `other`.
    other.copy(from: solution)
    for _ in 0..<2000 {
      // q at y, and z₊ = prox(y − t q).
      scratch.setDifference(other, point.x)
      gradient.copy(from: point.gradient)
      hessian.symmetricMultiply(scratch, into: &gradient, beta: 1)
      scratch.setSum(other, gradient, scaledBy: -t)
      penalty.applyProximalMap(step: t, to: &scratch)
      counts.flops += 2 * Double(n * n) + 15 * Double(n)
      let next = 0.5 + (0.25 + theta * theta).squareRoot()
      var beta = (theta - 1) / next
      theta = next
      let (change, uphill) = move(beta: &beta)
      if uphill { theta = 1 }
      // ‖y − z₊‖ / t bounds the distance of the gradient at z₊ from −∂R.
      if change <= accuracy * t { break }
    }
  }

  /// ‖H‖₁.
  private func largestColumnSum(_ hessian: Matrix<Double>) -> Double {
    let n = hessian.rows
    return hessian.read { h in
      var largest = 0.0
      for j in 0..<n {
        var sum = 0.0
        for i in 0..<n { sum += abs(h[i + j * n]) }
        largest = max(largest, sum)
      }
      return largest
    }
  }

  /// z₋ = z, z ← z₊, y ← z₊ + β (z₊ − z₋); β = 0 where that points uphill.
  ///
  /// - Returns: ‖y − z₊‖∞ of the step, and whether momentum pointed uphill.
  private mutating func move(
    beta: inout Double
  ) -> (change: Double, uphill: Bool) {
    let n = solution.count
    return solution.write { z in
      scratch.read { next in
        other.write { y in
          var (change, sum) = (0.0, 0.0)
          for j in 0..<n {
            change = max(change, abs(y[j] - next[j]))
            sum += (y[j] - next[j]) * (next[j] - z[j])
          }
          let factor = sum > 0 ? 0 : beta
          for j in 0..<n {
            y[j] = next[j] + factor * (next[j] - z[j])
            z[j] = next[j]
          }
          return (change, sum > 0)
        }
      }
    }
  }
}
