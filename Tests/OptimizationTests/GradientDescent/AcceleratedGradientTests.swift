import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct AcceleratedGradientTests {
  /// ½ Σ λᵢ xᵢ², with λᵢ from 1/κ to 1 in equal ratios.
  private func bowl(_ n: Int, condition: Double) -> DifferentiableFunction {
    let eigenvalues = (0..<n).map {
      Double.pow(condition, -Double($0) / Double(n - 1))
    }
    return DifferentiableFunction { x, gradient in
      for i in 0..<n { gradient[i] = eigenvalues[i] * x[i] }
      return 0.5 * x.dot(gradient)
    }
  }

  @Test(arguments: [AcceleratedGradient.Restart.gradient, .value, .never])
  func valuesStayBelowNesterovsBound(restart: AcceleratedGradient.Restart) {
    // f(xₖ) − f* ≤ 2 ‖x₀ − x*‖² / (t (k + 1)²), Beck and Teboulle 2009, theorem
    // 4.4, where t is the step, from the step on where t stops growing. With
    // restarts the bound holds from each of them on.
    let n = 60
    let start = Vector<Double>(repeating: 1, count: n)
    var run = Run(
      bowl(n, condition: 1e6), from: start,
      using: .acceleratedGradient(restart: restart))
    var (since, distance) = (0, 0.0)
    for k in 0..<400 {
      let theta = run.state.memory.theta
      if theta == 1 {
        (since, distance) = (k, run.state.point.x.norm)
      }
      run.step()
      let age = Double(k - since + 2)
      let bound =
        2 * distance * distance / (run.state.memory.step * age * age)
      #expect(run.state.point.value <= bound * (1 + 1e-12), "step \(k)")
    }
  }

  @Test func restartsMakeStrongConvexityLinear() {
    // O'Donoghue and Candès: of the order of √κ steps a digit instead of the
    // ripples of the method without restarts.
    let start = Vector<Double>(repeating: 1, count: 40)
    func steps(_ restart: AcceleratedGradient.Restart) -> Int {
      let solution = minimize(
        bowl(40, condition: 1e3), from: start,
        using: .acceleratedGradient(restart: restart),
        until: .gradientNorm(1e-8), within: Budget(iterations: 20_000))
      #expect(solution.isVerified, "\(restart)")
      return solution.iterations
    }
    let gradient = steps(.gradient)
    let value = steps(.value)
    let never = steps(.never)
    #expect(2 * gradient < never && 2 * value < never)
    // Restarts every e √(8κ) steps take f down by e² (their section 3.1), which
    // makes 4500 steps for 10⁻¹⁶; those that adapt need not be worse.
    #expect(gradient < 4500 && value < 4500)
  }

  @Test func isFasterThanGradientDescent() {
    let start = Vector<Double>(repeating: 1, count: 40)
    let accelerated = minimize(
      bowl(40, condition: 1e4), from: start, using: .acceleratedGradient(),
      until: .gradientNorm(1e-6))
    let plain = minimize(
      bowl(40, condition: 1e4), from: start, using: .gradientDescent(),
      until: .gradientNorm(1e-6), within: Budget(iterations: 100_000))
    #expect(accelerated.isVerified && plain.isVerified)
    #expect(5 * accelerated.counts.values < plain.counts.values)
  }

  @Test func stepStandsForTheLipschitzConstant() {
    // L = 1: every t ≤ 1 suffices, and one that suffices is halved at most to ½.
    let start = Vector<Double>(repeating: 1, count: 20)
    var run = Run(
      bowl(20, condition: 100), from: start,
      using: .acceleratedGradient(restart: .never))
    run.advance(until: .iterations(100))
    #expect(run.state.memory.step >= 0.5 && run.state.memory.step <= 2)
  }

  @Test func unitsOfValueAndVariablesLeaveTheIterates() {
    func points(_ sx: Double, _ sf: Double) -> [Double] {
      let rosenbrock = ExtendedRosenbrock(2)
      let scaled = DifferentiableFunction { x, gradient in
        var y = x
        y.scale(by: 1 / sx)
        let value = rosenbrock.valueAndGradient(at: y, into: &gradient)
        gradient.scale(by: sf / sx)
        return value * sf
      }
      var run = Run(
        scaled, from: [-1.2 * sx, sx], using: .acceleratedGradient())
      return (0..<30).map { _ in
        run.step()
        return run.state.point.x[0] / sx
      }
    }
    let plain = points(1, 1)
    #expect(points(0x1p-20, 1) == plain)
    #expect(points(1, 0x1p26) == plain)
  }
}
