internal import Matrix

/// A step x₊ = prox_{tR}(y − t ∇f(y)), with a t that fits f.
///
/// The test is that of the quadratic model whose minimum with R the step is,
///
///     f(x₊) ≤ f(y) + ∇f(y)ᵀd + ‖d‖² / 2t,   d = x₊ − y,
///
/// which every t ≤ 1/L fulfils for an L-Lipschitz gradient.
struct ProximalStep {
  /// What came of it.
  enum Outcome {
    /// x₊ is in the trial point, with t and whether it was the first tried.
    case found(t: Double, isFirst: Bool)
    case failed(StepFailure)
  }

  /// Tries t, and less of it until the model holds.
  ///
  /// - Parameters:
  ///   - origin: y with f(y), without R, and ∇f(y).
  ///   - trial: x₊ with f(x₊), without R.
  static func search(
    from origin: Point, step: Double, isConstant: Bool = false,
    _ evaluator: inout Evaluator, _ trial: inout Point
  ) -> Outcome {
    let value = origin.value
    guard value.isFinite && origin.gradient.isFinite && step > 0 else {
      return .failed(.undefined)
    }
    let noise = evaluator.noise(of: value)
    var t = step
    var failure = StepFailure.undefined
    for attempt in 0..<60 {
      evaluator.takeProximalStep(from: origin, step: t, &trial)
      if trial.x == origin.x { return .failed(.lineSearch) }
      evaluator.evaluate(&trial)
      let sums = Sums(from: origin, to: trial)
      if trial.value.isFinite && sums.product.isFinite {
        if isConstant { return .found(t: t, isFirst: true) }
        failure = .lineSearch
        let change = trial.value - value - sums.slope
        // Where rounding hides the change, what the model says of the gradients
        // of a quadratic, dᵀ∇²f d ≤ ‖d‖² / t.
        if change <= sums.square / (2 * t)
          || abs(change) <= noise && sums.product <= sums.square / t
        {
          return .found(t: t, isFirst: attempt == 0)
        }
      } else if isConstant {
        return .failed(.undefined)
      }
      t *= trial.value.isFinite ? 0.5 : 0.1
    }
    return .failed(failure)
  }

  /// ∇f(y)ᵀd, dᵀd and (∇f(x₊) − ∇f(y))ᵀd.
  struct Sums {
    var (slope, square, product) = (0.0, 0.0, 0.0)

    init(from a: Point, to b: Point) {
      let n = a.dimension
      a.x.read { x in
        b.x.read { z in
          a.gradient.read { g in
            b.gradient.read { h in
              for j in 0..<n {
                let d = z[j] - x[j]
                slope += g[j] * d
                square += d * d
                product += (h[j] - g[j]) * d
              }
            }
          }
        }
      }
    }
  }

  /// A hundredth of what would move the largest variable to 0; where all are 0, of
  /// what would make the value lose all of its size, if it fell as f does here.
  static func firstStep(_ point: Point) -> Double {
    let size = point.x.normInfinity
    let norm = point.gradient.norm
    let step =
      size > 0
      ? 0.01 * size / point.gradient.normInfinity
      : 0.01 * (abs(point.value) / norm) / norm
    if step > 0 && step.isFinite { return step }
    return norm > 0 && (1 / norm).isFinite ? 1 / norm : 1
  }
}

extension Evaluator {
  /// trial.x ← prox_{tR}(y − t ∇f(y)).
  mutating func takeProximalStep(
    from origin: Point, step t: Double, _ trial: inout Point
  ) {
    trial.x.setSum(origin.x, origin.gradient, scaledBy: -t)
    penalty?.applyProximalMap(step: t, to: &trial.x)
    counts.flops += 12 * Double(origin.dimension)
  }
}
