internal import Synchronization

/// Memory for the tables of one compilation, used again for the next.
///
/// Some twenty tables are needed for a moment only. Asked for and given back one by
/// one, their pages go back to the system and come anew, zeroed, each time: a third
/// of the time of compiling. So they lie one after another in a block that is kept.
final class Scratch {
  private var block: UnsafeMutableRawPointer
  private var capacity: Int
  private var used = 0
  /// What did not fit the block.
  private var further: [UnsafeMutableRawPointer] = []
  private var furtherBytes = 0

  /// A larger block is not kept: 64 MiB, for about a million nodes.
  private static var limit: Int { 1 << 26 }

  private init() {
    capacity = 1 << 14
    block = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit {
    empty()
    block.deallocate()
  }

  /// Memory for so many elements, until this is given back.
  func take<Element: BitwiseCopyable>(
    _ count: Int, repeating element: Element
  ) -> UnsafeMutablePointer<Element> {
    let bytes = (count * MemoryLayout<Element>.stride + 63) & ~63
    let start: UnsafeMutableRawPointer
    if used + bytes <= capacity {
      start = block + used
      used += bytes
    } else {
      start = .allocate(byteCount: bytes, alignment: 16)
      further.append(start)
      furtherBytes += bytes
    }
    let result = start.bindMemory(to: Element.self, capacity: count)
    result.initialize(repeating: element, count: count)
    return result
  }

  private func empty() {
    for memory in further { memory.deallocate() }
    further.removeAll()
    used = 0
  }

  private struct Pool: @unchecked Sendable {
    var free: [Scratch] = []
  }

  private static let pool = Mutex(Pool())

  /// Empty memory, for one compilation.
  static func take() -> Scratch {
    pool.withLock { $0.free.popLast() } ?? Scratch()
  }

  /// Takes memory back; next time its block has room for as much.
  static func giveBack(_ scratch: Scratch) {
    let wanted = scratch.used + scratch.furtherBytes
    scratch.empty()
    if wanted > limit { return }
    if wanted > scratch.capacity {
      scratch.block.deallocate()
      scratch.capacity = wanted + wanted / 2
      scratch.block = .allocate(byteCount: scratch.capacity, alignment: 16)
    }
    scratch.furtherBytes = 0
    pool.withLock { $0.free.append(scratch) }
  }
}
