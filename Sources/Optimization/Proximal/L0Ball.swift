public import Matrix

/// The vectors with at most k numbers that are not 0.
///
/// The projection keeps the k largest magnitudes, of equal ones the first, and sets
/// the others to 0. The set is not convex: methods find points that no small change
/// within it improves, and R* says only that the convex hull is everything.
///
/// - Complexity: the projection takes at most ten passes over v, no allocation.
///
/// Source: Blumensath and Davies 2008; Beck and Eldar 2013.
public struct L0Ball: Penalty {
  /// k.
  public let count: Int

  /// The vectors with at most k numbers that are not 0.
  ///
  /// - Precondition: k ≥ 0.
  public init(count: Int) {
    precondition(count >= 0, "at most \(count) numbers that are not 0")
    self.count = count
  }

  /// The name with k.
  public var name: String { "‖x‖₀ ≤ \(count)" }

  /// Not convex.
  public var isConvex: Bool { false }

  /// The same set.
  ///
  /// - Precondition: 0 < λ < ∞.
  public func scaled(by lambda: Double) -> L0Ball {
    checkIndicatorMultiplier(lambda)
    return self
  }

  /// 0 where at most k numbers are not 0, else ∞.
  public func value(at x: Vector<Double>) -> Double {
    if x.normInfinity.isNaN { return .nan }
    return nonzeros(x) <= count ? 0 : .infinity
  }

  private func nonzeros(_ x: Vector<Double>) -> Int {
    let n = x.count
    return x.read { x in
      var found = 0
      for j in 0..<n where x[j] != 0 { found += 1 }
      return found
    }
  }

  /// 0.
  public func subgradient(at x: Vector<Double>, into s: inout Vector<Double>) {
    x.checkSameCount(as: s)
    s.fill(with: 0)
  }

  /// Keeps the k largest magnitudes.
  public func applyProximalMap(step t: Double, to v: inout Vector<Double>) {
    checkProximalStep(t)
    let (n, k) = (v.count, count)
    guard k < n else { return }
    guard !v.normInfinity.isNaN else { return v.fill(with: .nan) }
    v.write { v in
      let (threshold, above) = kthLargest(v, count: n, k)
      var equals = k - above
      for j in 0..<n {
        let bits = v[j].magnitude.bitPattern
        if bits > threshold { continue }
        if bits == threshold && equals > 0 {
          equals -= 1
        } else {
          v[j] = 0
        }
      }
    }
  }

  /// 0 at y = 0, else ∞.
  public func conjugate(at y: Vector<Double>) -> Double {
    let norm = y.normInfinity
    return norm.isNaN ? .nan : norm == 0 || count == 0 ? 0 : .infinity
  }

  /// 0 unless y = 0.
  public func conjugateScale(at y: Vector<Double>) -> Double {
    conjugate(at: y) == 0 ? 1 : 0
  }

  /// ‖∇f‖∞ over the variables that are not 0 or, where there are fewer than k of
  /// them, over all.
  ///
  /// Source: Beck and Eldar 2013, theorem 2.1 (basic feasibility).
  public func stationarity(
    at x: Vector<Double>, gradient: Vector<Double>,
    scratch: inout Vector<Double>
  ) -> Double {
    x.checkSameCount(as: gradient)
    x.checkSameCount(as: scratch)
    scratch.copy(from: gradient)
    guard nonzeros(x) >= count else {
      return scratch.normInfinity
    }
    for j in 0..<x.count where x[j] == 0 { scratch[j] = 0 }
    return scratch.normInfinity
  }
}

extension Penalty where Self == L0Ball {
  /// At most k numbers that are not 0.
  ///
  /// - Precondition: k ≥ 0.
  public static func l0Ball(count: Int) -> L0Ball { L0Ball(count: count) }
}

/// The bits of the k-th largest magnitude, and how many are larger.
///
/// The bits of magnitudes are in the order of the magnitudes, so that a search by
/// seven bits at a time ends after ten passes, with counters that are on the stack.
private func kthLargest(
  _ v: UnsafeMutablePointer<Double>, count n: Int, _ k: Int
) -> (bits: UInt64, above: Int) {
  guard k > 0 else { return (.max, 0) }
  return withUnsafeTemporaryAllocation(of: Int.self, capacity: 128) { bins in
    var (prefix, above): (UInt64, Int) = (0, 0)
    for shift in stride(from: 63, through: 0, by: -7) {
      bins.initialize(repeating: 0)
      for j in 0..<n {
        let bits = v[j].magnitude.bitPattern
        // Shifts by 64 and more give 0.
        if bits >> UInt64(shift + 7) == prefix >> UInt64(shift + 7) {
          bins[Int(bits >> UInt64(shift)) & 127] += 1
        }
      }
      var digit = 127
      while above + bins[digit] < k {
        above += bins[digit]
        digit -= 1
      }
      prefix |= UInt64(digit) << UInt64(shift)
    }
    return (prefix, above)
  }
}
