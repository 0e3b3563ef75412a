internal import CBLAS

/// Which adjoints a reverse sweep may store, being the first to contribute to
/// them, and which it has to add to.
///
/// This is decided for blocks of places: the inputs, and the results of each batch.
/// Batches are gone through in the order of the sweep, from the last.
struct Stores {
  private enum Fate: UInt8, BitwiseCopyable { case untouched, stored, added }

  private var count = 0
  private let blocks: UnsafeMutablePointer<derivative_range>
  private let fate: UnsafeMutablePointer<Fate>
  /// The block of each place; −1 for constants.
  private let block: UnsafeMutablePointer<Int32>

  init(inputs: Int, places: Int, _ batches: Int, in scratch: Scratch) {
    blocks = scratch.take(batches + 1, repeating: derivative_range())
    fate = scratch.take(batches + 1, repeating: .untouched)
    block = scratch.take(places, repeating: -1)
    append(start: 0, count: Int32(inputs))
  }

  /// Takes the next block.
  mutating func append(start: Int32, count size: Int32) {
    (blocks + count).initialize(to: derivative_range(start: start, count: size))
    (block + Int(start)).update(repeating: Int32(count), count: Int(size))
    count += 1
  }

  /// Something is added at a place.
  @inline(__always)
  func add(_ place: Int32) {
    let k = Int(block[Int(place)])
    if k >= 0 && fate[k] == .untouched { fate[k] = .added }
  }

  /// A batch contributes to its operands; notes whether it stores.
  func contribute(
    _ operands: inout derivative_operands, _ count: Int32,
    _ indices: UnsafeMutablePointer<Int32>, mayStore: Bool = true
  ) {
    guard operands.active != 0 else { return }
    let start = operands.place
    switch operands.kind {
    case Int32(derivative_gather):
      for k in Int(start)..<Int(start + count) { add(indices[k]) }
    case Int32(derivative_broadcast):
      add(start)
    default:
      let k = Int(block[Int(start)])
      if mayStore && k >= 0 && fate[k] == .untouched
        && blocks[k].start == start && blocks[k].count == count
      {
        fate[k] = .stored
        operands.stores = 1
        return
      }
      for i in start..<start + count { add(i) }
    }
  }

  /// Writes the blocks that have to be 0 before, and returns how many they are.
  func writeZeros(to zeros: UnsafeMutablePointer<derivative_range>) -> Int {
    var written = 0
    for k in 0..<count where fate[k] != .stored && blocks[k].count > 0 {
      (zeros + written).initialize(to: blocks[k])
      written += 1
    }
    return written
  }
}
