import Foundation
import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

/// The conditional gradient method on sets whose answers are known in closed form.
@Suite struct ConditionalGradientTests {
  /// ½ ‖x − p‖², whose minimum on a set is the projection of p.
  struct Distance: TwiceDifferentiableObjective {
    let target: Vector<Double>

    func valueAndGradient(
      at x: Vector<Double>, into gradient: inout Vector<Double>
    ) -> Double {
      gradient = x
      gradient -= target
      return 0.5 * gradient.dot(gradient)
    }

    func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
      hessian.fill(with: 0)
      hessian.addToDiagonal(1)
    }
  }

  private static let targets: [Vector<Double>] = [
    [0.3, -0.2, 1.7, 0.9, -2.5, 0.05], [0.1, 0.2, 0.05, -0.1, 0, 0.15],
    [3, 3, 3, -3, 0, 1], [-1, -2, -3, -4, -5, -6],
  ]

  private func expectProjection<S: CompactSet>(
    on set: S, by method: ConditionalGradient, within distance: Double
  ) {
    for target in Self.targets {
      let start = Vector<Double>([0.5, 0.5, -1, 0, 2, 0])
      let solution = minimize(
        Distance(target: target) + set, from: start, using: method,
        until: .gradientNorm(1e-12),
        within: Budget(iterations: 3000))
      var projection = target
      set.applyProximalMap(step: 1, to: &projection)
      #expect(
        (solution.x - projection).normInfinity <= distance,
        "\(set.name) \(target)\n\(solution)")
      #expect(set.value(at: solution.x) == 0)
    }
  }

  private func expectProjections(
    by method: ConditionalGradient, within distance: Double
  ) {
    expectProjection(on: .simplex, by: method, within: distance)
    expectProjection(on: .simplex(total: 4), by: method, within: distance)
    expectProjection(on: .l1Ball(radius: 2), by: method, within: distance)
    expectProjection(
      on: .lInfinityBall(radius: 1), by: method, within: distance)
    expectProjection(
      on: Bounds.everywhere(-1...0.5, count: 6), by: method, within: distance)
  }

  @Test func vertexStepsFindProjections() {
    for direction in [ConditionalGradient.Direction.away, .pairwise] {
      for length in [ConditionalGradient.Length.backtracking, .exact] {
        expectProjections(
          by: .frankWolfe(direction: direction, length: length), within: 1e-6)
      }
    }
    expectProjections(
      by: .frankWolfe(length: .short(lipschitz: 1)), within: 1e-6)
  }

  /// Plain steps zigzag: O(1/k) and no better, as Frank and Wolfe have it.
  @Test func plainStepsComeNear() {
    expectProjections(by: .frankWolfe(direction: .plain), within: 0.05)
  }

  /// The surface of a ball is curved, and plain steps converge linearly where f
  /// still falls at it.
  @Test func plainStepsOnARoundBall() {
    let method = ConditionalGradient.frankWolfe()
    expectProjection(on: .l2Ball(radius: 0.7), by: method, within: 1e-5)
  }

  /// The portfolio of least variance of uncorrelated assets has weights 1/σ².
  @Test func minimumVariance() {
    let variances: Vector<Double> = [1, 4, 0.25, 2, 10]
    struct Variance: TwiceDifferentiableObjective {
      let v: Vector<Double>
      func valueAndGradient(
        at x: Vector<Double>, into gradient: inout Vector<Double>
      ) -> Double {
        for j in 0..<x.count { gradient[j] = v[j] * x[j] }
        return 0.5 * gradient.dot(x)
      }
      func hessian(at x: Vector<Double>, into h: inout Matrix<Double>) {
        h.fill(with: 0)
        for j in 0..<x.count { h[j, j] = v[j] }
      }
    }
    let solution = minimize(
      Variance(v: variances) + .simplex, from: [1, 0, 0, 0, 0],
      using: .frankWolfe())
    let total = variances.reduce(0) { $0 + 1 / $1 }
    for j in 0..<5 {
      #expect(abs(solution.x[j] - 1 / variances[j] / total) <= 1e-3)
    }
    #expect(solution.isVerified, "\(solution)")
    // f is convex, so that the gap of the certificate bounds f − f*.
    let gap = solution.certificate.composite?.linearGap ?? .infinity
    #expect(gap <= 1e-6)
    #expect(solution.value - 0.5 / total <= gap)
    #expect(solution.description.contains("within the set at most"))
  }

  /// Motzkin and Straus 1965: the maximum of xᵀAx on the simplex is 1 − 1/ω, with ω
  /// the size of the largest clique; in Petersen's graph every maximal clique is an
  /// edge, and so is every local maximum worth ½.
  @Test func largestCliqueOfPetersensGraph() {
    struct Edges: DifferentiableObjective {
      let a: Matrix<Double>
      func valueAndGradient(
        at x: Vector<Double>, into gradient: inout Vector<Double>
      ) -> Double {
        a.multiply(x, into: &gradient, alpha: -1)
        let value = gradient.dot(x)
        gradient.scale(by: 2)
        return value
      }
    }
    var a = Matrix<Double>.zeros(10, 10)
    for i in 0..<5 {
      for (j, k) in [(i, (i + 1) % 5), (i, i + 5), (i + 5, (i + 2) % 5 + 5)] {
        a[j, k] = 1
        a[k, j] = 1
      }
    }
    let start = Vector<Double>((0..<10).map { 1 + 0.01 * Double($0 * $0 % 7) })
    for direction in [ConditionalGradient.Direction.away, .pairwise] {
      let solution = minimize(
        Edges(a: a) + .simplex, from: start,
        using: .frankWolfe(direction: direction))
      #expect(abs(solution.value + 0.5) <= 1e-6, "\(solution)")
    }
  }

  /// A refuted claim: the gap is computed by the certificate from the oracle.
  @Test func theCertificateComputesTheGapItself() {
    let f = Distance(target: [2, 1, 0])
    let problem = f + .simplex
    let center = Certificate(of: problem, at: [1.0 / 3, 1.0 / 3, 1.0 / 3])
    #expect(!center.isVerified)
    // ∇f = −p, up to a constant along the simplex: pᵀ(e₀ − x) = 2 − 1.
    #expect(abs((center.composite?.linearGap ?? 0) - 1) <= 1e-14)
    let best = Certificate(of: problem, at: [1, 0, 0])
    #expect(best.isVerified)
    #expect(best.composite?.linearGap == 0)
  }

  /// Without an upper bound there is no vertex where f falls without end.
  @Test func unboundedSetsAreNotVerified() throws {
    struct Falling: DifferentiableObjective {
      func valueAndGradient(
        at x: Vector<Double>, into gradient: inout Vector<Double>
      ) -> Double {
        gradient[0] = -1
        gradient[1] = 1
        return x[1] - x[0]
      }
    }
    let quadrant = try Bounds(lower: [0, 0], upper: [.infinity, .infinity])
    for direction in [
      ConditionalGradient.Direction.plain, .away, .pairwise,
    ] {
      let solution = minimize(
        Falling() + quadrant, from: [1, 1],
        using: .frankWolfe(direction: direction))
      #expect(!solution.isVerified)
      #expect(solution.cause == .stuck(.undefined))
    }
  }

  /// Where f is undefined the steps are shortened.
  @Test func undefinedBeyondABorder() {
    struct Bordered: DifferentiableObjective {
      func valueAndGradient(
        at x: Vector<Double>, into gradient: inout Vector<Double>
      ) -> Double {
        gradient[0] = 2 * (x[0] - 0.3)
        gradient[1] = 2 * (x[1] - 0.7)
        gradient[2] = 0
        if x[0] > 0.5 { return .nan }
        return 0.25 * gradient.dot(gradient)
      }
    }
    for length in [ConditionalGradient.Length.backtracking, .exact] {
      let solution = minimize(
        Bordered() + .simplex, from: [0, 0, 1],
        using: .frankWolfe(length: length))
      #expect(solution.isVerified, "\(solution)")
      #expect((solution.x - [0.3, 0.7, 0]).normInfinity <= 1e-3)
    }
  }

  /// ½ ‖A x − b‖² on the sets of every kind.
  private func forEach(
    _ body: (any SetProblem, ConditionalGradient) throws -> Void
  ) throws {
    let f = Quadratic(12, condition: 30, seed: 5)
    let problems: [any SetProblem] = [
      f + .simplex, f + .l1Ball(radius: 1), f + .l2Ball(radius: 1),
      f + .lInfinityBall(radius: 0.1),
      f + Bounds.everywhere(-0.2...0.1, count: 12),
    ]
    for problem in problems {
      for direction in [
        ConditionalGradient.Direction.plain, .away, .pairwise,
      ] {
        for length in [
          ConditionalGradient.Length.backtracking, .exact,
          .short(lipschitz: 30),
        ] {
          try body(problem, .frankWolfe(direction: direction, length: length))
        }
      }
    }
  }

  @Test func resumesBitForBit() throws {
    try forEach { problem, method in
      let start = Vector<Double>(repeating: 0.05, count: 12)
      var run = Run(problem, from: start, using: method)
      for _ in 0..<5 { run.step() }
      let data = try JSONEncoder().encode(run.checkpoint)
      var resumed = Run(
        problem,
        resuming: try JSONDecoder().decode(
          Checkpoint<ConditionalGradient>.self, from: data))
      for _ in 0..<5 {
        run.step()
        resumed.step()
      }
      #expect(run.state == resumed.state, "\(method.name)")
    }
  }

  @Test func stepsAllocateNothing() throws {
    try forEach { problem, method in
      let start = Vector<Double>(repeating: 0.05, count: 12)
      var run = Run(problem, from: start, using: method)
      for _ in 0..<3 { run.step() }
      let count = allocations { for _ in 0..<5 { run.step() } }
      #expect(count == 0, "\(method.name) \(problem.set.name)")
    }
  }
}
