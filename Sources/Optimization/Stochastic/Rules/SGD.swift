public import Matrix

/// Gradient descent: a step against the gradient; with gradients of batches,
/// stochastic gradient descent.
///
///     x ← x − η g
///
/// - Complexity: 2 reads and 1 write of n numbers, 2n flops.
///
/// Source: Robbins and Monro 1951, eq. (8); Cauchy 1847 for whole gradients.
public struct SGD<Scalar: UpdateScalar>: UpdateRule {
  /// The learning rate η.
  public let rate: LearningRate

  /// A rule with a rate.
  public init(rate: LearningRate = 1e-2) {
    self.rate = rate
  }

  /// The name.
  public var name: String { "SGD" }

  /// The rate.
  public var settings: [String] { ["rate \(rate)"] }

  /// Nothing is remembered.
  public struct Memory: Codable, Equatable, Sendable {}

  /// Nothing.
  public func makeMemory(for layout: ParameterLayout) -> Memory { Memory() }

  /// One step against the gradient.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Void, at step: UpdateStep
  ) {
    check(x, gradient, step)
    let rate = rate(at: step.index)
    step.sweep(&x, gradient) { n, x, g, scale, _ in
      Scalar._gradient(n, x, g, scale * rate)
    }
  }
}
