public import Matrix

/// Which variables a penalty counts, and how much.
public enum PenaltyFactors: Codable, Equatable, Sendable {
  /// All variables alike.
  case all
  /// All but these, in increasing order: the intercept of a regression.
  case excluding([Int])
  /// Each variable with a factor wⱼ ≥ 0 of its own.
  case individual(Vector<Double>)

  /// All but these variables.
  ///
  /// - Precondition: no variable is negative.
  public static func except(_ variables: some Sequence<Int>) -> PenaltyFactors {
    let sorted = Set(variables).sorted()
    precondition(
      sorted.first ?? 0 >= 0, "variable \(sorted.first ?? 0), below 0")
    return sorted.isEmpty ? .all : .excluding(sorted)
  }

  /// Each variable with a factor of its own, 0 for none.
  ///
  /// - Precondition: 0 ≤ wⱼ < ∞.
  public static func each(_ factors: Vector<Double>) -> PenaltyFactors {
    for (j, w) in factors.enumerated() {
      precondition(
        w >= 0 && w < .infinity,
        "factor \(j) of a penalty is \(w), which is not from 0 to ∞")
    }
    return .individual(factors)
  }

  /// The number of variables, where it is fixed.
  var dimension: Int? {
    if case .individual(let factors) = self { factors.count } else { nil }
  }

  /// Calls `body` with every variable of n that is counted, and its factor.
  @inline(__always)
  func forEach(of n: Int, _ body: (Int, Double) -> Void) {
    switch self {
    case .all:
      for j in 0..<n { body(j, 1) }
    case .excluding(let variables):
      var start = 0
      for k in 0..<variables.count {
        let end = min(variables[k], n)
        for j in start..<end { body(j, 1) }
        start = min(end + 1, n)
      }
      for j in start..<n { body(j, 1) }
    case .individual(let factors):
      precondition(
        factors.count == n,
        "factors of \(factors.count) variables for \(n)")
      factors.read { w in
        for j in 0..<n where w[j] > 0 { body(j, w[j]) }
      }
    }
  }

  /// The variables of n that do not count.
  func unpenalized(of n: Int) -> [Int] {
    switch self {
    case .all: []
    case .excluding(let variables): variables.filter { $0 < n }
    case .individual(let factors):
      factors.indices.filter { factors[$0] == 0 }
    }
  }

  /// The factor of variable j.
  @inline(__always)
  func factor(_ j: Int) -> Double {
    switch self {
    case .all: 1
    case .excluding(let variables): holds(variables, j) ? 0 : 1
    case .individual(let factors): factors[j]
    }
  }

  /// Whether increasing variables hold j, by bisection.
  private func holds(_ variables: [Int], _ j: Int) -> Bool {
    var (low, high) = (0, variables.count)
    while low < high {
      let middle = (low + high) / 2
      if variables[middle] < j { low = middle + 1 } else { high = middle }
    }
    return low < variables.count && variables[low] == j
  }
}
