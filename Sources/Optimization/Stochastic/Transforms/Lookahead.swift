public import Matrix

/// Goes k updates ahead, and then a part of the way back to where they began.
///
///     z ← z + α (x − z),  x ← z     after every k updates of x
///
/// What is answered are the slow parameters z. The rule keeps its memory.
///
/// - Complexity: one pass every k updates; n numbers of memory.
///
/// Source: Zhang, Lucas, Hinton and Ba 2019, algorithm 1.
public struct Lookahead<Base: UpdateRule>: RuleTransform {
  /// The numbers of the rule.
  public typealias Scalar = Base.Scalar
  /// The scratch space of the rule.
  public typealias Workspace = Base.Workspace

  /// The rule.
  public let base: Base
  /// The updates k between two of the slow parameters.
  public let period: Int
  /// The part α of the way that is kept.
  public let fraction: Double

  /// Slow parameters behind those of a rule.
  ///
  /// - Precondition: k ≥ 1 and 0 < α ≤ 1.
  public init(_ base: Base, every period: Int = 6, by fraction: Double = 0.5) {
    precondition(
      period >= 1 && fraction > 0 && fraction <= 1,
      "\(fraction) of the way every \(period) updates")
    self.base = base
    self.period = period
    self.fraction = fraction
  }

  /// k and α.
  public var label: String { "lookahead \(fraction) every \(period)" }

  /// The slow parameters, and the memory of the rule.
  public struct Memory: Codable, Equatable, Sendable {
    /// The memory of the rule that is wrapped.
    public internal(set) var base: Base.Memory
    /// z.
    public internal(set) var slow: Vector<Scalar>
    var updates = 0
  }

  /// No slow parameters before the first update.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(base: base.makeMemory(for: layout), slow: .zeros(layout.count))
  }

  /// The slow parameters.
  public func answer(
    _ x: Vector<Scalar>, _ memory: Memory
  ) -> Vector<Scalar>? { memory.updates > 0 ? memory.slow : nil }

  /// An update, and every k-th time a step back.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Workspace, at step: UpdateStep
  ) {
    if memory.updates == 0 { memory.slow.copy(from: x) }
    base.update(&x, by: &gradient, &memory.base, &workspace, at: step)
    memory.updates += 1
    guard memory.updates.isMultiple(of: period) else { return }
    memory.slow.mix(x, weight: Scalar(fraction))
    x.copy(from: memory.slow)
  }
}

extension UpdateRule {
  /// The rule with slow parameters that follow a fraction of the way every k
  /// updates.
  public func lookingAhead(
    every period: Int = 6, by fraction: Double = 0.5
  ) -> Lookahead<Self> {
    Lookahead(self, every: period, by: fraction)
  }
}
