import Differentiation
import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct SQPTests {
  /// Problem 71 of Hock and Schittkowski, with its published minimum.
  static func hs71() throws -> TwiceDifferentiableConstrainedObjective {
    try AutomaticFunction { x in x[0] * x[3] * (x[0] + x[1] + x[2]) + x[2] }
      .subject(
        to: [
          .value(atLeast: 25) { x in x[0] * x[1] * x[2] * x[3] },
          .value(equalTo: 40) { x in
            x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3]
          },
        ], within: Bounds(1...5, count: 4))
  }

  private func check(_ solution: ConstrainedSolution, steps: Int) {
    #expect(solution.isVerified, "\(solution)")
    #expect(abs(solution.value - 17.014017289) < 1e-8)
    #expect(abs(solution.x[1] - 4.7429994) < 1e-6)
    #expect(abs(solution.multipliers[0] - 0.5522936) < 1e-6)
    #expect(abs(solution.multipliers[1] + 0.1614686) < 1e-6)
    #expect(abs(solution.boundMultipliers[0] - 1.0878712) < 1e-6)
    #expect(solution.iterations <= steps)
  }

  @Test func solvesProblem71() throws {
    check(
      minimize(
        try Self.hs71(), from: [1, 5, 5, 1], using: .sqp(),
        until: .gradientNorm(1e-8)), steps: 12)
    check(
      minimize(
        try Self.hs71(), from: [1, 5, 5, 1], using: .sqp(hessian: .exact),
        until: .gradientNorm(1e-8)), steps: 8)
  }

  /// At (1, 0) full steps keep raising the merit function however near they begin
  /// (Maratos 1978; Powell's example, Nocedal and Wright 2006, example 15.4):
  /// convergence is quadratic all the same.
  @Test func convergesFromThePointsOfMaratos() throws {
    let problem = try AutomaticFunction { x in
      2 * (x[0] * x[0] + x[1] * x[1] - 1) - x[0]
    }.subject(to: [
      .value(equalTo: 1) { x in x[0] * x[0] + x[1] * x[1] }
    ])
    for angle in [0.1, 0.01, 0.5] {
      let start: Vector<Double> = [Double.cos(angle), Double.sin(angle)]
      var run = Run(problem, from: start, using: .sqp(hessian: .exact))
      run.advance(until: .gradientNorm(1e-10))
      #expect((run.state.point.x - [1, 0]).norm < 1e-9)
      #expect(run.state.iteration <= 6, "\(run.state.iteration)")
      #expect(run.state.stepLength == 1)
      let quasi = minimize(
        problem, from: start, using: .sqp(), until: .gradientNorm(1e-10))
      #expect(quasi.isVerified && quasi.iterations <= 12, "\(quasi)")
    }
  }

  /// Linear constraints and bounds hold at every point after the first full step.
  @Test func keepsLinearConstraints() throws {
    let problem = try AutomaticFunction { x in
      .exp(x[0]) + x[1] * x[1] * x[1] * x[1] + .cos(3 * x[2])
    }.subject(
      to: [
        .rows([[1, 1, 1]], equalTo: [3]), .rows([[1, -1, 0]], atMost: [0.5]),
        .value(atMost: 8) { x in x[0] * x[0] + x[1] * x[1] + x[2] * x[2] },
      ], within: Bounds(-2...2.5, count: 3))
    var run = Run(problem, from: [2, 2, 2], using: .sqp())
    var hasMet = false
    for _ in 0..<25 {
      run.step()
      let x = run.state.point.x
      hasMet = hasMet || run.state.stepLength == 1
      if hasMet {
        #expect(abs(x[0] + x[1] + x[2] - 3) <= 1e-13)
        #expect(x[0] - x[1] <= 0.5 + 1e-13)
      }
      #expect(x.array.allSatisfy { -2...2.5 ~= $0 })
    }
    #expect(run.solution().isVerified, "\(run.solution())")
  }

  /// The linearised constraints at the start have no common point.
  @Test func goesOnWhereTheSubproblemHasNoSolution() throws {
    let problem = try AutomaticFunction { x in x[0] + x[1] }.subject(to: [
      .value(atLeast: 1) { x in x[0] * x[0] },
      .value(atMost: 4) { x in x[0] * x[0] + x[1] * x[1] },
    ])
    // ∇c₁ = 0 there.
    let solution = minimize(problem, from: [0, 1], using: .sqp())
    #expect(solution.certificate.finding != .refuted, "\(solution)")
  }

  /// What methods do not solve of Hock and Schittkowski's problems to 10⁻⁸.
  ///
  /// 13: at the minimum there are no multipliers. 99: values of 10⁸, of which 10⁻⁸ is
  /// rounding. 27, 54, 63, 92: the exact Hessian leads elsewhere or slowly.
  static let unsolved: [String: Set<Int>] = [
    "SQP (BFGS)": [13, 99],
    "SQP (exact Hessian)": [13, 27, 54, 63, 92, 99],
  ]

  struct SolvesCollection: ConstrainedMethodVisitor {
    func visit<M: ConstrainedMethod>(
      _ method: M,
      _ problem: (any TwiceDifferentiableConstrainedProblem) -> M.Problem
    ) {
      guard let unsolved = SQPTests.unsolved[method.name] else { return }
      for test in HockSchittkowski.all {
        let solution = minimize(
          problem(test.problem), from: test.start, using: method,
          until: .gradientNorm(1e-8), within: Budget(iterations: 500))
        #expect(
          solution.isVerified || unsolved.contains(test.number),
          "\(method.name), \(test.name): \(solution)")
      }
    }
  }

  @Test func solvesHockAndSchittkowski() throws {
    try forEveryConstrainedMethod(SolvesCollection())
  }
}
