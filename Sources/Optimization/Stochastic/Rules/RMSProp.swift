public import Matrix

/// RMSProp: a step for each parameter by the mean square of its recent gradients.
///
///     s ← ρ s + (1 − ρ) g²
///     w = g / √(s + ε)
///     x ← x − η w
///
/// Centred, the mean square is about the mean: m ← ρ m + (1 − ρ) g, and s − m²
/// stands for s under the root. With momentum β > 0, the step goes along a
/// velocity: v ← β v + η w, x ← x − v.
///
/// Libraries differ. Optax is this. PyTorch has w = g / (√s + ε), and multiplies
/// the velocity by the rate: v ← β v + w, x ← x − η v. That is
/// `epsilonPlacement: .outsideRoot, ratePlacement: .afterMomentum` and its
/// default decay is 0.99.
///
/// - Complexity: 3 reads and 2 writes of n numbers, one more of each if centred
///   and with momentum; about 7n to 13n flops.
///
/// Source: Hinton 2012, lecture 6e; Graves 2013, eq. (38) to (41), centred and
/// with momentum.
public struct RMSProp<Scalar: UpdateScalar>: UpdateRule {
  /// The learning rate η.
  public let rate: LearningRate
  /// The decay ρ of the mean square.
  public let decay: Double
  /// ε, which bounds the step where gradients are near 0.
  public let epsilon: Double
  /// The decay β of the velocity; 0 for none.
  public let momentum: Double
  /// Whether the mean square is about the mean.
  public let isCentred: Bool
  /// Where ε is added.
  public let epsilonPlacement: EpsilonPlacement
  /// Where η enters if there is momentum.
  public let ratePlacement: RatePlacement

  /// A rule with the textbook's settings.
  ///
  /// - Precondition: 0 ≤ ρ, β < 1 and ε ≥ 0.
  public init(
    rate: LearningRate = 1e-3, decay: Double = 0.9, epsilon: Double = 1e-8,
    momentum: Double = 0, centred isCentred: Bool = false,
    epsilonPlacement: EpsilonPlacement = .insideRoot,
    ratePlacement: RatePlacement = .beforeMomentum
  ) {
    checkDecays(("decay", decay), ("momentum", momentum))
    checkEpsilon(epsilon)
    self.rate = rate
    self.decay = decay
    self.epsilon = epsilon
    self.momentum = momentum
    self.isCentred = isCentred
    self.epsilonPlacement = epsilonPlacement
    self.ratePlacement = ratePlacement
  }

  /// The name.
  public var name: String { isCentred ? "centred RMSProp" : "RMSProp" }

  /// Rate, decay and ε, momentum, and what is not the textbook's form.
  public var settings: [String] {
    var settings = ["rate \(rate)", "decay \(decay)", "ε \(epsilon)"]
    if momentum != 0 { settings.append("momentum \(momentum)") }
    if epsilonPlacement != .insideRoot {
      settings.append(epsilonPlacement.setting)
    }
    if momentum != 0 && ratePlacement != .beforeMomentum {
      settings.append(ratePlacement.setting)
    }
    return settings
  }

  /// The moments of the gradients, and the velocity.
  public struct Memory: Codable, Equatable, Sendable {
    /// s.
    public internal(set) var square: Vector<Scalar>
    /// m; without elements if not centred.
    public internal(set) var mean: Vector<Scalar>
    /// v; without elements if there is no momentum.
    public internal(set) var velocity: Vector<Scalar>
  }

  /// Moments and velocity of 0.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(
      square: .zeros(layout.count),
      mean: .zeros(isCentred ? layout.count : 0),
      velocity: .zeros(momentum > 0 ? layout.count : 0))
  }

  /// One step of RMSProp.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Void, at step: UpdateStep
  ) {
    check(x, gradient, step)
    let rate = rate(at: step.index)
    let (inside, outside) = epsilonPlacement.split(epsilon)
    switch (isCentred, momentum > 0) {
    case (false, false):
      step.sweep(&x, gradient, &memory.square) { n, x, g, s, scale, _ in
        Scalar._rmsprop(n, x, g, s, decay, scale * rate, inside, outside)
      }
    case (true, false):
      step.sweep(&x, gradient, &memory.square, &memory.mean) {
        n, x, g, s, m, scale, _ in
        Scalar._rmspropCentred(
          n, x, g, s, m, decay, scale * rate, inside, outside)
      }
    case (false, true):
      step.sweep(&x, gradient, &memory.square, &memory.velocity) {
        n, x, g, s, v, scale, _ in
        let (gain, rate) = ratePlacement.split(scale * rate)
        Scalar._rmspropMomentum(
          n, x, g, s, v, decay, momentum, gain, rate, inside, outside)
      }
    case (true, true):
      step.sweep(&x, gradient, &memory.square, &memory.mean, &memory.velocity) {
        n, x, g, s, m, v, scale, _ in
        let (gain, rate) = ratePlacement.split(scale * rate)
        Scalar._rmspropCentredMomentum(
          n, x, g, s, m, v, decay, momentum, gain, rate, inside, outside)
      }
    }
  }
}
