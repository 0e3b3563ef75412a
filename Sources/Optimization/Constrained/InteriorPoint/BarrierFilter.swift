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

  /// Whether no entry is as good in both.
  func accepts(_ violation: Double, _ barrier: Double) -> Bool {
    for entry in entries
    where violation >= entry.violation && barrier >= entry.barrier {
      return false
    }
    return true
  }

  /// Adds the point that is left, with its margins.
  mutating func add(_ violation: Double, _ barrier: Double) {
    let new = Entry(
      violation: (1 - Self.violationMargin) * violation,
      barrier: barrier - Self.barrierMargin * violation)
    var kept = 0
    for k in 0..<entries.count {
      let old = entries[k]
      // One that is worse in both says nothing any more.
      if old.violation >= new.violation && old.barrier >= new.barrier {
        continue
      }
      entries[kept] = old
      kept += 1
    }
    entries.removeLast(entries.count - kept)
    if entries.count == Self.capacity {
      var largest = 0
      for k in 1..<entries.count
      where entries[k].violation > entries[largest].violation {
        largest = k
      }
      entries[largest] = new
    } else {
      entries.append(new)
    }
  }
}
