import Foundation
import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

/// What holds for every method on a problem whose penalty counts.
@Suite struct CompositeMethodTests {
  /// Calls `body` with every method and a logistic regression with zeros.
  private func forEach(_ body: any CompositeVisitor) throws {
    let data = try RegularizedData()
    let problem = data.losses + 5 * .l1(excluding: data.intercept)
    try body.visit(.proximalGradient(), problem, data.start)
    try body.visit(
      .proximalGradient(length: .backtracking), problem, data.start)
    try body.visit(.fista(), problem, data.start)
    try body.visit(.fista(restart: .value), problem, data.start)
    try body.visit(.proximalNewton(), problem, data.start)
    try body.visit(.owlqn(), problem, data.start)
    try body.visit(.owlqn(memory: 3), problem, data.start)
    let groups = data.losses + 20 * .groupLasso([0..<10, 10..<20, 20..<30])
    try body.visit(.fista(), groups, data.start)
    try body.visit(.proximalNewton(), groups, data.start)
    let net =
      data.losses + 2 * .elasticNet(l1Ratio: 0.5, excluding: data.intercept)
    try body.visit(.owlqn(), net, data.start)
  }

  struct Resumes: CompositeVisitor {
    func visit<M: Method>(
      _ method: M, _ problem: M.Problem, _ start: Vector<Double>
    ) throws {
      var run = Run(problem, from: start, using: method)
      for _ in 0..<4 { run.step() }
      let data = try JSONEncoder().encode(run.checkpoint)
      var resumed = Run(
        problem,
        resuming: try JSONDecoder().decode(Checkpoint<M>.self, from: data))
      for _ in 0..<4 {
        run.step()
        resumed.step()
      }
      #expect(run.state == resumed.state, "\(method.name)")
    }
  }

  @Test func resumesBitForBit() throws { try forEach(Resumes()) }

  struct AllocatesNothing: CompositeVisitor {
    func visit<M: Method>(
      _ method: M, _ problem: M.Problem, _ start: Vector<Double>
    ) {
      var run = Run(problem, from: start, using: method)
      for _ in 0..<12 { run.step() }
      let count = allocations { for _ in 0..<3 { run.step() } }
      #expect(count == 0, "\(method.name)")
    }
  }

  @Test func stepsAllocateNothing() throws { try forEach(AllocatesNothing()) }

  struct Arrives: CompositeVisitor {
    func visit<M: Method>(
      _ method: M, _ problem: M.Problem, _ start: Vector<Double>
    ) {
      let solution = minimize(problem, from: start, using: method)
      #expect(solution.isVerified, "\(solution)")
      #expect(solution.certificate.classification == .minimum)
      let gap = solution.certificate.composite?.dualityGap ?? .infinity
      #expect(gap <= 1e-5, "\(solution)")
      let zeros = solution.certificate.composite?.zeroCount ?? 0
      #expect(zeros > 0, "\(solution)")
    }
  }

  @Test func allArriveAndAreVerified() throws { try forEach(Arrives()) }

  /// Where f is undefined beyond a border, the methods back away from it, and what
  /// they are left with is not verified unless it is right.
  @Test func undefinedBeyondABorder() {
    struct Bordered: TwiceDifferentiableObjective {
      func valueAndGradient(
        at x: Vector<Double>, into gradient: inout Vector<Double>
      ) throws -> Double {
        gradient[0] = x[0] - 3
        gradient[1] = x[1] + 1
        if x[0] > 1.5 { return .nan }
        return 0.5 * gradient.dot(gradient)
      }
      func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
        hessian = [[1, 0], [0, 1]]
      }
    }
    // With λ = 2 the minimum at x₀ = 1 is this side of the border, with ½ beyond.
    let inside = Bordered() + 2 * .l1
    let beyond = Bordered() + 0.5 * .l1
    for solution in CompositeMethods.solutions(
      of: inside, from: [0, 0], to: 1e-9, within: Budget())
    {
      #expect(solution.isVerified, "\(solution)")
      #expect((solution.x - [1, 0]).normInfinity <= 1e-8)
    }
    for solution in CompositeMethods.solutions(
      of: beyond, from: [0, 0], to: 1e-9, within: Budget(iterations: 500))
    {
      #expect(!solution.isVerified)
      #expect(solution.x[0] <= 1.5)
    }
  }

  @Test func theChoiceIsInTheNotes() throws {
    let data = try RegularizedData()
    let newton = minimize(
      data.losses + 5 * .l1(excluding: data.intercept), from: data.start)
    #expect(newton.notes.contains { $0.contains("proximal Newton") })
    #expect(newton.isVerified)
    let gradients = minimize(
      data.squares + 0.1 * .groupLasso([0..<15, 15..<30]), from: data.start)
    #expect(gradients.notes.contains { $0.contains("proximal gradient") })
    #expect(gradients.isVerified)
    let f: any DifferentiableObjective = data.losses
    let pairs = minimize(
      CompositeObjective(f, 5 * .l1(excluding: data.intercept)),
      from: data.start)
    #expect(pairs.notes.contains { $0.contains("OWL-QN") })
    #expect((pairs.x - newton.x).normInfinity <= 1e-5)
  }

  /// Beyond the set of a problem the start is moved, and what is not convex stays
  /// within.
  @Test func nonconvexWithinABall() {
    let rosenbrock = ChainedRosenbrock(2)
    for solution in CompositeMethods.generalSolutions(
      of: rosenbrock + .l2Ball(radius: 1), from: [-3, 1], to: 1e-8,
      within: Budget(iterations: 20_000))
    {
      #expect(solution.isVerified, "\(solution)")
      // Known to ten digits: 0.7864151510, 0.6176983126 of 100 (y − x²)² + (1 − x)².
      #expect(abs(solution.x[0] - 0.7864151510) <= 1e-6)
      #expect(abs(solution.x[1] - 0.6176983126) <= 1e-6)
    }
  }
}

/// Something to be done with a method and a problem.
protocol CompositeVisitor {
  func visit<M: Method>(
    _ method: M, _ problem: M.Problem, _ start: Vector<Double>) throws
}
