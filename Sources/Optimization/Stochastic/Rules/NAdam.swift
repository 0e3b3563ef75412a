internal import Foundation
public import Matrix

/// NAdam: Adam with Nesterov's momentum.
///
///     m ← β₁ m + (1 − β₁) g
///     v ← β₂ v + (1 − β₂) g²
///     m̂ = μₜ₊₁ m / (1 − μ₁ ⋯ μₜ₊₁) + (1 − μₜ) g / (1 − μ₁ ⋯ μₜ)
///     x ← x − η m̂ / (√(v / (1 − β₂ᵗ)) + ε),    t = 1, 2, …
///
/// with μₜ = β₁, as in Optax. PyTorch has a momentum that grows,
/// μₜ = β₁ (1 − ½ · 0.96^(tψ)) with ψ = 0.004, as the source proposes for its
/// experiments: `momentumDecay: 4e-3`.
///
/// - Complexity: 4 reads and 3 writes of n numbers, about 15n flops.
///
/// Source: Dozat 2016, algorithm 2, with n̂ = nₜ / (1 − νᵗ) in place of νnₜ / (1 − νᵗ)
/// and one β₁ for the decay of m.
public struct NAdam<Scalar: UpdateScalar>: UpdateRule {
  /// The learning rate η.
  public let rate: LearningRate
  /// The decay β₁ of the mean.
  public let beta1: Double
  /// The decay β₂ of the mean square.
  public let beta2: Double
  /// ε, which bounds the step where gradients are near 0.
  public let epsilon: Double
  /// The speed ψ at which the momentum grows to β₁; nil where it is β₁.
  public let momentumDecay: Double?

  /// A rule with the usual settings.
  ///
  /// - Precondition: 0 ≤ β₁, β₂ < 1 and ε, ψ ≥ 0.
  public init(
    rate: LearningRate = 2e-3, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8, momentumDecay: Double? = nil
  ) {
    checkDecays(("β₁", beta1), ("β₂", beta2))
    checkEpsilon(epsilon)
    if let momentumDecay { checkEpsilon(momentumDecay, "momentumDecay") }
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.momentumDecay = momentumDecay
  }

  /// The name.
  public var name: String { "NAdam" }

  /// Rate, decays and ε, and the growth of the momentum.
  public var settings: [String] {
    let base = ["rate \(rate)", "β₁ \(beta1)", "β₂ \(beta2)", "ε \(epsilon)"]
    guard let momentumDecay else { return base }
    return base + ["momentum decay \(momentumDecay)"]
  }

  /// The moments of the gradients.
  public struct Memory: Codable, Equatable, Sendable {
    /// m.
    public internal(set) var mean: Vector<Scalar>
    /// v.
    public internal(set) var square: Vector<Scalar>
    /// μ₁ ⋯ μₜ.
    public internal(set) var momentumProduct: Double
  }

  /// Moments of 0.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(
      mean: .zeros(layout.count), square: .zeros(layout.count),
      momentumProduct: 1)
  }

  private func momentum(_ t: Double) -> Double {
    guard let momentumDecay else { return beta1 }
    return beta1 * (1 - 0.5 * pow(0.96, t * momentumDecay))
  }

  /// One step of NAdam.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Void, at step: UpdateStep
  ) {
    check(x, gradient, step)
    let t = Double(step.index + 1)
    let rate = rate(at: step.index)
    let (now, next) = (momentum(t), momentum(t + 1))
    memory.momentumProduct *= now
    let product = memory.momentumProduct
    let ofMean = rate * next / (1 - product * next)
    let ofGradient = rate * (1 - now) / (1 - product)
    let rootScale = (1 - pow(beta2, t)).squareRoot()
    step.sweep(&x, gradient, &memory.mean, &memory.square) {
      n, x, g, m, v, scale, _ in
      Scalar._nadam(
        n, x, g, m, v, beta1, beta2, scale * ofMean, scale * ofGradient,
        rootScale, epsilon)
    }
  }
}
