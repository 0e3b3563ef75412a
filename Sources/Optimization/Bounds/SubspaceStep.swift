internal import Matrix

/// The minimiser of the quadratic model over the variables that are free at the
/// Cauchy point, brought back within the bounds.
///
///     r = ∇f + θ(xᶜ − x) − W M c   on the free variables,
///     x̂ = xᶜ − B_FF⁻¹ r = xᶜ − r/θ − W_F K⁻¹ W_Fᵀ r / θ²
///
/// The point that is aimed at is P(x̂) when f falls towards it, for a projection
/// keeps more of the step than shortening all of it does. Elsewhere the step from xᶜ
/// is shortened until it meets a bound, which keeps the model below its value at
/// xᶜ.
///
/// Source: Byrd, Lu, Nocedal and Zhu 1995, section 5.1 (direct primal method);
/// Morales and Nocedal 2011 (the projection).
struct SubspaceStep {
  private var matrix: SubspaceMatrix
  /// M c.
  private var image: Vector<Double>
  /// W_Fᵀ r, then K⁻¹ of it.
  private var v: Vector<Double>
  /// r, then x̂ − xᶜ; zero where a variable is not free.
  private var step: Vector<Double>

  init(dimension n: Int, capacity m: Int) {
    matrix = SubspaceMatrix(capacity: m)
    image = .zeros(2 * m)
    v = .zeros(2 * m)
    step = .zeros(n)
  }

  /// Writes the direction d from x to the point that is aimed at.
  ///
  /// - Returns: false when rounding has spoilt the matrices.
  /// - Complexity: (12k + 3k²)n flops for k pairs, no allocation.
  mutating func aim(
    from point: Point, _ cauchy: CauchyPoint, within bounds: Bounds,
    _ hessian: CompactHessian, _ middle: MiddleMatrix,
    into d: inout Vector<Double>
  ) -> Bool {
    guard cauchy.freeCount > 0 && !hessian.isEmpty else {
      // B = θ I has its minimum along the path at xᶜ.
      step.fill(with: 0)
      aim(from: point, cauchy, within: bounds, fraction: 0, into: &d)
      return true
    }
    image.copy(from: cauchy.c)
    image.write { middle.apply($0) }
    setResidual(at: point, cauchy, hessian)
    matrix.gather(hessian, isFree: cauchy.isFree)
    guard matrix.factorize(hessian) else { return false }
    v.write { matrix.solve($0) }
    setStep(hessian, isFree: cauchy.isFree)

    aim(from: point, cauchy, within: bounds, fraction: 1, into: &d)
    if !(d.dot(point.gradient) < 0) {
      let fraction = longest(cauchy, within: bounds)
      aim(from: point, cauchy, within: bounds, fraction: fraction, into: &d)
    }
    return true
  }

  /// Writes r and W_Fᵀ r.
  private mutating func setResidual(
    at point: Point, _ cauchy: CauchyPoint, _ hessian: CompactHessian
  ) {
    let (n, m, k) = (point.dimension, hessian.capacity, hessian.count)
    let theta = hessian.theta
    point.x.read { x in
      point.gradient.read { g in
        cauchy.x.read { z in
          hessian.panel.read { panel in
            image.read { image in
              step.write { r in
                v.write { v in
                  v.update(repeating: 0, count: 2 * m)
                  for i in 0..<n {
                    guard cauchy.isFree[i] else {
                      r[i] = 0
                      continue
                    }
                    let y = panel + 2 * m * i
                    let s = y + m
                    var (first, second) = (0.0, 0.0)
                    for j in 0..<k {
                      first += y[j] * image[j]
                      second += s[j] * image[j + m]
                    }
                    let residual =
                      g[i] + theta * (z[i] - x[i]) - first - theta * second
                    r[i] = residual
                    for j in 0..<k { v[j] += y[j] * residual }
                    for j in 0..<k { v[j + m] += s[j] * residual }
                  }
                  for j in m..<m + k { v[j] *= theta }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Replaces r by −r/θ − W_F v/θ².
  private mutating func setStep(_ hessian: CompactHessian, isFree: [Bool]) {
    let (m, k) = (hessian.capacity, hessian.count)
    let theta = hessian.theta
    hessian.panel.read { panel in
      v.read { v in
        step.write { step in
          for i in 0..<isFree.count where isFree[i] {
            let y = panel + 2 * m * i
            let s = y + m
            var (first, second) = (0.0, 0.0)
            for j in 0..<k {
              first += y[j] * v[j]
              second += s[j] * v[j + m]
            }
            step[i] = -(step[i] + first / theta + second) / theta
          }
        }
      }
    }
  }

  /// Writes P(xᶜ + α p) − x.
  private func aim(
    from point: Point, _ cauchy: CauchyPoint, within bounds: Bounds,
    fraction: Double, into d: inout Vector<Double>
  ) {
    let n = point.dimension
    // x + d is to be the bound itself where that is what is aimed at: a step
    // beyond it by the rounding of the sum, of which the evaluator keeps what is
    // within.
    let outward = 1 + 4 * Double.ulpOfOne
    d.write { d in
      point.x.read { x in
        cauchy.x.read { z in
          step.read { step in
            bounds.lower.read { l in
              bounds.upper.read { u in
                for i in 0..<n {
                  let aim = z[i] + fraction * step[i]
                  if aim > l[i] && aim < u[i] {
                    d[i] = aim - x[i]
                  } else if aim <= l[i] {
                    d[i] = (l[i] - x[i]) * outward
                  } else if aim >= u[i] {
                    d[i] = (u[i] - x[i]) * outward
                  } else {
                    d[i] = .nan
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// The largest α ≤ 1 for which xᶜ + α p is within the bounds.
  private func longest(
    _ cauchy: CauchyPoint, within bounds: Bounds
  ) -> Double {
    var alpha = 1.0
    let n = bounds.count
    for i in 0..<n where cauchy.isFree[i] {
      let p = step[i]
      let room =
        p < 0 ? bounds.lower[i] - cauchy.x[i] : bounds.upper[i] - cauchy.x[i]
      if abs(room) < abs(p) * alpha { alpha = room / p }
    }
    return alpha
  }
}
