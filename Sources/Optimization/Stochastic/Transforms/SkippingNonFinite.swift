public import Matrix

/// Makes no update where a gradient has an element that is NaN or infinite.
///
/// A run passes over such batches, at most k in a row, and goes on with the next;
/// without this it ends at the first. The rule does not count what was skipped.
///
/// - Complexity: one pass.
public struct SkippingNonFinite<Base: UpdateRule>: RuleTransform {
  /// The numbers of the rule.
  public typealias Scalar = Base.Scalar
  /// The scratch space of the rule.
  public typealias Workspace = Base.Workspace

  /// The rule.
  public let base: Base
  /// The most batches in a row that a run passes over.
  public let limit: Int

  /// Skips what is not finite.
  ///
  /// - Precondition: k ≥ 1.
  public init(_ base: Base, atMost limit: Int) {
    precondition(limit >= 1, "at most \(limit) gradients skipped")
    self.base = base
    self.limit = limit
  }

  /// The number of batches.
  public var label: String { "up to \(limit) non-finite batches skipped" }

  /// k, or what the rule inside tolerates.
  public var toleratedFailures: Int { max(limit, base.toleratedFailures) }

  /// The updates that were made, and the memory of the rule.
  public struct Memory: Codable, Equatable, Sendable {
    /// The memory of the rule that is wrapped.
    public internal(set) var base: Base.Memory
    var updates = 0
    /// The gradients that were skipped.
    public internal(set) var skipped = 0
  }

  /// Nothing skipped.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(base: base.makeMemory(for: layout))
  }

  /// What the rule answers.
  public func answer(
    _ x: Vector<Scalar>, _ memory: Memory
  ) -> Vector<Scalar>? { base.answer(x, memory.base) }

  /// An update, unless the gradient is not finite.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Workspace, at step: UpdateStep
  ) {
    check(x, gradient, step)
    guard gradient.normInfinity.isFinite else {
      memory.skipped += 1
      return
    }
    var inner = step
    inner.index = memory.updates
    base.update(&x, by: &gradient, &memory.base, &workspace, at: inner)
    memory.updates += 1
  }
}

extension UpdateRule {
  /// The rule without updates by gradients that are not finite; a run ends after
  /// more than k of them in a row.
  public func skippingNonFinite(atMost limit: Int = 10)
    -> SkippingNonFinite<Self>
  {
    SkippingNonFinite(self, atMost: limit)
  }
}
