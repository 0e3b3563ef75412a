import Differentiation
import Foundation
import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

/// What every method for constrained problems promises.
@Suite struct ConstrainedMethodsTests {
  // MARK: State

  struct ResumesBitForBit: ConstrainedMethodVisitor {
    func visit<M: ConstrainedMethod>(
      _ method: M,
      _ problem: (any TwiceDifferentiableConstrainedProblem) -> M.Problem
    ) throws {
      let n = 6
      let start = ChainedRosenbrock(n).start
      let file = FileManager.default.temporaryDirectory
        .appendingPathComponent("constrained-\(UUID().uuidString)").path
      defer { try? FileManager.default.removeItem(atPath: file) }
      for k in [0, 1, 2, 3, 5, 8, 13] {
        var whole = try Run(
          problem(RosenbrockOnBall.problem(n)), from: start, using: method)
        for _ in 0..<k { whole.step() }
        try whole.checkpoint.write(to: file)
        for _ in 0..<6 { whole.step() }
        var resumed = try Run(
          problem(RosenbrockOnBall.problem(n)),
          resuming: Checkpoint<M>(contentsOf: file))
        for _ in 0..<6 { resumed.step() }
        #expect(resumed.state == whole.state, "\(method.name), k = \(k)")
      }
    }
  }

  @Test func resumeBitForBit() throws {
    try forEveryConstrainedMethod(ResumesBitForBit())
  }

  struct ComesToTheSameBits: ConstrainedMethodVisitor {
    func visit<M: ConstrainedMethod>(
      _ method: M,
      _ problem: (any TwiceDifferentiableConstrainedProblem) -> M.Problem
    ) throws {
      let n = 5
      let start = ChainedRosenbrock(n).start
      func run() throws -> Run<M> {
        var run = try Run(
          problem(RosenbrockOnBall.problem(n)), from: start, using: method)
        run.advance(until: .gradientNorm(1e-8), within: Budget(iterations: 60))
        return run
      }
      let first = try run()
      var second = try run()
      #expect(first.state == second.state, "\(method.name)")
      // What a run leaves in its storage is of no account to the next.
      second.restart(from: start)
      second.advance(until: .gradientNorm(1e-8), within: Budget(iterations: 60))
      #expect(first.state == second.state, "\(method.name), restarted")
    }
  }

  @Test func comeToTheSameBitsTwice() throws {
    try forEveryConstrainedMethod(ComesToTheSameBits())
  }

  struct StepsWithoutAllocating: ConstrainedMethodVisitor {
    let n: Int

    func visit<M: ConstrainedMethod>(
      _ method: M,
      _ problem: (any TwiceDifferentiableConstrainedProblem) -> M.Problem
    ) throws {
      var run = try Run(
        problem(RosenbrockOnBall.problem(n)), from: ChainedRosenbrock(n).start,
        using: method)
      for _ in 0..<3 { run.step() }
      let count = allocations { for _ in 0..<12 { run.step() } }
      #expect(count == 0, "\(method.name), n = \(n)")
    }
  }

  @Test(arguments: [3, 40]) func stepsAllocateNothing(n: Int) throws {
    try forEveryConstrainedMethod(StepsWithoutAllocating(n: n))
  }

  // MARK: Little problems

  /// Problems whose solutions are known in closed form.
  struct SolvesLittleProblems: ConstrainedMethodVisitor {
    func visit<M: ConstrainedMethod>(
      _ method: M,
      _ problem: (any TwiceDifferentiableConstrainedProblem) -> M.Problem
    ) throws {
      func check(
        _ name: String, _ given: TwiceDifferentiableConstrainedObjective,
        from start: Vector<Double>, at x: Vector<Double>
      ) {
        // Variables of 10³ times others are known to 10⁻⁵ where ∇L is to 10⁻¹¹.
        let solution = minimize(
          problem(given), from: start, using: method,
          until: .gradientNorm(1e-11))
        #expect(solution.isVerified, "\(method.name), \(name): \(solution)")
        #expect(
          (solution.x - x).norm <= 1e-5, "\(method.name), \(name): \(solution)")
      }
      let bowl = AutomaticFunction { x in
        (x[0] - 2) * (x[0] - 2) + (x[1] - 1) * (x[1] - 1)
      }
      try check(
        "no constraints", bowl.subject(to: []), from: [5, 5], at: [2, 1])
      try check(
        "bounds alone", bowl.subject(to: [], within: Bounds(0...1, count: 2)),
        from: [5, 5], at: [1, 1])
      try check(
        "a side that is free",
        bowl.subject(to: [
          .values(from: [-.infinity], to: [.infinity]) { x in [x[0] * x[1]] },
          .rows([[1, 1]], atMost: [2]),
        ]), from: [0, 0], at: [1.5, 0.5])
      try check(
        "the same equality three times",
        bowl.subject(to: [
          .rows([[1, 1], [2, 2], [-1, -1]], equalTo: [2, 4, -2])
        ]), from: [0, 0], at: [1.5, 0.5])
      try check(
        "more inequalities than variables, all active",
        bowl.subject(to: [
          .rows(
            [[1, 0], [0, 1], [1, 1], [1, 2], [2, 1]], atMost: [0, 0, 0, 0, 0])
        ]), from: [-1, -1], at: [0, 0])
      try check(
        "no interior",
        bowl.subject(to: [.rows([[1, 1], [-1, -1]], atMost: [2, -2])]),
        from: [0, 0], at: [1.5, 0.5])
      try check(
        "a fixed variable",
        bowl.subject(
          to: [.value(atMost: 1) { x in x[0] * x[0] + x[1] * x[1] }],
          within: Bounds(lower: [0.6, -1], upper: [0.6, 1])),
        from: [0, 0], at: [0.6, 0.8])
      try check(
        "one variable",
        AutomaticFunction { x in x[0] * x[0] }.subject(to: [
          .value(atLeast: 8) { x in x[0] * x[0] * x[0] }
        ]), from: [5], at: [2])
      try check(
        "numbers of very different sizes",
        AutomaticFunction { x in
          let (a, b) = (1e-3 * x[0] - 2, x[1] - 1)
          return a * a + b * b
        }.subject(to: [.rows([[1e-3, 1]], atMost: [2])]),
        from: [0, 0], at: [1500, 0.5])
    }
  }

  @Test func solveLittleProblems() throws {
    try forEveryConstrainedMethod(SolvesLittleProblems())
  }

  // MARK: No solution

  struct RecognisesWhatHasNoSolution: ConstrainedMethodVisitor {
    func visit<M: ConstrainedMethod>(
      _ method: M,
      _ problem: (any TwiceDifferentiableConstrainedProblem) -> M.Problem
    ) throws {
      func check(
        _ name: String, _ given: TwiceDifferentiableConstrainedObjective,
        from start: Vector<Double>, _ finding: KKTCertificate.Finding
      ) {
        let solution = minimize(
          problem(given), from: start, using: method,
          within: Budget(iterations: 2000))
        #expect(
          solution.certificate.finding == finding,
          "\(method.name), \(name): \(solution)")
      }
      let sum = AutomaticFunction { x in x[0] + x[1] }
      try check(
        "rows that exclude each other",
        sum.subject(to: [.rows([[1, 1], [1, 1]], from: [1, 3], to: [2, 4])]),
        from: [0, 0], .infeasible)
      try check(
        "a square that is negative",
        sum.subject(
          to: [.value(atMost: -1) { x in x[0] * x[0] + x[1] }],
          within: Bounds(lower: [-10, 0], upper: [10, 5])),
        from: [3, 2], .infeasible)
      try check(
        "circles that do not meet",
        sum.subject(to: [
          .values(equalTo: [1, 1]) { x in
            let (a, b) = (x[0] - 3, x[0] + 3)
            return [a * a + x[1] * x[1], b * b + x[1] * x[1]]
          }
        ]), from: [0.5, 0.5], .infeasible)
      // Interior points with a learned Hessian keep curvature where there is none, and
      // go down too slowly for this budget.
      if method is QuasiNewtonInteriorPoint { return }
      try check(
        "a half plane", sum.subject(to: [.rows([[1, -1]], atMost: [0])]),
        from: [0, 0], .unbounded)
    }
  }

  @Test func recogniseWhatHasNoSolution() throws {
    try forEveryConstrainedMethod(RecognisesWhatHasNoSolution())
  }

  // MARK: Faults

  /// ‖x‖² with a fault from some call on.
  final class FaultyBall: DifferentiableResiduals {
    enum Fault: CaseIterable {
      case nan, throwing, wrongCount, nanJacobian, wrongShape, wrongSlope
    }
    struct Refusal: Error {}

    let fault: Fault
    let first: Int
    private var calls = 0
    private let ball = RosenbrockOnBall.Ball()

    init(_ fault: Fault, from first: Int) {
      self.fault = fault
      self.first = first
    }

    var count: Int { 1 }
    var hasSecondDerivatives: Bool { true }

    func residuals(
      at x: Vector<Double>, into r: inout Vector<Double>
    ) throws {
      calls += 1
      ball.residuals(at: x, into: &r)
      guard calls > first else { return }
      switch fault {
      case .nan: r.fill(with: .nan)
      case .throwing: throw Refusal()
      case .wrongCount: r = .zeros(3)
      default: break
      }
    }

    func jacobian(at x: Vector<Double>, into j: inout Matrix<Double>) {
      ball.jacobian(at: x, into: &j)
      guard calls > first else { return }
      switch fault {
      case .nanJacobian: j.fill(with: .nan)
      case .wrongShape: j = .zeros(2, 1)
      case .wrongSlope: j.scale(by: -1)
      default: break
      }
    }

    func weightedHessian(
      at x: Vector<Double>, weights w: Vector<Double>,
      into hessian: inout Matrix<Double>
    ) { ball.weightedHessian(at: x, weights: w, into: &hessian) }
  }

  struct NeverClaimsWithFaults: ConstrainedMethodVisitor {
    func visit<M: ConstrainedMethod>(
      _ method: M,
      _ problem: (any TwiceDifferentiableConstrainedProblem) -> M.Problem
    ) throws {
      let n = 4
      let start = ChainedRosenbrock(n).start
      for fault in FaultyBall.Fault.allCases {
        for first in [0, 1, 2, 5] {
          let faulty = try RosenbrockOnBall.problem(
            n, ball: FaultyBall(fault, from: first))
          let solution = minimize(
            problem(faulty), from: start, using: method,
            within: Budget(iterations: 100))
          #expect(
            !solution.isVerified,
            "\(method.name), \(fault) from \(first): \(solution)")
        }
      }
    }
  }

  @Test func claimNothingOfFaultyConstraints() throws {
    try forEveryConstrainedMethod(NeverClaimsWithFaults())
  }

  struct BacksOff: ConstrainedMethodVisitor {
    func visit<M: ConstrainedMethod>(
      _ method: M,
      _ problem: (any TwiceDifferentiableConstrainedProblem) -> M.Problem
    ) throws {
      // c is undefined beyond x₀ = 1, where steps from the start would lead.
      let given = try AutomaticFunction { x in
        (x[0] - 3) * (x[0] - 3) + x[1] * x[1]
      }.subject(to: [
        .value(atMost: 0.5) { x in x[0] * x[0] - Variable.log(1 - x[0]) }
      ])
      let solution = minimize(
        problem(given), from: [-0.2, 1], using: method)
      #expect(solution.x.isFinite, "\(method.name): \(solution)")
      #expect(solution.isVerified, "\(method.name): \(solution)")
    }
  }

  @Test func backOffWhereAConstraintIsUndefined() throws {
    try forEveryConstrainedMethod(BacksOff())
  }

  // MARK: Warm start

  struct StartsWarm: ConstrainedMethodVisitor {
    func visit<M: ConstrainedMethod>(
      _ method: M,
      _ problem: (any TwiceDifferentiableConstrainedProblem) -> M.Problem
    ) throws {
      let n = 5
      var run = try Run(
        problem(RosenbrockOnBall.problem(n)), from: ChainedRosenbrock(n).start,
        using: method)
      run.advance(until: .gradientNorm(1e-6))
      let cold = run.state.iteration
      try run.warmStart(on: problem(RosenbrockOnBall.problem(n)))
      run.advance(until: .gradientNorm(1e-6))
      // The barrier has to come down again.
      let isInterior =
        method is FilterInteriorPoint || method is QuasiNewtonInteriorPoint
      #expect(
        run.state.iteration <= (isInterior ? 4 : 2)
          && run.state.iteration < cold,
        "\(method.name) after \(cold) steps")
      #expect(run.solution().isVerified, "\(method.name): \(run.solution())")
    }
  }

  @Test func startWarm() throws {
    try forEveryConstrainedMethod(StartsWarm())
  }
}
