import Differentiation
import Matrix
import RealModule
import Testing

@Suite("Gamma and functions of two variables")
struct RealFunctionsTests {
  /// Published values: Abramowitz and Stegun 1964, table 6.1, and identities
  /// ψ(1) = −γ, ψ(½) = −γ − 2 ln 2, ψ′(1) = π²/6, ψ′(½) = π²/2.
  @Test("digamma and trigamma at points with closed forms")
  func polygamma() throws {
    let γ = 0.5772156649015329
    let cases: [(x: Double, first: Double, second: Double)] = [
      (1, -γ, .pi * .pi / 6),
      (0.5, -γ - 2 * .log(2), .pi * .pi / 2),
      (2, 1 - γ, .pi * .pi / 6 - 1),
      (10, 2.251752589066721, 0.10516633568168575),
      // ψ(−½) = ψ(½) + 2, ψ′(−½) = ψ′(½) + 4.
      (-0.5, 2 - γ - 2 * .log(2), .pi * .pi / 2 + 4),
      (1e6, 13.815510057964191, 1.000000500000167e-6),
    ]
    let f = AutomaticFunction { .logGamma($0[0]) }
    for (x, first, second) in cases {
      var gradient = Vector<Double>.zeros(1)
      var hessian = Matrix<Double>.zeros(1, 1)
      _ = try f.valueAndGradient(at: [x], into: &gradient)
      try f.hessian(at: [x], into: &hessian)
      expectClose(gradient[0], first, 2e-15, "digamma at \(x)")
      expectClose(hessian[0, 0], second, 2e-15, "trigamma at \(x)")
    }
  }

  @Test("ψ(x + 1) = ψ(x) + 1/x, also across the negative axis")
  func recurrence() throws {
    let f = AutomaticFunction { .logGamma($0[0] + 1) - .logGamma($0[0]) }
    for x in [-3.7, -1.2, -0.01, 0.3, 4.4, 9.5, 31] {
      var gradient = Vector<Double>.zeros(1)
      var hessian = Matrix<Double>.zeros(1, 1)
      _ = try f.valueAndGradient(at: [x], into: &gradient)
      try f.hessian(at: [x], into: &hessian)
      // What is lost to cancellation is of the size of ψ and ψ′.
      #expect(abs(gradient[0] - 1 / x) <= 1e-13 * max(4, abs(1 / x)))
      #expect(abs(hessian[0, 0] + 1 / (x * x)) <= 1e-12 * max(4, 1 / (x * x)))
    }
  }

  @Test("Γ′ and Γ″ are those of exp(ln Γ)")
  func gamma() throws {
    let direct = AutomaticFunction { .gamma($0[0]) }
    let byLog = AutomaticFunction { .exp(.logGamma($0[0])) }
    for x in [0.1, 0.5, 1, 3.3, 20] {
      var (g, h) = (Vector<Double>.zeros(1), Vector<Double>.zeros(1))
      _ = try direct.valueAndGradient(at: [x], into: &g)
      _ = try byLog.valueAndGradient(at: [x], into: &h)
      expectClose(g[0], h[0], 1e-13)
      try direct.hessianVectorProduct(at: [x], along: [1], into: &g)
      try byLog.hessianVectorProduct(at: [x], along: [1], into: &h)
      expectClose(g[0], h[0], 1e-13)
    }
  }

  typealias Binary = @Sendable (Variable, Variable) -> Variable

  struct Identity: Sendable {
    let name: String
    let points: [[Double]]
    let f: Binary
    let g: Binary

    init(
      _ name: String, _ points: [[Double]], _ f: @escaping Binary,
      _ g: @escaping Binary
    ) {
      self.name = name
      self.points = points
      self.f = f
      self.g = g
    }
  }

  /// The same function by other operations.
  static let identities: [Identity] = [
    Identity(
      "pow", [[0.5, 2.5], [3, -1.5], [2, 0]], { x, y in .pow(x, y) },
      { x, y in .exp(y * .log(x)) }),
    Identity(
      "hypot", [[3, 4], [-1, 2], [1e-3, -5]], { x, y in .hypot(x, y) },
      { x, y in .sqrt(x * x + y * y) }),
    Identity(
      "atan2", [[1, 2], [-3, 1], [0.1, 4]], { x, y in .atan2(y: x, x: y) },
      { x, y in .atan(x / y) }),
    Identity(
      "atan2 above", [[1, -2], [3, 1], [0.1, -4]],
      { x, y in .atan2(y: x, x: y) }, { x, y in .pi / 2 - .atan(y / x) }),
    Identity(
      "quotient", [[1, 2], [-3, 0.2], [5, -4]], { x, y in x / y },
      { x, y in x * .pow(y, -1) }),
    Identity(
      "product", [[1, 2], [-3, 0.2], [0, -4]], { x, y in x * y },
      { x, y in ((x + y).squared - (x - y).squared) / 4 }),
    Identity(
      "remainder", [[9, 3.1], [-10, -3.2]],
      { x, y in x.remainder(dividingBy: y) }, { x, y in x - 3 * y }),
    Identity(
      "truncating remainder", [[9, 3.1], [-10, -3.4]],
      { x, y in x.truncatingRemainder(dividingBy: y) },
      { x, y in x - 2 * y }),
  ]

  @Test("first and second derivatives agree with those of an identity")
  func identity() throws {
    for identity in Self.identities {
      let name = identity.name
      let one = AutomaticFunction { identity.f($0[0], $0[1]) }
      let other = AutomaticFunction { identity.g($0[0], $0[1]) }
      for x in identity.points.map({ Vector($0) }) {
        var (a, b) = (Vector<Double>.zeros(2), Vector<Double>.zeros(2))
        let u = try one.valueAndGradient(at: x, into: &a)
        let v = try other.valueAndGradient(at: x, into: &b)
        expectClose(u, v, 1e-14, name)
        var h = Matrix<Double>.zeros(2, 2)
        var k = Matrix<Double>.zeros(2, 2)
        try one.hessian(at: x, into: &h)
        try other.hessian(at: x, into: &k)
        let scale = k.maximumMagnitude + b.norm + abs(v)
        for i in 0..<2 {
          #expect(abs(a[i] - b[i]) <= 1e-14 * scale, "\(name) at \(x)")
          for j in 0..<2 {
            #expect(
              abs(h[i, j] - k[i, j]) <= 1e-13 * scale, "\(name) at \(x)")
          }
        }
      }
    }
  }
}
