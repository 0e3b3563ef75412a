import Differentiation
import Matrix
import RealModule
import TestSupport
import Testing

@Suite("Patterns, and matrices computed by colours")
struct SparsityTests {
  /// The Hessian column by column, from products, and its pattern.
  func expectHessian(
    _ n: Int, elements: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ f: @escaping ([Variable]) -> Variable
  ) throws {
    let automatic = AutomaticFunction(f)
    var generator = SplitMix64(seed: 11)
    for _ in 0..<3 {
      let x = Vector(count: n) { _ in 0.5 + generator.nextUniform() }
      var hessian = Matrix<Double>.zeros(n, n)
      hessian.fill(with: .nan)
      try automatic.hessian(at: x, into: &hessian)
      let pattern = try automatic.hessianPattern(at: x)
      if let elements {
        #expect(pattern.count == elements, sourceLocation: sourceLocation)
      }
      let products = AutomaticFunction(f)
      var column = Vector<Double>.zeros(n)
      for j in 0..<n {
        let unit = Vector(count: n) { $0 == j ? 1.0 : 0 }
        try products.hessianVectorProduct(at: x, along: unit, into: &column)
        for i in 0..<n {
          #expect(
            abs(hessian[i, j] - column[i])
              <= 1e-13 * (1 + column.norm),
            "\(i), \(j)", sourceLocation: sourceLocation)
          if !pattern.contains(i, j) {
            #expect(column[i] == 0, sourceLocation: sourceLocation)
          }
        }
      }
    }
  }

  @Test("a chain, an arrow, a grid, blocks, and a full matrix")
  func hessians() throws {
    for n in [9, 30] {
      try expectHessian(n, elements: 3 * n - 2) { chainedRosenbrock($0) }
      // A variable that meets all others.
      for hub in [0, n / 2, n - 1] {
        try expectHessian(n, elements: 3 * n - 2) { x in
          x.reduce(0) { $0 + .sin($1 * x[hub]) }
        }
      }
      try expectHessian(n, elements: n) { x in
        x.reduce(0) { $0 + .exp($1) } + 3 * x.reduce(0, +)
      }
      try expectHessian(n, elements: 0) { x in x.reduce(0, +) - x[0] / 2 }
      try expectHessian(n, elements: n * n) { x in x.reduce(0, +).squared }
    }
    try expectHessian(36) { x in
      var sum: Variable = 0
      for i in 0..<36 {
        if i % 6 < 5 { sum += .pow(x[i] - x[i + 1], 4) }
        if i < 30 { sum += .atan2(y: x[i], x: x[i + 6]) }
      }
      return sum
    }
    try expectHessian(24, elements: 24 * 3) { x in
      stride(from: 0, to: 24, by: 3).reduce(Variable(0)) {
        $0 + [x[$1], x[$1 + 1], x[$1 + 2]].logSumExp
      }
    }
  }

  @Test("quotients, powers and remainders meet where they are curved")
  func interactions() throws {
    let f = AutomaticFunction { x in
      x[0] / x[1] + .pow(x[2], 2) + max(x[3], x[4]) + x[5] * 2
        + .hypot(x[6], x[7]) + 1 / x[8]
    }
    let pattern = try f.hessianPattern(at: Vector(repeating: 2, count: 9))
    let expected: [[Int]] = [
      [1], [0, 1], [2], [], [], [], [6, 7], [6, 7], [8],
    ]
    #expect((0..<9).map { pattern.columns(ofRow: $0) } == expected)
    #expect(pattern.density == 9.0 / 81)
  }

  /// The Jacobian against its products.
  func expectJacobian(
    _ n: Int, elements: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ r: @escaping ([Variable]) -> [Variable]
  ) throws {
    let map = AutomaticMap(r)
    for turn in 0..<4 {
      let x = Vector(count: n) { 0.3 + Double(($0 * 7 + turn) % 11) / 10 }
      let m = try map.outputCount(at: x)
      var jacobian = Matrix<Double>.zeros(m, n)
      jacobian.fill(with: .nan)
      try map.jacobian(at: x, into: &jacobian)
      if let elements {
        #expect(
          try map.jacobianPattern(at: x).count == elements,
          sourceLocation: sourceLocation)
      }
      let products = AutomaticMap(r)
      var column = Vector<Double>.zeros(m)
      for j in 0..<n {
        let unit = Vector(count: n) { $0 == j ? 1.0 : 0 }
        try products.jacobianVectorProduct(at: x, along: unit, into: &column)
        for i in 0..<m {
          expectClose(
            jacobian[i, j], column[i], 1e-13, "\(i), \(j)",
            sourceLocation: sourceLocation)
        }
      }
    }
  }

  @Test("banded, bordered by a row or a column, full, wide and tall")
  func jacobians() throws {
    let n = 20
    try expectJacobian(n, elements: 2 * n - 1) { x in
      [x[0]] + (1..<n).map { x[$0] * x[$0 - 1] }
    }
    // A full row: by columns n sweeps, by rows 2.
    try expectJacobian(n, elements: 2 * n) { x in
      x.map { .exp($0) } + [x.reduce(0, +).squared]
    }
    try expectJacobian(n, elements: 2 * n - 1) { x in
      x.map { x[0] * $0 }
    }
    try expectJacobian(n) { x in
      (0..<30).map { i in
        x.reduce(Variable(0)) { $0 + .sin($1 * Variable(Double(i))) }
      }
    }
    try expectJacobian(9) { x in
      (0..<100).map { i in .sin(x[i % 9] * Variable(Double(i))) + x[(i * i) % 9]
      }
    }
    try expectJacobian(100) { x in
      [x.reduce(0, +), x[1] * x[99], 3]
    }
  }
}
