import Differentiation
import Matrix
import RealModule
import TestSupport
import Testing

@Suite("Operations on vectors of variables")
struct VectorOperationsTests {
  let n = 11

  func points() -> [Vector<Double>] {
    var generator = SplitMix64(seed: 3)
    return (0..<3).map { _ in randomVector(n, using: &generator) }
  }

  /// Expects f to be g, which is written out, in all derivatives, recorded and
  /// replayed.
  func expectSame(
    _ name: String, _ f: @escaping ([Variable]) -> Variable,
    _ g: @escaping ([Variable]) -> Variable,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let v = Vector(count: n) { Double($0 % 5) - 1.5 }
    let recorded = AutomaticFunction(f)
    let written = AutomaticFunction(g)
    for x in points() + points() {
      let found = try Derivatives(of: recorded, at: x, along: v)
      let expected = try Derivatives(of: written, at: x, along: v)
      expectClose(
        found.value, expected.value, 1e-13, name, sourceLocation: sourceLocation
      )
      let scale = expected.hessian.frobeniusNorm + expected.gradient.norm
      #expect(
        (found.gradient - expected.gradient).norm <= 1e-13 * scale, "\(name)",
        sourceLocation: sourceLocation)
      #expect(
        (found.hessian - expected.hessian).frobeniusNorm <= 1e-12 * scale,
        "\(name)", sourceLocation: sourceLocation)
      #expect(
        (found.product - expected.hessian * v).norm <= 1e-12 * scale * v.norm,
        "\(name)", sourceLocation: sourceLocation)
    }
    try expectReplayAgrees(
      dimension: n, points(), name, sourceLocation: sourceLocation
    ) { x in
      // Enough beside it to be compiled.
      f(x) + x.map { .sin($0) }.sum() * x.map(\.squared).sum()
        + x.map { .exp(0.1 * $0) }.sum()
    }
  }

  @Test("each is what it is written out, to the second derivative")
  func identities() throws {
    var generator = SplitMix64(seed: 5)
    let c: Vector<Double> = randomVector(n, using: &generator)
    let a: Matrix<Double> = randomMatrix(4, n, using: &generator)
    try expectSame("sum", { $0.sum().squared }) { x in
      x.reduce(0) { $0 + $1 }.squared
    }
    try expectSame("dot with numbers", { .exp(0.1 * c.dot($0)) }) { x in
      .exp(0.1 * zip(x, c).reduce(0) { $0 + $1.0 * Variable($1.1) })
    }
    try expectSame("dot", { x in x.dot(x.reversed()) * x[0] }) { x in
      zip(x, x.reversed()).reduce(0) { $0 + $1.0 * $1.1 } * x[0]
    }
    try expectSame(
      "product",
      { x in
        (a * x.map { .sin($0) }).reduce(0) { $0 + $1.squared }
      }
    ) { x in
      (0..<4).reduce(Variable(0)) { s, i in
        s
          + (0..<n).reduce(Variable(0)) {
            $0 + Variable(a[i, $1]) * .sin(x[$1])
          }.squared
      }
    }
    try expectSame("norm", { $0.norm * $0[1] }) { x in
      .sqrt(x.reduce(0) { $0 + $1.squared }) * x[1]
    }
    try expectSame("log sum exp", { $0.logSumExp * $0[2] }) { x in
      .log(x.reduce(0) { $0 + .exp($1) }) * x[2]
    }
    let cubes = CustomOperation { x in
      x.reduce(0) { $0 + $1 * $1 * $1 }
    } gradient: { x, gradient in
      for i in x.indices { gradient[i] = 3 * x[i] * x[i] }
    } hessianVectorProduct: { x, v, product in
      for i in x.indices { product[i] = 6 * x[i] * v[i] }
    }
    try expectSame("by hand", { x in cubes(x) * x[0] }) { x in
      x.reduce(0) { $0 + .pow($1, 3) } * x[0]
    }
    try expectSame(
      "one in another",
      { x in
        (a * (x.map { $0 * x.norm })).logSumExp + x.prefix(3).map { $0 }.norm
      }
    ) { x in
      let norm = Variable.sqrt(x.reduce(0) { $0 + $1.squared })
      let y = (0..<4).map { i in
        (0..<n).reduce(Variable(0)) { $0 + Variable(a[i, $1]) * (x[$1] * norm) }
      }
      return .log(y.reduce(0) { $0 + .exp($1) })
        + .sqrt(x[0].squared + x[1].squared + x[2].squared)
    }
  }

  @Test("no overflow inside a norm or a log-sum-exp")
  func overflow() throws {
    var gradient = Vector<Double>.zeros(2)
    let norm = AutomaticFunction { $0.norm }
    let value = try norm.valueAndGradient(at: [3e200, 4e200], into: &gradient)
    expectClose(value / 5e200, 1, 1e-15)
    expectClose(gradient[0], 0.6, 1e-15)
    #expect(try norm.valueAndGradient(at: [0, 0], into: &gradient) == 0)
    #expect(gradient == [0, 0])
    let soft = AutomaticFunction { $0.logSumExp }
    #expect(try soft.valueAndGradient(at: [1000, 0], into: &gradient) == 1000)
    #expect(gradient == [1, 0])
    #expect(
      try soft.valueAndGradient(at: [-1e5, -1e5], into: &gradient)
        == -1e5 + .log(2))
    expectClose(gradient[0], 0.5, 1e-10)
    #expect(
      try soft.valueAndGradient(at: [.infinity, 0], into: &gradient)
        == .infinity)
    #expect(gradient == [1, 0])
    #expect(try soft.value(at: [.nan, 0]).isNaN)
    #expect(try soft.value(at: [0, .nan]).isNaN)
    let infinite = -Double.infinity
    #expect(try soft.value(at: [infinite, infinite]) == infinite)
  }

  @Test("no variables, one, and constants only")
  func few() throws {
    let empty = AutomaticFunction { $0.sum() + $0.norm + $0.dot($0) }
    #expect(try empty.value(at: []) == 0)
    let none = AutomaticFunction { $0.logSumExp }
    #expect(try none.value(at: []) == -.infinity)
    let constant = AutomaticFunction { _ in
      [Variable(3), 4].norm + [Variable(1), 2].sum()
        + (Matrix<Double>([[1, 1]]) * [Variable(5), 6])[0]
    }
    var gradient: Vector<Double> = [9]
    #expect(try constant.valueAndGradient(at: [1], into: &gradient) == 19)
    #expect(gradient == [0])
    let mixed = AutomaticFunction { x in
      [x[0], 4].norm + Vector([2.0, 3]).dot([1, x[0]])
    }
    #expect(try mixed.valueAndGradient(at: [3], into: &gradient) == 16)
    expectClose(gradient[0], 3.6, 1e-15)
  }

  @Test("an operation by hand without second derivatives has NaN there")
  func withoutSecond() throws {
    let square = CustomOperation { x in
      x[0] * x[0]
    } gradient: { x, gradient in
      gradient[0] = 2 * x[0]
    }
    let f = AutomaticFunction { square($0) }
    var product = Vector<Double>.zeros(1)
    #expect(try f.valueAndGradient(at: [3], into: &product) == 9)
    #expect(product == [6])
    try f.hessianVectorProduct(at: [3], along: [1], into: &product)
    #expect(product[0].isNaN)
  }
}
