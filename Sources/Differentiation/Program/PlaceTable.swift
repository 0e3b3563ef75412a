/// A hash table of places, for finding an equal operation or constant.
///
/// A `Dictionary` keeps safe from keys that were chosen to collide, at 50 ns a look,
/// which would be most of the time of compiling. Here a look is one multiplication
/// and, as a rule, one comparison; the keys stay where they are, and the table holds
/// their places.
///
/// Linear probing, at most half full (Knuth 1998, section 6.4).
struct PlaceTable {
  private let slots: UnsafeMutablePointer<Int32>
  private let mask: Int
  private let shift: UInt64

  /// A table for at most `count` places.
  init(count: Int, in scratch: Scratch) {
    var bits = 4
    while 1 << bits < 2 * count { bits += 1 }
    slots = scratch.take(1 << bits, repeating: -1)
    mask = 1 << bits - 1
    shift = UInt64(64 - bits)
  }

  /// The place for which `isEqual` is true, or the new one, which is put in.
  @inline(__always)
  func find(
    _ hash: UInt64, orInsert new: Int32, _ isEqual: (Int32) -> Bool
  ) -> Int32 {
    // The high bits of the product depend on all bits of the hash.
    var slot = Int(
      truncatingIfNeeded: (hash &* 0x9e37_79b9_7f4a_7c15) &>> shift)
    while slots[slot] >= 0 {
      if isEqual(slots[slot]) { return slots[slot] }
      slot = (slot &+ 1) & mask
    }
    slots[slot] = new
    return new
  }
}
