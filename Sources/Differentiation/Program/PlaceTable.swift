/// A hash table of places, for finding an equal operation or constant.
///
/// A `Dictionary` keeps safe from keys that were chosen to collide, at 50 ns a look,
/// half the time of compiling. Here a look is one multiplication and, as a rule, one
/// comparison; the keys stay where they are, and the table holds their places.
///
/// Linear probing, at most half full (Knuth 1998, section 6.4).
struct PlaceTable {
  private var slots: [Int32]
  private let shift: Int

  /// A table for at most `count` places.
  init(count: Int) {
    var bits = 4
    while 1 << bits < 2 * count { bits += 1 }
    slots = [Int32](repeating: -1, count: 1 << bits)
    shift = 64 - bits
  }

  /// The place for which `isEqual` is true, or the new one, which is put in.
  @inline(__always)
  mutating func find(
    _ hash: UInt64, orInsert new: Int32, _ isEqual: (Int32) -> Bool
  ) -> Int32 {
    // The high bits of the product depend on all bits of the hash.
    var slot = Int((hash &* 0x9e37_79b9_7f4a_7c15) >> UInt64(shift))
    while slots[slot] >= 0 {
      if isEqual(slots[slot]) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = new
    return new
  }
}
