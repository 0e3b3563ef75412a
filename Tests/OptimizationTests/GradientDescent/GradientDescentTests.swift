import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct GradientDescentTests {
  @Test func constantRateIsTheTextbookIteration() {
    let quadratic = Quadratic(5, condition: 10, seed: 1)
    var run = Run(
      quadratic, from: quadratic.start, using: .gradientDescent(rate: 0.05))
    var x = quadratic.start
    for _ in 0..<30 {
      run.step()
      var gradient = Vector<Double>.zeros(5)
      _ = quadratic.valueAndGradient(at: x, into: &gradient)
      x.add(gradient, scaledBy: -0.05)
    }
    #expect((run.state.point.x - x).norm <= 1e-12 * x.norm)
    #expect(run.state.counts.values == 31)
  }

  @Test func rateBeyondTwoOverLDivergesWithoutAFalseClaim() {
    let bowl = DifferentiableFunction { x, gradient in
      gradient.copy(from: x)
      gradient.scale(by: 4)
      return 2 * x.dot(x)
    }
    let solution = minimize(
      bowl, from: [1, 1], using: .gradientDescent(rate: 0.6))
    #expect(!solution.isVerified)
    #expect(solution.cause == .stuck(.undefined))
  }

  @Test func impossibleRateTraps() async {
    await #expect(processExitsWith: .failure) { _ = ConstantStep(0) }
    await #expect(processExitsWith: .failure) { _ = ConstantStep(.nan) }
  }

  @Test func searchedStepsDescendMonotonically() {
    var values: [Double] = []
    let quadratic = Quadratic(10, condition: 50, seed: 5)
    let solution = minimize(
      quadratic, from: quadratic.start, using: .gradientDescent(),
      until: .gradientNorm(1e-5)
    ) {
      values.append($0.value)
      return .proceed
    }
    #expect(solution.isVerified)
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 > $1 })
  }
}
