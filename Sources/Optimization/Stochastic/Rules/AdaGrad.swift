public import Matrix

/// AdaGrad: a step for each parameter by the sum of its squared gradients so far.
///
///     s ← s + g²,    s₀ = a
///     x ← x − η g / (√s + ε)
///
/// Libraries differ: PyTorch is this with a = 0 (and its `lr_decay` is the
/// schedule ``LearningRate/inverseTime(from:decay:)``); Optax has √(s + ε) and
/// starts from a = 0.1: `epsilon: 1e-7, epsilonPlacement: .insideRoot,
/// initialAccumulator: 0.1`.
///
/// - Complexity: 3 reads and 2 writes of n numbers, about 6n flops.
///
/// Source: Duchi, Hazan and Singer 2011, figure 1 with diagonal matrices.
public struct AdaGrad<Scalar: UpdateScalar>: UpdateRule {
  /// The learning rate η.
  public let rate: LearningRate
  /// ε, which bounds the step where gradients are near 0.
  public let epsilon: Double
  /// Where ε is added.
  public let epsilonPlacement: EpsilonPlacement
  /// The sum a that squares are added to.
  public let initialAccumulator: Double

  /// A rule with the textbook's settings.
  ///
  /// - Precondition: ε ≥ 0, a ≥ 0.
  public init(
    rate: LearningRate = 1e-2, epsilon: Double = 1e-10,
    epsilonPlacement: EpsilonPlacement = .outsideRoot,
    initialAccumulator: Double = 0
  ) {
    checkEpsilon(epsilon)
    checkEpsilon(initialAccumulator, "the initial accumulator")
    self.rate = rate
    self.epsilon = epsilon
    self.epsilonPlacement = epsilonPlacement
    self.initialAccumulator = initialAccumulator
  }

  /// The name.
  public var name: String { "AdaGrad" }

  /// Rate and ε, and what is not the textbook's form.
  public var settings: [String] {
    var settings = ["rate \(rate)", "ε \(epsilon)"]
    if epsilonPlacement != .outsideRoot {
      settings.append(epsilonPlacement.setting)
    }
    if initialAccumulator != 0 {
      settings.append("initial accumulator \(initialAccumulator)")
    }
    return settings
  }

  /// The squares of the gradients.
  public struct Memory: Codable, Equatable, Sendable {
    /// s.
    public internal(set) var accumulator: Vector<Scalar>
  }

  /// The initial accumulator for each parameter.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(
      accumulator: Vector(
        repeating: Scalar(initialAccumulator), count: layout.count))
  }

  /// One step of AdaGrad.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Void, at step: UpdateStep
  ) {
    check(x, gradient, step)
    let rate = rate(at: step.index)
    let (inside, outside) = epsilonPlacement.split(epsilon)
    step.sweep(&x, gradient, &memory.accumulator) { n, x, g, s, scale, _ in
      Scalar._adagrad(n, x, g, s, scale * rate, inside, outside)
    }
  }
}
