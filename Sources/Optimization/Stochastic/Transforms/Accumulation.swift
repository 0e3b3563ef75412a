public import Matrix

/// Updates once every k batches, by the mean of their gradients: a batch k times as
/// large in the memory of one.
///
/// The parameters rest meanwhile. The rule, its schedule and the transforms inside
/// count their own updates, one for k batches; a partial batch counts like the
/// others.
///
/// - Complexity: one pass for each batch.
public struct Accumulation<Base: UpdateRule>: RuleTransform {
  /// The numbers of the rule.
  public typealias Scalar = Base.Scalar
  /// The scratch space of the rule.
  public typealias Workspace = Base.Workspace

  /// The rule.
  public let base: Base
  /// The batches k of an update.
  public let batches: Int

  /// Accumulates the gradients of a rule.
  ///
  /// - Precondition: k ≥ 1.
  public init(_ base: Base, over batches: Int) {
    precondition(batches >= 1, "an update over \(batches) batches")
    self.base = base
    self.batches = batches
  }

  /// The number of batches.
  public var label: String { "accumulated over \(batches) batches" }

  /// The gradients so far, and the memory of the rule.
  public struct Memory: Codable, Equatable, Sendable {
    /// The memory of the rule that is wrapped.
    public internal(set) var base: Base.Memory
    var sum: Vector<Scalar>
    var count = 0
    var updates = 0
    /// The mean of an epoch that ended since the last update.
    var epochValue: Double?
  }

  /// No gradient yet.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(base: base.makeMemory(for: layout), sum: .zeros(layout.count))
  }

  /// What the rule answers.
  public func answer(
    _ x: Vector<Scalar>, _ memory: Memory
  ) -> Vector<Scalar>? { base.answer(x, memory.base) }

  /// An update, or nothing but a sum.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Workspace, at step: UpdateStep
  ) {
    check(x, gradient, step)
    memory.sum.add(gradient)
    memory.count += 1
    if !step.epochValue.isNaN { memory.epochValue = step.epochValue }
    guard memory.count == batches else { return }
    gradient.copy(from: memory.sum)
    gradient.scale(by: 1 / Scalar(batches))
    var inner = step
    inner.index = memory.updates
    inner.epochValue = memory.epochValue ?? .nan
    base.update(&x, by: &gradient, &memory.base, &workspace, at: inner)
    memory.sum.fill(with: 0)
    memory.count = 0
    memory.updates += 1
    memory.epochValue = nil
  }
}

extension UpdateRule {
  /// The rule with one update for the mean gradient of k batches.
  public func accumulated(over batches: Int) -> Accumulation<Self> {
    Accumulation(self, over: batches)
  }
}
