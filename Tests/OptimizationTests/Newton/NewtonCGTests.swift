import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct NewtonCGTests {
  @Test func solvesWithoutHessians() {
    let rosenbrock = ChainedRosenbrock(100)
    let solution = minimize(
      rosenbrock as any DifferentiableObjective, from: rosenbrock.start,
      using: .newtonCG())
    #expect(solution.isVerified)
    #expect(solution.counts.hessians == 0)
    #expect(solution.counts.hessianVectorProducts > 0)
    #expect(solution.counts.factorizations == 0)
  }

  @Test func quadraticIsSolvedToTheForcingTerm() {
    let quadratic = Quadratic(30, condition: 100, seed: 91)
    let solution = minimize(
      quadratic as any DifferentiableObjective, from: quadratic.start,
      using: .newtonCG(), until: .gradientNorm(1e-9))
    #expect(solution.isVerified)
    // Not one accurate solve, as Newton's method has it, but rough ones first.
    #expect(solution.iterations > 1)
    #expect(solution.iterations < 20)
  }

  @Test func preconditionerSavesProducts() {
    // f = ½ Σ 10ⁱ (xᵢ − 1)², i = −6 … 6, and a quartic.
    let scales = Vector((-6...6).map { Double.exp10(Double($0)) })
    let bowl = DifferentiableFunction { x, gradient in
      var f = 0.0
      for i in 0..<x.count {
        let d = x[i] - 1
        gradient[i] = scales[i] * (d + 4 * d * d * d)
        f += scales[i] * (0.5 * d * d + d * d * d * d)
      }
      return f
    }
    let start = Vector(repeating: 2.0, count: scales.count)
    let rule = StopRule.gradientNorm(1e-8)
    let plain = minimize(bowl, from: start, using: .newtonCG(), until: rule)
    let scaled = minimize(
      bowl, from: start,
      using: .newtonCG(preconditioner: DiagonalPreconditioner(scales)),
      until: rule)
    #expect(scaled.isVerified)
    #expect(
      scaled.counts.hessianVectorProducts * 2
        < plain.counts.hessianVectorProducts)
    #expect(
      scaled.method
        == "Newton-CG (preconditioner diagonal, Armijo)")
  }

  @Test func negativeCurvatureGivesADescent() {
    // At the origin Himmelblau's Hessian is negative definite.
    let himmelblau = TwiceDifferentiableFunction { x, gradient in
      let a = x[0] * x[0] + x[1] - 11
      let b = x[0] + x[1] * x[1] - 7
      gradient[0] = 4 * x[0] * a + 2 * b
      gradient[1] = 2 * a + 4 * x[1] * b
      return a * a + b * b
    } hessian: { x, h in
      h[0, 0] = 12 * x[0] * x[0] + 4 * x[1] - 42
      h[1, 0] = 4 * (x[0] + x[1])
      h[1, 1] = 12 * x[1] * x[1] + 4 * x[0] - 26
    }
    let solution = minimize(
      himmelblau as any DifferentiableObjective, from: [0, 0],
      using: .newtonCG())
    #expect(solution.isVerified)
    #expect(solution.value < 1e-12)
  }
}
