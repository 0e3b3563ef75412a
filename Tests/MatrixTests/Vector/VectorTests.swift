import Matrix
import TestSupport
import Testing

@Suite struct VectorTests {
  @Test(arguments: scalarTypes)
  func `Every initialiser`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      let literal: Vector<Scalar> = [1, 2.5, -3]
      #expect(literal.count == 3 && literal.array == [1, 2.5, -3])
      #expect(Vector([1, 2.5, -3] as [Scalar]) == literal)
      #expect(Vector(literal.reversed()) == ([-3, 2.5, 1] as Vector<Scalar>))
      #expect(Vector<Scalar>(repeating: 4, count: 2) == [4, 4])
      #expect(Vector<Scalar>.zeros(3) == [0, 0, 0])
      #expect(Vector<Scalar>(count: 3) { Scalar($0 * $0) } == [0, 1, 4])
      let empty: Vector<Scalar> = []
      #expect(empty.isEmpty && empty == Vector.zeros(0))
      #expect(Vector<Scalar>(count: 0) { _ in 1 } == empty)
    }
    check(type)
  }

  @Test func `An error of the element closure comes out`() {
    struct Refusal: Error {}
    #expect(throws: Refusal.self) {
      try Vector<Double>(count: 5) { i in
        if i == 3 { throw Refusal() }
        return 0
      }
    }
  }

  @Test func `A collection of its numbers`() {
    var x: Vector<Double> = [3, 1, 2]
    x.sort()
    #expect(x == [1, 2, 3])
    x[1] = 7
    x[2] += 1
    #expect(x == [1, 7, 4] && x.max() == 7 && x.firstIndex(of: 4) == 2)
    x.swapAt(0, 2)
    #expect(x == [4, 7, 1] && Array(x.reversed()) == [1, 7, 4])
  }

  @Test func `A copy is independent of its original`() {
    let x: Vector<Double> = [1, 2, 3]
    var y = x
    y[0] = 9
    #expect(x == [1, 2, 3] && y == [9, 2, 3])
    var array = x.array
    array[1] = 8
    #expect(x == [1, 2, 3])
  }

  @Test func `Equality and hash are those of the numbers`() {
    let x: Vector<Double> = [1, 2]
    #expect(x == [1, 2] && x != [1, 3] && x != [1, 2, 0])
    #expect(Set([x, [1, 2], [2, 1]]).count == 2)
    let nan: Vector<Double> = [.nan]
    #expect(nan != [.nan])
  }

  @Test func `The description shortens a long vector`() {
    #expect("\([1, 2.5] as Vector<Double>)" == "[1.0, 2.5]")
    #expect("\([] as Vector<Float>)" == "[]")
    #expect(
      "\(Vector<Double>(count: 13) { Double($0) })"
        == "[0.0, 1.0, 2.0, 3.0, 4.0, …, 8.0, 9.0, 10.0, 11.0, 12.0] (13 elements)"
    )
    let twelve = Vector<Double>(count: 12) { Double($0) }
    #expect(!"\(twelve)".contains("…"))
  }

  @Test func `Counts that BLAS cannot count trap before memory is asked for`()
    async
  {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Vector<Double>.zeros(Int(Int32.max) + 1) }
    #expect(said(result, "the count of a vector is 2147483648"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Vector<Double>(count: -1) { _ in 0 } }
    #expect(said(result, "the count of a vector is -1, outside 0 ..."))
  }
}
