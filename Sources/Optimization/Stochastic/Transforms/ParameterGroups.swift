public import Matrix

/// Parameters that are updated at rates of their own, or not at all.
///
///     Adam(rate: 1e-3).grouped([
///       ParameterGroup("embedding", rateScale: 0.1),
///       ParameterGroup("layer 1 biases", decayScale: 0),
///       .frozen("layer 1 weights"),
///     ])
public struct ParameterGroup: Codable, Equatable, Sendable {
  /// The names of blocks of the layout.
  public let blocks: [String]
  /// A factor on the learning rate.
  public let rateScale: Double
  /// A factor on weight decay.
  public let decayScale: Double
  /// Whether the parameters stay what they are.
  public let isFrozen: Bool

  private init(
    blocks: [String], rateScale: Double, decayScale: Double, isFrozen: Bool
  ) {
    precondition(
      rateScale >= 0 && decayScale >= 0,
      "factors \(rateScale) and \(decayScale), one of them less than 0")
    self.blocks = blocks
    self.rateScale = rateScale
    self.decayScale = decayScale
    self.isFrozen = isFrozen
  }

  /// Blocks with factors of their own.
  ///
  /// - Precondition: no factor is negative.
  public init(
    _ blocks: String..., rateScale: Double = 1, decayScale: Double = 1
  ) {
    self.init(
      blocks: blocks, rateScale: rateScale, decayScale: decayScale,
      isFrozen: false)
  }

  /// Blocks that stay what they are.
  public static func frozen(_ blocks: String...) -> ParameterGroup {
    ParameterGroup(
      blocks: blocks, rateScale: 1, decayScale: 1, isFrozen: true)
  }
}

/// A rule whose parameters are in groups.
///
/// Blocks that no group names are updated as they would be without groups.
///
/// - Complexity: that of the rule, on what is not frozen.
public struct Grouping<Base: UpdateRule>: RuleTransform {
  /// The numbers of the rule.
  public typealias Scalar = Base.Scalar
  /// The memory of the rule.
  public typealias Memory = Base.Memory

  /// The rule.
  public let base: Base
  /// The groups.
  public let groups: [ParameterGroup]

  /// Groups the parameters of a rule.
  ///
  /// - Precondition: no block is in two groups.
  public init(_ base: Base, groups: [ParameterGroup]) {
    let names = groups.flatMap(\.blocks)
    precondition(
      Set(names).count == names.count, "a block is in two groups: \(names)")
    self.base = base
    self.groups = groups
  }

  /// The number of groups.
  public var label: String {
    "\(groups.count) group\(groups.count == 1 ? "" : "s")"
  }

  /// The parameters in their groups, and the scratch space of the rule.
  public struct Workspace {
    var base: Base.Workspace
    var blocks: [UpdateStep.ScaledBlock]
    var ranges: [UpdateStep.ScaledRange]
  }

  /// The parameters in their groups.
  ///
  /// - Precondition: the layout has every block that a group names.
  public func makeWorkspace(for layout: ParameterLayout) -> Workspace {
    for name in groups.flatMap(\.blocks) {
      precondition(
        layout[name] != nil,
        "a group of \(name), and blocks \(layout.blocks.map(\.name))")
    }
    var blocks: [UpdateStep.ScaledBlock] = []
    for block in layout.blocks {
      let group = groups.first { $0.blocks.contains(block.name) }
      if let group, group.isFrozen { continue }
      blocks.append(
        UpdateStep.ScaledBlock(
          block: block, rateScale: group?.rateScale ?? 1,
          decayScale: group?.decayScale ?? 1))
    }
    return Workspace(
      base: base.makeWorkspace(for: layout), blocks: blocks,
      ranges: UpdateStep.merged(blocks))
  }

  /// An update of what is not frozen.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Workspace, at step: UpdateStep
  ) {
    var inner = step
    inner.blocks = workspace.blocks
    inner.ranges = workspace.ranges
    base.update(&x, by: &gradient, &memory, &workspace.base, at: inner)
  }
}

extension UpdateRule {
  /// The rule with parameters in groups.
  public func grouped(_ groups: [ParameterGroup]) -> Grouping<Self> {
    Grouping(self, groups: groups)
  }
}
