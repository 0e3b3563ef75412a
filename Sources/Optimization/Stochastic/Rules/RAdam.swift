internal import Foundation
public import Matrix

/// RAdam: Adam that waits until its mean square can be relied on.
///
///     m ← β₁ m + (1 − β₁) g
///     v ← β₂ v + (1 − β₂) g²
///     ρ∞ = 2 / (1 − β₂) − 1,    ρ = ρ∞ − 2t β₂ᵗ / (1 − β₂ᵗ)
///     x ← x − η r (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)   if ρ > threshold,
///     x ← x − η m / (1 − β₁ᵗ)                                otherwise,
///     r² = (ρ − 4) (ρ − 2) ρ∞ / ((ρ∞ − 4) (ρ∞ − 2) ρ),    t = 1, 2, …
///
/// The paper's threshold is 4, without ε. PyTorch and Optax have the threshold 5
/// of the paper's code: `threshold: 5`. PyTorch adds ε before the mean square is
/// corrected, √(1 − β₂ᵗ) / (√v + ε): `epsilonBeforeCorrection: true`.
///
/// - Complexity: 4 reads and 3 writes of n numbers, about 13n flops.
///
/// Source: Liu, Jiang, He, Chen, Liu, Gao and Han 2020, algorithm 2.
public struct RAdam<Scalar: UpdateScalar>: UpdateRule {
  /// The learning rate η.
  public let rate: LearningRate
  /// The decay β₁ of the mean.
  public let beta1: Double
  /// The decay β₂ of the mean square.
  public let beta2: Double
  /// ε, which bounds the step where gradients are near 0.
  public let epsilon: Double
  /// The ρ above which steps are divided by the root mean square.
  public let threshold: Double
  /// Whether ε is added to √v before it is corrected.
  public let epsilonBeforeCorrection: Bool

  /// A rule with the settings of the paper.
  ///
  /// - Precondition: 0 ≤ β₁, β₂ < 1, ε ≥ 0, and the threshold is at least 4,
  ///   where r begins to be real.
  public init(
    rate: LearningRate = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8, threshold: Double = 4,
    epsilonBeforeCorrection: Bool = false
  ) {
    checkDecays(("β₁", beta1), ("β₂", beta2))
    checkEpsilon(epsilon)
    precondition(threshold >= 4, "a threshold of \(threshold), less than 4")
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.threshold = threshold
    self.epsilonBeforeCorrection = epsilonBeforeCorrection
  }

  /// The name.
  public var name: String { "RAdam" }

  /// Rate, decays and ε, and what is not the paper's form.
  public var settings: [String] {
    var settings = [
      "rate \(rate)", "β₁ \(beta1)", "β₂ \(beta2)", "ε \(epsilon)",
    ]
    if threshold != 4 { settings.append("threshold \(threshold)") }
    if epsilonBeforeCorrection { settings.append("ε before correction") }
    return settings
  }

  /// The moments of the gradients.
  public typealias Memory = Adam<Scalar>.Memory

  /// Moments of 0.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(mean: .zeros(layout.count), square: .zeros(layout.count))
  }

  /// One step of RAdam.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Void, at step: UpdateStep
  ) {
    check(x, gradient, step)
    let t = Double(step.index + 1)
    var rate = rate(at: step.index) / (1 - pow(beta1, t))
    let correction = 1 - pow(beta2, t)
    let limit = 2 / (1 - beta2) - 1
    let length = limit - 2 * t * pow(beta2, t) / correction
    // Adam's kernel with a denominator of 1 is the step by the mean alone.
    var (rootScale, epsilon) = (Double.infinity, 1.0)
    if length > threshold {
      rate *=
        ((length - 4) * (length - 2) * limit
        / ((limit - 4) * (limit - 2) * length)).squareRoot()
      rootScale = correction.squareRoot()
      epsilon =
        epsilonBeforeCorrection ? self.epsilon / rootScale : self.epsilon
    }
    step.sweep(&x, gradient, &memory.mean, &memory.square) {
      n, x, g, m, v, scale, _ in
      Scalar._adam(
        n, x, g, m, v, beta1, beta2, scale * rate, rootScale, epsilon, 1)
    }
  }
}
