import Differentiation
import Foundation
import Matrix
import TestSupport
import Testing

/// A formula drawn at random, for three kinds of arithmetic.
private struct RandomFormula {
  enum Step {
    case combine(Int, Int, Int)
    case apply(Int, Int)
    case constant(Int, Int, Double)
    case branch(Int, Int)
    case sum([Int])
  }

  let variables: Int
  private(set) var steps: [Step] = []

  static let combinations = 8
  static let functions = 9

  init(variables n: Int, steps: Int, using generator: inout SplitMix64) {
    variables = n
    var count = n
    func index() -> Int { Int(generator.next() % UInt64(count)) }
    while self.steps.count < steps {
      let kind = generator.next() % 10
      // Mostly the same operation on a run of neighbours, as loops make them.
      let run = Int(generator.next() % 6) + 1
      let (a, b, k) = (index(), index(), Int(generator.next() % 64))
      let c = generator.nextNormal()
      for i in 0..<run {
        let (p, q) = ((a + i) % count, (b + 2 * i) % count)
        switch kind {
        case 0...3: self.steps.append(.combine(k % Self.combinations, p, q))
        case 4...5: self.steps.append(.apply(k % Self.functions, p))
        case 6...7: self.steps.append(.constant(k % 5, p, c))
        case 8: self.steps.append(.branch(p, q))
        default: self.steps.append(.sum((0...run).map { (p + $0) % count }))
        }
      }
      count = n + self.steps.count
    }
  }

  /// The sum of all that was computed, with the arithmetic's operations.
  func value<Number>(
    _ x: [Number], _ arithmetic: some Arithmetic<Number>
  ) -> Number {
    let values = values(x, arithmetic)
    return values.dropFirst().reduce(values[0]) {
      arithmetic.combine(0, $0, $1)
    }
  }

  /// The variables and all that was computed from them.
  func values<Number>(
    _ x: [Number], _ arithmetic: some Arithmetic<Number>
  ) -> [Number] {
    var values = x
    for step in steps {
      switch step {
      case .combine(let k, let a, let b):
        values.append(arithmetic.combine(k, values[a], values[b]))
      case .apply(let k, let a):
        values.append(arithmetic.apply(k, values[a]))
      case .constant(let k, let a, let c):
        values.append(arithmetic.constant(k, values[a], c))
      case .branch(let a, let b):
        values.append(
          arithmetic.isLess(values[a], values[b])
            ? arithmetic.combine(2, values[a], values[b])
            : arithmetic.combine(1, values[a], values[b]))
      case .sum(let list):
        values.append(
          list.dropFirst().reduce(values[list[0]]) {
            arithmetic.combine(0, $0, values[$1])
          })
      }
    }
    return values
  }
}

private protocol Arithmetic<Number> {
  associatedtype Number
  func combine(_ k: Int, _ a: Number, _ b: Number) -> Number
  func apply(_ k: Int, _ a: Number) -> Number
  func constant(_ k: Int, _ a: Number, _ c: Double) -> Number
  func isLess(_ a: Number, _ b: Number) -> Bool
}

/// What is under test, and plain numbers from the same source.
private struct RealArithmetic<Number: RealNumber>: Arithmetic {
  func combine(_ k: Int, _ a: Number, _ b: Number) -> Number {
    switch k {
    case 0: a + b
    case 1: a - b
    // Bounded, so that no formula overflows.
    case 2: .sin(a * b)
    case 3: a / (2 + b * b)
    case 4: Number.maximum(a, b)
    case 5: Number.minimum(a, b)
    case 6: .atan2(y: a, x: 2 + b * b)
    default: .tanh(.hypot(a, 1 + b * b))
    }
  }

  func apply(_ k: Int, _ a: Number) -> Number {
    switch k {
    case 0: .exp(.sin(a))
    case 1: .cos(a)
    case 2: .tanh(a)
    case 3: .sqrt(1 + a * a)
    case 4: .log(onePlus: a * a)
    case 5: .sin(a.squared)
    case 6: .sin(.pow(a, 3))
    case 7: abs(a)
    default: -a
    }
  }

  func constant(_ k: Int, _ a: Number, _ c: Double) -> Number {
    switch k {
    case 0: a + Number(c)
    case 1: Number(c) - a
    case 2: a * Number(c)
    case 3: Number(c) / (1 + a.squared)
    default: .pow(1 + a.squared, Number(c / 4))
    }
  }

  func isLess(_ a: Number, _ b: Number) -> Bool { a < b }
}

/// A value with its gradient, by the rules written out once more.
private struct Dual {
  var value: Double
  var gradient: [Double]

  func with(_ value: Double, _ slope: Double) -> Dual {
    Dual(value: value, gradient: gradient.map { slope * $0 })
  }

  func with(_ other: Dual, _ value: Double, _ p: Double, _ q: Double) -> Dual {
    Dual(
      value: value,
      gradient: zip(gradient, other.gradient).map { p * $0 + q * $1 })
  }
}

private struct DualArithmetic: Arithmetic {
  func combine(_ k: Int, _ a: Dual, _ b: Dual) -> Dual {
    let (x, y) = (a.value, b.value)
    switch k {
    case 0: return a.with(b, x + y, 1, 1)
    case 1: return a.with(b, x - y, 1, -1)
    case 2: return a.with(b, sin(x * y), y * cos(x * y), x * cos(x * y))
    case 3:
      let below = 2 + y * y
      return a.with(b, x / below, 1 / below, -2 * x * y / (below * below))
    case 4: return x >= y ? a : b
    case 5: return x <= y ? a : b
    case 6:
      let w = 2 + y * y
      let r = x * x + w * w
      return a.with(b, atan2(x, w), w / r, -x / r * 2 * y)
    default:
      let w = 1 + y * y
      let h = hypot(x, w)
      let slope = 1 - tanh(h) * tanh(h)
      return a.with(b, tanh(h), slope * x / h, slope * w / h * 2 * y)
    }
  }

  func apply(_ k: Int, _ a: Dual) -> Dual {
    let x = a.value
    switch k {
    case 0: return a.with(exp(sin(x)), cos(x) * exp(sin(x)))
    case 1: return a.with(cos(x), -sin(x))
    case 2: return a.with(tanh(x), 1 - tanh(x) * tanh(x))
    case 3: return a.with(sqrt(1 + x * x), x / sqrt(1 + x * x))
    case 4: return a.with(log1p(x * x), 2 * x / (1 + x * x))
    case 5: return a.with(sin(x * x), 2 * x * cos(x * x))
    case 6: return a.with(sin(x * x * x), 3 * x * x * cos(x * x * x))
    case 7: return x < 0 ? a.with(-x, -1) : a
    default: return a.with(-x, -1)
    }
  }

  func constant(_ k: Int, _ a: Dual, _ c: Double) -> Dual {
    let x = a.value
    let w = 1 + x * x
    switch k {
    case 0: return a.with(x + c, 1)
    case 1: return a.with(c - x, -1)
    case 2: return a.with(x * c, c)
    case 3: return a.with(c / w, -2 * c * x / (w * w))
    default: return a.with(pow(w, c / 4), c / 4 * pow(w, c / 4 - 1) * 2 * x)
    }
  }

  func isLess(_ a: Dual, _ b: Dual) -> Bool { a.value < b.value }
}

@Suite("Random formulas")
struct RandomFormulasTests {
  /// Recorded, replayed from the tape and replayed compiled, over changing
  /// branches, against plain numbers and a second chain rule.
  @Test("value, gradient and second derivatives", arguments: 0..<40)
  func agree(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(1000 + seed))
    let n = 1 + seed % 7
    let formula = RandomFormula(
      variables: n, steps: 5 + 5 * seed, using: &generator)
    let f = AutomaticFunction { x in
      formula.value(x, RealArithmetic<Variable>())
    }
    var gradient = Vector<Double>.zeros(n)
    var hessian = Matrix<Double>.zeros(n, n)
    var product = Vector<Double>.zeros(n)
    // Mostly small moves, which keep their branches, and at times a leap.
    var x: Vector<Double> = randomVector(n, using: &generator)
    for turn in 0..<12 {
      let move: Vector<Double> = randomVector(n, using: &generator)
      x.add(move, scaledBy: turn % 5 == 4 ? 1 : 1e-4)
      let expected = formula.value(
        (0..<n).map { i in
          Dual(value: x[i], gradient: (0..<n).map { $0 == i ? 1 : 0 })
        }, DualArithmetic())
      let plain = formula.value(x.array, RealArithmetic<Double>())
      let value = try f.valueAndGradient(at: x, into: &gradient)
      #expect(value == plain, "turn \(turn)")
      // Cancellation among some 200 terms that may each be 10 times the result.
      let scale = 1 + expected.gradient.reduce(0) { max($0, abs($1)) }
      for i in 0..<n {
        #expect(
          abs(gradient[i] - expected.gradient[i]) <= 1e-11 * scale,
          "turn \(turn), component \(i)")
      }

      // A fresh recording agrees with the replays to second order.
      let fresh = AutomaticFunction { x in
        formula.value(x, RealArithmetic<Variable>())
      }
      var freshHessian = Matrix<Double>.zeros(n, n)
      try f.hessian(at: x, into: &hessian)
      try fresh.hessian(at: x, into: &freshHessian)
      try f.hessianVectorProduct(at: x, along: move, into: &product)
      let image = freshHessian * move
      let size = 1 + freshHessian.maximumMagnitude * move.norm
      for i in 0..<n {
        #expect(abs(product[i] - image[i]) <= 1e-10 * size, "turn \(turn)")
        for j in 0...i {
          #expect(
            abs(hessian[i, j] - freshHessian[i, j])
              <= 1e-10 * (1 + freshHessian.maximumMagnitude), "turn \(turn)")
        }
      }
    }
  }

  /// Every intermediate value as an output: variables themselves, repeated ones
  /// and constants among them.
  @Test("Jacobians and their products", arguments: 0..<30)
  func jacobians(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(2000 + seed))
    let n = [1, 2, 3, 8, 9, 20][seed % 6]
    let formula = RandomFormula(
      variables: n, steps: 2 + 4 * seed, using: &generator)
    let map = AutomaticMap { x in
      formula.values(x, RealArithmetic<Variable>()) + [7, x[0]]
    }
    var x: Vector<Double> = randomVector(n, using: &generator)
    let m = try map.outputCount(at: x)
    var r = Vector<Double>.zeros(m)
    var jacobian = Matrix<Double>.zeros(m, n)
    var (image, slope) = (Vector<Double>.zeros(m), Vector<Double>.zeros(n))
    for turn in 0..<8 {
      let v: Vector<Double> = randomVector(n, using: &generator)
      let w: Vector<Double> = randomVector(m, using: &generator)
      x.add(v, scaledBy: turn % 4 == 3 ? 1 : 1e-4)
      let duals =
        formula.values(
          (0..<n).map { i in
            Dual(value: x[i], gradient: (0..<n).map { $0 == i ? 1 : 0 })
          }, DualArithmetic())
      try map.valueAndJacobian(at: x, into: &r, &jacobian)
      for (i, dual) in duals.enumerated() {
        #expect(abs(r[i] - dual.value) <= 1e-12 * (1 + abs(dual.value)))
        let scale = 1 + dual.gradient.reduce(0) { max($0, abs($1)) }
        for j in 0..<n {
          #expect(
            abs(jacobian[i, j] - dual.gradient[j]) <= 1e-11 * scale,
            "turn \(turn), output \(i), variable \(j)")
        }
      }
      #expect(r[m - 2] == 7 && r[m - 1] == x[0])
      for j in 0..<n {
        #expect(jacobian[m - 2, j] == 0)
        #expect(jacobian[m - 1, j] == (j == 0 ? 1 : 0))
      }
      try map.jacobianVectorProduct(at: x, along: v, into: &image)
      try map.vectorJacobianProduct(at: x, weights: w, into: &slope)
      let size = 1 + jacobian.maximumMagnitude
      #expect((image - jacobian * v).normInfinity <= 1e-11 * size * v.norm)
      #expect(
        (slope - jacobian.transposed * w).normInfinity
          <= 1e-11 * size * Double(m))
    }
  }
}
