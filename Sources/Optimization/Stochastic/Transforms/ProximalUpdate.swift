public import Matrix

/// Applies the proximal map of a penalty after every update: proximal stochastic
/// gradient descent.
///
///     x ← prox_{ηR}(x⁺),    x⁺ the update of the rule
///
/// With ``L1Norm`` parameters become exactly 0, which a subgradient never makes
/// them. η is the learning rate of the step. With rules that scale each element by its
/// gradients, η is not the length of their step, and the penalty acts as decoupled
/// weight decay does.
///
/// - Complexity: that of the proximal map.
///
/// Source: Duchi and Singer 2009, equation 2; Bottou, Curtis and Nocedal 2018,
/// section 8.
public struct ProximalUpdate<Base: UpdateRule<Double>, R: Penalty>:
  RuleTransform
{
  /// Double.
  public typealias Scalar = Double
  /// The memory of the rule.
  public typealias Memory = Base.Memory
  /// The scratch space of the rule.
  public typealias Workspace = Base.Workspace

  /// The rule.
  public let base: Base
  /// R.
  public let penalty: R

  /// Penalises the parameters of a rule.
  public init(_ base: Base, penalty: R) {
    self.base = base
    self.penalty = penalty
  }

  /// The penalty.
  public var label: String { "proximal map of \(penalty.name)" }

  /// An update, and the proximal map of it.
  public func update(
    _ x: inout Vector<Double>, by gradient: inout Vector<Double>,
    _ memory: inout Memory, _ workspace: inout Workspace, at step: UpdateStep
  ) {
    base.update(&x, by: &gradient, &memory, &workspace, at: step)
    penalty.applyProximalMap(
      step: rate(at: step.index) * step.rateScale, to: &x)
  }
}

extension UpdateRule<Double> {
  /// The rule with the proximal map of a penalty after every update.
  public func penalized<R: Penalty>(by penalty: R) -> ProximalUpdate<Self, R> {
    ProximalUpdate(self, penalty: penalty)
  }
}
