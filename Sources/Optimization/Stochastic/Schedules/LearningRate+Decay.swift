extension LearningRate {
  /// A rate that is multiplied by a factor at equal intervals.
  ///
  ///     η(t) = η₀ γ^⌊t / s⌋
  ///
  /// `StepLR` of PyTorch, `exponential_decay(staircase=True)` of Optax.
  ///
  /// - Parameters:
  ///   - start: η₀.
  ///   - factor: γ.
  ///   - interval: s, in steps.
  /// - Precondition: 0 ≤ η₀ < ∞, 0 < γ < ∞, s ≥ 1.
  public static func step(
    from start: Double, by factor: Double = 0.1, every interval: Int
  ) -> LearningRate {
    LearningRate(
      form: .steps(
        from: checked(start), factor: checked(factor: factor),
        every: checked(interval, "the interval")))
  }

  /// A rate that is multiplied by a factor at each of the steps listed.
  ///
  ///     η(t) = η₀ γ^#{m in milestones: m ≤ t}
  ///
  /// `MultiStepLR` of PyTorch, `piecewise_constant_schedule` of Optax.
  ///
  /// - Parameters:
  ///   - start: η₀.
  ///   - factor: γ.
  ///   - milestones: the first steps with the new rates, in any order; one that
  ///     is listed twice counts twice.
  /// - Precondition: 0 ≤ η₀ < ∞, 0 < γ < ∞, milestones ≥ 0.
  public static func multiStep(
    from start: Double, by factor: Double = 0.1, at milestones: [Int]
  ) -> LearningRate {
    for milestone in milestones {
      precondition(milestone >= 0, "a milestone at \(milestone), less than 0")
    }
    return LearningRate(
      form: .milestones(
        from: checked(start), factor: checked(factor: factor),
        at: milestones.sorted()))
  }

  /// A rate that decays exponentially.
  ///
  ///     η(t) = η₀ e^(−kt)
  ///
  /// - Parameters:
  ///   - start: η₀.
  ///   - decay: k, per step.
  /// - Precondition: 0 ≤ η₀ < ∞, 0 ≤ k < ∞.
  public static func exponential(
    from start: Double, decay: Double
  ) -> LearningRate {
    LearningRate(
      form: .exponential(from: checked(start), decay: checked(decay: decay)))
  }

  /// A rate that decays exponentially, by a factor over an interval.
  ///
  ///     η(t) = η₀ γ^(t / s)
  ///
  /// `ExponentialLR` of PyTorch with s = 1, `exponential_decay` of Optax.
  ///
  /// - Parameters:
  ///   - start: η₀.
  ///   - factor: γ.
  ///   - interval: s, in steps.
  /// - Precondition: 0 ≤ η₀ < ∞, 0 < γ < ∞, s ≥ 1.
  public static func exponential(
    from start: Double, factor: Double, every interval: Int = 1
  ) -> LearningRate {
    LearningRate(
      form: .geometric(
        from: checked(start), factor: checked(factor: factor),
        every: checked(interval, "the interval")))
  }

  /// A rate that goes along a power of the time that is left.
  ///
  ///     η(t) = η₁ + (η₀ − η₁) (1 − t / T)^p,    η₁ from T on
  ///
  /// `PolynomialLR` of PyTorch, `polynomial_schedule` of Optax.
  ///
  /// - Parameters:
  ///   - start: η₀.
  ///   - end: η₁.
  ///   - steps: T.
  ///   - power: p.
  /// - Precondition: 0 ≤ η₀, η₁ < ∞, T ≥ 1, 0 < p < ∞.
  public static func polynomial(
    from start: Double, to end: Double = 0, over steps: Int, power: Double
  ) -> LearningRate {
    precondition(
      power > 0 && power < .infinity, "a power of \(power), not in (0, ∞)")
    return LearningRate(
      form: .polynomial(
        from: checked(start), to: checked(end),
        over: checked(steps, "the decay"), power: power))
  }

  /// A rate that goes along a straight line.
  ///
  ///     η(t) = η₀ + (η₁ − η₀) t / T,    η₁ from T on
  ///
  /// `LinearLR` of PyTorch, `linear_schedule` of Optax.
  ///
  /// - Parameters:
  ///   - start: η₀.
  ///   - end: η₁.
  ///   - steps: T.
  /// - Precondition: 0 ≤ η₀, η₁ < ∞, T ≥ 1.
  public static func linear(
    from start: Double, to end: Double = 0, over steps: Int
  ) -> LearningRate {
    polynomial(from: start, to: end, over: steps, power: 1)
  }

  /// A rate that decays as the inverse of time.
  ///
  ///     η(t) = η₀ / (1 + kt)
  ///
  /// Σ η diverges and Σ η² does not, which is what makes stochastic gradients
  /// converge; `lr_decay` of PyTorch's `Adagrad`.
  ///
  /// - Parameters:
  ///   - start: η₀.
  ///   - decay: k, per step.
  /// - Precondition: 0 ≤ η₀ < ∞, 0 ≤ k < ∞.
  ///
  /// Source: Robbins and Monro 1951, conditions (6) and (26).
  public static func inverseTime(
    from start: Double, decay: Double
  ) -> LearningRate {
    LearningRate(
      form: .inverseTime(from: checked(start), decay: checked(decay: decay)))
  }

  /// A rate that decays as the inverse square root of time.
  ///
  ///     η(t) = η₀ / √(1 + t / s)
  ///
  /// - Parameters:
  ///   - start: η₀.
  ///   - timescale: s, in steps; 1 for η₀ / √(t + 1).
  /// - Precondition: 0 ≤ η₀ < ∞, 0 < s < ∞.
  public static func inverseSquareRoot(
    from start: Double, timescale: Double = 1
  ) -> LearningRate {
    precondition(
      timescale > 0 && timescale < .infinity,
      "a timescale of \(timescale) steps, not in (0, ∞)")
    return LearningRate(
      form: .inverseSquareRoot(from: checked(start), timescale: timescale))
  }

  /// The rate that transformers were introduced with: linear warm-up, then the
  /// inverse square root.
  ///
  ///     η(t) = d^(−1/2) min(n^(−1/2), n w^(−3/2)),    n = t + 1
  ///
  /// - Parameters:
  ///   - width: d, the width of the model.
  ///   - steps: w, the steps of warm-up.
  /// - Precondition: d ≥ 1, w ≥ 1.
  ///
  /// Source: Vaswani et al. 2017, eq. (3).
  public static func transformer(
    width: Int, warmUp steps: Int = 4000
  ) -> LearningRate {
    precondition(width >= 1, "a width of \(width), less than 1")
    let w = Double(checked(steps, "the warm-up"))
    let peak = 1 / (Double(width) * w).squareRoot()
    let decay = inverseSquareRoot(from: peak, timescale: w)
    return warmUp(over: steps - 1, from: peak / w, to: decay)
  }
}
