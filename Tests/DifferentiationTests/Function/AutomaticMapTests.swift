import Differentiation
import Matrix
import RealModule
import TestSupport
import Testing

@Suite("Automatic maps")
struct AutomaticMapTests {
  static func decay(_ b: [Variable]) -> [Variable] {
    (0..<20).map { i in
      let t = Variable(i) / 10
      return b[0] * .exp(-b[1] * t) + b[2] * .cos(b[0] * t)
    }
  }

  /// The exact Jacobian of `decay`.
  static func decayJacobian(_ b: Vector<Double>) -> Matrix<Double> {
    Matrix(rows: 20, columns: 3) { i, j in
      let t = Double(i) / 10
      let (e, c, s) = (
        Double.exp(-b[1] * t), Double.cos(b[0] * t),
        Double.sin(b[0] * t)
      )
      return [e - b[2] * t * s, -b[0] * t * e, c][j]
    }
  }

  @Test("the Jacobian and its products agree with the formulas")
  func jacobian() throws {
    let map = AutomaticMap(Self.decay)
    for b: Vector<Double> in [[1, 0.5, 2], [-1, 2, 0.1], [3, 0, 0]] {
      let exact = Self.decayJacobian(b)
      var values = Vector<Double>.zeros(20)
      var jacobian = Matrix<Double>.zeros(20, 3)
      try map.valueAndJacobian(at: b, into: &values, &jacobian)
      #expect((jacobian - exact).frobeniusNorm <= 1e-14 * exact.frobeniusNorm)
      #expect(try map.value(at: b) == values)
      let v: Vector<Double> = [1, -2, 0.5]
      try map.jacobianVectorProduct(at: b, along: v, into: &values)
      #expect((values - exact * v).norm <= 1e-13 * exact.frobeniusNorm)
      let w = Vector(count: 20) { Double($0) - 7 }
      var product = Vector<Double>.zeros(3)
      try map.vectorJacobianProduct(at: b, weights: w, into: &product)
      #expect(
        (product - exact.transposed * w).norm
          <= 1e-13 * exact.frobeniusNorm * w.norm)
    }
  }

  @Test("a wide Jacobian, by rows")
  func wide() throws {
    let map = AutomaticMap { x in
      [x.reduce(0, +), x.reduce(1, *), 2]
    }
    let x: Vector<Double> = [1, 2, 3, 4, 5]
    var jacobian = Matrix<Double>.zeros(3, 5)
    try map.jacobian(at: x, into: &jacobian)
    for j in 0..<5 {
      #expect(jacobian[0, j] == 1)
      expectClose(jacobian[1, j], 120 / x[j], 1e-15)
      #expect(jacobian[2, j] == 0)
    }
  }

  @Test("the weighted Hessian is the Hessian of the weighted sum")
  func weightedHessian() throws {
    let map = AutomaticMap(Self.decay)
    let w = Vector(count: 20) { Double($0 % 5) - 2 }
    let sum = AutomaticFunction { b in
      zip(Self.decay(b), w).reduce(0) { $0 + $1.0 * Variable($1.1) }
    }
    let b: Vector<Double> = [1, 0.5, 2]
    var h = Matrix<Double>.zeros(3, 3)
    var k = h
    try map.weightedHessian(at: b, weights: w, into: &h)
    try sum.hessian(at: b, into: &k)
    #expect((h - k).frobeniusNorm <= 1e-14 * k.frobeniusNorm)
  }

  @Test("outputs that are one node, an input, a constant, or none")
  func outputs() throws {
    let map = AutomaticMap { x in
      let y = x[0].squared
      return [y, y, x[0], 5]
    }
    var jacobian = Matrix<Double>.zeros(4, 1)
    var values = Vector<Double>.zeros(4)
    try map.valueAndJacobian(at: [3], into: &values, &jacobian)
    #expect(values == [9, 9, 3, 5])
    #expect((0..<4).map { jacobian[$0, 0] } == [6, 6, 1, 0])
    var product = Vector<Double>.zeros(1)
    try map.vectorJacobianProduct(
      at: [3], weights: [1, 10, 100, 1000], into: &product)
    #expect(product == [166])
    let none = AutomaticMap { _ in [] }
    #expect(try none.value(at: [1]).isEmpty)
  }

  /// How often a function was evaluated.
  final class Counter: @unchecked Sendable { var count = 0 }

  @Test("values and derivatives at one point are one evaluation")
  func onePoint() throws {
    let evaluations = Counter()
    let power = CustomOperation { x in
      evaluations.count += 1
      return x[0] * x[0] * x[0]
    } gradient: { x, gradient in
      gradient[0] = 3 * x[0] * x[0]
    }
    let n = 12
    let map = AutomaticMap { x in
      [power([x[0]])] + x.map { .sin($0) * .exp($0) + .pow($0, x[0]) }
    }
    var r = Vector<Double>.zeros(n + 1)
    var s = r
    var jacobian = Matrix<Double>.zeros(n + 1, n)
    var expected = jacobian
    // First the tape, later the program.
    for turn in 0..<30 {
      let x = Vector(count: n) { 0.5 + 0.01 * Double($0 + turn) }
      evaluations.count = 0
      try map.value(at: x, into: &r)
      try map.value(at: x, into: &r)
      #expect(evaluations.count == 1)
      try map.jacobian(at: x, into: &jacobian)
      let fresh = AutomaticMap { x in
        [x[0] * x[0] * x[0]] + x.map { .sin($0) * .exp($0) + .pow($0, x[0]) }
      }
      try fresh.valueAndJacobian(at: x, into: &s, &expected)
      #expect(r == s)
      #expect(
        (jacobian - expected).frobeniusNorm
          <= 1e-14 * expected.frobeniusNorm)
    }
  }

  @Test("0 and −0 are two points, and NaN is one")
  func bits() throws {
    let map = AutomaticMap { x in [1 / x[0], x[0] + 1] }
    var values = Vector<Double>.zeros(2)
    for x in [0, -0.0, 0, .nan, .nan, 2] {
      try map.value(at: [x], into: &values)
      #expect(
        values[0] == 1 / x || (x.isNaN && values[0].isNaN && values[1].isNaN))
    }
  }

  @Test("a point that was left by an error is not believed")
  func failedDecision() throws {
    struct Refusal: Error {}
    let map = AutomaticMap { x in
      if x[0] < 0 { throw Refusal() }
      return [.sqrt(x[0])]
    }
    var values = Vector<Double>.zeros(1)
    try map.value(at: [4], into: &values)
    for _ in 0..<3 {
      #expect(throws: Refusal.self) { try map.value(at: [-1], into: &values) }
    }
    try map.value(at: [9], into: &values)
    #expect(values == [3])
  }
}
