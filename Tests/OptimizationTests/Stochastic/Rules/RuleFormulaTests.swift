import Foundation
import Matrix
import Testing

@testable import Optimization

/// What no library has, against the papers' formulas written out.
@Suite struct RuleFormulaTests {
  @Test func yogiIsThePapers() throws {
    let (beta1, beta2, epsilon, rate) = (0.8, 0.95, 1e-2, 2e-3)
    for problem in RuleProblem<Double>.all {
      let steps = [1, 2, 40]
      let points = problem.points(
        of: Yogi<Double>(
          rate: .constant(rate), beta1: beta1, beta2: beta2, epsilon: epsilon),
        at: steps)
      var x = problem.start
      var g = Vector<Double>.zeros(x.count)
      var m = [Double](repeating: 0, count: x.count)
      var v = [Double](repeating: 1e-6, count: x.count)
      var expected: [[Double]] = []
      for t in 1...40 {
        problem.gradient(x, &g)
        for i in x.indices {
          let square = g[i] * g[i]
          let sign: Double = v[i] > square ? 1 : v[i] < square ? -1 : 0
          m[i] = beta1 * m[i] + (1 - beta1) * g[i]
          v[i] = v[i] - (1 - beta2) * sign * square
          x[i] -= rate * m[i] / (v[i].squareRoot() + epsilon)
        }
        if steps.contains(t) { expected.append(x.array) }
      }
      for (p, q) in zip(points.joined(), expected.joined()) {
        #expect(abs(p - q) <= 1e-12)
      }
    }
  }

  @Test func rpropTakesTheLastChangeBackAsItFirstDid() throws {
    for problem in RuleProblem<Double>.all {
      let steps = [1, 2, 3, 10, 40]
      let points = problem.points(
        of: Rprop<Double>(rate: 0.01, onSignChange: .revert), at: steps)
      var x = problem.start
      var g = Vector<Double>.zeros(x.count)
      var last = [Double](repeating: 0, count: x.count)
      var length = [Double](repeating: 0.01, count: x.count)
      var change = [Double](repeating: 0, count: x.count)
      var expected: [[Double]] = []
      var reverted = 0
      for t in 1...40 {
        problem.gradient(x, &g)
        for i in x.indices {
          let product = last[i] * g[i]
          if product > 0 {
            length[i] = min(length[i] * 1.2, 50)
          } else if product < 0 {
            length[i] = max(length[i] * 0.5, 1e-6)
            reverted += 1
          }
          if product < 0 {
            change[i] = -change[i]
            last[i] = 0
          } else {
            change[i] = g[i] > 0 ? -length[i] : g[i] < 0 ? length[i] : 0
            last[i] = g[i]
          }
          x[i] += change[i]
        }
        if steps.contains(t) { expected.append(x.array) }
      }
      #expect(reverted > 0)
      for (p, q) in zip(points.joined(), expected.joined()) {
        #expect(abs(p - q) <= 1e-13)
      }
    }
  }

  @Test func nesterovIsTheLookAheadInOtherVariables() throws {
    // v ← β v + ∇f(y − η β v), y ← y − η v, whose point of evaluation is x.
    let (rate, beta) = (0.02, 0.9)
    let problem = RuleProblem<Double>.quadratic
    let points = problem.points(
      of: Nesterov<Double>(rate: .constant(rate), momentum: beta), at: [50])
    var y = problem.start
    var v = Vector<Double>.zeros(y.count)
    var g = v
    for _ in 0..<50 {
      problem.gradient(y - (rate * beta) * v, &g)
      v = beta * v + g
      y = y - rate * v
    }
    let x = y - (rate * beta) * v
    #expect((x - Vector(points[0])).norm <= 1e-13 * x.norm)
  }

  @Test func aCentredVarianceBelowZeroIsZero() throws {
    // A constant gradient, whose variance vanishes and rounds to below 0.
    let rule = RMSProp<Double>(epsilon: 1e-8, centred: true)
    let layout = ParameterLayout(count: 5)
    var x = Vector<Double>.zeros(5)
    var memory = rule.makeMemory(for: layout)
    var none: Void = ()
    for t in 0..<2000 {
      var g: Vector<Double> = [0.1, 0.3, 1.7, -2.3, 1e-5]
      rule.update(
        &x, by: &g, &memory, &none, at: UpdateStep(index: t, on: layout))
    }
    #expect(x.allSatisfy { $0.isFinite })
  }

  @Test(arguments: [(6, 4), (4, 6), (5, 5), (2, 30)])
  func orthogonalizationFindsThePolarFactor(m: Int, n: Int) throws {
    var layout = ParameterLayout()
    layout.append("X", rows: m, columns: n)
    var iteration = Orthogonalization<Double>(for: layout)
    let start = Matrix<Double>(rows: m, columns: n) { i, j in
      sin(Double(i * n + j) * 1.3) + (i == j ? 2 : 0)
    }
    var x = start
    let scale = start.frobeniusNorm
    // The coefficients of Björck and Bowie converge.
    x.withUnsafeMutableBufferPointer { x in
      if let x = x.baseAddress {
        iteration.orthogonalize(
          x, m, n, dividingBy: scale, [15.0 / 8, -10.0 / 8, 3.0 / 8], 40)
      }
    }
    // X = U S Vᵀ has the polar factor U Vᵀ, found by another way: XᵀP is
    // symmetric positive semidefinite and P orthogonal.
    let k = min(m, n)
    let gram = m <= n ? x * x.transposed : x.transposed * x
    for i in 0..<k {
      for j in 0..<k {
        #expect(abs(gram[i, j] - (i == j ? 1 : 0)) < 1e-12)
      }
    }
    let stretch =
      m <= n ? start * x.transposed : start.transposed * x
    for i in 0..<k {
      for j in 0..<k {
        #expect(abs(stretch[i, j] - stretch[j, i]) < 1e-11 * scale)
      }
    }
    let eigenvalues = try SymmetricEigen<Double>(stretch).eigenvalues
    #expect(eigenvalues.allSatisfy { $0 > 0 })
  }

  @Test func settingsOutOfRangeAreRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = Momentum<Double>(momentum: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = AdamW<Double>(decay: -1)
    }
    await #expect(processExitsWith: .failure) {
      _ = RAdam<Double>(threshold: 3)
    }
    await #expect(processExitsWith: .failure) {
      _ = LearningRate.cosine(from: 0.1, over: 0)
    }
    await #expect(processExitsWith: .failure) {
      _ = LearningRate.constant(-1)
    }
  }

  @Test func memoriesOfOtherLayoutsAreRefused() async {
    await #expect(processExitsWith: .failure) {
      let rule = Adam<Double>()
      let layout = ParameterLayout(count: 5)
      var memory = rule.makeMemory(for: ParameterLayout(count: 4))
      var x = Vector<Double>.zeros(5)
      var g = x
      var none: Void = ()
      rule.update(
        &x, by: &g, &memory, &none, at: UpdateStep(index: 0, on: layout))
    }
  }
}
