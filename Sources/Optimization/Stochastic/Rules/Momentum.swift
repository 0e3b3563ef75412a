public import Matrix

/// Gradient descent with momentum: steps along a velocity, the decaying sum of
/// the gradients so far.
///
///     v ← β v + (1 − δ) g,    v₀ = 0
///     x ← x − η v
///
/// With damping δ = 0 this is the heavy ball; with δ = β the velocity is the mean
/// of the gradients, and steps are about as long as without momentum.
///
/// Libraries differ in two ways. PyTorch starts the velocity with the whole first
/// gradient whatever the damping: `dampsFirstGradient: false`. Optax and PyTorch
/// multiply the velocity by the rate, as here; where a formula has the rate within
/// the velocity, as in the sources, it is `ratePlacement: .beforeMomentum`.
///
/// - Complexity: 3 reads and 2 writes of n numbers, 4n flops.
///
/// Source: Polyak 1964, eq. (9); Sutskever, Martens, Dahl and Hinton 2013,
/// eq. (1) and (2).
public struct Momentum<Scalar: UpdateScalar>: UpdateRule {
  /// The learning rate η.
  public let rate: LearningRate
  /// The decay β of the velocity.
  public let momentum: Double
  /// The damping δ, the part of each gradient that is left out.
  public let damping: Double
  /// Whether the first gradient is damped as the others are.
  public let dampsFirstGradient: Bool
  /// Where η enters.
  public let ratePlacement: RatePlacement

  /// A rule with the textbook's settings.
  ///
  /// - Precondition: 0 ≤ β < 1, 0 ≤ δ < 1.
  public init(
    rate: LearningRate = 1e-2, momentum: Double = 0.9, damping: Double = 0,
    dampsFirstGradient: Bool = true,
    ratePlacement: RatePlacement = .afterMomentum
  ) {
    checkDecays(("momentum", momentum), ("damping", damping))
    self.rate = rate
    self.momentum = momentum
    self.damping = damping
    self.dampsFirstGradient = dampsFirstGradient
    self.ratePlacement = ratePlacement
  }

  /// The name.
  public var name: String { "momentum" }

  /// Rate and decay, and what is not the textbook's form.
  public var settings: [String] {
    var settings = ["rate \(rate)", "momentum \(momentum)"]
    if damping != 0 { settings.append("damping \(damping)") }
    if !dampsFirstGradient { settings.append("first gradient not damped") }
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

  /// One step along the velocity.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Void, at step: UpdateStep
  ) {
    check(x, gradient, step)
    let rate = rate(at: step.index)
    let isWhole = step.index == 0 && !dampsFirstGradient
    let part = isWhole ? 1 : 1 - damping
    step.sweep(&x, gradient, &memory.velocity) { n, x, g, v, scale, _ in
      let (gain, rate) = ratePlacement.split(scale * rate)
      Scalar._momentum(n, x, g, v, momentum, part * gain, rate)
    }
  }
}
