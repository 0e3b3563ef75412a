internal import Matrix

/// The step that a search tries first along a direction whose length means
/// nothing, such as −∇f.
///
/// Newton's and quasi-Newton directions have a natural first step, 1, and ask for
/// no guess. Before the first step of a run there is nothing to guess from but
/// the start. But for ``hagerZhang`` the first point tried is then where f would lose
/// half of its size if it fell as at the start, t = |f(x₀)| / 2|φ₀′(0)|, or at a distance of
/// ‖x₀‖₂ if that is nearer or f(x₀) = 0. Neither depends on the units of f and x; only
/// where x₀ = 0 and f(x₀) = 0 there is no scale, and the distance is 1.
public enum FirstStep: String, Codable, Sendable {
  /// The step that promises the same first-order decrease as the last one,
  /// t = tₖ₋₁ φₖ₋₁′(0) / φₖ′(0).
  ///
  /// Source: Nocedal and Wright 2006, section 3.5.
  case sameDecrease
  /// The minimiser of the parabola with the last decrease and the present slope,
  /// t = 2 (fₖ − fₖ₋₁) / φₖ′(0).
  ///
  /// Source: Nocedal and Wright 2006, equation 3.60.
  case interpolated
  /// The minimiser along d of a quadratic that is curved everywhere as f was over
  /// the last step, t = −φₖ′(0) / (κ ‖d‖²) with κ = sᵀy / sᵀs.
  ///
  /// Along −∇f it is the first step of Barzilai and Borwein, 1988.
  case barzilaiBorwein
  /// A tenth of the last step is evaluated; when f is lower there and the parabola
  /// with the slopes at 0 and there opens upward, its minimiser, else twice the
  /// last step. At the start ‖x₀‖∞ / (100 ‖∇f(x₀)‖∞), or |f(x₀)| / (100 ‖∇f(x₀)‖²)
  /// if x₀ = 0.
  ///
  /// Costs an evaluation a step, which searches that stop at a minimum along the
  /// line mostly save. The published parabola has the value instead of the second
  /// slope, which near a minimum is a difference of rounded numbers.
  ///
  /// Source: Hager and Zhang 2005, steps I0-I2.
  case hagerZhang
}

/// What a guess of the first step knows of the step before it.
public struct LastStep: Codable, Equatable, Sendable {
  /// The length t; 0 before the first step.
  public internal(set) var step = 0.0
  /// The slope φ′(0) at its beginning.
  public internal(set) var slope = 0.0
  /// The value φ(0) at its beginning.
  public internal(set) var value = 0.0
  /// κ = sᵀy / sᵀs over it, if the guess asks for it, else 0.
  public internal(set) var curvature = 0.0

  /// The first-order decrease that the step promised, −t φ′(0).
  var promise: Double { step * -slope }
}

extension FirstStep {
  /// What is to be remembered of a step.
  @inline(__always)
  func lastStep(
    _ step: Double, from old: Point, to new: Point,
    along direction: Vector<Double>, slope: Double, length: Double
  ) -> LastStep {
    var last = LastStep(step: step, slope: slope, value: old.value)
    if self == .barzilaiBorwein {
      let change = new.gradient.dot(direction) - slope
      last.curvature = change / (step * length * length)
    }
    return last
  }

  /// The step to try first.
  ///
  /// - Parameters:
  ///   - last: the step before.
  ///   - origin: the point x.
  ///   - direction: the direction d.
  ///   - slope: φ′(0) = ∇f(x)ᵀd, negative.
  ///   - length: ‖d‖₂.
  ///   - evaluator: where f is evaluated, if the guess asks for it.
  ///   - trial: a point that may be overwritten.
  func guess(
    after last: LastStep, from origin: Point, along direction: Vector<Double>,
    slope: Double, length: Double, evaluator: inout Evaluator,
    trial: inout Point
  ) -> Double {
    guard last.promise > 0 else {
      guard self == .hagerZhang else {
        return Self.start(
          from: origin, slope: slope, length: length, losses: 0.5)
      }
      let step = hagerZhangStart(origin)
      return step > 0 && step.isFinite ? step : 1 / length
    }
    let same = last.promise / -slope
    let step: Double
    switch self {
    case .sameDecrease:
      return same
    case .interpolated:
      step = 2 * (origin.value - last.value) / slope
    case .barzilaiBorwein:
      step = -slope / (last.curvature * length * length)
    case .hagerZhang:
      step = quadraticStep(
        after: last, from: origin, along: direction, slope: slope,
        evaluator: &evaluator, trial: &trial)
    }
    // Where rounding hides the decrease, or f curves downward, the promise does
    // not know it.
    return step > 0 && step.isFinite ? step : same
  }

  /// The first step of a run, to a distance of ‖x‖₂ or less.
  ///
  /// - Parameter losses: how many times f would lose its size, falling as at the
  ///   start. 2 is the minimum of the parabola on which it loses all; searches that
  ///   do not lengthen a step, along directions that know no curvature, are better
  ///   served with less.
  static func start(
    from origin: Point, slope: Double, length: Double, losses: Double = 2
  ) -> Double {
    start(
      reach: origin.x.norm / length, value: origin.value, slope: slope,
      losses: losses, otherwise: 1 / length)
  }

  /// The lesser of `reach`, 0 where the variables say nothing, and |f| / |φ′(0)|
  /// times the losses, 0 where f says nothing.
  static func start(
    reach: Double, value: Double, slope: Double, losses: Double = 2,
    otherwise fallback: Double
  ) -> Double {
    let loss = losses * abs(value) / -slope
    let step = reach > 0 && loss > 0 ? min(reach, loss) : max(reach, loss)
    return step > 0 && step.isFinite ? step : fallback
  }

  /// I0 with ψ₀ = 0.01.
  private func hagerZhangStart(_ origin: Point) -> Double {
    let size = origin.x.normInfinity
    if size > 0 { return 0.01 * size / origin.gradient.normInfinity }
    let norm = origin.gradient.norm
    return 0.01 * (abs(origin.value) / norm) / norm
  }

  /// I1 with ψ₁ = 0.1, else I2 with ψ₂ = 2.
  private func quadraticStep(
    after last: LastStep, from origin: Point, along direction: Vector<Double>,
    slope: Double, evaluator: inout Evaluator, trial: inout Point
  ) -> Double {
    let sample = evaluator.sample(
      origin, along: direction, at: 0.1 * last.step, into: &trial)
    if sample.isDefined && sample.value <= origin.value && sample.slope > slope
    {
      return sample.step * (slope / (slope - sample.slope))
    }
    return 2 * last.step
  }
}

extension Point {
  /// A length that the units of x scale and nothing else: ‖x‖₂ or, where x = 0, the
  /// distance |f| / ‖∇f‖₂ on which f would lose all of its size.
  ///
  /// 1 only where f is 0 too, and nothing has a scale.
  var length: Double {
    let size = x.norm
    if size > 0 && size.isFinite { return size }
    let loss = abs(value) / gradient.norm
    return loss > 0 && loss.isFinite ? loss : 1
  }
}
