import Matrix
import ProblemSets
import TestSupport
import Testing

@testable import Optimization

/// The minimum along a line on which f is a parabola: slopes at two points give it.
private struct ExactForQuadratics: LineSearch {
  var name: String { "exact for quadratics" }

  func search(
    from origin: Point, along direction: Vector<Double>, slope: Double,
    firstStep: Double, memory: inout NoMemory, evaluator: inout Evaluator,
    trial: inout Point
  ) -> LineSearchOutcome {
    let sample = evaluator.sample(
      origin, along: direction, at: firstStep, into: &trial)
    let step = firstStep * (slope / (slope - sample.slope))
    _ = evaluator.sample(origin, along: direction, at: step, into: &trial)
    return .found(step: step)
  }
}

private let formulas: [ConjugateGradientFormula] = [
  .fletcherReeves, .polakRibierePlus, .hestenesStiefel, .daiYuan, .hybrid,
  .hagerZhang(),
]

@Suite struct ConjugateGradientTests {
  @Test(arguments: formulas)
  func quadraticOfNVariablesEndsInNSteps(formula: ConjugateGradientFormula) {
    for n in [2, 5, 9] {
      let quadratic = Quadratic(n, condition: 20, seed: UInt64(n))
      var run = Run(
        quadratic, from: quadratic.start,
        using: .conjugateGradient(
          formula, search: ExactForQuadratics(), firstStep: .sameDecrease))
      for _ in 0..<n { run.step() }
      let state = run.state
      #expect(
        state.gradientNorm <= 1e-9 * state.initialGradientNorm,
        "\(formula.name), n = \(n)")
    }
  }

  @Test(arguments: formulas)
  func threeEigenvaluesTakeThreeSteps(formula: ConjugateGradientFormula) {
    // Hestenes and Stiefel 1952: as many steps as there are distinct
    // eigenvalues with a share in the first gradient.
    let n = 40
    let bowl = DifferentiableFunction { x, gradient in
      for i in 0..<n { gradient[i] = [1.0, 3, 10][i % 3] * x[i] }
      return 0.5 * x.dot(gradient)
    }
    var generator = SplitMix64(seed: 4)
    var run = Run(
      bowl, from: randomVector(n, using: &generator),
      using: .conjugateGradient(
        formula, search: ExactForQuadratics(), firstStep: .sameDecrease))
    for _ in 0..<2 { run.step() }
    #expect(run.state.gradientNorm > 1e-3)
    run.step()
    #expect(run.state.gradientNorm < 1e-12, "\(formula.name)")
  }

  @Test func formulasAgreeWhereSearchesAreExact() {
    // And with the iteration for linear systems, written plainly.
    let n = 12
    let quadratic = Quadratic(n, condition: 100, seed: 8)
    var x = quadratic.start
    var r = Vector<Double>.zeros(n)
    _ = quadratic.valueAndGradient(at: x, into: &r)
    r.scale(by: -1)
    var p = r
    var points: [Vector<Double>] = []
    for _ in 0..<8 {
      var image = Vector<Double>.zeros(n)
      quadratic.hessianVectorProduct(at: x, along: p, into: &image)
      let square = r.dot(r)
      let alpha = square / p.dot(image)
      x.add(p, scaledBy: alpha)
      r.add(image, scaledBy: -alpha)
      p.scale(by: r.dot(r) / square)
      p.add(r)
      points.append(x)
    }
    for formula in formulas {
      var run = Run(
        quadratic, from: quadratic.start,
        using: .conjugateGradient(
          formula, search: ExactForQuadratics(), firstStep: .sameDecrease))
      for point in points {
        run.step()
        #expect(
          (run.state.point.x - point).norm <= 1e-8 * point.norm,
          "\(formula.name)")
      }
    }
  }

  @Test(arguments: formulas)
  func everyFormulaSolvesTheChain(formula: ConjugateGradientFormula) {
    let chain = ChainedRosenbrock(20)
    for restart in [
      ConjugateGradientDirection.Restart?.none, .powell(0.2), .every(20),
    ] {
      let solution = minimize(
        chain, from: chain.start,
        using: .conjugateGradient(
          formula, restart: restart, search: StrongWolfe(curvature: 0.1)),
        until: .gradientNorm(1e-6))
      #expect(solution.isVerified, "\(solution.method): \(solution.cause!)")
    }
  }

  @Test(arguments: [ConjugateGradientFormula.fletcherReeves, .daiYuan])
  func restartsEndJamming(formula: ConjugateGradientFormula) {
    // Powell 1977: after a short step these go on taking short ones.
    let chain = ChainedRosenbrock(20)
    func steps(_ restart: ConjugateGradientDirection.Restart) -> Int {
      minimize(
        chain, from: chain.start,
        using: .conjugateGradient(
          formula, restart: restart, search: StrongWolfe(curvature: 0.1)),
        within: Budget(iterations: 5000)
      ).iterations
    }
    #expect(10 * steps(.powell(0.2)) < steps(.whenNeeded))
  }

  @Test func directionOfHagerAndZhangDescendsSufficiently() {
    // Theorem 1 of 2005: gᵀd ≤ −⅞ ‖g‖², whatever the search.
    let chain = ChainedRosenbrock(30)
    var run = Run(
      chain, from: chain.start,
      using: .conjugateGradient(.hagerZhang(), search: Armijo()))
    var checked = 0
    for _ in 0..<100 {
      let before = run.state.point
      run.step()
      let move = run.state.point.x - before.x
      let slope = before.gradient.dot(move) / run.state.stepLength
      let square = before.gradient.dot(before.gradient)
      #expect(slope <= -0.875 * square * (1 - 1e-9))
      checked += 1
    }
    #expect(checked == 100)
  }

  @Test func powellsRestartComesWhereGradientsAreNotOrthogonal() {
    let chain = ChainedRosenbrock(10)
    var run = Run(
      chain, from: chain.start,
      using: .conjugateGradient(.polakRibierePlus, restart: .powell(0.2)))
    var (restarts, others) = (0, 0)
    for _ in 0..<60 {
      let before = run.state.point.gradient
      run.step()
      let after = run.state.point.gradient
      let isFresh = run.state.memory.direction.age == 0
      if abs(before.dot(after)) >= 0.2 * after.dot(after) {
        #expect(isFresh)
        restarts += 1
      } else {
        others += isFresh ? 0 : 1
      }
    }
    #expect(restarts > 0 && others > 0)
  }

  @Test func unitsOfValueAndVariablesLeaveTheIterates() {
    // Powers of 2, so that scaling is exact.
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
        scaled, from: [-1.2 * sx, sx], using: .conjugateGradient())
      return (0..<30).map { _ in
        run.step()
        return run.state.point.x[0] / sx
      }
    }
    let plain = points(1, 1)
    #expect(points(0x1p-20, 1) == plain)
    #expect(points(1, 0x1p26) == plain)
    #expect(points(0x1p10, 0x1p-30) == plain)
  }
}
