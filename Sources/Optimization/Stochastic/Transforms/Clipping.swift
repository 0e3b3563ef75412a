public import Matrix

/// Bounds the gradient before the rule sees it.
///
///     g ← min(max(g, −c), c)          by value
///     g ← g min(1, c / ‖g‖₂)          by the norm of all parameters, or of each
///                                     block of the layout
///
/// A norm that is not finite makes all elements NaN, for
/// ``SkippingNonFinite`` to find.
///
/// PyTorch's `clip_grad_norm_` divides by ‖g‖ + 10⁻⁶; this is the form of the paper
/// and of Optax.
///
/// - Complexity: one pass by value, two by norm.
///
/// Source: Pascanu, Mikolov and Bengio 2013, algorithm 1.
public struct Clipping<Base: UpdateRule>: RuleTransform {
  /// The numbers of the rule.
  public typealias Scalar = Base.Scalar
  /// The memory of the rule.
  public typealias Memory = Base.Memory
  /// The scratch space of the rule.
  public typealias Workspace = Base.Workspace

  /// What is bounded.
  public enum Limit: Codable, Equatable, Sendable {
    /// Each element, to [−c, c].
    case value(Double)
    /// ‖g‖₂ of each block of the layout.
    case blockNorm(Double)
    /// ‖g‖₂ of all parameters that are updated.
    case norm(Double)
  }

  /// The rule.
  public let base: Base
  /// What is bounded.
  public let limit: Limit

  /// Clips the gradients of a rule.
  ///
  /// - Precondition: the limit is positive.
  public init(_ base: Base, to limit: Limit) {
    switch limit {
    case .value(let bound), .blockNorm(let bound), .norm(let bound):
      precondition(bound > 0, "a limit of \(bound), not positive")
    }
    self.base = base
    self.limit = limit
  }

  /// What is bounded.
  public var label: String {
    switch limit {
    case .value(let bound): "values clipped to \(bound)"
    case .blockNorm(let bound): "norms of blocks clipped to \(bound)"
    case .norm(let bound): "norm clipped to \(bound)"
    }
  }

  /// An update by the clipped gradient.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Workspace, at step: UpdateStep
  ) {
    check(x, gradient, step)
    switch limit {
    case .value(let bound):
      let bound = Scalar(bound)
      gradient.write { g in
        step.sweep { places, _, _ in
          // NaN stays what it is.
          for i in places {
            if g[i] > bound { g[i] = bound }
            if g[i] < -bound { g[i] = -bound }
          }
        }
      }
    case .blockNorm(let bound):
      for k in 0..<step.blocks.count {
        let block = step.blocks[k].block
        let places = block.range
        let norm = gradient.squaredNorm(of: places).squareRoot()
        gradient.clip(places, norm: norm, to: Scalar(bound))
      }
    case .norm(let bound):
      var squares: Scalar = 0
      for k in 0..<step.ranges.count {
        squares += gradient.squaredNorm(of: step.ranges[k].places)
      }
      let norm = squares.squareRoot()
      for k in 0..<step.ranges.count {
        gradient.clip(step.ranges[k].places, norm: norm, to: Scalar(bound))
      }
    }
    base.update(&x, by: &gradient, &memory, &workspace, at: step)
  }
}

extension Vector where Scalar: UpdateScalar {
  /// Σ xᵢ² over some places, in the order of blocks whatever the threads.
  func squaredNorm(of places: Range<Int>) -> Scalar {
    var sum: Scalar = 0
    let length = 1 << 17
    var low = places.lowerBound
    read { x in
      while low < places.upperBound {
        let count = Swift.min(length, places.upperBound - low)
        sum += Scalar._dot(count, x + low, 1, x + low, 1)
        low += count
      }
    }
    return sum
  }

  fileprivate mutating func clip(
    _ places: Range<Int>, norm: Scalar, to bound: Scalar
  ) {
    // Not a number compares false, and then everything becomes it.
    guard !(norm <= bound) else { return }
    scale(places, by: norm.isFinite ? bound / norm : .nan)
  }

  /// Multiplies the elements of some places.
  mutating func scale(_ places: Range<Int>, by factor: Scalar) {
    write { x in
      for i in places { x[i] *= factor }
    }
  }
}

extension UpdateRule {
  /// The rule with each element of the gradient clipped to [−c, c].
  public func clipped(toValue bound: Double) -> Clipping<Self> {
    Clipping(self, to: .value(bound))
  }

  /// The rule with the norm of the whole gradient clipped to c.
  public func clipped(toNorm bound: Double) -> Clipping<Self> {
    Clipping(self, to: .norm(bound))
  }

  /// The rule with the norm of the gradient of each block clipped to c.
  public func clipped(toBlockNorm bound: Double) -> Clipping<Self> {
    Clipping(self, to: .blockNorm(bound))
  }
}
