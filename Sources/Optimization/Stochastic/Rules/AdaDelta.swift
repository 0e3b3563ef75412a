public import Matrix

/// AdaDelta: steps as long as recent steps were, by the mean square of gradients.
///
///     s ← ρ s + (1 − ρ) g²
///     d = √(u + ε) / √(s + ε) g
///     u ← ρ u + (1 − ρ) d²
///     x ← x − η d
///
/// d has the units of x, so that η = 1, as in the paper, suits any problem whose
/// steps may start from about √ε. PyTorch and Optax are this; their default decay
/// is 0.9.
///
/// - Complexity: 4 reads and 3 writes of n numbers, about 13n flops.
///
/// Source: Zeiler 2012, algorithm 1.
public struct AdaDelta<Scalar: UpdateScalar>: UpdateRule {
  /// The learning rate η.
  public let rate: LearningRate
  /// The decay ρ of the mean squares.
  public let decay: Double
  /// ε, which the first steps grow from.
  public let epsilon: Double

  /// A rule with the settings of the paper.
  ///
  /// - Precondition: 0 ≤ ρ < 1 and ε ≥ 0.
  public init(
    rate: LearningRate = 1.0, decay: Double = 0.95, epsilon: Double = 1e-6
  ) {
    checkDecays(("decay", decay))
    checkEpsilon(epsilon)
    self.rate = rate
    self.decay = decay
    self.epsilon = epsilon
  }

  /// The name.
  public var name: String { "AdaDelta" }

  /// Rate, decay and ε.
  public var settings: [String] {
    ["rate \(rate)", "decay \(decay)", "ε \(epsilon)"]
  }

  /// The mean squares.
  public struct Memory: Codable, Equatable, Sendable {
    /// s, of the gradients.
    public internal(set) var square: Vector<Scalar>
    /// u, of the steps before η.
    public internal(set) var stepSquare: Vector<Scalar>
  }

  /// Mean squares of 0.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(square: .zeros(layout.count), stepSquare: .zeros(layout.count))
  }

  /// One step of AdaDelta.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Void, at step: UpdateStep
  ) {
    check(x, gradient, step)
    let rate = rate(at: step.index)
    step.sweep(&x, gradient, &memory.square, &memory.stepSquare) {
      n, x, g, s, u, scale, _ in
      Scalar._adadelta(n, x, g, s, u, decay, scale * rate, epsilon)
    }
  }
}
