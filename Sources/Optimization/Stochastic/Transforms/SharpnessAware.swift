public import Matrix

/// Takes the gradient where f is highest nearby, so that flat minima are preferred.
///
///     g = ∇f(x + ρ ∇f(x) / ‖∇f(x)‖₂)
///
/// on the same batch. It is the run that evaluates there, since rules do not know the
/// objective: in a loop of one's own, do so where ``UpdateRule/sharpnessRadius`` is
/// positive.
///
/// - Complexity: a second evaluation of every batch.
///
/// Source: Foret, Kleiner, Mobahi and Neyshabur 2021, equation 3 and algorithm 1.
public struct SharpnessAware<Base: UpdateRule>: RuleTransform {
  /// The numbers of the rule.
  public typealias Scalar = Base.Scalar
  /// The memory of the rule.
  public typealias Memory = Base.Memory
  /// The scratch space of the rule.
  public typealias Workspace = Base.Workspace

  /// The rule.
  public let base: Base
  /// ρ.
  public let sharpnessRadius: Double

  /// Takes the gradients of a rule uphill.
  ///
  /// - Precondition: ρ > 0.
  public init(_ base: Base, radius: Double = 0.05) {
    precondition(radius > 0, "a radius of \(radius), not positive")
    self.base = base
    sharpnessRadius = radius
  }

  /// ρ.
  public var label: String { "sharpness-aware \(sharpnessRadius)" }

  /// An update of the rule.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Workspace, at step: UpdateStep
  ) {
    base.update(&x, by: &gradient, &memory, &workspace, at: step)
  }
}

extension UpdateRule {
  /// The rule with gradients that are taken at a distance ρ uphill.
  public func sharpnessAware(radius: Double = 0.05) -> SharpnessAware<Self> {
    SharpnessAware(self, radius: radius)
  }
}
