import Matrix
import ProblemSets
import TestSupport
import Testing

@testable import Optimization

@Suite struct AdaptiveCubicTests {
  /// The conditions of optimality of the cubic model, and no lower value around.
  private func check(
    _ problem: Subproblem, weight: Double, _ note: Comment
  ) throws {
    var system = ShiftedSystem(dimension: problem.dimension)
    var s = Vector<Double>.zeros(problem.dimension)
    var evaluator = Evaluator(
      DifferentiableFunction { _, _ in 0 } as any DifferentiableObjective)
    let model = try #require(
      system.minimise(
        problem.b, problem.g, weight: weight, tolerance: 1e-9, &evaluator,
        into: &s))
    let shift = system.shift
    let length = s.norm
    let scale = problem.eigen.eigenvalues.normInfinity + shift
    // (B + λI) s = −g, λ = σ‖s‖, B + λI ⪰ 0.
    var residual = problem.g
    problem.b.symmetricMultiply(s, into: &residual, beta: 1)
    residual.add(s, scaledBy: shift)
    #expect(residual.norm <= 1e-4 * scale * length, note)
    #expect(abs(weight * length - shift) <= 1e-8 * shift, note)
    #expect(problem.lowest + shift >= -1e-12 * scale, note)
    let decrease = problem.decrease(s) - weight * length * length * length / 3
    #expect(abs(model.predicted - decrease) <= 1e-7 * decrease, note)
    #expect(abs(model.norm - length) <= 1e-8 * length, note)
    // In the ball of its length s is the best step of the quadratic model too.
    let best = problem.bestDecrease(radius: length)
    #expect(abs(problem.decrease(s) - best) <= 1e-7 * best, note)
  }

  @Test(arguments: [1, 2, 5, 40])
  func optimalOnRandomMatrices(n: Int) throws {
    var generator = SplitMix64(seed: 81)
    for shift in [-3.0, 0, 3] {
      let problem = try Subproblem(n, shiftedBy: shift, using: &generator)
      for weight in [1e-6, 0.01, 1, 100, 1e6] {
        try check(problem, weight: weight, "n = \(n), \(shift), σ = \(weight)")
      }
    }
  }

  @Test func hardCase() throws {
    var generator = SplitMix64(seed: 82)
    for component in [0.0, 1e-12, 1e-4] {
      let problem = try Subproblem(
        eigenvalues: [-1.5, 0.5, 1, 2, 7],
        components: [component, 1, 1, 1, 1], using: &generator)
      for weight in [1e-4, 0.1, 1, 10] {
        try check(
          problem, weight: weight, "component \(component), σ = \(weight)")
      }
    }
  }

  @Test func solvesThePublishedProblemsInFewEvaluations() {
    var evaluations: [Int] = []
    for problem in TrustRegionTests.problems
    where problem.name != "Meyer" && !problem.traits.contains(.nonsmooth) {
      let solution = minimize(
        problem.objective, from: problem.start, using: .adaptiveCubic(),
        until: .gradientNorm(1e-5))
      #expect(
        solution.certificate.gradientNorm <= 1e-5,
        "\(problem.name), \(solution.cause!)")
      evaluations.append(solution.counts.values)
    }
    #expect(evaluations.sorted()[evaluations.count / 2] <= 16)
  }

  @Test func iteratesDoNotDependOnUnits() {
    for problem in TrustRegionTests.problems.prefix(20) {
      let (value, length) = (0x1p30, 0x1p-20)
      var plain = Run(
        problem.objective, from: problem.start, using: .adaptiveCubic())
      var other = Run(
        OtherUnits(base: problem.objective, value: value, length: length),
        from: length * problem.start, using: .adaptiveCubic())
      for _ in 0..<20 {
        #expect(plain.step() == other.step(), "\(problem.name)")
        #expect(
          length * plain.state.point.x == other.state.point.x,
          "\(problem.name)")
      }
    }
  }

  @Test func leavesASaddle() {
    let saddle = TwiceDifferentiableFunction { x, gradient in
      gradient[0] = 4 * x[0] * (x[0] * x[0] - 1)
      gradient[1] = 2 * x[1]
      return x[0] * x[0] * (x[0] * x[0] - 2) + x[1] * x[1]
    } hessian: { x, h in
      h[0, 0] = 12 * x[0] * x[0] - 4
      h[1, 0] = 0
      h[1, 1] = 2
    }
    let solution = minimize(saddle, from: [0, 1], using: .adaptiveCubic())
    #expect(solution.isVerified)
    #expect(abs(solution.value + 1) < 1e-12)
  }
}
