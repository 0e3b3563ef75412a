public import Matrix

/// Nesterov's momentum: the gradient is taken where the velocity leads.
///
///     v ← β v + g,    v₀ = 0
///     x ← x − η (g + β v)
///
/// The parameters here are Nesterov's point of evaluation: with y = x + η β v
/// before each step the sequence y is v ← β v + ∇f(y − η β v), y ← y − η v. It
/// needs one gradient a step, at the parameters, as PyTorch and Optax have it.
///
/// - Complexity: 3 reads and 2 writes of n numbers, 6n flops.
///
/// Source: Nesterov 1983; in this form Sutskever, Martens, Dahl and Hinton 2013,
/// eq. (3) and (4), and Bengio, Boulanger-Lewandowski and Pascanu 2013, eq. (7).
public struct Nesterov<Scalar: UpdateScalar>: UpdateRule {
  /// The learning rate η.
  public let rate: LearningRate
  /// The decay β of the velocity.
  public let momentum: Double
  /// Where η enters.
  public let ratePlacement: RatePlacement

  /// A rule with the usual settings.
  ///
  /// - Precondition: 0 ≤ β < 1.
  public init(
    rate: LearningRate = 1e-2, momentum: Double = 0.9,
    ratePlacement: RatePlacement = .afterMomentum
  ) {
    checkDecays(("momentum", momentum))
    self.rate = rate
    self.momentum = momentum
    self.ratePlacement = ratePlacement
  }

  /// The name.
  public var name: String { "Nesterov" }

  /// Rate and decay, and what is not the textbook's form.
  public var settings: [String] {
    var settings = ["rate \(rate)", "momentum \(momentum)"]
    if ratePlacement != .afterMomentum {
      settings.append(ratePlacement.setting)
    }
    return settings
  }

  /// The velocity.
  public struct Memory: Codable, Equatable, Sendable {
    /// v.
    public internal(set) var velocity: Vector<Scalar>
  }

  /// A velocity of 0.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(velocity: .zeros(layout.count))
  }

  /// One step along gradient and velocity.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Void, at step: UpdateStep
  ) {
    check(x, gradient, step)
    let rate = rate(at: step.index)
    step.sweep(&x, gradient, &memory.velocity) { n, x, g, v, scale, _ in
      let (gain, rate) = ratePlacement.split(scale * rate)
      Scalar._nesterov(n, x, g, v, momentum, gain, rate)
    }
  }
}
