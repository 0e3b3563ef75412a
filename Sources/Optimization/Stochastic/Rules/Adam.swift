internal import Foundation
public import Matrix

/// Adam: a step for each parameter by the mean and the mean square of its
/// gradients, both corrected for having begun at 0.
///
///     m ← β₁ m + (1 − β₁) g
///     v ← β₂ v + (1 − β₂) g²
///     x ← x − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε),    t = 1, 2, …
///
/// - Complexity: 4 reads and 3 writes of n numbers, about 13n flops.
///
/// Source: Kingma and Ba 2015, algorithm 1.
public struct Adam<Scalar: UpdateScalar>: UpdateRule {
  /// The learning rate η.
  public let rate: LearningRate
  /// The decay β₁ of the mean.
  public let beta1: Double
  /// The decay β₂ of the mean square.
  public let beta2: Double
  /// ε, which bounds the step where gradients are near 0.
  public let epsilon: Double

  /// A rule with the settings of the paper.
  ///
  /// - Precondition: 0 ≤ β₁, β₂ < 1 and ε ≥ 0.
  public init(
    rate: LearningRate = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8
  ) {
    precondition(
      0 <= beta1 && beta1 < 1 && 0 <= beta2 && beta2 < 1,
      "β₁ = \(beta1) and β₂ = \(beta2), not both in [0, 1)")
    precondition(epsilon >= 0, "ε = \(epsilon), less than 0")
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  /// The name.
  public var name: String { "Adam" }

  /// Rate, decays and ε.
  public var settings: [String] {
    ["rate \(rate)", "β₁ \(beta1)", "β₂ \(beta2)", "ε \(epsilon)"]
  }

  /// The moments of the gradients.
  public struct Memory: Codable, Equatable, Sendable {
    /// m.
    public internal(set) var mean: Vector<Scalar>
    /// v.
    public internal(set) var square: Vector<Scalar>
  }

  /// Moments of 0.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(mean: .zeros(layout.count), square: .zeros(layout.count))
  }

  /// One step of Adam.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Void, at step: UpdateStep
  ) {
    check(x, gradient, step)
    let t = Double(step.index + 1)
    let rate = rate(at: step.index) / (1 - pow(beta1, t))
    let rootScale = (1 - pow(beta2, t)).squareRoot()
    step.sweep(&x, gradient, &memory.mean, &memory.square) {
      n, x, g, m, v, scale, _ in
      Scalar._adam(
        n, x, g, m, v, beta1, beta2, scale * rate, rootScale, epsilon, 1)
    }
  }
}
