internal import Foundation
public import Matrix

/// AdaMax: Adam with the decaying maximum of gradients for their mean square.
///
///     m ← β₁ m + (1 − β₁) g
///     u ← max(β₂ u, |g| + ε)
///     x ← x − (η / (1 − β₁ᵗ)) m / u,    t = 1, 2, …
///
/// The paper has no ε, and divides 0 by 0 where every gradient was 0; PyTorch and
/// Optax have it where it is here.
///
/// - Complexity: 4 reads and 3 writes of n numbers, about 8n flops.
///
/// Source: Kingma and Ba 2015, algorithm 2.
public struct AdaMax<Scalar: UpdateScalar>: UpdateRule {
  /// The learning rate η.
  public let rate: LearningRate
  /// The decay β₁ of the mean.
  public let beta1: Double
  /// The decay β₂ of the maximum.
  public let beta2: Double
  /// ε, which bounds the step where gradients are near 0.
  public let epsilon: Double

  /// A rule with the settings of the paper.
  ///
  /// - Precondition: 0 ≤ β₁, β₂ < 1 and ε ≥ 0.
  public init(
    rate: LearningRate = 2e-3, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8
  ) {
    checkDecays(("β₁", beta1), ("β₂", beta2))
    checkEpsilon(epsilon)
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  /// The name.
  public var name: String { "AdaMax" }

  /// Rate, decays and ε.
  public var settings: [String] {
    ["rate \(rate)", "β₁ \(beta1)", "β₂ \(beta2)", "ε \(epsilon)"]
  }

  /// The moments of the gradients.
  public struct Memory: Codable, Equatable, Sendable {
    /// m.
    public internal(set) var mean: Vector<Scalar>
    /// u.
    public internal(set) var maximum: Vector<Scalar>
  }

  /// Moments of 0.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(mean: .zeros(layout.count), maximum: .zeros(layout.count))
  }

  /// One step of AdaMax.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Void, at step: UpdateStep
  ) {
    check(x, gradient, step)
    let rate = rate(at: step.index) / (1 - pow(beta1, Double(step.index + 1)))
    step.sweep(&x, gradient, &memory.mean, &memory.maximum) {
      n, x, g, m, u, scale, _ in
      Scalar._adamax(n, x, g, m, u, beta1, beta2, scale * rate, epsilon)
    }
  }
}
