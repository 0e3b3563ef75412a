public import Matrix
internal import RandomNumbers

/// Adds normally distributed noise to the gradient, less from step to step.
///
///     g ← g + N(0, σ²ₜ),    σ²ₜ = η / (1 + t)^γ,    t = 0, 1, …
///
/// The random numbers are part of the memory, so that a resumed run has the same.
///
/// - Complexity: a logarithm, a root and a cosine for each parameter.
///
/// Source: Neelakantan et al. 2015, equation 1.
public struct GradientNoise<Base: UpdateRule>: RuleTransform {
  /// The numbers of the rule.
  public typealias Scalar = Base.Scalar
  /// The scratch space of the rule.
  public typealias Workspace = Base.Workspace

  /// The rule.
  public let base: Base
  /// The variance η at the first step.
  public let variance: Double
  /// The power γ by which it falls.
  public let power: Double
  /// What the random numbers depend on.
  public let seed: UInt64

  /// Adds noise to the gradients of a rule.
  ///
  /// - Precondition: η ≥ 0 and γ ≥ 0.
  public init(
    _ base: Base, variance: Double, power: Double = 0.55, seed: UInt64 = 0
  ) {
    precondition(
      variance >= 0 && power >= 0,
      "noise of variance \(variance) and power \(power), less than 0")
    self.base = base
    self.variance = variance
    self.power = power
    self.seed = seed
  }

  /// The noise.
  public var label: String { "noise of variance \(variance)/(1 + t)^\(power)" }

  /// The random numbers, and the memory of the rule.
  public struct Memory: Codable, Equatable, Sendable {
    /// The memory of the rule that is wrapped.
    public internal(set) var base: Base.Memory
    var generator: SplitMix64
  }

  /// The random numbers of the seed.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(
      base: base.makeMemory(for: layout), generator: SplitMix64(seed: seed))
  }

  /// What the rule answers.
  public func answer(
    _ x: Vector<Scalar>, _ memory: Memory
  ) -> Vector<Scalar>? { base.answer(x, memory.base) }

  /// An update by the gradient with noise.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Workspace, at step: UpdateStep
  ) {
    check(x, gradient, step)
    let deviation =
      (variance * Double.pow(1 + Double(step.index), -power)).squareRoot()
    gradient.write { g in
      // In the order of parameters, on one thread: that is the random numbers'.
      for k in 0..<step.ranges.count {
        for i in step.ranges[k].places {
          g[i] += Scalar(deviation * memory.generator.nextNormal())
        }
      }
    }
    base.update(&x, by: &gradient, &memory.base, &workspace, at: step)
  }
}

extension UpdateRule {
  /// The rule with normal noise on the gradient.
  public func withGradientNoise(
    variance: Double, power: Double = 0.55, seed: UInt64 = 0
  ) -> GradientNoise<Self> {
    GradientNoise(self, variance: variance, power: power, seed: seed)
  }
}
