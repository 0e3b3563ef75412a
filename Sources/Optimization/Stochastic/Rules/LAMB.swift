internal import Foundation
public import Matrix

/// LAMB: Adam with steps as long as the layer that they change, for large
/// batches.
///
///     m ← β₁ m + (1 − β₁) g
///     v ← β₂ v + (1 − β₂) g²
///     u = (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε) + λ x,    t = 1, 2, …
///     x ← x − η (‖x‖ / ‖u‖) u                     for each block of parameters
///
/// Where x or u of a block is 0, 1 stands for the quotient of the norms. Optax is
/// this.
///
/// - Complexity: two passes, 6 reads and 4 writes of n numbers, about 20n flops.
///   The norms have the same bits on any number of threads.
///
/// Source: You, Li, Reddi et al. 2020, algorithm 2 with φ(z) = z.
public struct LAMB<Scalar: UpdateScalar>: UpdateRule {
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

  /// A rule with the settings of the paper, without decay.
  ///
  /// - Precondition: 0 ≤ β₁, β₂ < 1 and ε, λ ≥ 0.
  public init(
    rate: LearningRate = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-6, decay: Double = 0
  ) {
    checkDecays(("β₁", beta1), ("β₂", beta2))
    checkEpsilon(epsilon)
    checkWeightDecay(decay)
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.decay = decay
  }

  /// The name.
  public var name: String { "LAMB" }

  /// Rate, decays and ε.
  public var settings: [String] {
    [
      "rate \(rate)", "β₁ \(beta1)", "β₂ \(beta2)", "ε \(epsilon)",
      "decay \(decay)",
    ]
  }

  /// The moments of the gradients.
  public typealias Memory = Adam<Scalar>.Memory

  /// Moments of 0.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(mean: .zeros(layout.count), square: .zeros(layout.count))
  }

  /// Sums over pieces of a block.
  public struct Workspace {
    var sums: BlockSums
  }

  /// Room for the sums.
  public func makeWorkspace(for layout: ParameterLayout) -> Workspace {
    Workspace(sums: BlockSums(for: layout))
  }

  /// One step of LAMB.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Workspace, at step: UpdateStep
  ) {
    check(x, gradient, step)
    step.checkMemory(memory.mean, x)
    step.checkMemory(memory.square, x)
    let t = Double(step.index + 1)
    let rate = rate(at: step.index) * step.rateScale
    let meanScale = 1 / (1 - pow(beta1, t))
    let rootScale = (1 - pow(beta2, t)).squareRoot()
    x.write { x in
      gradient.write { g in
        memory.mean.write { m in
          memory.square.write { v in
            for k in 0..<step.blocks.count {
              let scaled = step.blocks[k]
              let n = scaled.block.count
              let start = scaled.block.offset
              let (x, g, m, v) = (x + start, g + start, m + start, v + start)
              let decay = decay * scaled.decayScale
              // u takes the gradient's place.
              let (xx, uu) = workspace.sums.pair(n) { i, n, sums in
                Scalar._lamb(
                  n, x + i, g + i, m + i, v + i, beta1, beta2, meanScale,
                  rootScale, epsilon, decay, sums)
              }
              let ratio = xx > 0 && uu > 0 ? (xx / uu).squareRoot() : 1
              RowBlocks(n).forEach { _, rows in
                let i = rows.lowerBound
                Scalar._gradient(
                  rows.count, x + i, g + i, rate * scaled.rateScale * ratio)
              }
            }
          }
        }
      }
    }
  }
}
