import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct MinimizeBoundsTests {
  /// Rosenbrock's function without its Hessian.
  struct GradientOnly: DifferentiableObjective {
    let base = ChainedRosenbrock(4)

    func valueAndGradient(
      at x: Vector<Double>, into gradient: inout Vector<Double>
    ) -> Double { base.valueAndGradient(at: x, into: &gradient) }
  }

  let start: Vector<Double> = [-1.2, 1, -1.2, 1]

  @Test func aHessianDecidesForTheTrustRegion() throws {
    let box = try Bounds(-2...0.5, count: 4)
    let solution = minimize(ChainedRosenbrock(4).within(box), from: start)
    #expect(solution.isVerified)
    #expect(
      solution.notes == [
        "chosen: the trust region, for 4 variables with a Hessian",
        "2 variables of the start were moved to their bounds",
      ])
    // Also where the type hides that there is one.
    let hidden: any DifferentiableObjective = ChainedRosenbrock(4)
    let other = minimize(hidden.within(box), from: start)
    #expect(other.x == solution.x)
    #expect(other.method == solution.method)
  }

  @Test func withoutOneItIsLBFGSB() throws {
    let box = try Bounds(-2...0.5, count: 4)
    let solution = minimize(GradientOnly().within(box), from: start)
    #expect(solution.isVerified)
    #expect(
      solution.notes.first == "chosen: L-BFGS-B, since there is no Hessian")
    #expect(solution.method == "L-BFGS-B (memory 10)")
  }

  @Test func manyVariablesAreForLBFGSB() throws {
    let n = 400
    let box = try Bounds(-2...0.5, count: n)
    let solution = minimize(
      ChainedRosenbrock(n).within(box), from: ChainedRosenbrock(n).start)
    #expect(solution.isVerified)
    #expect(solution.notes.first == "chosen: L-BFGS-B, for 400 variables")
  }
}
