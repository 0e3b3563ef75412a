internal import Foundation
public import Matrix

/// Yogi: Adam whose mean square changes by no more than the squared gradient.
///
///     m ← β₁ m + (1 − β₁) g,                    m₀ = b
///     v ← v − (1 − β₂) sign(v − g²) g²,         v₀ = a
///     x ← x − η m / (√v + ε)
///
/// Where gradients become small, v decreases slowly and steps do not jump.
///
/// Optax corrects both moments as Adam does, and starts the mean from a too:
/// `correctsBias: true, initialMean: 1e-6`.
///
/// - Complexity: 4 reads and 3 writes of n numbers, about 13n flops.
///
/// Source: Zaheer, Reddi, Sachan, Kale and Kumar 2018, algorithm 2; ε = 1e-3 by
/// their section 5.
public struct Yogi<Scalar: UpdateScalar>: UpdateRule {
  /// The learning rate η.
  public let rate: LearningRate
  /// The decay β₁ of the mean.
  public let beta1: Double
  /// β₂, which 1 − β₂ of the squared gradient is added or taken by.
  public let beta2: Double
  /// ε, which bounds the step where gradients are near 0.
  public let epsilon: Double
  /// The mean square a before the first gradient.
  public let initialAccumulator: Double
  /// The mean b before the first gradient.
  public let initialMean: Double
  /// Whether both moments are divided by 1 − βᵗ.
  public let correctsBias: Bool

  /// A rule with the settings of the paper.
  ///
  /// - Precondition: 0 ≤ β₁, β₂ < 1, ε, a ≥ 0 and b is finite.
  public init(
    rate: LearningRate = 1e-2, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-3, initialAccumulator: Double = 1e-6,
    initialMean: Double = 0, correctsBias: Bool = false
  ) {
    checkDecays(("β₁", beta1), ("β₂", beta2))
    checkEpsilon(epsilon)
    checkEpsilon(initialAccumulator, "the initial accumulator")
    precondition(initialMean.isFinite, "an initial mean of \(initialMean)")
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.initialAccumulator = initialAccumulator
    self.initialMean = initialMean
    self.correctsBias = correctsBias
  }

  /// The name.
  public var name: String { "Yogi" }

  /// Rate, decays and ε, and what is not the paper's form.
  public var settings: [String] {
    var settings = [
      "rate \(rate)", "β₁ \(beta1)", "β₂ \(beta2)", "ε \(epsilon)",
      "initial accumulator \(initialAccumulator)",
    ]
    if initialMean != 0 { settings.append("initial mean \(initialMean)") }
    if correctsBias { settings.append("bias corrected") }
    return settings
  }

  /// The moments of the gradients.
  public typealias Memory = Adam<Scalar>.Memory

  /// The initial moments.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(
      mean: Vector(repeating: Scalar(initialMean), count: layout.count),
      square: Vector(
        repeating: Scalar(initialAccumulator), count: layout.count))
  }

  /// One step of Yogi.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Void, at step: UpdateStep
  ) {
    check(x, gradient, step)
    var rate = rate(at: step.index)
    var rootScale = 1.0
    if correctsBias {
      let t = Double(step.index + 1)
      rate /= 1 - pow(beta1, t)
      rootScale = (1 - pow(beta2, t)).squareRoot()
    }
    step.sweep(&x, gradient, &memory.mean, &memory.square) {
      n, x, g, m, v, scale, _ in
      Scalar._yogi(
        n, x, g, m, v, beta1, beta2, scale * rate, rootScale, epsilon)
    }
  }
}
