import Differentiation
import Foundation
import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

/// The augmented Lagrangian method over both inner methods.
@Suite struct AugmentedLagrangianTests {
  /// A problem of Hock and Schittkowski (1981) with its start and minimum.
  struct Published {
    let number: Int
    let problem: TwiceDifferentiableConstrainedObjective
    let start: Vector<Double>
    let value: Double

    init(
      _ number: Int, from start: Vector<Double>, value: Double,
      within bounds: Bounds? = nil, _ constraints: [Constraints],
      _ f: @escaping @Sendable ([Variable]) -> Variable
    ) throws {
      self.number = number
      self.start = start
      self.value = value
      problem = try AutomaticFunction(f).subject(
        to: constraints, within: bounds)
    }
  }

  static func published() throws -> [Published] {
    [
      try Published(
        6, from: [-1.2, 1], value: 0,
        [.value(equalTo: 0) { x in 10 * (x[1] - x[0] * x[0]) }]
      ) { x in (1 - x[0]) * (1 - x[0]) },
      try Published(
        7, from: [2, 2], value: -3.0.squareRoot(),
        [
          .value(equalTo: 4) { x in
            let s = 1 + x[0] * x[0]
            return s * s + x[1] * x[1]
          }
        ]
      ) { x in .log(1 + x[0] * x[0]) - x[1] },
      try Published(
        10, from: [-10, 10], value: -1,
        [
          .value(atLeast: -1) { x in
            -3 * x[0] * x[0] + 2 * x[0] * x[1] - x[1] * x[1]
          }
        ]
      ) { x in x[0] - x[1] },
      try Published(
        12, from: [0, 0], value: -30,
        [.value(atLeast: -25) { x in -4 * x[0] * x[0] - x[1] * x[1] }]
      ) { x in
        0.5 * x[0] * x[0] + x[1] * x[1] - x[0] * x[1] - 7 * x[0] - 7 * x[1]
      },
      try Published(
        39, from: [2, 2, 2, 2], value: -1,
        [
          .values(equalTo: [0, 0]) { x in
            [
              x[1] - x[0] * x[0] * x[0] - x[2] * x[2],
              x[0] * x[0] - x[1] - x[3] * x[3],
            ]
          }
        ]
      ) { x in -x[0] },
      try Published(
        43, from: [0, 0, 0, 0], value: -44,
        [
          .values(atLeast: [-8, -10, -5]) { x in
            let s = x.map { $0 * $0 }
            let first = -s[0] - s[1] - s[2] - s[3] - x[0] + x[1] - x[2] + x[3]
            let second = -s[0] - 2 * s[1] - s[2] - 2 * s[3] + x[0] + x[3]
            let third = -2 * s[0] - s[1] - s[2] - 2 * x[0] + x[1] + x[3]
            return [first, second, third]
          }
        ]
      ) { x in
        let squares =
          x[0] * x[0] + x[1] * x[1] + 2 * x[2] * x[2] + x[3] * x[3]
        return squares - 5 * x[0] - 5 * x[1] - 21 * x[2] + 7 * x[3]
      },
      try Published(
        71, from: [1, 5, 5, 1], value: 17.0140173,
        within: Bounds(1...5, count: 4),
        [
          .value(atLeast: 25) { x in x[0] * x[1] * x[2] * x[3] },
          .value(equalTo: 40) { x in
            x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3]
          },
        ]
      ) { x in x[0] * x[3] * (x[0] + x[1] + x[2]) + x[2] },
    ]
  }

  /// Both inner methods on a problem.
  private func solutions(
    of problem: TwiceDifferentiableConstrainedObjective,
    from start: Vector<Double>, to tolerance: Double = 1e-6,
    within budget: Budget = Budget(iterations: 3000)
  ) -> [ConstrainedSolution] {
    [
      minimize(
        problem, from: start, using: .augmentedLagrangian(),
        until: .gradientNorm(tolerance), within: budget),
      minimize(
        problem, from: start, using: .augmentedLagrangian(BoundedTrustRegion()),
        until: .gradientNorm(tolerance), within: budget),
    ]
  }

  @Test func arrivesAtPublishedMinima() throws {
    for test in try Self.published() {
      for solution in solutions(of: test.problem, from: test.start) {
        #expect(
          solution.certificate.finding == .optimal,
          "HS\(test.number)\n\(solution)")
        #expect(
          abs(solution.value - test.value) <= 1e-5 * max(1, abs(test.value)),
          "HS\(test.number)\n\(solution)")
      }
    }
  }

  @Test func goesOnToEightDigits() throws {
    for test in try Self.published() {
      for solution in solutions(of: test.problem, from: test.start, to: 1e-8) {
        #expect(
          solution.certificate.finding == .optimal,
          "HS\(test.number)\n\(solution)")
      }
    }
  }

  /// Three hundred constraints on forty variables, whose solution is known by
  /// construction.
  @Test func manyConstraints() throws {
    let test = Construction(
      seed: 11, variables: 40, rank: 40, equalities: 10, inequalities: 300,
      active: 0.05
    ).problem("many")
    let exact = minimize(test.program, using: .interiorPoint())
    let start = Vector<Double>.zeros(40)
    for solution in [
      minimize(
        test.program.problem, from: start, using: .augmentedLagrangian()),
      minimize(
        test.program.problem, from: start,
        using: .augmentedLagrangian(BoundedTrustRegion())),
    ] {
      #expect(solution.certificate.finding == .optimal, "\(solution)")
      #expect(abs(solution.value - exact.value) <= 1e-5, "\(solution)")
    }
  }

  /// A range counts as one constraint, with a multiplier of either sign.
  @Test func rangesPushFromBothSides() throws {
    let f = AutomaticFunction { x in
      (x[0] - 3) * (x[0] - 3) + (x[1] + 3) * (x[1] + 3)
    }
    let problem = try f.subject(to: [
      .values(from: [-1, -2], to: [1, 2]) { x in [x[0], x[1]] }
    ])
    for solution in solutions(of: problem, from: [0.3, 0.4]) {
      #expect(solution.isVerified, "\(solution)")
      #expect((solution.x - [1, -2]).normInfinity <= 1e-6)
      #expect((solution.multipliers - [-4, 2]).normInfinity <= 1e-5)
    }
  }

  /// x² + 1 = 0 and friends: the violation is stationary where it is least.
  @Test func infeasibleProblemsAreRecognised() throws {
    let f = AutomaticFunction { x in x[0] + x[1] * x[1] }
    let parabola = try f.subject(to: [
      .value(equalTo: 0) { x in x[0] * x[0] + 1 + x[1] * x[1] }
    ])
    let halves = try f.subject(to: [
      .rows([[1, 1]], atLeast: [3]), .rows([[1, 1]], atMost: [1]),
      .value(atLeast: -10) { x in x[0] * x[1] },
    ])
    let bounded = try f.subject(
      to: [.value(atLeast: 5) { x in x[0] * x[1] }],
      within: Bounds(0...2, count: 2))
    for problem in [parabola, halves, bounded] {
      for solution in solutions(of: problem, from: [0.7, 0.2]) {
        #expect(solution.cause == .stuck(.infeasible), "\(solution)")
        #expect(solution.certificate.finding == .infeasible, "\(solution)")
      }
    }
  }

  /// f alone leads to 0, where the violation is stationary; but the start says that the
  /// constraint can hold.
  @Test func stationaryViolationsAreLeft() throws {
    let problem = try AutomaticFunction { x in x[0] * x[0] }.subject(to: [
      .value(atLeast: 8) { x in x[0] * x[0] * x[0] }
    ])
    for solution in solutions(of: problem, from: [5]) {
      #expect(solution.isVerified, "\(solution)")
      #expect(abs(solution.x[0] - 2) <= 1e-6, "\(solution)")
    }
  }

  /// f falls without end along a curve on which the constraints hold.
  @Test func unboundedProblemsAreRecognised() throws {
    let f = AutomaticFunction { x in -x[0] }
    let problem = try f.subject(to: [
      .value(atLeast: 0) { x in x[0] - x[1] * x[1] },
      .rows([[1, -1]], atLeast: [0]),
    ])
    for solution in solutions(of: problem, from: [1, 0]) {
      #expect(solution.cause == .unbounded, "\(solution)")
      #expect(solution.certificate.finding == .unbounded, "\(solution)")
    }
  }

  @Test func noConstraintsAndOneVariable() throws {
    let f = AutomaticFunction { x in (x[0] - 2) * (x[0] - 2) }
    for solution in solutions(of: try f.subject(to: []), from: [9]) {
      #expect(solution.isVerified, "\(solution)")
      #expect(abs(solution.x[0] - 2) <= 1e-6)
    }
    let half = try f.subject(to: [.rows([[1]], atMost: [1])])
    for solution in solutions(of: half, from: [9]) {
      #expect(solution.isVerified, "\(solution)")
      #expect(abs(solution.x[0] - 1) <= 1e-6)
      #expect(abs(solution.multipliers[0] + 2) <= 1e-5)
    }
  }

  /// Equalities that say the same twice have many multipliers, any of which will do.
  @Test func dependentEqualities() throws {
    let f = AutomaticFunction { x in x[0] * x[0] + x[1] * x[1] }
    let problem = try f.subject(to: [
      .rows([[1, 1], [2, 2]], equalTo: [2, 4])
    ])
    for solution in solutions(of: problem, from: [5, -4]) {
      #expect(solution.isVerified, "\(solution)")
      #expect((solution.x - [1, 1]).normInfinity <= 1e-6)
    }
  }

  /// Where a constraint is undefined the steps are shortened; where it is undefined at
  /// the start nothing is claimed.
  @Test func undefinedConstraints() throws {
    let f = AutomaticFunction { x in x[0] + x[1] }
    let problem = try f.subject(to: [
      .value(atLeast: 0) { x in .log(x[0]) + .log(x[1]) }
    ])
    for solution in solutions(of: problem, from: [3, 2]) {
      #expect(solution.isVerified, "\(solution)")
      #expect((solution.x - [1, 1]).normInfinity <= 1e-5)
    }
    for solution in solutions(of: problem, from: [-3, 2]) {
      #expect(!solution.isVerified)
      #expect(solution.cause == .undefinedAtStart)
    }
  }

  /// A constraint whose derivative is wrong is no ground for a verified answer.
  @Test func wrongJacobiansAreNotVerified() throws {
    struct Wrong: DifferentiableResiduals {
      var dimension: Int? { 2 }
      var count: Int { 1 }
      func residuals(at x: Vector<Double>, into r: inout Vector<Double>) {
        r[0] = x[0] * x[0] + x[1] * x[1] - 1
      }
      func jacobian(at x: Vector<Double>, into j: inout Matrix<Double>) {
        j[0, 0] = 2 * x[0]
        j[0, 1] = -x[1]
      }
    }
    let f = AutomaticFunction { x in x[0] + 2 * x[1] }
    let problem = try f.subject(to: [
      .values(of: Wrong(), from: [0], to: [0])
    ])
    for solution in solutions(
      of: problem, from: [0.5, 0.5], within: Budget(iterations: 300))
    {
      #expect(!solution.isVerified, "\(solution)")
    }
  }

  /// Rosenbrock's function on a shell, with linear rows.
  private struct Shell: DifferentiableResiduals {
    let n: Int
    var dimension: Int? { n }
    var count: Int { 1 }
    func residuals(at x: Vector<Double>, into r: inout Vector<Double>) {
      let square = x.dot(x)
      r.withUnsafeMutableBufferPointer { $0[0] = square }
    }
    func jacobian(at x: Vector<Double>, into j: inout Matrix<Double>) {
      x.withUnsafeBufferPointer { x in
        j.withUnsafeMutableBufferPointer { j in
          for k in 0..<n { j[k] = 2 * x[k] }
        }
      }
    }
    let hasSecondDerivatives = true
    func weightedHessian(
      at x: Vector<Double>, weights w: Vector<Double>,
      into hessian: inout Matrix<Double>
    ) {
      hessian.fill(with: 0)
      hessian.addToDiagonal(2 * w[0])
    }
  }

  private func shell(
    _ n: Int
  ) throws -> TwiceDifferentiableConstrainedObjective {
    try ChainedRosenbrock(n).subject(
      to: [
        .rows(
          Matrix(rows: 2, columns: n) { i, j in i == 0 ? 1 : j % 2 == 0 ? 1 : 0
          },
          from: [-1, 0], to: [2, 1]),
        .values(of: Shell(n: n), from: [1], to: [1.5]),
      ], within: Bounds(-2...2, count: n))
  }

  private func expectResuming<M: ConstrainedMethod>(
    _ problem: M.Problem, _ start: Vector<Double>, _ method: M
  ) throws {
    var run = Run(problem, from: start, using: method)
    for _ in 0..<9 { run.step() }
    let data = try JSONEncoder().encode(run.checkpoint)
    var resumed = Run(
      problem,
      resuming: try JSONDecoder().decode(Checkpoint<M>.self, from: data))
    for _ in 0..<40 {
      run.step()
      resumed.step()
      #expect(run.state == resumed.state, "\(method.name)")
    }
  }

  @Test func resumesBitForBit() throws {
    let problem = try shell(6)
    let start = ChainedRosenbrock(6).start
    try expectResuming(problem, start, .augmentedLagrangian())
    try expectResuming(
      problem, start, .augmentedLagrangian(BoundedTrustRegion()))
  }

  private func expectNoAllocation<M: ConstrainedMethod>(
    _ problem: M.Problem, _ start: Vector<Double>, _ method: M
  ) {
    var run = Run(problem, from: start, using: method)
    for _ in 0..<4 { run.step() }
    let count = allocations { for _ in 0..<60 { run.step() } }
    #expect(count == 0, "\(method.name)")
  }

  @Test func stepsAllocateNothing() throws {
    let problem = try shell(8)
    let start = ChainedRosenbrock(8).start
    expectNoAllocation(problem, start, .augmentedLagrangian())
    expectNoAllocation(
      problem, start, .augmentedLagrangian(BoundedTrustRegion()))
  }

  /// A program that differs little is solved in few steps from the last one.
  @Test func warmStarts() throws {
    func circle(_ radius: Double) throws
      -> TwiceDifferentiableConstrainedObjective
    {
      try AutomaticFunction { x in 3 * x[0] + x[1] + x[0] * x[1] }.subject(to: [
        .value(atMost: radius) { x in x[0] * x[0] + x[1] * x[1] }
      ])
    }
    var run = Run(
      try circle(4), from: [0.5, 1], using: .augmentedLagrangian())
    run.advance()
    let cold = run.state.counts.values
    #expect(run.solution().isVerified)
    run.warmStart(on: try circle(4.02))
    run.advance()
    let solution = run.solution()
    #expect(solution.isVerified, "\(solution)")
    #expect(solution.counts.values <= cold / 2, "\(solution)")
  }
}
