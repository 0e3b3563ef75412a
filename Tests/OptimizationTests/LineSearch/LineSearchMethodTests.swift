import Matrix
import ProblemSets
import Testing

@testable import Optimization

/// A direction that climbs until it is told to forget.
private struct Climbing: DescentDirection {
  typealias Problem = any DifferentiableObjective
  typealias Workspace = Void
  var name: String { "climbing" }
  let slope: Double

  struct Memory: Codable, Equatable {
    var isClimbing = true
    var steps: [Double] = []
  }

  func makeMemory(dimension n: Int) -> Memory { Memory() }

  func setDirection(
    _ d: inout Vector<Double>, at point: Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Void
  ) -> DirectionOutcome {
    d.copy(from: point.gradient)
    let square = d.dot(d)
    if memory.isClimbing {
      return .found(slope: slope, length: d.norm, naturalStep: 1)
    }
    d.scale(by: -1)
    return .found(slope: -square, length: d.norm, naturalStep: 0.25)
  }

  func accept(
    _ memory: inout Memory, from old: Point, to new: Point,
    along d: Vector<Double>, step: Double, evaluator: inout Evaluator,
    workspace: inout Void
  ) {
    memory.steps.append(step)
    memory.isClimbing = true
  }

  func forget(_ memory: inout Memory) -> Bool {
    defer { memory.isClimbing = false }
    return memory.isClimbing
  }
}

private var bowl: DifferentiableFunction {
  DifferentiableFunction { x, gradient in
    gradient.copy(from: x)
    return 0.5 * x.dot(x)
  }
}

@Suite struct LineSearchMethodTests {
  @Test(arguments: [1.0, 0, .nan, -.infinity])
  func directionThatDoesNotDescendIsForgottenWithoutASearch(slope: Double) {
    var run = Run(
      bowl, from: [1, 2],
      using: LineSearchMethod(Climbing(slope: slope), search: Armijo()))
    run.step()
    #expect(run.state.point.x == [0.75, 1.5])
    #expect(run.state.counts.values == 2)
    #expect(run.state.memory.direction.steps == [0.25])
  }

  @Test func searchThatFindsNothingIsTriedOnceMore() {
    // The slope promises a descent that is not there.
    var run = Run(
      bowl, from: [1, 2],
      using: LineSearchMethod(Climbing(slope: -1), search: Armijo()))
    run.step()
    #expect(run.state.point.x == [0.75, 1.5])
    #expect(run.state.counts.values == 1 + 60 + 1)
  }

  @Test func naturalStepNeedsNoGuess() {
    struct Refusing: LineSearch {
      var name: String { "refusing" }
      func search(
        from origin: Point, along direction: Vector<Double>, slope: Double,
        firstStep: Double, memory: inout NoMemory,
        evaluator: inout Evaluator, trial: inout Point
      ) -> LineSearchOutcome {
        #expect(firstStep == 1)
        return .failed(.lineSearch)
      }
    }
    let rosenbrock = ExtendedRosenbrock(2)
    var run = Run(
      rosenbrock, from: rosenbrock.start, using: .newton(search: Refusing()))
    #expect(run.step() == .lineSearch)
    #expect(run.state.point.x == rosenbrock.start)
  }

  @Test func everyDirectionGoesWithEverySearch() {
    func solve<S: LineSearch>(_ search: S) {
      let chain = ChainedRosenbrock(6)
      func check<M: Method>(_ method: M)
      where M.Problem == any DifferentiableObjective {
        let solution = minimize(
          chain, from: chain.start, using: method,
          until: .gradientNorm(1e-6), within: Budget(iterations: 50_000))
        #expect(solution.isVerified, "\(method.name): \(solution.cause!)")
      }
      check(.gradientDescent(search: search))
      check(.barzilaiBorwein(search: search))
      check(.conjugateGradient(search: search))
      check(.lbfgs(search: search))
      let newton = minimize(
        chain, from: chain.start, using: .newton(search: search),
        until: .gradientNorm(1e-6))
      #expect(newton.isVerified, "\(newton.method)")
    }
    solve(Armijo())
    solve(NonmonotoneArmijo())
    solve(NonmonotoneArmijo(.average(decay: 0.85)))
    solve(StrongWolfe())
    solve(HagerZhang())
  }
}
