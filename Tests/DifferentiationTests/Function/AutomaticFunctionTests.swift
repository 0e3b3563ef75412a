import Differentiation
import Matrix
import ProblemSets
import TestSupport
import Testing

func chainedRosenbrock<Number: RealNumber>(_ x: [Number]) -> Number {
  var sum: Number = 0
  for i in 0..<x.count - 1 {
    sum += 100 * (x[i + 1] - x[i] * x[i]).squared + (1 - x[i]).squared
  }
  return sum
}

@Suite("Automatic functions")
struct AutomaticFunctionTests {
  @Test(
    "value, gradient and Hessian are those written by hand",
    arguments: [2, 3, 10, 101])
  func rosenbrock(n: Int) throws {
    let byHand = ChainedRosenbrock(n)
    let automatic = AutomaticFunction(chainedRosenbrock)
    var generator = SplitMix64(seed: 1)
    for _ in 0..<5 {
      let x: Vector<Double> = randomVector(n, using: &generator)
      let v: Vector<Double> = randomVector(n, using: &generator)
      var (g, h) = (Vector<Double>.zeros(n), Vector<Double>.zeros(n))
      let value = try automatic.valueAndGradient(at: x, into: &g)
      expectClose(value, byHand.valueAndGradient(at: x, into: &h), 1e-14)
      #expect(value == chainedRosenbrock(x.array))
      #expect(try automatic.value(at: x) == value)
      #expect((g - h).norm <= 1e-14 * h.norm)
      try automatic.hessianVectorProduct(at: x, along: v, into: &g)
      byHand.hessianVectorProduct(at: x, along: v, into: &h)
      #expect((g - h).norm <= 1e-14 * h.norm)
      var a = Matrix<Double>.zeros(n, n)
      var b = a
      try automatic.hessian(at: x, into: &a)
      byHand.hessian(at: x, into: &b)
      b.symmetrizeFromLower()
      #expect((a - b).frobeniusNorm <= 1e-14 * b.frobeniusNorm)
    }
  }

  @Test("a constant has the gradient 0, and so has no variable at all")
  func constants() throws {
    let constant = AutomaticFunction { _ in 3 * .exp(1) }
    var gradient: Vector<Double> = [7, 7]
    #expect(
      try constant.valueAndGradient(at: [1, 2], into: &gradient)
        == 3 * Double.exp(1))
    #expect(gradient == [0, 0])
    var hessian = Matrix<Double>.zeros(2, 2)
    hessian[1, 0] = 5
    try constant.hessian(at: [1, 2], into: &hessian)
    #expect(hessian.frobeniusNorm == 0)
    var none: Vector<Double> = []
    #expect(try constant.valueAndGradient(at: [], into: &none) > 8)
    var empty = Matrix<Double>.zeros(0, 0)
    try constant.hessian(at: [], into: &empty)
  }

  @Test("a result that is an input, and a variable that occurs again and again")
  func inputs() throws {
    var gradient = Vector<Double>.zeros(2)
    let second = AutomaticFunction { $0[1] }
    #expect(try second.valueAndGradient(at: [1, 2], into: &gradient) == 2)
    #expect(gradient == [0, 1])
    let cube = AutomaticFunction { $0[0] * $0[0] * $0[0] + ($0[0] - $0[0]) }
    #expect(try cube.valueAndGradient(at: [2, 1], into: &gradient) == 8)
    #expect(gradient == [12, 0])
  }

  @Test("another number of variables is another recording")
  func dimensions() throws {
    let f = AutomaticFunction { x in x.reduce(0) { $0 + $1.squared } }
    for n in [3, 1, 4, 4, 0, 2, 2, 2] {
      let x = Vector(count: n) { Double($0 + 1) }
      var gradient = Vector<Double>.zeros(n)
      #expect(try f.valueAndGradient(at: x, into: &gradient) == x.dot(x))
      #expect(gradient == 2 * x)
    }
  }

  struct Refusal: Error {}

  @Test("what the closure throws passes, and does no harm")
  func throwing() throws {
    let f = AutomaticFunction { x in
      if x[0] < 0 { throw Refusal() }
      return .sqrt(x[0])
    }
    var gradient = Vector<Double>.zeros(1)
    for _ in 0..<3 {
      #expect(throws: Refusal.self) { try f.value(at: [-1]) }
      #expect(try f.valueAndGradient(at: [4], into: &gradient) == 2)
      #expect(gradient == [0.25])
      #expect(try f.valueAndGradient(at: [16], into: &gradient) == 4)
      #expect(gradient == [0.125])
    }
  }

  @Test("an automatic function inside another, with plain numbers")
  func nested() throws {
    let inner = AutomaticFunction { $0[0] * $0[0] }
    let outer = AutomaticFunction { x in
      x[0] * Variable(try inner.value(at: [3])) + x[0]
    }
    var gradient = Vector<Double>.zeros(1)
    #expect(try outer.valueAndGradient(at: [2], into: &gradient) == 20)
    #expect(gradient == [10])
  }

  @Test("forgetting the recording lets other data in")
  func forgetting() throws {
    final class Data { var weight = 1.0 }
    let data = Data()
    let f = AutomaticFunction { Variable(data.weight) * $0[0] }
    #expect(try f.value(at: [2]) == 2)
    data.weight = 5
    #expect(try f.value(at: [3]) == 3)
    f.forgetRecording()
    #expect(try f.value(at: [3]) == 15)
  }

  @Test("a replay allocates nothing")
  func allocation() throws {
    let f = AutomaticFunction(chainedRosenbrock)
    let n = 50
    let x = Vector(count: n) { Double($0) / 10 }
    let v = Vector(repeating: 1.0, count: n)
    var g = Vector<Double>.zeros(n)
    var h = Matrix<Double>.zeros(n, n)
    for _ in 0..<4 {
      _ = try f.value(at: x)
      _ = try f.valueAndGradient(at: x, into: &g)
      try f.hessianVectorProduct(at: x, along: v, into: &g)
    }
    try f.hessian(at: x, into: &h)
    let count = try allocations {
      _ = try f.value(at: x)
      _ = try f.valueAndGradient(at: x, into: &g)
      try f.hessianVectorProduct(at: x, along: v, into: &g)
    }
    #expect(count == 0)
  }
}
