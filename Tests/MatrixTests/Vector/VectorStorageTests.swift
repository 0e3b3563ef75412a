import Matrix
import TestSupport
import Testing

@Suite struct VectorStorageTests {
  @Test func `Arrays go in and come out without a copy`() {
    let array = [1.0, 2, 3]
    let x = Vector(array)
    let same = array.withUnsafeBufferPointer { a in
      x.withUnsafeBufferPointer { b in a.baseAddress == b.baseAddress }
    }
    #expect(same)
    #expect(
      allocations {
        let y = Vector(array)
        _ = y.array
      } == 0)
  }

  @Test func `Spans read and write the numbers`() {
    var x: Vector<Double> = [1, 2, 3]
    let y = x
    #expect(x.withSpan { $0[2] } == 3)
    x.withMutableSpan { $0[0] = 5 }
    #expect(x == [5, 2, 3] && y == [1, 2, 3])
    #expect(allocations { x.withMutableSpan { $0[1] = 6 } } == 0)
    x.withUnsafeMutableBufferPointer { $0[2] = 7 }
    #expect(x.withUnsafeBufferPointer { Array($0) } == [5, 6, 7])
    let empty: Vector<Float> = []
    #expect(empty.withSpan { $0.count } == 0)
  }

  @Test func `A span's error comes out with its type`() {
    enum Refusal: Error { case refused }
    let x: Vector<Double> = [1]
    #expect(throws: Refusal.refused) {
      try x.withSpan { span throws(Refusal) in
        if span[0] == 1 { throw .refused }
      }
    }
  }
}
