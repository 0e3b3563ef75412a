internal import Dispatch
internal import Synchronization

/// Work on long vectors, by blocks of rows that the threads share among them.
///
/// Such work waits for memory, of which two cores get 1.7 times as much as one.
/// OpenBLAS's threads cannot help where its routines are not called, and spin
/// when they wait; these sleep. The blocks depend on the count alone, so that
/// sums over blocks are the same bits however many threads there are.
@usableFromInline
package struct RowBlocks: Sendable {
  /// The number of rows in all.
  package let rows: Int

  /// The rows from which vectors of Matrix are worked on by blocks.
  @usableFromInline
  static let longVector = 1 << 18

  /// The number of rows of each block but the last.
  package let length: Int

  /// The blocks of a vector of `rows` elements.
  ///
  /// A block is 1 MiB of each vector unless told otherwise: enough for a thread's
  /// start to be a small part of it.
  @usableFromInline
  package init(_ rows: Int, length: Int = 1 << 17) {
    self.rows = rows
    self.length = max(1, length)
  }

  /// The number of blocks, at least 1.
  @usableFromInline
  package var count: Int { max(1, (rows + length - 1) / length) }

  /// Calls `body` with each block's number and rows, on up to ``Threads/maximum``
  /// threads.
  ///
  /// - Complexity: no allocation with one thread or one block.
  @usableFromInline
  package func forEach(_ body: (_ block: Int, _ rows: Range<Int>) -> Void) {
    let count = count
    let threads = min(count, Threads.maximum)
    if threads == 1 {
      for block in 0..<count { body(block, range(block)) }
      return
    }
    // Whoever is free takes the next block: another process may hold a core.
    let taken = Atomic<Int>(0)
    withoutActuallyEscaping(body) { body in
      // Called on several threads at once, but each block once.
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: threads) { _ in
        while true {
          let block = taken.add(1, ordering: .relaxed).oldValue
          guard block < count else { return }
          body(block, range(block))
        }
      }
    }
  }

  private func range(_ block: Int) -> Range<Int> {
    block * length..<min(rows, (block + 1) * length)
  }
}
