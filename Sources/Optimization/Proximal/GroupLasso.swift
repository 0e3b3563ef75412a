public import Matrix

/// λ times the norms of groups of variables, which become 0 together.
///
///     R(x) = λ Σ_g w_g ‖x_g‖₂
///     prox_{tR}(v)_g = max(1 − t λ w_g / ‖v_g‖₂, 0) v_g
///
/// w_g is the root of the group's size unless given. Variables of no group are not
/// penalised. R* is 0 where ‖y_g‖₂ ≤ λ w_g for all groups and yⱼ = 0 outside of
/// them, else ∞.
///
/// - Complexity: every operation O(n), no allocation.
///
/// Source: Yuan and Lin 2006; Parikh and Boyd 2014, section 6.5.4.
public struct GroupLasso: Penalty {
  /// λ.
  public let weight: Double
  /// The groups and their w_g.
  private let groups: Groups

  /// λ Σ w_g ‖x_g‖₂.
  ///
  /// - Parameters:
  ///   - groups: the variables of each group, none in two.
  ///   - factors: w_g; √|g| unless given.
  ///   - lambda: λ.
  /// - Precondition: as many factors as groups, 0 ≤ w_g < ∞ and 0 ≤ λ < ∞; no
  ///   variable is negative or stands twice.
  public init(
    _ groups: [[Int]], factors: [Double]? = nil, weight lambda: Double = 1
  ) {
    self.init(Groups(groups, factors: factors), weight: lambda)
  }

  private init(_ groups: Groups, weight lambda: Double) {
    checkMultiplier(lambda)
    self.groups = groups
    weight = lambda
  }

  /// The name with λ.
  public var name: String {
    "\(weight.rounded(digits: 4)) Σ w‖x_g‖₂ of \(groups.ends.count) groups"
  }

  /// The same with λ times as much.
  public func scaled(by lambda: Double) -> GroupLasso {
    checkMultiplier(lambda)
    return GroupLasso(groups, weight: lambda * weight)
  }

  /// λ Σ w_g ‖x_g‖₂.
  public func value(at x: Vector<Double>) -> Double {
    var sum = 0.0
    let n = x.count
    x.read { x in
      groups.forEach(of: n) { group, w in sum += w * group.norm(of: x) }
    }
    return weight * sum
  }

  /// λ w_g x_g / ‖x_g‖₂ where x_g ≠ 0, else 0.
  public func subgradient(at x: Vector<Double>, into s: inout Vector<Double>) {
    x.checkSameCount(as: s)
    let n = x.count
    s.fill(with: 0)
    x.read { x in
      s.write { s in
        groups.forEach(of: n) { group, w in
          let norm = group.norm(of: x)
          guard norm != 0 else { return }
          for j in group { s[j] = weight * w * (x[j] / norm) }
        }
      }
    }
  }

  /// v_g ← max(1 − t λ w_g / ‖v_g‖₂, 0) v_g.
  public func applyProximalMap(step t: Double, to v: inout Vector<Double>) {
    checkProximalStep(t)
    let n = v.count
    v.write { v in
      groups.forEach(of: n) { group, w in
        let (norm, bound) = (group.norm(of: v), t * weight * w)
        if norm <= bound {
          for j in group { v[j] = 0 }
        } else {
          // NaN of one variable is that of its group.
          let factor = 1 - bound / norm
          for j in group { v[j] *= factor }
        }
      }
    }
  }

  /// 0 or ∞.
  public func conjugate(at y: Vector<Double>) -> Double {
    let n = y.count
    guard !unpenalized(at: y).contains(where: { y[$0] != 0 }) else {
      return .infinity
    }
    var isInside = true
    y.read { y in
      groups.forEach(of: n) { group, w in
        if !(group.norm(of: y) <= weight * w) { isInside = false }
      }
    }
    return isInside ? 0 : y.normInfinity.isNaN ? .nan : .infinity
  }

  /// min(1, min λ w_g / ‖y_g‖₂).
  public func conjugateScale(at y: Vector<Double>) -> Double {
    let n = y.count
    var scale = 1.0
    y.read { y in
      groups.forEach(of: n) { group, w in
        let (norm, bound) = (group.norm(of: y), weight * w)
        if norm > bound { scale = min(scale, bound / norm) }
      }
    }
    // Rounded down, by more than the rounding of the norms.
    return scale < 1
      ? scale * (1 - (4 + Double(n)) * .ulpOfOne) : 1
  }

  /// The variables of no group, or of one with w_g = 0.
  public func unpenalized(at x: Vector<Double>) -> [Int] {
    let n = x.count
    guard weight > 0 else { return Array(0..<n) }
    var isFree = Array(repeating: true, count: n)
    groups.forEach(of: n) { group, w in
      if w > 0 { for j in group { isFree[j] = false } }
    }
    return isFree.indices.filter { isFree[$0] }
  }

  /// The distance of −∇f(x) from ∂R(x): ‖∇f_g + λ w_g x_g / ‖x_g‖₂‖∞ where x_g ≠ 0,
  /// max(‖∇f_g‖₂ − λ w_g, 0) where x_g = 0; the largest.
  public func stationarity(
    at x: Vector<Double>, gradient: Vector<Double>,
    scratch: inout Vector<Double>
  ) -> Double {
    x.checkSameCount(as: gradient)
    x.checkSameCount(as: scratch)
    let n = x.count
    scratch.copy(from: gradient)
    x.read { x in
      scratch.write { g in
        groups.forEach(of: n) { group, w in
          let (norm, bound) = (group.norm(of: x), weight * w)
          if norm == 0 {
            let excess = group.norm(of: g) - bound
            for j in group { g[j] = 0 }
            if group.count > 0 {
              g[group[0]] = excess > 0 || excess.isNaN ? excess : 0
            }
          } else {
            for j in group { g[j] += bound * (x[j] / norm) }
          }
        }
      }
    }
    return scratch.normInfinity
  }
}

extension Penalty where Self == GroupLasso {
  /// Σ w_g ‖x_g‖₂ with w_g = √|g|.
  ///
  /// - Precondition: no variable is negative or stands twice.
  public static func groupLasso(_ groups: [[Int]]) -> GroupLasso {
    GroupLasso(groups)
  }

  /// Σ w_g ‖x_g‖₂ over ranges of variables, with w_g = √|g|.
  ///
  /// - Precondition: no variable is negative or stands twice.
  public static func groupLasso(_ groups: [Range<Int>]) -> GroupLasso {
    GroupLasso(groups.map(Array.init))
  }
}

/// Groups of variables, one array for all.
private struct Groups: Codable, Equatable, Sendable {
  /// The variables, group after group.
  let members: [Int]
  /// Where each group ends in `members`.
  let ends: [Int]
  /// w_g.
  let factors: [Double]
  /// The least number of variables there have to be.
  let least: Int

  init(_ groups: [[Int]], factors: [Double]?) {
    let factors = factors ?? groups.map { Double($0.count).squareRoot() }
    precondition(
      factors.count == groups.count,
      "\(factors.count) factors for \(groups.count) groups")
    for (g, w) in factors.enumerated() {
      precondition(
        w >= 0 && w < .infinity,
        "the factor of group \(g) is \(w), which is not from 0 to ∞")
    }
    members = groups.flatMap { $0 }
    precondition(
      members.min() ?? 0 >= 0, "variable \(members.min() ?? 0), below 0")
    let different = Set(members).count
    precondition(
      different == members.count,
      "\(different) different variables in groups of \(members.count)")
    ends = groups.reduce(into: []) { $0.append(($0.last ?? 0) + $1.count) }
    self.factors = factors
    least = (members.max() ?? -1) + 1
  }

  /// Calls `body` with the variables of each group and w_g.
  @inline(__always)
  func forEach(
    of n: Int, _ body: (UnsafeBufferPointer<Int>, Double) -> Void
  ) {
    precondition(
      n >= least, "groups of variables up to \(least - 1) for \(n) variables")
    members.withUnsafeBufferPointer { members in
      var start = 0
      for g in 0..<ends.count {
        let end = ends[g]
        body(UnsafeBufferPointer(rebasing: members[start..<end]), factors[g])
        start = end
      }
    }
  }
}

extension UnsafeBufferPointer<Int> {
  /// ‖x_g‖₂ of the variables listed here, free of overflow and underflow; NaN where
  /// one is NaN.
  fileprivate func norm(of x: UnsafePointer<Double>) -> Double {
    var sum = 0.0
    for j in self { sum += x[j] * x[j] }
    if sum > 1e-280 && sum < .infinity { return sum.squareRoot() }
    var largest = 0.0
    for j in self where !(abs(x[j]) <= largest) {
      if x[j].isNaN { return .nan }
      largest = abs(x[j])
    }
    guard largest > 0 && largest < .infinity else { return largest }
    sum = 0
    for j in self { sum += (x[j] / largest) * (x[j] / largest) }
    return largest * sum.squareRoot()
  }
}
