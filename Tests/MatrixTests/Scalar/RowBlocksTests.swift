import Matrix
import Synchronization
import TestSupport
import Testing

@Suite struct RowBlocksTests {
  // The number of threads belongs to the process, so the test has its own.
  @Test func `Each row is in one block, whoever takes it`() async {
    await #expect(processExitsWith: .success) {
      for threads in 1...3 {
        Threads.maximum = threads
        for rows in [0, 1, 1 << 17, (1 << 17) + 1, 1_000_000] {
          let blocks = RowBlocks(rows)
          let seen = Mutex<[Int: Range<Int>]>([:])
          blocks.forEach { block, rows in
            let before = seen.withLock { $0.updateValue(rows, forKey: block) }
            #expect(before == nil)
          }
          let ranges = seen.withLock { $0 }.sorted { $0.key < $1.key }
          #expect(ranges.map(\.key) == Array(0..<blocks.count))
          #expect(ranges.first?.value.lowerBound == 0)
          #expect(ranges.last?.value.upperBound == rows)
          for (block, next) in zip(ranges, ranges.dropFirst()) {
            #expect(block.value.upperBound == next.value.lowerBound)
          }
        }
      }
    }
  }

  @Test func `One block allocates nothing`() {
    var count = 0
    let blocks = RowBlocks(100)
    blocks.forEach { _, rows in count += rows.count }
    let allocated = allocations {
      blocks.forEach { _, rows in count += rows.count }
    }
    #expect(allocated == 0)
    #expect(count == 200)
  }
}
