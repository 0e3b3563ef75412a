import Differentiation
import Matrix
import RealModule
import TestSupport
import Testing

/// What is known of a function at a point, by a new recording or by a replay.
struct Derivatives: Equatable {
  var value = 0.0
  var gradient: Vector<Double>
  var product: Vector<Double>
  var hessian: Matrix<Double>

  init(
    of f: AutomaticFunction, at x: Vector<Double>, along v: Vector<Double>
  ) throws {
    gradient = .zeros(x.count)
    product = .zeros(x.count)
    hessian = .zeros(x.count, x.count)
    value = try f.valueAndGradient(at: x, into: &gradient)
    try f.hessianVectorProduct(at: x, along: v, into: &product)
    try f.hessian(at: x, into: &hessian)
  }
}

/// Expects a function that has been compiled to agree with its recording: the
/// value in every bit, the derivatives up to the order of their sums.
func expectReplayAgrees(
  dimension n: Int, _ points: [Vector<Double>], _ name: String = "",
  sourceLocation: SourceLocation = #_sourceLocation,
  _ f: @escaping ([Variable]) -> Variable
) throws {
  var recordings = 0
  let replayed = AutomaticFunction { x in
    recordings += 1
    return f(x)
  }
  let v = Vector(count: n) { Double($0 % 7) - 2.5 }
  // After so many replays of the tape it is compiled.
  for turn in 0..<24 {
    _ = try replayed.value(at: points[turn % points.count])
  }
  for x in points {
    let found = try Derivatives(of: replayed, at: x, along: v)
    let expected = try Derivatives(
      of: AutomaticFunction(f), at: x, along: v)
    #expect(
      found.value.bitPattern == expected.value.bitPattern
        || (found.value.isNaN && expected.value.isNaN),
      "\(name): \(found.value), \(expected.value)",
      sourceLocation: sourceLocation)
    let scale = max(1, expected.gradient.norm)
    #expect(
      (found.gradient - expected.gradient).norm <= 1e-13 * scale, "\(name)",
      sourceLocation: sourceLocation)
    let curvature = max(1, expected.hessian.frobeniusNorm)
    #expect(
      (found.product - expected.product).norm <= 1e-12 * curvature * v.norm,
      "\(name)", sourceLocation: sourceLocation)
    #expect(
      (found.hessian - expected.hessian).frobeniusNorm <= 1e-12 * curvature,
      "\(name)", sourceLocation: sourceLocation)
  }
  #expect(recordings == 1, "\(name)", sourceLocation: sourceLocation)
}

@Suite("Compiled recordings")
struct ProgramTests {
  /// Points in [0.1, 0.9], where every function is defined.
  func points(_ n: Int) -> [Vector<Double>] {
    var generator = SplitMix64(seed: 7)
    return (0..<3).map { _ in
      Vector(count: n) { _ in 0.1 + 0.8 * generator.nextUniform() }
    }
  }

  @Test("functions of neighbours, of one parameter, and scattered ones")
  func placements() throws {
    typealias Binary = (Variable, Variable) -> Variable
    let operations: [(name: String, f: Binary)] = [
      ("+", { $0 + $1 }), ("-", { $0 - $1 }), ("*", { $0 * $1 }),
      ("/", { $0 / $1 }), ("pow", { .pow($0, $1) }),
      ("atan2", { .atan2(y: $0, x: $1) }), ("hypot", { .hypot($0, $1) }),
      ("max", { max($0, $1) }), ("min", { min($0, $1) }),
      ("sin + square", { .sin($0) + $1.squared }),
      ("sqrt - negative", { .sqrt($0) - (-$1) }),
    ]
    for n in [13, 16, 37] {
      for (name, f) in operations {
        // The square keeps the second derivatives alive.
        func sum(_ terms: [Variable]) -> Variable {
          terms.reduce(0) { $0 + $1.squared }
        }
        try expectReplayAgrees(dimension: n, points(n), name) { x in
          sum((0..<n - 1).map { f(x[$0], x[$0 + 1]) })
        }
        try expectReplayAgrees(dimension: n, points(n), name) { x in
          sum((1..<n).map { f(x[0], x[$0]) })
            + sum((1..<n).map { f(x[$0], x[0]) })
        }
        try expectReplayAgrees(dimension: n, points(n), name) { x in
          sum((0..<n).map { f(x[($0 * $0) % n], x[($0 * 5 + 1) % n]) })
        }
        try expectReplayAgrees(dimension: n, points(n), name) { x in
          sum((0..<n).map { f(x[$0], x[($0 * 5 + 1) % n]) })
        }
        try expectReplayAgrees(dimension: n, points(n), name) { x in
          sum((0..<n).map { f(x[$0], 0.5) })
            + sum((0..<n).map { f(0.5, x[$0]) })
        }
        try expectReplayAgrees(dimension: n, points(n), name) { x in
          sum((0..<n).map { f(x[$0], Variable(Double($0 + 1))) })
            - sum((0..<n).map { f(Variable(Double($0 + 1)), x[0]) })
        }
      }
    }
  }

  @Test("every function of one variable in a batch", arguments: unaryCases)
  func functions(_ f: UnaryCase) throws {
    let n = 33
    let shift: Variable = f.name == "acosh" ? 1 : 0
    try expectReplayAgrees(dimension: n, points(n), f.name) { x in
      x.map { f.recorded($0 + shift) }.reduce(0, +)
    }
    try expectReplayAgrees(dimension: n, points(n), f.name) { x in
      (0..<n).map { f.recorded(x[($0 * $0) % n] + shift) }.reduce(0, +)
    }
  }

  @Test("random graphs of operations")
  func randomGraphs() throws {
    for seed in 1...40 as ClosedRange<UInt64> {
      let n = 3 + Int(seed % 9)
      try expectReplayAgrees(dimension: n, points(n), "seed \(seed)") { x in
        var generator = SplitMix64(seed: seed)
        func draw(_ count: Int) -> Int {
          Int(generator.nextUniform() * Double(count))
        }
        var nodes = x
        for _ in 0..<300 {
          let a = nodes[draw(nodes.count)]
          let b = nodes[draw(nodes.count)]
          // Bounded operations, so that nothing overflows.
          switch draw(11) {
          case 0: nodes.append(0.5 * (a + b))
          case 1: nodes.append(a - b)
          case 2: nodes.append(.sin(a * b))
          case 3: nodes.append(a / (1 + b.squared))
          case 4: nodes.append(.tanh(a))
          case 5: nodes.append(max(a, b))
          case 6: nodes.append(.exp(-a.squared))
          case 7: nodes.append(.atan2(y: a, x: 2 + .cos(b)))
          case 8: nodes.append(nodes.suffix(12).reduce(0, +) / 12)
          case 9: nodes.append(.sqrt(1 + a.squared) * 0.3)
          default:
            var difference = a
            for term in nodes.prefix(10) { difference -= 0.1 * term }
            nodes.append(difference)
          }
        }
        return nodes.suffix(20).reduce(0, +)
      }
    }
  }

  @Test("sums from either side, of terms that repeat, and sums that are read")
  func sums() throws {
    let n = 20
    try expectReplayAgrees(dimension: n, points(n)) { x in
      x.reduce(1) { $0 + $1 } * x.reduce(2) { $1 + $0 }
    }
    try expectReplayAgrees(dimension: n, points(n)) { x in
      let total = (0..<30).reduce(Variable(0)) { s, _ in s + x[3] }
      return total.squared + x.reduce(x[0]) { $0 - $1 } * x[5]
    }
    try expectReplayAgrees(dimension: n, points(n)) { x in
      var running = x[0]
      var product: Variable = 1
      for i in 1..<n {
        running += x[i]
        if i % 9 == 0 { product *= .sin(running) }
      }
      return product + running + running.squared
    }
  }

  @Test("outputs that others depend on, that repeat, and constant ones")
  func outputs() throws {
    let n = 12
    func body(_ x: [Variable]) -> [Variable] {
      let squares = x.map(\.squared)
      let further = zip(squares, x).map { Variable.exp(-$0) * $1 }
      return squares + further + [squares[2], 7, x[0], squares.reduce(0, +)]
    }
    let m = 2 * n + 4
    let map = AutomaticMap(body)
    for turn in 0..<24 { _ = try map.value(at: points(n)[turn % 3]) }
    for x in points(n) {
      let fresh = AutomaticMap(body)
      var (r, s) = (Vector<Double>.zeros(m), Vector<Double>.zeros(m))
      var (j, k) = (Matrix<Double>.zeros(m, n), Matrix<Double>.zeros(m, n))
      try map.valueAndJacobian(at: x, into: &r, &j)
      try fresh.valueAndJacobian(at: x, into: &s, &k)
      #expect(r == s)
      #expect((j - k).frobeniusNorm <= 1e-15 * k.frobeniusNorm)
      let w = Vector(count: m) { 0.1 * Double($0) - 1 }
      var (g, h) = (Vector<Double>.zeros(n), Vector<Double>.zeros(n))
      try map.vectorJacobianProduct(at: x, weights: w, into: &g)
      try fresh.vectorJacobianProduct(at: x, weights: w, into: &h)
      #expect((g - h).norm <= 1e-14 * h.norm)
      #expect((g - k.transposed * w).norm <= 1e-14 * h.norm)
      var (a, b) = (Matrix<Double>.zeros(n, n), Matrix<Double>.zeros(n, n))
      try map.weightedHessian(at: x, weights: w, into: &a)
      try fresh.weightedHessian(at: x, weights: w, into: &b)
      #expect((a - b).frobeniusNorm <= 1e-14 * b.frobeniusNorm)
    }
  }

  @Test("branches are noticed by a program too")
  func branches() throws {
    func f<Number: RealNumber>(_ x: [Number]) -> Number {
      var sum: Number = 0
      for y in x { sum += y < 0.5 ? y * y : 3 * y * .exp(y) }
      return sum
    }
    let automatic = AutomaticFunction(f)
    let x = points(20)
    for turn in 0..<200 {
      let p = x[turn / 17 % 3]
      var gradient = Vector<Double>.zeros(20)
      #expect(
        try automatic.valueAndGradient(at: p, into: &gradient) == f(p.array))
      for i in 0..<20 {
        let exact = p[i] < 0.5 ? 2 * p[i] : 3 * .exp(p[i]) * (1 + p[i])
        expectClose(gradient[i], exact, 1e-14)
      }
    }
  }

  @Test("a factor of 0 has no effect in a batch either")
  func zeroTimesInfinity() throws {
    let n = 40
    let f = AutomaticFunction { x in
      x.reduce(0) { $0 + max(.sqrt($1), 1) }
    }
    let x = Vector(count: n) { $0 % 3 == 0 ? 0 : 4 }
    var gradient = Vector<Double>.zeros(n)
    for _ in 0..<5 {
      _ = try f.valueAndGradient(at: x, into: &gradient)
      #expect(gradient == Vector(count: n) { $0 % 3 == 0 ? 0 : 0.25 })
    }
    var product = gradient
    let v = Vector(repeating: 1.0, count: n)
    try f.hessianVectorProduct(at: x, along: v, into: &product)
    #expect(product == Vector(count: n) { $0 % 3 == 0 ? 0 : -1.0 / 32 })
  }

  @Test("a program allocates nothing, also with decisions in it")
  func allocation() throws {
    let n = 60
    let f = AutomaticFunction { x in
      var sum: Variable = 0
      for y in x { sum += y > 0 ? .sin(y) * y : y }
      return sum
    }
    let map = AutomaticMap { x in x.map { .exp($0) } }
    let x = Vector(count: n) { 0.1 * Double($0 + 1) }
    let v = Vector(repeating: 1.0, count: n)
    var g = Vector<Double>.zeros(n)
    func everything() throws {
      _ = try f.value(at: x)
      _ = try f.valueAndGradient(at: x, into: &g)
      try f.hessianVectorProduct(at: x, along: v, into: &g)
      try map.value(at: x, into: &g)
      try map.vectorJacobianProduct(at: x, weights: v, into: &g)
      try map.jacobianVectorProduct(at: x, along: v, into: &g)
    }
    for _ in 0..<5 { try everything() }
    let count = try allocations { try everything() }
    #expect(count == 0)
  }
}
