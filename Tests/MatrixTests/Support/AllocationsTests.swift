import AllocationCounter
import Foundation
import TestSupport
import Testing

@Suite struct AllocationsTests {
  @Test func `Counts every array and every C block`() {
    var kept: [[Int]] = []
    kept.reserveCapacity(8)
    #expect(allocations { kept.append(Array(repeating: 1, count: 100)) } == 1)
    #expect(
      allocations {
        for i in 1...3 { kept.append(Array(repeating: i, count: 100)) }
      } == 3)
    #expect(
      allocations {
        let a = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)
        a.deallocate()
      } == 1)
    #expect(kept.map(\.count) == [100, 100, 100, 100])
  }

  @Test func `Counts nothing where nothing is allocated`() {
    var numbers = [1.0, 2, 3]
    #expect(allocations { for i in numbers.indices { numbers[i] *= 2 } } == 0)
    #expect(numbers == [2, 4, 6])
  }

  @Test func `Counts no other thread`() async {
    let here = allocation_count()
    let thread = Thread {
      for n in 1...1000 { _ = [Int](repeating: n, count: n).reversed() }
    }
    let made = allocation_count() - here
    let before = allocation_count()
    thread.start()
    while !thread.isFinished { sched_yield() }
    // Starting the thread allocates a little on this one.
    #expect(made > 0)
    #expect(allocation_count() - before < 100)
  }
}

@Suite struct SplitMix64Tests {
  // The first outputs for seed 1234567 as the algorithm's authors publish them.
  @Test func `Gives the published sequence`() {
    var generator = SplitMix64(seed: 1_234_567)
    #expect(generator.next() == 6_457_827_717_110_365_317)
    #expect(generator.next() == 3_203_168_211_198_807_973)
    #expect(generator.next() == 9_817_491_932_198_370_423)
  }

  @Test func `Normal numbers have mean 0 and variance 1`() {
    var generator = SplitMix64(seed: 1)
    let numbers = (0..<20_000).map { _ in generator.nextNormal() }
    let mean = numbers.reduce(0, +) / 20_000
    let variance = numbers.reduce(0) { $0 + $1 * $1 } / 20_000
    // Five standard errors: 5/√20000 and 5√2/√20000.
    #expect(abs(mean) < 0.036)
    #expect(abs(variance - 1) < 0.05)
  }
}
