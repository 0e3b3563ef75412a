import Foundation
import Matrix
import TestSupport
import Testing

// That directions are those of the two-loop recursion is tested where the
// order of the pairs is known, with `LimitedMemory`.
@Suite struct PairStoreTests {
  // Rows around the widths of the kernels and of their chunks.
  @Test(arguments: [0, 1, 3, 4, 7, 8, 15, 16, 17, 1023, 1024, 1030])
  func `Sums of a pair against its vectors`(_ n: Int) {
    var generator = SplitMix64(seed: 17)
    var store = PairStore(rows: n, capacity: 3)
    // Appended, then overwritten: the oldest, one in the middle, the last.
    for slot in [0, 1, 2, 0, 1, 2] {
      var vectors: [Vector<Double>] = []
      for _ in 0..<4 {
        vectors.append(integerVector(n, using: &generator))
      }
      let s = vectors[0] - vectors[1]
      let y = vectors[2] - vectors[3]
      let sums = store.setPair(
        at: slot, vectors[0], vectors[1], vectors[2], vectors[3])
      #expect(sums == (s.dot(y), s.dot(s), y.dot(y)))
    }
    #expect(store.slots == 3)
  }

  @Test func `Comes back from its encoding`() throws {
    var store = PairStore(rows: 5, capacity: 2)
    let x: Vector<Double> = [1, 2, 3, 4, 5]
    let (sy, _, _) = store.setPair(at: 0, 2 * x, x, 3 * x, x)
    store.accept(0, curvature: sy)
    for bytes in [false, true] {
      let encoder = JSONEncoder()
      encoder.userInfo[.numbersAsBytes] = bytes
      let data = try encoder.encode(store)
      #expect(try JSONDecoder().decode(PairStore.self, from: data) == store)
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(
        PairStore.self,
        from: Data(
          #"{"rows":2,"capacity":1,"slots":1,"columns":[1],"products":[]}"#
            .utf8))
    }
  }

  @Test func `Pairs and directions allocate nothing`() {
    let x = Vector<Double>(repeating: 1, count: 100)
    var d = Vector<Double>.zeros(100)
    func pass(_ store: inout PairStore, _ slot: Int) {
      let (sy, _, yy) = store.setPair(at: slot, x, d, x, d)
      store.accept(slot, curvature: sy)
      _ = store.direction(adding: slot, gamma: sy / yy, at: x, into: &d)
    }
    func work(_ store: inout PairStore) {
      pass(&store, 0)
      pass(&store, 1)
      pass(&store, 0)
    }
    var first = PairStore(rows: 100, capacity: 2)
    work(&first)
    var store = PairStore(rows: 100, capacity: 2)
    #expect(allocations { work(&store) } == 0)
  }

  @Test func `Slots out of order trap`() async {
    await #expect(processExitsWith: .failure) {
      var store = PairStore(rows: 1, capacity: 3)
      _ = store.setPair(at: 1, [1], [2], [3], [4])
    }
  }
}
