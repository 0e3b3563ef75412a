import Differentiation
import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

/// An objective whose Hessian is withheld.
private struct WithoutHessian: DifferentiableObjective {
  let base: any DifferentiableObjective

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    try base.valueAndGradient(at: x, into: &gradient)
  }
}

@Suite struct AutomaticTests {
  @Test func choosesNewtonWhereThereIsAHessian() {
    let solution = minimize(ExtendedRosenbrock(2), from: [-1.2, 1])
    #expect(solution.isVerified)
    #expect(
      solution.notes == ["trust-region Newton for 2 variables with a Hessian"])
    #expect(solution.counts.hessians > 0)
  }

  @Test func choosesBFGSWithoutAHessian() {
    let solution = minimize(
      WithoutHessian(base: ExtendedRosenbrock(2)), from: [-1.2, 1])
    #expect(solution.isVerified)
    #expect(solution.notes == ["BFGS for 2 variables without a Hessian"])
    #expect(solution.counts.hessians == 0)
  }

  @Test func choosesLBFGSForManyVariables() {
    let rosenbrock = ExtendedRosenbrock(1000)
    let solution = minimize(rosenbrock, from: rosenbrock.start)
    #expect(solution.isVerified)
    #expect(solution.notes == ["L-BFGS for 1000 variables"])
  }

  @Test func anExpensiveHessianIsNotTaken() {
    struct Expensive: TwiceDifferentiableObjective {
      let base = ExtendedRosenbrock(20)
      func valueAndGradient(
        at x: Vector<Double>, into gradient: inout Vector<Double>
      ) -> Double { base.valueAndGradient(at: x, into: &gradient) }
      func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
        base.hessian(at: x, into: &hessian)
      }
      var cost: ObjectiveCost {
        ObjectiveCost(valueAndGradient: 100, hessian: 1e6)
      }
    }
    let solution = minimize(Expensive(), from: ExtendedRosenbrock(20).start)
    #expect(
      solution.notes == ["L-BFGS for 20 variables with an expensive Hessian"])
    #expect(solution.counts.hessians == 0)
    #expect(solution.isVerified)
  }

  @Test func valuesAloneDo() {
    let solution = minimize(
      Function { x in
        let (a, b) = (x[1] - x[0] * x[0], 1 - x[0])
        return 100 * a * a + b * b
      }, from: [-1.2, 1])
    #expect(solution.isVerified, "\(solution)")
    #expect((solution.x - [1, 1]).normInfinity <= 1e-4)
  }

  @Test func closuresAreSolvedByNewton() {
    let solution = minimize(from: [-1.2, 1]) { x in
      100 * (x[1] - x[0] * x[0]).squared + (1 - x[0]).squared
    }
    #expect(solution.isVerified)
    #expect(solution.notes.first?.hasPrefix("trust-region Newton") == true)
  }

  /// Meyer's function, which BFGS does not solve: its variables are of sizes
  /// 10⁻², 10³ and 10², and its curvatures differ by 10¹³.
  @Test func changesToDifferencesWhenBFGSStalls() throws {
    let problem = try #require(
      MoreGarbowHillstrom.all.first { $0.name.hasPrefix("Meyer") })
    let objective = WithoutHessian(base: problem.objective)
    let automatic = minimize(
      objective, from: problem.start, using: .automatic(),
      until: .relativeGradientNorm(1e-10))
    let minimum = try #require(problem.minimum?.value)
    #expect(abs(automatic.value - minimum) <= 1e-6 * minimum, "\(automatic)")
    #expect(
      automatic.notes.contains { $0.contains("differences of gradients") })
    // Gradients that Hessians are made of are counted as such.
    #expect(automatic.counts.hessians == 0)
    #expect(automatic.counts.gradients > 4 * automatic.counts.factorizations)
  }

  @Test func aHessianThatIsUndefinedIsDoneWithout() {
    let sound = ExtendedRosenbrock(2)
    let solution = minimize(
      TwiceDifferentiableFunction { x, gradient in
        sound.valueAndGradient(at: x, into: &gradient)
      } hessian: { _, hessian in
        hessian.fill(with: .nan)
      }, from: [-1.2, 1], verifying: Verification(curvature: .never))
    #expect(solution.isVerified, "\(solution)")
    #expect(
      solution.notes.last
        == "after 0 steps BFGS, since the Hessian is undefined or not finite")
  }

  @Test func resumesAcrossAChange() throws {
    let problem = try #require(
      MoreGarbowHillstrom.all.first { $0.name.hasPrefix("Meyer") })
    let objective = WithoutHessian(base: problem.objective)
    var whole = Run(objective, from: problem.start, using: .automatic())
    while whole.state.memory.changes.isEmpty && whole.state.iteration < 500 {
      whole.step()
    }
    #expect(whole.state.memory.way == .differences)
    for _ in 0..<3 { whole.step() }
    var resumed = Run(objective, resuming: whole.checkpoint)
    for _ in 0..<5 {
      whole.step()
      resumed.step()
    }
    #expect(resumed.state == whole.state)
  }

  @Test(arguments: [true, false])
  func unitsDoNotMatter(hasHessian: Bool) {
    func solve(f: Double, x: Double) -> Solution {
      let base = ExtendedRosenbrock(2)
      let scaled = TwiceDifferentiableFunction { z, gradient in
        let u = 1 / x * z
        let value = base.valueAndGradient(at: u, into: &gradient)
        gradient.scale(by: f / x)
        return f * value
      } hessian: { z, hessian in
        let u = 1 / x * z
        base.hessian(at: u, into: &hessian)
        hessian.scale(by: f / x / x)
      }
      let start: Vector<Double> = [-1.2 * x, x]
      let rule = StopRule.relativeGradientNorm(1e-9)
      return hasHessian
        ? minimize(scaled, from: start, until: rule)
        : minimize(WithoutHessian(base: scaled), from: start, until: rule)
    }
    let plain = solve(f: 1, x: 1)
    let scaled = solve(f: 0x1p27, x: 0x1p-20)
    #expect(plain.isVerified && scaled.isVerified)
    #expect(scaled.counts.values == plain.counts.values)
    #expect((0x1p20 * scaled.x - plain.x).normInfinity <= 1e-12)
  }
}
