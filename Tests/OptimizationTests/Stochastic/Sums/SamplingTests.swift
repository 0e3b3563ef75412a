import Matrix
import Optimization
import Testing

/// A sum that keeps the batches it is asked for; its terms are ½(x − i)².
final class RecordingSum: FiniteSum {
  let sampleCount: Int
  let chunkLength: Int?
  private(set) var batches: [[Int]] = []

  init(_ count: Int, chunk: Int? = nil) {
    sampleCount = count
    chunkLength = chunk
  }

  var dimension: Int? { 1 }

  func valueAndGradient(
    at x: Vector<Double>, of batch: Batch, into gradient: inout Vector<Double>
  ) -> Double {
    batches.append(Array(batch))
    let count = Double(batch.count)
    gradient[0] = batch.reduce(0) { $0 + x[0] - Double($1) } / count
    return batch.reduce(0) { $0 + (x[0] - Double($1)) * (x[0] - Double($1)) }
      / (2 * count)
  }
}

@Suite struct SamplingTests {
  /// The batches of the first epochs.
  func batches(
    _ sum: RecordingSum, _ sampling: Sampling, steps: Int
  ) -> [[Int]] {
    var run = Run(
      sum, from: [0],
      using: .descent(by: Adam(rate: 1e-3), sampling: sampling))
    for _ in 1..<steps { run.step() }
    return sum.batches
  }

  @Test func anEpochIsAPermutationInBatches() {
    let sampling = Sampling(batch: 4, seed: 7)
    #expect(sampling.stepsPerEpoch(samples: 10) == 3)
    let found = batches(RecordingSum(10), sampling, steps: 6)
    #expect(found.map(\.count) == [4, 4, 2, 4, 4, 2])
    let first = found[0..<3].joined()
    let second = found[3..<6].joined()
    #expect(first.sorted() == Array(0..<10))
    #expect(second.sorted() == Array(0..<10))
    #expect(Array(first) != Array(second))
    #expect(Array(first) != Array(0..<10))
  }

  @Test func theSeedDecides() {
    func order(_ seed: UInt64) -> [[Int]] {
      batches(RecordingSum(50), Sampling(batch: 5, seed: seed), steps: 20)
    }
    #expect(order(1) == order(1))
    #expect(order(1) != order(2))
  }

  @Test func partialBatchesAreDroppedOnRequest() {
    let sampling = Sampling(batch: 4, partialBatch: .dropped)
    #expect(sampling.stepsPerEpoch(samples: 10) == 2)
    let found = batches(RecordingSum(10), sampling, steps: 4)
    #expect(found.map(\.count) == [4, 4, 4, 4])
    #expect(Set(found[0..<2].joined()).count == 8)
  }

  @Test func sequentialBatchesAreRanges() {
    let sampling = Sampling(batch: 4, order: .sequential)
    let found = batches(RecordingSum(10), sampling, steps: 4)
    #expect(found == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9], [0, 1, 2, 3]])
  }

  @Test func drawsWithReplacementRepeatAndAreUniform() {
    let sampling = Sampling(batch: 8, order: .withReplacement)
    let found = batches(RecordingSum(8), sampling, steps: 500)
    #expect(found.allSatisfy { $0.count == 8 })
    #expect(found.contains { Set($0).count < 8 })
    var counts = Array(repeating: 0, count: 8)
    for i in found.joined() { counts[i] += 1 }
    // 4000 draws: 500 of each, with a standard deviation of 21.
    #expect(counts.allSatisfy { abs($0 - 500) < 105 })
  }

  @Test func chunksAreShuffledAndStayTogether() {
    let found = batches(
      RecordingSum(26, chunk: 6), Sampling(batch: 4, seed: 3), steps: 18)
    // Batches of 4 and 2 for each of four chunks, and one for the two left.
    #expect(found[0..<9].map(\.count) == [4, 2, 4, 2, 4, 2, 4, 2, 2])
    #expect(found.allSatisfy { Set($0.map { $0 / 6 }).count == 1 })
    #expect(found[0..<9].joined().sorted() == Array(0..<26))
    #expect(found[9..<18].joined().sorted() == Array(0..<26))
    let chunks = found[0..<9].map { $0[0] / 6 }
    #expect(chunks != chunks.sorted())
  }

  @Test func aBatchLargerThanTheSumIsTheSum() {
    let found = batches(RecordingSum(3), Sampling(batch: 64), steps: 2)
    #expect(found.map { $0.sorted() } == [[0, 1, 2], [0, 1, 2]])
  }
}
