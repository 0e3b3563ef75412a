public import Matrix

/// Something that is done around an update rule: to the gradient before it, or to
/// the parameters after it.
///
/// Transforms chain, and a chain is a rule:
///
///     AdamW(rate: 1e-3)
///       .averaged(.exponential(decay: 0.999))
///       .clipped(toNorm: 1)
///       .accumulated(over: 4)
///
/// Each wraps what stands before it, so that what is written last is done first to a
/// gradient: above, gradients are summed up over four batches, the norm of their mean
/// is clipped, and the average is over the updates.
public protocol RuleTransform: UpdateRule where Scalar == Base.Scalar {
  /// The rule that is wrapped.
  associatedtype Base: UpdateRule
  /// The rule that is wrapped.
  var base: Base { get }
  /// What the transform does, as its name in reports.
  var label: String { get }
}

extension RuleTransform {
  /// The name of the rule that is wrapped.
  public var name: String { base.name }
  /// The settings of the rule that is wrapped, and what the transform does.
  public var settings: [String] { base.settings + [label] }
  /// That of the rule that is wrapped.
  public var rate: LearningRate { base.rate }
  /// That of the rule that is wrapped.
  public var sharpnessRadius: Double { base.sharpnessRadius }
  /// Those of the rule that is wrapped.
  public var toleratedFailures: Int { base.toleratedFailures }
}

extension RuleTransform where Memory == Base.Memory {
  /// The memory of the rule that is wrapped.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    base.makeMemory(for: layout)
  }

  /// What the rule that is wrapped answers.
  public func answer(
    _ x: Vector<Scalar>, _ memory: Memory
  ) -> Vector<Scalar>? { base.answer(x, memory) }
}

extension RuleTransform where Workspace == Base.Workspace {
  /// The scratch space of the rule that is wrapped.
  public func makeWorkspace(for layout: ParameterLayout) -> Workspace {
    base.makeWorkspace(for: layout)
  }
}
