public import Matrix

/// Lion: steps of one length for all parameters, by the sign of the momentum.
///
///     x ← (1 − η λ) x − η sign(β₁ m + (1 − β₁) g)
///     m ← β₂ m + (1 − β₂) g
///
/// Steps are longer than Adam's, so that rates are 3 to 10 times smaller and
/// decays as much larger. Optax is this, with a default decay of 1e-3.
///
/// - Complexity: 3 reads and 2 writes of n numbers, about 8n flops.
///
/// Source: Chen et al. 2023, algorithm 2.
public struct Lion<Scalar: UpdateScalar>: UpdateRule {
  /// The learning rate η.
  public let rate: LearningRate
  /// β₁, by which momentum and gradient are mixed for the step.
  public let beta1: Double
  /// The decay β₂ of the momentum.
  public let beta2: Double
  /// The decay λ of the weights.
  public let decay: Double

  /// A rule with the settings of the paper.
  ///
  /// - Precondition: 0 ≤ β₁, β₂ < 1 and λ ≥ 0.
  public init(
    rate: LearningRate = 1e-4, beta1: Double = 0.9, beta2: Double = 0.99,
    decay: Double = 0
  ) {
    checkDecays(("β₁", beta1), ("β₂", beta2))
    checkWeightDecay(decay)
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.decay = decay
  }

  /// The name.
  public var name: String { "Lion" }

  /// Rate and decays.
  public var settings: [String] {
    ["rate \(rate)", "β₁ \(beta1)", "β₂ \(beta2)", "decay \(decay)"]
  }

  /// The mean of the gradients.
  public struct Memory: Codable, Equatable, Sendable {
    /// m.
    public internal(set) var mean: Vector<Scalar>
  }

  /// A mean of 0.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(mean: .zeros(layout.count))
  }

  /// One step of Lion.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Void, at step: UpdateStep
  ) {
    check(x, gradient, step)
    let rate = rate(at: step.index)
    step.sweep(&x, gradient, &memory.mean) {
      n, x, g, m, rateScale, decayScale in
      let rate = rateScale * rate
      Scalar._lion(
        n, x, g, m, beta1, beta2, rate, 1 - rate * decay * decayScale)
    }
  }
}
