import Matrix
import Optimization
import ProblemSets
import Testing

/// f = x₀² − x₁² + x₁⁴, with a saddle at 0 and minima −¼ at (0, ±1/√2).
private struct TwoValleys: TwiceDifferentiableObjective {
  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    gradient[0] = 2 * x[0]
    gradient[1] = -2 * x[1] + 4 * x[1] * x[1] * x[1]
    return x[0] * x[0] - x[1] * x[1] + x[1] * x[1] * x[1] * x[1]
  }

  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
    hessian[0, 0] = 2
    hessian[1, 0] = 0
    hessian[1, 1] = -2 + 12 * x[1] * x[1]
  }
}

private let twoValleys = TwoValleys()

@Suite struct SaddleTests {
  struct LeavesSaddles: MethodVisitor {
    func visit<M: Method>(
      _ method: M, _ problem: (Objectives) -> M.Problem
    ) {
      // As residuals the function is another one.
      guard M.Problem.self != (any DifferentiableResiduals).self else { return }
      let objectives = Objectives(
        twoValleys, residuals: RosenbrockResiduals(2))
      // On the line on which every method is drawn to the saddle.
      let solution = minimize(
        problem(objectives), from: [1, 0], using: method,
        within: Budget(iterations: 20_000))
      let note = Comment(rawValue: "\(solution)")
      if M.goal == .criticalPoint {
        #expect(solution.certificate.classification == .saddle, note)
      } else {
        #expect(solution.isVerified, note)
        #expect(abs(solution.value + 0.25) < 1e-10, note)
      }
    }
  }

  @Test func everyMethodLeavesASaddle() throws {
    try forEveryMethod(LeavesSaddles())
  }

  @Test func leavesTheSaddleAtTheStart() throws {
    let name = "Allen and Cahn, n = 12"
    let problem = try #require(
      UnconstrainedProblems.all.first { $0.name == name })
    let solution = minimize(
      problem.objective, from: problem.start, using: .lbfgs())
    #expect(solution.isVerified)
    #expect(solution.certificate.classification == .minimum)
    #expect(
      solution.notes == ["a saddle was left along negative curvature"])
    let value = try #require(problem.minimum?.value)
    #expect(abs(solution.value - value) <= 1e-8 * max(1, abs(value)))
  }

  @Test func whatWasSaidOfTheStartIsNotForgotten() throws {
    let valleys = DifferentiableFunction { x, gradient in
      let square = x[1] * x[1]
      gradient[0] = 2 * x[0]
      gradient[1] = 4 * x[1] * square - 2 * x[1]
      return x[0] * x[0] + square * square - square
    }
    let bounds = try Bounds(-1...1, count: 2)
    let solution = minimize(
      valleys.within(bounds), from: [3, 0], using: .lbfgsb())
    #expect(solution.isVerified)
    #expect(
      solution.notes == [
        "1 variable of the start was moved to its bound",
        "a saddle was left along negative curvature",
      ])
  }

  @Test func aRuleOnIterationsIsKept() {
    let solution = minimize(
      twoValleys, from: [0, 0], using: .lbfgs(), until: .iterations(0))
    #expect(solution.iterations == 0)
    #expect(solution.certificate.classification == .saddle)
    #expect(!solution.isVerified)
  }

  @Test func aRunIsLeftWhereNothingIsLower() {
    let bowl = DifferentiableFunction { x, gradient in
      gradient.copy(from: x)
      return 0.5 * x.dot(x)
    }
    var run = Run(bowl, from: [0, 0], using: .lbfgs())
    let before = run.state.point
    let way = Certificate(of: twoValleys, at: [0, 0]).negativeCurvature
    #expect(way.map { run.leaveSaddle(along: $0) } == false)
    #expect(run.state.point == before)
  }

  @Test func unitsDoNotMatter() throws {
    func solve(f: Double, x: Double) -> Solution {
      let scaled = TwiceDifferentiableFunction { z, gradient in
        let u = 1 / x * z
        let value = twoValleys.valueAndGradient(at: u, into: &gradient)
        gradient.scale(by: f / x)
        return f * value
      } hessian: { z, hessian in
        let u = 1 / x * z
        twoValleys.hessian(at: u, into: &hessian)
        hessian.scale(by: f / x / x)
      }
      return minimize(
        scaled, from: [x, 0], using: .newton(),
        until: .relativeGradientNorm(1e-9))
    }
    let plain = solve(f: 1, x: 1)
    // Powers of two, so that not even rounding differs.
    let other = solve(f: 0x1p27, x: 0x1p-20)
    #expect(plain.isVerified && other.isVerified)
    #expect(other.iterations == plain.iterations)
    #expect(0x1p20 * other.x == plain.x)
  }
}
