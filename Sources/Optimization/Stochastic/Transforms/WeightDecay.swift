public import Matrix

/// Draws the parameters towards 0.
///
///     g ← g + λ x             coupled: the gradient of f + λ/2 ‖x‖²
///     x ← (1 − η λ) x         decoupled: beside the step of the rule
///
/// For plain gradient descent both are one. Rules that scale each element by its
/// gradients, as ``Adam``, scale a coupled decay too, so that parameters of large
/// gradients decay less; decoupled they decay alike. η is the learning rate of the
/// step, with the group's factor, and the parameters decay before they are moved, as
/// with PyTorch's AdamW.
///
/// A group's `decayScale` multiplies λ.
///
/// - Complexity: one pass.
///
/// Source: Hanson and Pratt 1988 (coupled); Loshchilov and Hutter 2019, algorithm 2
/// (decoupled).
public struct WeightDecay<Base: UpdateRule>: RuleTransform {
  /// The numbers of the rule.
  public typealias Scalar = Base.Scalar
  /// The memory of the rule.
  public typealias Memory = Base.Memory
  /// The scratch space of the rule.
  public typealias Workspace = Base.Workspace

  /// Where the decay acts.
  public enum Coupling: String, Codable, Sendable {
    /// On the gradient, before the rule.
    case coupled
    /// On the parameters, beside the rule.
    case decoupled
  }

  /// The rule.
  public let base: Base
  /// λ.
  public let decay: Double
  /// Where the decay acts.
  public let coupling: Coupling

  /// Adds decay to a rule.
  ///
  /// - Precondition: λ ≥ 0.
  public init(_ base: Base, decay: Double, coupling: Coupling) {
    precondition(decay >= 0, "a weight decay of \(decay), less than 0")
    self.base = base
    self.decay = decay
    self.coupling = coupling
  }

  /// λ and where it acts.
  public var label: String { "\(coupling.rawValue) weight decay \(decay)" }

  /// An update with decay.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Workspace, at step: UpdateStep
  ) {
    check(x, gradient, step)
    switch coupling {
    case .coupled:
      x.read { x in
        gradient.write { g in
          step.sweep { places, _, decayScale in
            let i = places.lowerBound
            Scalar._axpy(
              places.count, Scalar(decay * decayScale), x + i, 1, g + i, 1)
          }
        }
      }
    case .decoupled:
      let rate = rate(at: step.index)
      x.write { x in
        step.sweep { places, rateScale, decayScale in
          let keep = Scalar(1 - rate * rateScale * (decay * decayScale))
          for i in places { x[i] *= keep }
        }
      }
    }
    base.update(&x, by: &gradient, &memory, &workspace, at: step)
  }
}

extension UpdateRule {
  /// The rule with the gradient of λ/2 ‖x‖² added to the gradient.
  public func withCoupledDecay(_ decay: Double) -> WeightDecay<Self> {
    WeightDecay(self, decay: decay, coupling: .coupled)
  }

  /// The rule with parameters that decay by η λ a step.
  public func withDecoupledDecay(_ decay: Double) -> WeightDecay<Self> {
    WeightDecay(self, decay: decay, coupling: .decoupled)
  }
}
