import Differentiation
import Matrix
import Optimization
import ProblemSets
import Testing

@Suite("Minimising within constraints, by methods that are chosen")
struct AutomaticConstraintsTests {
  /// f as those see it who have no second derivatives.
  private struct FirstOrder: DifferentiableObjective {
    let function: AutomaticFunction

    func valueAndGradient(
      at x: Vector<Double>, into gradient: inout Vector<Double>
    ) throws -> Double {
      try function.valueAndGradient(at: x, into: &gradient)
    }
  }

  private func firstOrder(
    _ test: ConstrainedTestProblem
  ) throws -> any ConstrainedProblem {
    let problem = test.problem
    return try FirstOrder(function: test.objective).subject(
      to: problem.constraints.parts, within: problem.bounds)
  }

  @Test("All of Hock and Schittkowski's problems, with Hessians")
  func withHessians() {
    for test in HockSchittkowski.all {
      let solution = minimize(test.problem, from: test.start)
      #expect(solution.isVerified, "\(test.name): \(solution)")
      #expect(solution.certificate.residual <= 1e-6, "\(test.name)")
    }
  }

  /// Problem 13 has no multipliers at its minimum.
  @Test("All but one without Hessians, and no claim that does not hold")
  func withoutHessians() throws {
    var unsolved: [Int] = []
    for test in HockSchittkowski.all {
      let solution = minimize(try firstOrder(test), from: test.start)
      if solution.certificate.residual > 1e-6 {
        unsolved.append(test.number)
        #expect(!solution.isVerified, "\(test.name)")
      }
    }
    #expect(unsolved.allSatisfy { $0 == 13 }, "\(unsolved)")
  }

  @Test("The choice and what came before it are in the notes")
  func notes() throws {
    let test = try #require(HockSchittkowski.problem(71))
    let solution = minimize(test.problem, from: test.start)
    #expect(solution.notes.first == "chosen: SQP, for 4 variables")
    let large = 400
    let sum = TwiceDifferentiableFunction { x, gradient in
      gradient.copy(from: x)
      return 0.5 * x.dot(x)
    } hessian: { _, hessian in
      hessian = .identity(large)
    }
    let row = Matrix<Double>(rows: 1, columns: large) { _, _ in 1 }
    let many = minimize(
      try sum.subject(to: [.rows(row, equalTo: [1])]), from: .zeros(large))
    #expect(many.isVerified)
    #expect(abs(many.x[7] - 1 / Double(large)) < 1e-9)
    #expect(many.notes.first?.hasPrefix("chosen: interior points") == true)
  }

  @Test("Infeasible and unbounded problems end with a verified finding")
  func without() throws {
    let f = AutomaticFunction { x in x[0] + x[1] }
    let circles = try f.subject(to: [
      .value(atMost: 1) { x in x[0] * x[0] + x[1] * x[1] },
      .value(atMost: 1) { x in
        (x[0] - 3) * (x[0] - 3) + x[1] * x[1]
      },
    ])
    let apart = minimize(circles, from: [1, 1])
    #expect(apart.certificate.finding == .infeasible, "\(apart)")
    let falling = try f.subject(to: [.value(atMost: 1) { $0[0] + $0[1] }])
    let endless = minimize(falling, from: [0, 0])
    #expect(endless.certificate.finding == .unbounded, "\(endless)")
  }

  @Test("A budget holds for all methods together")
  func budget() throws {
    let test = try #require(HockSchittkowski.problem(108))
    let solution = minimize(
      test.problem, from: test.start, within: Budget(iterations: 3))
    #expect(solution.iterations <= 3)
    #expect(!solution.isVerified)
  }

  @Test("What the user says ends all")
  func observer() throws {
    let test = try #require(HockSchittkowski.problem(71))
    var seen = 0
    let solution = minimize(test.problem, from: test.start) { _ in
      seen += 1
      return seen == 2 ? .stop : .proceed
    }
    #expect(solution.cause == .observer)
    #expect(seen == 2)
  }
}
