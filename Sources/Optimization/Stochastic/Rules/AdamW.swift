internal import Foundation
public import Matrix

/// AdamW: Adam, with weights that decay beside the step, not through it.
///
///     m ← β₁ m + (1 − β₁) g
///     v ← β₂ v + (1 − β₂) g²
///     x ← (1 − η λ) x − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε),  t = 1, 2, …
///
/// The decay does not pass through the mean squares, so that it is the same for
/// all parameters whatever their gradients.
///
/// PyTorch and Optax are this. In the paper the decay is not multiplied by the
/// rate: `decayScalesWithRate: false` is (1 − λ) x. Some implementations decay
/// what the step arrives at, (1 − η λ) times all of the right-hand side:
/// `decayOrder: .afterStep`.
///
/// - Complexity: 4 reads and 3 writes of n numbers, about 14n flops.
///
/// Source: Loshchilov and Hutter 2019, algorithm 2.
public struct AdamW<Scalar: UpdateScalar>: UpdateRule {
  /// What weights decay before or after.
  public enum DecayOrder: String, Codable, Sendable {
    /// The parameters before the step decay: (1 − ηλ) x − step.
    case beforeStep
    /// The parameters after the step decay: (1 − ηλ) (x − step).
    case afterStep
  }

  /// The learning rate η.
  public let rate: LearningRate
  /// The decay β₁ of the mean.
  public let beta1: Double
  /// The decay β₂ of the mean square.
  public let beta2: Double
  /// ε, which bounds the step where gradients are near 0.
  public let epsilon: Double
  /// The decay λ of the weights.
  public let decay: Double
  /// Whether the decay of a step is ηλ, and not λ alone.
  public let decayScalesWithRate: Bool
  /// Which parameters decay, those before the step or those after it.
  public let decayOrder: DecayOrder

  /// A rule with the usual settings.
  ///
  /// - Precondition: 0 ≤ β₁, β₂ < 1 and ε, λ ≥ 0.
  public init(
    rate: LearningRate = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8, decay: Double = 1e-2,
    decayScalesWithRate: Bool = true, decayOrder: DecayOrder = .beforeStep
  ) {
    checkDecays(("β₁", beta1), ("β₂", beta2))
    checkEpsilon(epsilon)
    checkWeightDecay(decay)
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.decay = decay
    self.decayScalesWithRate = decayScalesWithRate
    self.decayOrder = decayOrder
  }

  /// The name.
  public var name: String { "AdamW" }

  /// Rate, decays and ε, and what is not the usual form.
  public var settings: [String] {
    var settings = [
      "rate \(rate)", "β₁ \(beta1)", "β₂ \(beta2)", "ε \(epsilon)",
      "decay \(decay)",
    ]
    if !decayScalesWithRate { settings.append("decay not scaled by the rate") }
    if decayOrder != .beforeStep { settings.append("decay after the step") }
    return settings
  }

  /// The moments of the gradients.
  public typealias Memory = Adam<Scalar>.Memory

  /// Moments of 0.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(mean: .zeros(layout.count), square: .zeros(layout.count))
  }

  /// One step of AdamW.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Void, at step: UpdateStep
  ) {
    check(x, gradient, step)
    step.sweep(&x, gradient, &memory.mean, &memory.square) {
      n, x, g, m, v, rateScale, decayScale in
      self.step(
        n, x, g, m, v, at: step.index, rateScale: rateScale,
        decayScale: decayScale)
    }
  }

  /// One step on n parameters.
  @inline(__always)
  func step(
    _ n: Int, _ x: UnsafeMutablePointer<Scalar>, _ g: UnsafePointer<Scalar>,
    _ m: UnsafeMutablePointer<Scalar>, _ v: UnsafeMutablePointer<Scalar>,
    at index: Int, rateScale: Double, decayScale: Double
  ) {
    let t = Double(index + 1)
    let rate = rateScale * rate(at: index)
    let keep = 1 - decay * decayScale * (decayScalesWithRate ? rate : 1)
    // (1 − ηλ)(x − s) is (1 − ηλ) x − (1 − ηλ) s.
    let part = decayOrder == .beforeStep ? 1 : keep
    Scalar._adam(
      n, x, g, m, v, beta1, beta2, part * rate / (1 - pow(beta1, t)),
      (1 - pow(beta2, t)).squareRoot(), epsilon, keep)
  }
}
