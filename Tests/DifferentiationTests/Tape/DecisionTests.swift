import Differentiation
import Matrix
import RealModule
import Testing

@Suite("Decisions by the values of variables")
struct DecisionTests {
  /// Expects f to have the value and slope of `plain` at all points in turn.
  func follow(
    _ f: @escaping (Variable) -> Variable, _ plain: (Double) -> Double,
    slope: (Double) -> Double, at points: [Double],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let automatic = AutomaticFunction { f($0[0]) }
    for x in points + points.reversed() + points + points {
      var gradient = Vector<Double>.zeros(1)
      let value = try automatic.valueAndGradient(at: [x], into: &gradient)
      let expected = plain(x)
      #expect(
        value == expected || (value.isNaN && expected.isNaN),
        "at \(x)", sourceLocation: sourceLocation)
      expectClose(
        gradient[0], slope(x), 1e-14, "at \(x)",
        sourceLocation: sourceLocation)
    }
  }

  @Test("a branch that changes is noticed")
  func branches() throws {
    try follow(
      { $0 < 1 ? $0 * 2 : $0.squared }, { $0 < 1 ? $0 * 2 : $0 * $0 },
      slope: { $0 < 1 ? 2 : 2 * $0 }, at: [0, 3, -1, 1, 5, 6, 7, .nan])
    try follow(
      { $0 >= 1 ? $0 * 2 : $0.squared }, { $0 >= 1 ? $0 * 2 : $0 * $0 },
      slope: { $0 >= 1 ? 2 : 2 * $0 }, at: [0, 3, -1, 1, 5, 6, 7, .nan])
    try follow(
      { $0 == 1 ? $0 * 2 : $0 * 3 }, { $0 == 1 ? $0 * 2 : $0 * 3 },
      slope: { $0 == 1 ? 2 : 3 }, at: [0, 1, 1, 2])
  }

  @Test("loops whose length depends on a value")
  func loops() throws {
    func halvings<Number: RealNumber>(_ x: Number) -> Number {
      var y = x
      while y > 1 { y /= 2 }
      return y
    }
    try follow(
      { halvings($0) }, { halvings($0) },
      slope: { x in halvings(x) / x }, at: [0.5, 3, 100, 90, 1e9, 7])
  }

  @Test("NaN, infinities and signs are noticed")
  func classes() throws {
    try follow(
      { $0.isNaN ? 7 : $0 }, { $0.isNaN ? 7 : $0 },
      slope: { $0.isNaN ? 0 : 1 }, at: [1, .nan, 2, .nan, .nan])
    try follow(
      { $0.isFinite ? $0 * 2 : 1 }, { $0.isFinite ? $0 * 2 : 1 },
      slope: { $0.isFinite ? 2 : 0 }, at: [1, .infinity, 2, .nan, 3])
    try follow(
      { $0.sign == .minus ? -$0 : 3 * $0 },
      { $0.sign == .minus ? -$0 : 3 * $0 },
      slope: { $0.sign == .minus ? -1 : 3 }, at: [1, -1, 0, -0.0, 4])
    try follow(
      { $0.significand }, { $0.significand },
      slope: {
        1 / Double(sign: $0.sign, exponent: $0.exponent, significand: 1)
      },
      at: [1.5, -3, 1000, 1e-5, 1.25, 1023])
  }

  @Test("a value that was read holds for itself alone")
  func reading() throws {
    try follow(
      { $0 * Variable($0.value) }, { $0 * $0 }, slope: { $0 },
      at: [1, 2, 2, 3, 0, -0.0])
  }

  @Test("maximum, minimum and rounding are followed without a decision")
  func choices() throws {
    try follow(
      { max($0, 1) + min($0, 2) }, { max($0, 1) + min($0, 2) },
      slope: { ($0 >= 1 ? 1 : 0) + ($0 <= 2 ? 1 : 0) },
      at: [0, 1, 1.5, 2, 3])
    var recordings = 0
    let f = AutomaticFunction { x in
      recordings += 1
      return max(x[0], 1) + abs(x[0]) + x[0].rounded(.down) * x[0]
    }
    for (x, expected) in [(0.5, 1.0), (-1.5, -3), (2.5, 4), (0, 0)] {
      var gradient = Vector<Double>.zeros(1)
      let value = try f.valueAndGradient(at: [x], into: &gradient)
      #expect(value == max(x, 1) + abs(x) + x.rounded(.down) * x)
      #expect(gradient[0] == expected)
    }
    #expect(recordings == 1)
  }

  @Test("a kink has the derivative that is stated")
  func kinks() throws {
    var gradient = Vector<Double>.zeros(2)
    let f = AutomaticFunction { max($0[0], $0[1]) + 10 * min($0[0], $0[1]) }
    _ = try f.valueAndGradient(at: [1, 1], into: &gradient)
    #expect(gradient == [11, 0])
    for zero in [0.0, -0.0] {
      let g = AutomaticFunction { abs($0[0]) + .hypot($0[0], $0[1]) }
      _ = try g.valueAndGradient(at: [zero, 0], into: &gradient)
      #expect(gradient == [0, 0])
    }
  }

  @Test("a factor of 0 has no effect through an infinite slope")
  func zeroTimesInfinity() throws {
    var gradient = Vector<Double>.zeros(2)
    let f = AutomaticFunction { max(.sqrt($0[0]), $0[1]) }
    #expect(try f.valueAndGradient(at: [0, 1], into: &gradient) == 1)
    #expect(gradient == [0, 1])
    var product = gradient
    try f.hessianVectorProduct(at: [0, 1], along: [0, 1], into: &product)
    #expect(product == [0, 0])
    let root = AutomaticFunction { .sqrt($0[0]) }
    _ = try root.valueAndGradient(at: [0, 1], into: &gradient)
    #expect(gradient == [.infinity, 0])
  }

  @Test("NaN and infinity in the values trap nowhere", arguments: unaryCases)
  func extremes(_ f: UnaryCase) throws {
    let automatic = AutomaticFunction { f.recorded($0[0]) }
    let extremes = [
      0, -0.0, 1, -1, .nan, .infinity, -.infinity, 1e308, -1e308,
      .leastNonzeroMagnitude,
    ]
    for x in extremes {
      var gradient = Vector<Double>.zeros(1)
      var hessian = Matrix<Double>.zeros(1, 1)
      let value = try automatic.valueAndGradient(at: [x], into: &gradient)
      try automatic.hessian(at: [x], into: &hessian)
      let expected = f.plain(x)
      #expect(value == expected || (value.isNaN && expected.isNaN), "at \(x)")
      if x.isNaN { #expect(gradient[0].isNaN || f.first(1) == f.first(2)) }
    }
  }

  @Test("a variable that is kept beyond its recording is refused")
  func escaping() async {
    await #expect(processExitsWith: .failure) {
      var kept: Variable = 0
      let f = AutomaticFunction { x in
        kept = x[0]
        return x[0]
      }
      _ = try f.value(at: [1])
      _ = kept + 1
    }
    await #expect(processExitsWith: .failure) {
      let outer = AutomaticFunction { x in
        let y = x[0]
        let inner = AutomaticFunction { $0[0] + y }
        return y + Variable(try inner.value(at: [1]))
      }
      _ = try outer.value(at: [1])
    }
  }
}
