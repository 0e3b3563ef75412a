import Matrix
import TestSupport
import Testing

@Suite struct VectorUpdatesTests {
  // Lengths around the widths of vector registers and of the unrolled loops.
  static let counts = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 100]

  @Test(arguments: scalarTypes)
  func `Against the naive loop`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var generator = SplitMix64(seed: 1)
      for n in Self.counts {
        let x: Vector<Scalar> = integerVector(n, using: &generator)
        let y: Vector<Scalar> = integerVector(n, using: &generator)
        var dot: Scalar = 0
        for i in 0..<n { dot += x[i] * y[i] }
        #expect(x.dot(y) == dot)

        var z = x
        z.add(y)
        #expect(z == Vector(count: n) { x[$0] + y[$0] })
        z = x
        z.add(y, scaledBy: -3)
        #expect(z == Vector(count: n) { x[$0] - 3 * y[$0] })
        z.scale(by: 2)
        #expect(z == Vector(count: n) { 2 * (x[$0] - 3 * y[$0]) })
        z.setSum(x, y, scaledBy: 4)
        #expect(z == Vector(count: n) { x[$0] + 4 * y[$0] })
        z.setDifference(x, y)
        #expect(z == Vector(count: n) { x[$0] - y[$0] })
        z.copy(from: y)
        #expect(z == y)
        z.fill(with: 6)
        #expect(z == Vector(repeating: 6, count: n))

        #expect(x + y == Vector(count: n) { x[$0] + y[$0] })
        #expect(x - y == Vector(count: n) { x[$0] - y[$0] })
        #expect(-x == Vector(count: n) { -x[$0] })
        #expect(3 * x == Vector(count: n) { 3 * x[$0] } && x * 3 == 3 * x)
        z = x
        z += y
        z -= x
        z *= 5
        #expect(z == 5 * y)
      }
    }
    check(type)
  }

  @Test func `A vector combines with itself`() {
    var x: Vector<Double> = [1, 2]
    x.add(x, scaledBy: 2)
    #expect(x == [3, 6])
    x.setSum(x, x, scaledBy: 1)
    #expect(x == [6, 12] && x.dot(x) == 180)
    x.setDifference(x, x)
    #expect(x == [0, 0])
  }

  @Test func `Scaling by 0 keeps NaN, filling does not`() {
    var x: Vector<Double> = [1, .nan, .infinity]
    x.scale(by: 0)
    #expect(x[0] == 0 && x[1].isNaN && x[2].isNaN)
    x.fill(with: 0)
    #expect(x == [0, 0, 0])
  }

  @Test(arguments: scalarTypes)
  func `In place forms allocate nothing`(_ type: any BLASScalar.Type) {
    func check<Scalar: BLASScalar>(_: Scalar.Type) {
      var x = Vector<Scalar>(repeating: 1, count: 50)
      let y = Vector<Scalar>(repeating: 2, count: 50)
      let z = Vector<Scalar>(repeating: 3, count: 50)
      var sum: Scalar = 0
      func work() {
        x.add(y, scaledBy: 2)
        x.scale(by: 2)
        x.setSum(y, z, scaledBy: 3)
        x.setDifference(y, z)
        x.copy(from: y)
        x.fill(with: 1)
        x += y
        x -= z
        x *= 2
        sum += x.dot(y) + x.norm + x.norm1 + x.normInfinity + x.sum
      }
      work()
      #expect(allocations(work) == 0)
      #expect(sum.isFinite)
    }
    check(type)
  }

  @Test func `Unequal counts trap and name both`() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Vector<Double>.zeros(2).dot(.zeros(3)) }
    #expect(said(result, "dot: vectors of 2 and 3 elements"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Vector<Float>.zeros(2) + .zeros(3) }
    #expect(said(result, "add: vectors of 2 and 3 elements"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var x = Vector<Double>.zeros(2)
      x.copy(from: .zeros(1))
    }
    #expect(said(result, "copy: vectors of 2 and 1 elements"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var x = Vector<Double>.zeros(2)
      x.setSum(.zeros(2), .zeros(4), scaledBy: 1)
    }
    #expect(said(result, "setSum: vectors of 2 and 4 elements"))
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var x = Vector<Double>.zeros(2)
      x.setDifference(.zeros(0), .zeros(2))
    }
    #expect(said(result, "setDifference: vectors of 2 and 0 elements"))
  }
}
