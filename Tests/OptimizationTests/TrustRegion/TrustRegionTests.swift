import Matrix
import Optimization
import ProblemSets
import Testing

/// α f(x / β), the same problem in other units.
struct OtherUnits: TwiceDifferentiableObjective {
  let base: any TwiceDifferentiableObjective
  /// α and β.
  let value, length: Double

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    let f = try base.valueAndGradient(at: (1 / length) * x, into: &gradient)
    gradient.scale(by: value / length)
    return value * f
  }

  func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    try base.hessian(at: (1 / length) * x, into: &hessian)
    hessian.scale(by: value / (length * length))
  }

  func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) throws {
    try base.hessianVectorProduct(
      at: (1 / length) * x, along: v, into: &product)
    product.scale(by: value / (length * length))
  }
}

@Suite struct TrustRegionTests {
  /// All published problems with n ≤ 12.
  static var problems: [UnconstrainedProblem] {
    MoreGarbowHillstrom.all.map(\.unconstrained) + UnconstrainedProblems.all
  }

  @Test func solvesThePublishedProblemsInFewEvaluations() {
    var evaluations: [Int] = []
    for problem in Self.problems {
      let solution = minimize(
        problem.objective, from: problem.start, using: .trustRegion(),
        until: .gradientNorm(1e-5))
      // Meyer's gradient is rounded to 1e-4 where f is lowest to all digits.
      if problem.name == "Meyer" {
        #expect(abs(solution.value - 87.9458551705) < 1e-9)
        continue
      }
      #expect(solution.certificate.gradientNorm <= 1e-5, "\(problem.name)")
      evaluations.append(solution.counts.values)
    }
    // What SciPy's trust-exact takes of those CUTEst problems that it solves.
    #expect(evaluations.sorted()[evaluations.count / 2] <= 16)
  }

  @Test func iteratesDoNotDependOnUnits() {
    for problem in Self.problems.prefix(30) {
      var plain = Run(
        problem.objective, from: problem.start, using: .trustRegion())
      // Powers of two, so that no bit differs.
      let (value, length) = (0x1p30, 0x1p-20)
      var other = Run(
        OtherUnits(base: problem.objective, value: value, length: length),
        from: length * problem.start, using: .trustRegion())
      for _ in 0..<20 {
        let (a, b) = (plain.step(), other.step())
        #expect(a == b, "\(problem.name)")
        #expect(
          length * plain.state.point.x == other.state.point.x,
          "\(problem.name)")
      }
    }
  }

  @Test func leavesASaddle() {
    // At (0, y) the gradient of x²(x² − 2) + y² has no component along the only
    // direction of negative curvature: the hard case in every step.
    let saddle = TwiceDifferentiableFunction { x, gradient in
      gradient[0] = 4 * x[0] * (x[0] * x[0] - 1)
      gradient[1] = 2 * x[1]
      return x[0] * x[0] * (x[0] * x[0] - 2) + x[1] * x[1]
    } hessian: { x, h in
      h[0, 0] = 12 * x[0] * x[0] - 4
      h[1, 0] = 0
      h[1, 1] = 2
    }
    let solution = minimize(saddle, from: [0, 1], using: .trustRegion())
    #expect(solution.isVerified)
    #expect(abs(solution.value + 1) < 1e-12)
  }

  @Test func rejectedStepsEvaluateNoHessian() {
    let rosenbrock = ExtendedRosenbrock(2)
    let solution = minimize(
      rosenbrock, from: [-1.2, 1], using: .trustRegion())
    #expect(solution.isVerified)
    #expect(solution.counts.hessians == solution.iterations)
    #expect(solution.counts.values > solution.iterations + 1)
  }

  @Test func valuesNeverRise() {
    for problem in Self.problems {
      var run = Run(
        problem.objective, from: problem.start, using: .trustRegion())
      for _ in 0..<40 {
        let before = run.state.point.value
        if run.step() != nil { break }
        // Within a hundred times what rounding may be, 1000 units in the last
        // place, the gradient decides.
        #expect(
          run.state.point.value <= before + 2.3e-11 * abs(before),
          "\(problem.name)")
      }
    }
  }

  @Test func linearFunctionIsUnbounded() {
    let line = TwiceDifferentiableFunction { x, gradient in
      gradient[0] = 3
      gradient[1] = -4
      return 3 * x[0] - 4 * x[1]
    } hessian: { _, h in
      h.fill(with: 0)
    }
    let solution = minimize(line, from: [0, 0], using: .trustRegion())
    #expect(solution.cause == .unbounded)
  }

  @Test func nameSaysSolverAndModel() {
    let solution = minimize(
      ExtendedRosenbrock(2), from: [1, 1], using: .trustRegion())
    #expect(
      solution.method == "trust region (Moré-Sorensen, exact Hessian)")
  }
}
