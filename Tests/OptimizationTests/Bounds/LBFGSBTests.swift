import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct LBFGSBTests {
  @Test func rosenbrockWithAnActiveBound() throws {
    // Hock and Schittkowski 1981, problem 1's function with x₁ ≤ ½: on the bound
    // the valley's floor is x₂ = x₁² = ¼, and f = (1 − ½)² = ¼.
    let bounds = try Bounds(
      lower: [-.infinity, -1.5], upper: [0.5, .infinity])
    let solution = minimize(
      ChainedRosenbrock(2).within(bounds), from: [-2, 1], using: .lbfgsb())
    #expect(solution.isVerified)
    #expect(solution.x[0] == 0.5)
    #expect(abs(solution.x[1] - 0.25) < 1e-8)
    #expect(abs(solution.value - 0.25) < 1e-12)
    let active = try #require(solution.certificate.activeBounds)
    #expect(active.elements.map(\.index) == [0])
    #expect(active.elements[0].side == .upper)
    // ∂f/∂x₁ = −2 (1 − x₁) on the floor.
    #expect(abs(active.elements[0].multiplier + 1) < 1e-5)
    #expect(active.isStrictlyComplementary)
    #expect(solution.certificate.classification == .minimum)
  }

  @Test func aStartOutsideIsMovedAndSaidSo() throws {
    let bounds = try Bounds(0...1, count: 2)
    let solution = minimize(
      ChainedRosenbrock(2).within(bounds), from: [-1.2, 7], using: .lbfgsb())
    #expect(
      solution.notes == ["2 variables of the start were moved to their bounds"])
    #expect(solution.isVerified)
  }

  @Test func fixedVariablesStay() throws {
    let bounds = try Bounds(
      lower: [-.infinity, 0.5, -.infinity], upper: [.infinity, 0.5, .infinity])
    let solution = minimize(
      ChainedRosenbrock(3).within(bounds), from: [-1, 3, 2], using: .lbfgsb())
    #expect(solution.isVerified)
    #expect(solution.x[1] == 0.5)
    let active = try #require(solution.certificate.activeBounds)
    #expect(active.elements.map(\.side) == [.fixed])
    let all = try Bounds(lower: [1, 2], upper: [1, 2])
    let nowhere = minimize(
      ChainedRosenbrock(2).within(all), from: [0, 0], using: .lbfgsb())
    #expect(nowhere.isVerified)
    #expect(nowhere.x == [1, 2])
    #expect(nowhere.iterations == 0)
  }
}
