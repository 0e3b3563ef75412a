public import Matrix

/// Backtracking that lets the value rise for a while,
/// φ(t) ≤ R + c₁ t φ′(0), where R is not φ(0) but a value from the steps before.
///
/// A spectral gradient step is good over several steps and often raises f in one;
/// searches that forbid it make such methods as slow as steepest descent. In a
/// curved valley Newton's full steps gain likewise. t is reduced as in
/// ``Armijo``.
///
/// Source: Grippo, Lampariello and Lucidi 1986; Zhang and Hager 2004, algorithm
/// NLSA.
public struct NonmonotoneArmijo: LineSearch {
  /// The value R that a new one is compared with.
  public enum Reference: Codable, Equatable, Sendable {
    /// The largest of the last `count` values, the present one among them
    /// (Grippo, Lampariello and Lucidi 1986).
    case largest(of: Int)
    /// An average of all values with weights that fall off by η (Zhang and Hager
    /// 2004): R ← (η Q R + f) / Q⁺ with Q⁺ = η Q + 1. 0 is ``Armijo``, 1 the mean.
    case average(decay: Double)
  }

  /// The value R that a new one is compared with.
  public let reference: Reference
  /// The fraction c₁ of the decrease predicted by the slope.
  public let decrease: Double
  /// The most evaluations in one search.
  public let maximumEvaluations: Int

  /// A nonmonotone search for sufficient decrease.
  ///
  /// - Precondition: 0 < c₁ < 1; at least one value, or 0 ≤ η ≤ 1.
  public init(
    _ reference: Reference = .largest(of: 10), decrease: Double = 1e-4,
    maximumEvaluations: Int = 60
  ) {
    precondition(
      decrease > 0 && decrease < 1, "c₁ = \(decrease) is not within (0, 1)")
    switch reference {
    case .largest(let count):
      precondition(count >= 1, "the largest of \(count) values")
    case .average(let decay):
      precondition(
        decay >= 0 && decay <= 1, "η = \(decay) is not within [0, 1]")
    }
    self.reference = reference
    self.decrease = decrease
    self.maximumEvaluations = maximumEvaluations
  }

  /// The search with its reference.
  public var name: String {
    switch reference {
    case .largest(let count): "largest of \(count)"
    case .average(let decay): "average \(decay)"
    }
  }

  /// The values before the present one, as far as R depends on them.
  public struct Memory: Codable, Equatable, Sendable {
    /// The last values, cyclically, or the average alone.
    var values: [Double]
    /// How many have been taken in, or the sum Q of weights.
    var weight = 0.0
  }

  /// No values.
  public func makeMemory() -> Memory {
    switch reference {
    // The present value has its place in the origin.
    case .largest(let count):
      Memory(values: Array(repeating: -.infinity, count: count - 1))
    case .average: Memory(values: [0])
    }
  }

  /// Backtracks from the first step.
  ///
  /// - Complexity: an evaluation for each step tried, and O(M) for M values.
  public func search(
    from origin: Point, along direction: Vector<Double>, slope: Double,
    firstStep: Double, memory: inout Memory, evaluator: inout Evaluator,
    trial: inout Point
  ) -> LineSearchOutcome {
    // At least the present value: rounding may leave an average below it.
    var bound = origin.value
    switch reference {
    case .largest:
      for i in 0..<memory.values.count { bound = max(bound, memory.values[i]) }
    case .average(let decay):
      bound = max(bound, memory.average(with: origin.value, decay))
    }
    let outcome = backtrack(
      from: origin, along: direction, slope: slope, firstStep: firstStep,
      reference: bound, decrease: decrease,
      maximumEvaluations: maximumEvaluations, evaluator: &evaluator,
      trial: &trial)
    if case .found = outcome { memory.take(origin.value, reference) }
    return outcome
  }
}

extension NonmonotoneArmijo.Memory {
  /// R with a value taken in.
  fileprivate func average(with value: Double, _ decay: Double) -> Double {
    let kept = decay * weight
    return values[0] + (value - values[0]) / (kept + 1)
  }

  /// Takes in the value that a step leaves behind.
  fileprivate mutating func take(
    _ value: Double, _ reference: NonmonotoneArmijo.Reference
  ) {
    switch reference {
    case .largest:
      guard !values.isEmpty else { return }
      values[Int(weight)] = value
      weight = weight + 1 < Double(values.count) ? weight + 1 : 0
    case .average(let decay):
      values[0] = average(with: value, decay)
      weight = decay * weight + 1
    }
  }
}
