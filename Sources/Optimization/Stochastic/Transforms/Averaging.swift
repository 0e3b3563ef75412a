public import Matrix

/// Answers an average of the parameters, while the rule goes on from the last ones.
///
///     x̄ ← β x̄ + (1 − β) x,  x̄₀ = x₀             exponential
///     x̄ ← x̄ + (x − x̄) / k,  k = 1, 2, …         equal (Polyak; SWA with a period)
///
/// The average of the exponential form begins at the start; with `unbiased` it
/// begins at 0 and is divided by 1 − βᵏ, as Adam's moments are. That of the equal form
/// begins after the first `start` updates and takes every `period`-th; before there is
/// one, the parameters themselves are answered.
///
/// - Complexity: one pass; n numbers of memory.
///
/// Source: Polyak and Juditsky 1992, equation 4; Izmailov et al. 2018, algorithm 1.
public struct Averaging<Base: UpdateRule>: RuleTransform {
  /// The numbers of the rule.
  public typealias Scalar = Base.Scalar
  /// The scratch space of the rule.
  public typealias Workspace = Base.Workspace

  /// Which average is answered.
  public enum Weights: Codable, Equatable, Sendable {
    /// Exponentially falling weights.
    case exponential(decay: Double, unbiased: Bool = false)
    /// Equal weights, for every `period`-th point after `start` updates.
    case equal(start: Int = 0, period: Int = 1)
  }

  /// The rule.
  public let base: Base
  /// Which average is answered.
  public let weights: Weights

  /// Averages the points of a rule.
  ///
  /// - Precondition: 0 ≤ β < 1; start ≥ 0; period ≥ 1.
  public init(_ base: Base, weights: Weights) {
    switch weights {
    case .exponential(let decay, _):
      precondition(
        0 <= decay && decay < 1, "a decay of \(decay), not in [0, 1)")
    case .equal(let start, let period):
      precondition(
        start >= 0 && period >= 1,
        "an average from update \(start) of every \(period)-th")
    }
    self.base = base
    self.weights = weights
  }

  /// Which average.
  public var label: String {
    switch weights {
    case .exponential(let decay, let unbiased):
      "\(unbiased ? "unbiased " : "")exponential average \(decay)"
    case .equal(let start, let period):
      "equal average from \(start) every \(period)"
    }
  }

  /// The average, and the memory of the rule.
  public struct Memory: Codable, Equatable, Sendable {
    /// The memory of the rule that is wrapped.
    public internal(set) var base: Base.Memory
    /// x̄; empty before the first point.
    public internal(set) var average: Vector<Scalar>
    /// The points in it.
    public internal(set) var count = 0
    var updates = 0
  }

  /// No average yet.
  public func makeMemory(for layout: ParameterLayout) -> Memory {
    Memory(
      base: base.makeMemory(for: layout), average: .zeros(layout.count))
  }

  /// The average, or without one what the rule answers.
  public func answer(
    _ x: Vector<Scalar>, _ memory: Memory
  ) -> Vector<Scalar>? {
    guard memory.count > 0 else { return base.answer(x, memory.base) }
    var answer = memory.average
    if case .exponential(let decay, true) = weights {
      answer.scale(by: Scalar(1 / (1 - Double.pow(decay, memory.count))))
    }
    return answer
  }

  /// An update, and its part in the average.
  public func update(
    _ x: inout Vector<Scalar>, by gradient: inout Vector<Scalar>,
    _ memory: inout Memory, _ workspace: inout Workspace, at step: UpdateStep
  ) {
    if case .exponential(_, false) = weights, memory.count == 0 {
      memory.average.copy(from: x)
    }
    base.update(&x, by: &gradient, &memory.base, &workspace, at: step)
    memory.updates += 1
    switch weights {
    case .exponential(let decay, _):
      memory.count += 1
      memory.average.mix(x, weight: Scalar(1 - decay))
    case .equal(let start, let period):
      let past = memory.updates - start
      guard past > 0 && (past - 1).isMultiple(of: period) else { return }
      memory.count += 1
      memory.average.mix(x, weight: 1 / Scalar(memory.count))
    }
  }
}

extension Vector where Scalar: UpdateScalar {
  /// x ← x + w (y − x), in place.
  mutating func mix(_ other: Vector, weight: Scalar) {
    precondition(
      count == other.count, "a mix of \(count) and \(other.count) elements")
    let n = count
    write { x in
      other.read { y in
        for i in 0..<n { x[i] += weight * (y[i] - x[i]) }
      }
    }
  }
}

extension UpdateRule {
  /// The rule with an average of its points as the answer.
  public func averaged(_ weights: Averaging<Self>.Weights) -> Averaging<Self> {
    Averaging(self, weights: weights)
  }
}
