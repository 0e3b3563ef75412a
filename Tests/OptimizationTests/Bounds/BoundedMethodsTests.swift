import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

/// Visits every method for bounded problems.
func forEveryBoundedMethod(_ visitor: some MethodVisitor) throws {
  try visitor.visit(.lbfgsb()) { $0.withinBounds }
  try visitor.visit(.projectedGradient()) { $0.withinBounds }
  try visitor.visit(.projectedNewton()) { $0.withinBounds }
  try visitor.visit(.boundedTrustRegion()) { $0.withinBounds }
}

extension Objectives {
  /// An objective within bounds, for methods that are for bounds.
  init(
    _ objective: any TwiceDifferentiableObjective, within bounds: Bounds
  ) {
    self.init(
      objective, residuals: RosenbrockResiduals(bounds.count),
      count: bounds.count)
    withinBounds = objective.within(bounds)
  }
}

@Suite struct BoundedMethodsTests {
  /// Convex quadratics end where the conditions of Karush, Kuhn and Tucker hold.
  struct SolvesQuadratics: MethodVisitor {
    func visit<M: Method>(
      _ method: M, _ problem: (Objectives) -> M.Problem
    ) {
      var generator = SplitMix64(seed: 11)
      for n in [1, 2, 5, 30, 60] {
        let quadratic = Quadratic(n, condition: 1e3, seed: UInt64(n))
        let bounds = Bounds.everywhere(-0.1...0.2, count: n)
        let start: Vector<Double> = randomVector(n, using: &generator)
        let solution = minimize(
          problem(Objectives(quadratic, within: bounds)), from: start,
          using: method, until: .gradientNorm(1e-8))
        let note = Comment(rawValue: "\(method.name), n = \(n): \(solution)")
        #expect(solution.isVerified, note)
        #expect(bounds.contains(solution.x))
        var gradient = Vector<Double>.zeros(n)
        _ = quadratic.valueAndGradient(at: solution.x, into: &gradient)
        for i in 0..<n {
          switch solution.x[i] {
          case -0.1: #expect(gradient[i] >= -1e-8, note)
          case 0.2: #expect(gradient[i] <= 1e-8, note)
          default: #expect(abs(gradient[i]) <= 1e-8, note)
          }
        }
      }
    }
  }

  @Test func quadraticsEndWhereTheirConditionsHold() throws {
    try forEveryBoundedMethod(SolvesQuadratics())
  }

  /// Rosenbrock's function with bounds across its valley.
  struct StaysInside: MethodVisitor {
    func visit<M: Method>(
      _ method: M, _ problem: (Objectives) -> M.Problem
    ) throws {
      for (lower, upper) in [(-1.0, 0.9), (0.3, 0.7), (1.1, 4), (-3, 0.1)] {
        for n in [2, 5, 20] {
          let bounds = try Bounds(lower...upper, count: n)
          let fenced = Fenced(n, within: bounds)
          let solution = minimize(
            problem(Objectives(fenced, within: bounds)),
            from: fenced.rosenbrock.start, using: method)
          let note = Comment(
            rawValue: "\(method.name), \(lower) … \(upper): \(solution)")
          #expect(solution.isVerified, note)
          #expect(fenced.outside.withLock { $0 } == 0, note)
        }
      }
    }
  }

  @Test func nothingIsEvaluatedOutside() throws {
    try forEveryBoundedMethod(StaysInside())
  }

  /// The same iterates in other units; powers of four scale without rounding, and
  /// so do their roots.
  struct KnowsNoUnits: MethodVisitor {
    func visit<M: Method>(
      _ method: M, _ problem: (Objectives) -> M.Problem
    ) throws {
      let start: Vector<Double> = [-1.2, 0.7, -1.2, 0.7]
      let (a, b) = (0x1p28, 0x1p-20)
      var plain = Run(
        problem(
          Objectives(
            ChainedRosenbrock(4), within: try Bounds(-1.5...0.8, count: 4))),
        from: start, using: method)
      let scaled = TwiceDifferentiableFunction(
        { x, gradient in
          let value = ChainedRosenbrock(4).valueAndGradient(
            at: (1 / b) * x, into: &gradient)
          gradient.scale(by: a / b)
          return a * value
        },
        hessian: { x, hessian in
          ChainedRosenbrock(4).hessian(at: (1 / b) * x, into: &hessian)
          for i in 0..<4 {
            for j in 0..<4 { hessian[i, j] *= a / b / b }
          }
        })
      var other = Run(
        problem(
          Objectives(
            scaled, within: try Bounds(-1.5 * b...0.8 * b, count: 4))),
        from: b * start, using: method)
      for k in 0..<25 {
        #expect(
          other.state.point.x == b * plain.state.point.x,
          "\(method.name), step \(k)")
        plain.step()
        other.step()
      }
    }
  }

  @Test func iteratesDoNotDependOnUnits() throws {
    try forEveryBoundedMethod(KnowsNoUnits())
  }

  /// With bounds that hold.
  struct AllocatesNothing: MethodVisitor {
    func visit<M: Method>(
      _ method: M, _ problem: (Objectives) -> M.Problem
    ) {
      let rosenbrock = ChainedRosenbrock(60)
      let bounds = Bounds.everywhere(-0.9...0.6, count: 60)
      var run = Run(
        problem(Objectives(rosenbrock, within: bounds)),
        from: rosenbrock.start, using: method)
      for _ in 0..<12 { run.step() }
      let count = allocations { for _ in 0..<5 { run.step() } }
      #expect(count == 0, "\(method.name)")
    }
  }

  @Test func stepsAtActiveBoundsAllocateNothing() throws {
    try forEveryBoundedMethod(AllocatesNothing())
  }
}
