import Matrix
import ProblemSets
import TestSupport
import Testing

@testable import Optimization

@Suite struct DoglegPathTests {
  @Test(arguments: [1, 2, 7, 40], [false, true])
  func liesBetweenSteepestDescentAndTheBest(n: Int, isDouble: Bool) throws {
    var generator = SplitMix64(seed: 61)
    let solver = DoglegPath(over: ExactHessian(), isDouble: isDouble)
    for shift in [-3.0, 0, 1, 3] {
      let problem = try Subproblem(n, shiftedBy: shift, using: &generator)
      for radius in [1e-5, 0.1, 1, 1e3] {
        let note: Comment = "n = \(n), shift \(shift), Δ = \(radius)"
        let (s, model, _) = try #require(
          solve(solver, problem, radius: radius))
        let found = problem.decrease(s)
        #expect(s.norm <= (1 + 1e-9) * radius, note)
        #expect(abs(s.norm - model.norm) <= 1e-9 * s.norm, note)
        #expect(abs(model.predicted - found) <= 1e-9 * found, note)
        #expect(
          found <= (1 + 1e-9) * problem.bestDecrease(radius: radius), note)
        if problem.lowest > 0 {
          #expect(
            found >= (1 - 1e-9) * problem.descent(radius: radius), note)
        } else {
          // Only the region ends the step.
          #expect(abs(s.norm - radius) <= 1e-9 * radius, note)
          #expect(model.isConstrained, note)
          #expect(found > 0, note)
        }
      }
    }
  }

  @Test func endsAtTheNewtonStep() throws {
    var generator = SplitMix64(seed: 62)
    let b: Matrix<Double> = randomSPD(9, using: &generator)
    let problem = try Subproblem(b, randomVector(9, using: &generator))
    let newton = try Cholesky(b).solve(-problem.g)
    for isDouble in [false, true] {
      let (s, model, counts) = try #require(
        solve(
          DoglegPath(over: ExactHessian(), isDouble: isDouble), problem,
          radius: 1.01 * newton.norm))
      #expect((s - newton).norm <= 1e-12 * newton.norm)
      #expect(!model.isConstrained)
      #expect(counts.factorizations == 1)
    }
  }

  @Test func doubleDoglegOfATwoByTwoModel() throws {
    // Dennis and Schnabel 1983, example 6.4.1: f = x₁⁴ + x₁² + x₂² at (1, 1), with
    // g = (6, 2), H = diag(14, 2), Δ = 0.75: γ = 0.684, η = 0.747, and the step
    // (−0.340, −0.669).
    let problem = try Subproblem(.diagonal([14, 2]), [6, 2])
    let (s, _, _) = try #require(
      solve(DoglegPath(over: ExactHessian()), problem, radius: 0.75))
    #expect((s - [-0.340, -0.669]).normInfinity < 6e-4)
  }

  @Test func pathsFallWithTheRadius() throws {
    var generator = SplitMix64(seed: 63)
    let problem = try Subproblem(
      eigenvalues: [0.01, 0.1, 1, 10, 100],
      components: [0.1, 1, 1, 1, 10], using: &generator)
    for isDouble in [false, true] {
      var last = 0.0
      for k in 0..<80 {
        let radius = 1e-3 * Double.pow(1.25, Double(k))
        let (s, _, _) = try #require(
          solve(
            DoglegPath(over: ExactHessian(), isDouble: isDouble), problem,
            radius: radius))
        #expect(problem.decrease(s) >= last * (1 - 1e-12))
        last = problem.decrease(s)
      }
    }
  }

  @Test func aSecondRadiusTakesNoFactorization() {
    let rosenbrock = ExtendedRosenbrock(2)
    let solution = minimize(
      rosenbrock, from: [-1.2, 1],
      using: .trustRegion(DoglegPath(over: ExactHessian())))
    #expect(solution.isVerified)
    #expect(solution.counts.values > solution.iterations + 1)
    #expect(solution.counts.factorizations == solution.iterations)
  }
}
