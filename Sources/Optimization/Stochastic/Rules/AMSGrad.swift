internal import Foundation
public import Matrix

/// AMSGrad: Adam with mean squares that never decrease.
///
///     m ← β₁ m + (1 − β₁) g
///     v ← β₂ v + (1 − β₂) g²
///     w ← max(w, v)
///     x ← x − η m / (√w + ε)
///
/// The paper corrects neither moment for having begun at 0, and has no ε; set it
/// to 0 for that. PyTorch corrects the mean and the maximum,
/// (m / (1 − β₁ᵗ)) / (√(w / (1 − β₂ᵗ)) + ε): `correction: .afterMaximum`. Optax
/// takes the maximum of corrected mean squares, w ← max(w, v / (1 − β₂ᵗ)):
/// `correction: .beforeMaximum`.
///
/// - Complexity: 5 reads and 4 writes of n numbers, about 14n flops.
///
/// Source: Reddi, Kale and Kumar 2018, algorithm 2.
public struct AMSGrad<Scalar: UpdateScalar>: UpdateRule {
  /// Which moments are corrected for having begun at 0.
  public enum Correction: String, Codable, Sendable {
    /// Neither, as in the paper.
    case none
    /// The mean, and the maximum of raw mean squares.
    case afterMaximum
    /// The mean, and the mean squares that the maximum is taken of.
    case beforeMaximum
  }

  /// The learning rate η.
  public let rate: LearningRate
  /// The decay β₁ of the mean.
  public let beta1: Double
  /// The decay β₂ of the mean square.
  public let beta2: Double
  /// ε, which bounds the step where gradients are near 0.
  public let epsilon: Double
  /// Which moments are corrected.
  public let correction: Correction

  /// A rule with the paper's form.
  ///
  /// - Precondition: 0 ≤ β₁, β₂ < 1 and ε ≥ 0.
  public init(
    rate: LearningRate = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8, correction: Correction = .none
  ) {
    checkDecays(("β₁", beta1), ("β₂", beta2))
    checkEpsilon(epsilon)
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.correction = correction
  }

  /// The name.
  public var name: String { "AMSGrad" }

  /// Rate, decays and ε, and what is not the paper's form.
  public var settings: [String] {
    let base = ["rate \(rate)", "β₁ \(beta1)", "β₂ \(beta2)", "ε \(epsilon)"]
    return switch correction {
    case .none: base
    case .afterMaximum: base + ["maximum corrected"]
    case .beforeMaximum: base + ["corrected before the maximum"]
    }
  }

  /// The moments of the gradients.
  public struct Memory: Codable, Equatable, Sendable {
    /// m.
    public internal(set) var mean: Vector<Scalar>
    /// v.
    public internal(set) var square: Vector<Scalar>
    /// w.
    public internal(set) var maximum: Vector<Scalar>
  }

  /// Moments of 0.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    let zeros = Vector<Scalar>.zeros(layout.count)
    return Memory(mean: zeros, square: zeros, maximum: zeros)
  }

  /// One step of AMSGrad.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Void, at step: UpdateStep
  ) {
    check(x, gradient, step)
    let t = Double(step.index + 1)
    var rate = rate(at: step.index)
    var (squareScale, rootScale) = (1.0, 1.0)
    if correction != .none { rate /= 1 - pow(beta1, t) }
    switch correction {
    case .none: break
    case .afterMaximum: rootScale = (1 - pow(beta2, t)).squareRoot()
    case .beforeMaximum: squareScale = 1 / (1 - pow(beta2, t))
    }
    step.sweep(&x, gradient, &memory.mean, &memory.square, &memory.maximum) {
      n, x, g, m, v, w, scale, _ in
      Scalar._amsgrad(
        n, x, g, m, v, w, beta1, beta2, scale * rate, squareScale, rootScale,
        epsilon)
    }
  }
}
