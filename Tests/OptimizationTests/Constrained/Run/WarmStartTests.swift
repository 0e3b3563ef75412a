import Differentiation
import Matrix
import Optimization
import Testing

@Suite("Warm starts of constrained problems")
struct WarmStartTests {
  /// Problem 71 of Hock and Schittkowski with another side of the product.
  private func problem(
    _ side: Double
  ) throws -> TwiceDifferentiableConstrainedObjective {
    try AutomaticFunction { x in x[0] * x[3] * (x[0] + x[1] + x[2]) + x[2] }
      .subject(
        to: [
          .value(atLeast: side) { x in x[0] * x[1] * x[2] * x[3] },
          .value(equalTo: 40) { x in
            x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3]
          },
        ], within: Bounds(1...5, count: 4))
  }

  @Test("Point, multipliers and curvature of one problem serve the next")
  func sequence() throws {
    var run = Run(try problem(25), from: [1, 5, 5, 1], using: .sqp())
    run.advance(until: .gradientNorm(1e-9))
    let first = run.solution()
    #expect(first.isVerified)
    let multipliers = run.state.memory.progress.multipliers

    run.warmStart(on: try problem(25.1))
    // The multipliers are still there, and explain the gradient.
    #expect(run.state.memory.progress.multipliers == multipliers)
    #expect(run.state.memory.progress.stationarity < 1e-6)
    run.advance(until: .gradientNorm(1e-9))
    let warm = run.solution()
    #expect(warm.isVerified)

    let cold = minimize(
      try problem(25.1), from: [1, 5, 5, 1], using: .sqp(),
      until: .gradientNorm(1e-9))
    #expect(warm.iterations < cold.iterations)
    #expect((warm.x - cold.x).normInfinity < 1e-7)
    // f changes by the multiplier times the side.
    #expect(
      abs(warm.value - first.value - 0.1 * multipliers[0]) < 1e-2)
  }

  @Test("Where nothing changed nothing has to be done")
  func same() throws {
    var run = Run(try problem(25), from: [1, 5, 5, 1], using: .sqp())
    run.advance()
    let value = run.state.point.value
    run.warmStart(on: try problem(25))
    run.advance()
    #expect(run.state.iteration == 0)
    #expect(run.state.point.value == value)
    #expect(run.solution().isVerified)
  }
}
