public import Matrix

/// Multiplies the learning rate by a factor when f has not improved for some epochs.
///
/// An epoch's mean of f improves on the best when it is below (1 − τ) times it, or for
/// a negative best below (1 + τ) times it. After more than `patience` epochs without
/// an improvement the rate is multiplied by `factor`, down to `smallestFactor` in
/// all, and for `cooldown` epochs nothing is counted. Where the gradient is whole,
/// every step is an epoch.
///
/// The best mean, the epochs since and the factor are part of the memory.
///
/// Source: PyTorch's `ReduceLROnPlateau` and Keras' callback have this form; neither
/// states another source.
public struct PlateauReduction<Base: UpdateRule>: RuleTransform {
  /// The numbers of the rule.
  public typealias Scalar = Base.Scalar
  /// The scratch space of the rule.
  public typealias Workspace = Base.Workspace

  /// The rule.
  public let base: Base
  /// What the rate is multiplied by.
  public let factor: Double
  /// The epochs without improvement that are let pass.
  public let patience: Int
  /// τ.
  public let threshold: Double
  /// The epochs after a reduction in which nothing is counted.
  public let cooldown: Int
  /// The least product of all factors.
  public let smallestFactor: Double

  /// Reduces the rate of a rule on plateaus.
  ///
  /// - Precondition: 0 < factor < 1; the others are not negative.
  public init(
    _ base: Base, by factor: Double = 0.1, patience: Int = 10,
    threshold: Double = 1e-4, cooldown: Int = 0, smallestFactor: Double = 0
  ) {
    precondition(
      factor > 0 && factor < 1, "a factor of \(factor), not in (0, 1)")
    precondition(
      patience >= 0 && threshold >= 0 && cooldown >= 0 && smallestFactor >= 0,
      "patience \(patience), threshold \(threshold), cooldown \(cooldown), "
        + "smallest factor \(smallestFactor), one of them less than 0")
    self.base = base
    self.factor = factor
    self.patience = patience
    self.threshold = threshold
    self.cooldown = cooldown
    self.smallestFactor = smallestFactor
  }

  /// Factor and patience.
  public var label: String {
    "rate × \(factor) after \(patience) epochs without improvement"
  }

  /// The best epoch and the factor, and the memory of the rule.
  public struct Memory: Codable, Equatable, Sendable {
    /// The memory of the rule that is wrapped.
    public internal(set) var base: Base.Memory
    /// The least mean of an epoch; nil before the first.
    public internal(set) var best: Double?
    /// The product of all factors.
    public internal(set) var rateScale = 1.0
    var waited = 0
    var cooling = 0
  }

  /// No epoch yet.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(base: base.makeMemory(for: layout))
  }

  /// What the rule answers.
  public func answer(
    _ x: Vector<Scalar>, _ memory: Memory
  ) -> Vector<Scalar>? { base.answer(x, memory.base) }

  /// An update at the reduced rate.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Workspace, at step: UpdateStep
  ) {
    if !step.epochValue.isNaN { note(step.epochValue, &memory) }
    var inner = step
    inner.rateScale *= memory.rateScale
    base.update(&x, by: &gradient, &memory.base, &workspace, at: inner)
  }

  private func note(_ value: Double, _ memory: inout Memory) {
    let isBetter =
      memory.best.map { value < $0 - threshold * abs($0) } ?? true
    if isBetter {
      memory.best = value
      memory.waited = 0
    } else {
      memory.waited += 1
    }
    if memory.cooling > 0 {
      memory.cooling -= 1
      memory.waited = 0
    }
    guard memory.waited > patience else { return }
    memory.rateScale = max(memory.rateScale * factor, smallestFactor)
    memory.cooling = cooldown
    memory.waited = 0
  }
}

extension UpdateRule {
  /// The rule with a learning rate that falls when f does not.
  public func reducedOnPlateau(
    by factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4,
    cooldown: Int = 0, smallestFactor: Double = 0
  ) -> PlateauReduction<Self> {
    PlateauReduction(
      self, by: factor, patience: patience, threshold: threshold,
      cooldown: cooldown, smallestFactor: smallestFactor)
  }
}
