import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct BarzilaiBorweinTests {
  @Test(arguments: [BarzilaiBorwein.Rule.long, .short, .alternating])
  func stepsAreThoseOfTheFormula(rule: BarzilaiBorwein.Rule) throws {
    let quadratic = Quadratic(6, condition: 30, seed: 2)
    var run = Run(
      quadratic, from: quadratic.start, using: .barzilaiBorwein(rule))
    run.step()
    var before = Run(quadratic, from: quadratic.start, using: .lbfgs())
      .state.point
    for k in 1..<12 {
      let point = run.state.point
      let s = point.x - before.x
      let y = point.gradient - before.gradient
      let isShort = rule == .short || rule == .alternating && k % 2 == 1
      let step = isShort ? s.dot(y) / y.dot(y) : s.dot(s) / s.dot(y)
      run.step()
      // Taken whole where the value is not above the largest of ten.
      #expect(
        abs(run.state.stepLength - step) <= 1e-10 * step, "\(rule), step \(k)")
      before = point
    }
  }

  @Test func stepsLieBetweenTheReciprocalsOfTheEigenvalues() {
    let quadratic = Quadratic(10, condition: 1000, seed: 3)
    for rule in [BarzilaiBorwein.Rule.long, .short] {
      var run = Run(
        quadratic, from: quadratic.start, using: .barzilaiBorwein(rule))
      run.step()
      for _ in 0..<40 {
        let step = run.state.memory.direction.step
        #expect(step >= 1e-3 * (1 - 1e-9) && step <= 1 + 1e-9)
        run.step()
      }
    }
  }

  @Test func isFarFasterThanSteepestDescent() {
    let quadratic = Quadratic(50, condition: 1000, seed: 7)
    func evaluations(_ solution: Solution) -> Int {
      #expect(solution.isVerified, "\(solution.method)")
      return solution.counts.values
    }
    let steepest = evaluations(
      minimize(
        quadratic, from: quadratic.start, using: .gradientDescent(),
        until: .relativeGradientNorm(1e-6),
        within: Budget(iterations: 100_000)))
    for rule in [BarzilaiBorwein.Rule.long, .short, .alternating] {
      let spectral = evaluations(
        minimize(
          quadratic, from: quadratic.start, using: .barzilaiBorwein(rule),
          until: .relativeGradientNorm(1e-6)))
      #expect(5 * spectral < steepest, "\(rule)")
    }
  }

  @Test func negativeCurvatureMakesStepsLonger() {
    // −½ x² between two walls of x⁴.
    let wells = DifferentiableFunction { x, gradient in
      let u = x[0]
      gradient[0] = u * u * u - u
      return 0.25 * u * u * u * u - 0.5 * u * u
    }
    var run = Run(wells, from: [0.01], using: .barzilaiBorwein())
    run.step()
    run.advance(until: .gradientNorm(1e-8), within: Budget(iterations: 100))
    #expect(abs(abs(run.state.point.x[0]) - 1) < 1e-7)
  }
}
