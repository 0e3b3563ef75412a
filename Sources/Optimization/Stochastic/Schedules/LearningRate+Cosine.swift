extension LearningRate {
  /// Cosine annealing: a rate that goes along half a period of a cosine.
  ///
  ///     η(t) = η₁ + ½ (η₀ − η₁) (1 + cos(π t / T)),    η₁ from T on
  ///
  /// `cosine_decay_schedule` of Optax; `CosineAnnealingLR` of PyTorch up to T,
  /// after which that one rises again. With η₁ > η₀ the rate rises.
  ///
  /// - Parameters:
  ///   - start: η₀.
  ///   - end: η₁.
  ///   - steps: T.
  /// - Precondition: 0 ≤ η₀, η₁ < ∞, T ≥ 1.
  ///
  /// Source: Loshchilov and Hutter 2017 (SGDR), eq. (5), one period.
  public static func cosine(
    from start: Double, to end: Double = 0, over steps: Int
  ) -> LearningRate {
    LearningRate(
      form: .cosine(
        from: checked(start), to: checked(end),
        over: checked(steps, "the annealing")))
  }

  /// Cosine annealing that starts again and again, each time for longer.
  ///
  ///     η(t) = η₁ + ½ (η₀ γⁱ − η₁) (1 + cos(π τ / Tᵢ)),    Tᵢ = T₀ mⁱ,
  ///
  /// at step τ < Tᵢ of the i-th cycle, i = 0, 1, … `CosineAnnealingWarmRestarts`
  /// of PyTorch; `sgdr_schedule` of Optax lists its cycles.
  ///
  /// - Parameters:
  ///   - start: η₀.
  ///   - end: η₁.
  ///   - period: T₀, the steps of the first cycle.
  ///   - multiplier: m, by which each cycle is longer than the one before.
  ///   - factor: γ, by which each peak is multiplied after a cycle; no peak is
  ///     below η₁.
  /// - Precondition: 0 ≤ η₀, η₁ < ∞, η₁ ≤ η₀, T₀ ≥ 1, m ≥ 1, 0 < γ < ∞.
  ///
  /// Source: Loshchilov and Hutter 2017 (SGDR), eq. (5).
  public static func cosineRestarts(
    from start: Double, to end: Double = 0, period: Int, multiplier: Int = 1,
    factor: Double = 1
  ) -> LearningRate {
    precondition(
      multiplier >= 1, "a multiplier of \(multiplier) for periods, less than 1")
    precondition(
      end <= start, "annealing from \(start) up to \(end), which is greater")
    return LearningRate(
      form: .restarts(
        from: checked(start), to: checked(end),
        period: checked(period, "the period"), multiplier: multiplier,
        factor: checked(factor: factor)))
  }
}
