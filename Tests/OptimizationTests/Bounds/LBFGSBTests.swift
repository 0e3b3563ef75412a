import Matrix
import Optimization
import ProblemSets
import Synchronization
import TestSupport
import Testing

@Suite struct LBFGSBTests {
  /// Rosenbrock's function, refusing and counting points outside of a box.
  final class Fenced: DifferentiableObjective {
    let bounds: Bounds
    let rosenbrock: ChainedRosenbrock
    let outside = Mutex(0)

    init(_ n: Int, within bounds: Bounds) {
      rosenbrock = ChainedRosenbrock(n)
      self.bounds = bounds
    }

    func valueAndGradient(
      at x: Vector<Double>, into gradient: inout Vector<Double>
    ) -> Double {
      if !bounds.contains(x) { outside.withLock { $0 += 1 } }
      return rosenbrock.valueAndGradient(at: x, into: &gradient)
    }
  }

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

  @Test func quadraticsEndWhereTheirConditionsHold() {
    var generator = SplitMix64(seed: 11)
    for n in [1, 2, 5, 30, 200] {
      let quadratic = Quadratic(n, condition: 1e3, seed: UInt64(n))
      let bounds = Bounds.everywhere(-0.1...0.2, count: n)
      let start: Vector<Double> = randomVector(n, using: &generator)
      let solution = minimize(
        quadratic.within(bounds), from: start, using: .lbfgsb(),
        until: .gradientNorm(1e-8))
      #expect(solution.isVerified, "n = \(n): \(solution)")
      #expect(bounds.contains(solution.x))
      // The conditions of Karush, Kuhn and Tucker, written out.
      var gradient = Vector<Double>.zeros(n)
      _ = quadratic.valueAndGradient(at: solution.x, into: &gradient)
      for i in 0..<n {
        switch solution.x[i] {
        case -0.1: #expect(gradient[i] >= -1e-8)
        case 0.2: #expect(gradient[i] <= 1e-8)
        default: #expect(abs(gradient[i]) <= 1e-8)
        }
      }
    }
  }

  @Test(arguments: [2, 5, 50])
  func nothingIsEvaluatedOutside(n: Int) throws {
    for (lower, upper) in [(-1.0, 0.9), (0.3, 0.7), (1.1, 4), (-3, 0.1)] {
      let bounds = try Bounds(lower...upper, count: n)
      let fenced = Fenced(n, within: bounds)
      let solution = minimize(
        fenced.within(bounds), from: fenced.rosenbrock.start,
        using: .lbfgsb())
      #expect(solution.isVerified, "\(lower) … \(upper): \(solution)")
      #expect(fenced.outside.withLock { $0 } == 0)
    }
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

  @Test func iteratesDoNotDependOnUnits() throws {
    // Powers of four scale without rounding, and so do their roots.
    let bounds = try Bounds(-1.5...0.8, count: 4)
    let start: Vector<Double> = [-1.2, 0.7, -1.2, 0.7]
    let plain = Run(
      ChainedRosenbrock(4).within(bounds), from: start, using: .lbfgsb())
    let (a, b) = (0x1p28, 0x1p-20)
    let scaled = DifferentiableFunction { x, gradient in
      let value = ChainedRosenbrock(4).valueAndGradient(
        at: (1 / b) * x, into: &gradient)
      gradient.scale(by: a / b)
      return a * value
    }
    let other = Run(
      scaled.within(try Bounds(-1.5 * b...0.8 * b, count: 4)),
      from: b * start, using: .lbfgsb())
    var (left, right) = (plain, other)
    for k in 0..<25 {
      #expect(right.state.point.x == b * left.state.point.x, "step \(k)")
      left.step()
      right.step()
    }
  }

  @Test func stepsAtActiveBoundsAllocateNothing() {
    let rosenbrock = ChainedRosenbrock(60)
    let bounds = Bounds.everywhere(-0.9...0.6, count: 60)
    var run = Run(
      rosenbrock.within(bounds), from: rosenbrock.start, using: .lbfgsb())
    for _ in 0..<12 { run.step() }
    let count = allocations { for _ in 0..<5 { run.step() } }
    #expect(count == 0)
  }
}
