/// Pairs (θ, φ) of a violation and a barrier function that later points have to
/// be better than in one of the two.
///
/// Source: Wächter and Biegler 2006, section 2.3, equations 18 and 22.
struct BarrierFilter: Codable, Equatable, Sendable {
  struct Entry: Codable, Equatable, Sendable {
    var violation: Double
    var barrier: Double
  }

  private var entries: [Entry] = []
  private static let capacity = 128
  /// γθ.
  static let violationMargin = 1e-5
  /// γφ.
  static let barrierMargin = 1e-8

  var isEmpty: Bool { entries.isEmpty }

  /// Makes the filter empty, and has it allocate nothing later.
  mutating func clear() {
    entries.removeAll(keepingCapacity: true)
  }

  /// Makes room for all that it will ever hold.
  mutating func reserve() { entries.reserveCapacity(Self.capacity) }

  // Through pointers: without optimization, each access by subscript allocates.

  /// Whether no entry is as good in both.
  func accepts(_ violation: Double, _ barrier: Double) -> Bool {
    entries.withUnsafeBufferPointer { entries in
      for k in 0..<entries.count
      where violation >= entries[k].violation
        && barrier >= entries[k].barrier
      {
        return false
      }
      return true
    }
  }

  /// Adds the point that is left, with its margins.
  mutating func add(_ violation: Double, _ barrier: Double) {
    let new = Entry(
      violation: (1 - Self.violationMargin) * violation,
      barrier: barrier - Self.barrierMargin * violation)
    let kept = entries.withUnsafeMutableBufferPointer { entries in
      // One that is worse in both says nothing any more.
      var kept = 0
      for k in 0..<entries.count
      where entries[k].violation < new.violation
        || entries[k].barrier < new.barrier
      {
        entries[kept] = entries[k]
        kept += 1
      }
      guard kept == Self.capacity else { return kept }
      // Full: the one that is the least obstacle to a small violation goes.
      var largest = 0
      for k in 1..<kept
      where entries[k].violation > entries[largest].violation {
        largest = k
      }
      kept -= 1
      entries[largest] = entries[kept]
      return kept
    }
    entries.removeLast(entries.count - kept)
    entries.append(new)
  }
}
