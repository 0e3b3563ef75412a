import Foundation
import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

private let magnitudes: Vector<Double> = [0x1p-12, 8, 0x1p10, 0.25]

/// The function in z = x/d, as a user would write it.
private struct InOtherVariables: TwiceDifferentiableObjective {
  let base: any TwiceDifferentiableObjective
  let d: Vector<Double>

  var dimension: Int? { d.count }

  private func times(_ z: Vector<Double>) -> Vector<Double> {
    Vector(count: z.count) { d[$0] * z[$0] }
  }

  func valueAndGradient(
    at z: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    let value = try base.valueAndGradient(at: times(z), into: &gradient)
    for i in 0..<z.count { gradient[i] *= d[i] }
    return value
  }

  func hessian(
    at z: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    try base.hessian(at: times(z), into: &hessian)
    for j in 0..<z.count {
      for i in 0..<z.count { hessian[i, j] *= d[i] * d[j] }
    }
  }

  func hessianVectorProduct(
    at z: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) throws {
    try base.hessianVectorProduct(
      at: times(z), along: times(v), into: &product)
    for i in 0..<z.count { product[i] *= d[i] }
  }
}

/// x/d for x, so that the scaled method meets Rosenbrock's function itself.
private var valley: InOtherVariables {
  InOtherVariables(
    base: ChainedRosenbrock(4), d: Vector(magnitudes.map { 1 / $0 }))
}
private let start = Vector(count: 4) {
  [-1.2, 1, 0.7, 0.9][$0] * magnitudes[$0]
}

@Suite struct ScaledTests {
  /// 20 steps of a method in z by hand and by ``Scaled`` are the same.
  private func check<M: Method, N: Method>(
    _ method: M, _ scaled: N, _ problem: M.Problem, _ inX: N.Problem,
    from z: Vector<Double> = [-1.2, 1, 0.7, 0.9]
  ) {
    var plain = Run(problem, from: z, using: method)
    var run = Run(
      inX, from: Vector(count: 4) { magnitudes[$0] * z[$0] }, using: scaled)
    for k in 0..<20 {
      plain.step()
      run.step()
      let x = Vector(count: 4) { magnitudes[$0] * plain.state.point.x[$0] }
      // Powers of two, so that nothing is rounded.
      guard run.state.point.x == x else {
        Issue.record("\(method.name), step \(k)")
        return
      }
      #expect(run.state.counts == plain.state.counts, "\(method.name)")
    }
  }

  private func check<M: Method>(_ method: M)
  where M.Problem == any DifferentiableObjective {
    check(
      method, .scaled(method, by: magnitudes),
      InOtherVariables(base: valley, d: magnitudes), valley)
  }

  private func check<M: Method>(_ method: M)
  where M.Problem == any TwiceDifferentiableObjective {
    check(
      method, .scaled(method, by: magnitudes),
      InOtherVariables(base: valley, d: magnitudes), valley)
  }

  private func checkWithinBounds<M: Method>(_ method: M) throws
  where M.Problem == any TwiceDifferentiableBoundedProblem {
    let inZ = InOtherVariables(base: valley, d: magnitudes)
    let bounds = try Bounds(-0.5...0.75, count: 4)
    let scaled = try Bounds(
      lower: -0.5 * magnitudes, upper: 0.75 * magnitudes)
    check(
      method, .scaled(method, by: magnitudes), inZ.within(bounds),
      valley.within(scaled))
  }

  private func checkWithinBounds<M: Method>(_ method: M) throws
  where M.Problem == any BoundedProblem {
    let inZ = InOtherVariables(base: valley, d: magnitudes)
    let bounds = try Bounds(-0.5...0.75, count: 4)
    let scaled = try Bounds(
      lower: -0.5 * magnitudes, upper: 0.75 * magnitudes)
    check(
      method, .scaled(method, by: magnitudes), inZ.within(bounds),
      valley.within(scaled))
  }

  @Test func iteratesAreThoseOfTheFunctionInScaledVariables() throws {
    check(.gradientDescent())
    check(.barzilaiBorwein())
    check(.acceleratedGradient())
    check(.conjugateGradient())
    check(.lbfgs())
    check(.lbfgs(search: HagerZhang()))
    check(.bfgs())
    check(.automatic())
    check(.newton())
    check(.newtonCG())
    check(.trustRegion())
    check(.trustRegion(SteihaugToint(over: HessianProducts())))
    check(.trustRegion(DoglegPath(over: BFGSModel())))
    check(.adaptiveCubic())
    try checkWithinBounds(.lbfgsb())
    try checkWithinBounds(.projectedGradient())
    try checkWithinBounds(.projectedNewton())
    try checkWithinBounds(.boundedTrustRegion())
  }

  @Test func aBadlyScaledProblemIsAsEasyAsAWellScaledOne() {
    let rule = StopRule.gradientNorm(1e-9)
    let plain = minimize(
      valley, from: start, using: .lbfgs(), until: rule,
      within: Budget(evaluations: 2000))
    let scaled = minimize(
      valley, from: start, using: .scaled(.lbfgs(), by: magnitudes),
      until: rule)
    #expect(scaled.isVerified)
    #expect(scaled.counts.values < 100)
    #expect(plain.counts.values > 3 * scaled.counts.values)
    // Rule and certificate are about x.
    #expect(scaled.gradient.normInfinity <= 1e-9)
    #expect(scaled.certificate.gradientNorm <= 1e-9)
    #expect(scaled.method.hasSuffix(", scaled"))
    // The local minimum of Shang and Qiu 2006.
    let known = [-0.7756, 0.6130, 0.3821, 0.1460]
    for i in 0..<4 {
      #expect(abs(scaled.x[i] / magnitudes[i] - known[i]) < 2e-4)
    }
  }

  @Test func aRunResumesBitForBit() throws {
    // Magnitudes that round.
    let method = Scaled<LBFGS<StrongWolfe>>.scaled(
      .lbfgs(), by: [1e-3, 7, 1e3, 0.3])
    var whole = Run(valley, from: start, using: method)
    for _ in 0..<7 { whole.step() }
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("scaled-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try whole.checkpoint.write(to: file)
    var resumed = Run(
      valley,
      resuming: try Checkpoint<Scaled<LBFGS<StrongWolfe>>>(contentsOf: file))
    for _ in 0..<9 {
      whole.step()
      resumed.step()
    }
    #expect(resumed.state == whole.state)
    whole.restart(from: start)
    var fresh = Run(valley, from: start, using: method)
    whole.step()
    fresh.step()
    #expect(whole.state == fresh.state)
  }

  @Test func boundsHoldWhateverIsRounded() throws {
    struct Outside: Error {}
    let magnitudes: Vector<Double> = [0.3, 1e-3, 7, 1e5]
    let bounds = try Bounds(
      lower: [-0.1, -0.1, -0.1, -0.1], upper: [0.7, 0.7, 0.7, 0.7])
    let base = ChainedRosenbrock(4)
    let fenced = DifferentiableFunction { x, gradient in
      guard bounds.contains(x) else { throw Outside() }
      return base.valueAndGradient(at: x, into: &gradient)
    }
    let solution = minimize(
      fenced.within(bounds), from: [5, -5, 0.2, 0.3],
      using: .scaled(.lbfgsb(), by: magnitudes))
    #expect(solution.isVerified)
    #expect(solution.failure == nil)
    #expect(bounds.contains(solution.x))
    #expect(
      solution.notes.contains(
        "2 variables of the start were moved to their bounds")
    )
  }

  /// An average is answered in the units of x, as the method without scales does
  /// for f(d z).
  @Test func averagesAreAnsweredInTheUnitsOfX() {
    let d: Vector<Double> = [1e-3, 10]
    let unit = DifferentiableFunction { z, g in
      for i in 0..<2 { g[i] = z[i] - 1 }
      return g.dot(g) / 2
    }
    let bowl = DifferentiableFunction { x, g in
      for i in 0..<2 { g[i] = x[i] / d[i] - 1 }
      let value = g.dot(g) / 2
      for i in 0..<2 { g[i] /= d[i] }
      return value
    }
    let averaging = SGD<Double>(rate: 0.3).averaged(.equal())
    let budget = Budget(iterations: 5)
    let found = minimize(
      bowl, from: [0, 0], using: .scaled(.descent(by: averaging), by: d),
      within: budget)
    let expected = minimize(
      unit, from: [0, 0], using: .descent(by: averaging), within: budget)
    for i in 0..<2 {
      #expect(abs(found.x[i] / d[i] - expected.x[i]) <= 1e-14)
      #expect(expected.x[i] < 0.9)
    }
    #expect(found.value == found.certificate.value)
  }

  @Test func stepsAllocateNothing() {
    var run = Run(
      ChainedRosenbrock(4), from: [-1.2, 1, 0.7, 0.9],
      using: .scaled(.lbfgs(memory: 3), by: magnitudes))
    for _ in 0..<6 { run.step() }
    let count = allocations {
      for _ in 0..<6 { run.step() }
    }
    #expect(count == 0)
  }

  @Test func whatTheObjectiveThrowsIsSurvived() {
    struct Refusal: Error {}
    let base = ChainedRosenbrock(2)
    let refusing = DifferentiableFunction { x, gradient in
      if x[0] > 0.3 { throw Refusal() }
      return base.valueAndGradient(at: x, into: &gradient)
    }
    let solution = minimize(
      refusing, from: [-1.2, 1], using: .scaled(.lbfgs(), by: [2, 3]))
    #expect(!solution.isVerified)
    #expect(solution.x[0] <= 0.3)
    #expect(solution.failure?.contains("Refusal") == true)
  }

  @Test func magnitudesThatAreNoneTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = minimize(
        ChainedRosenbrock(2), from: [0, 0],
        using: .scaled(.lbfgs(), by: [1, 0]))
    }
    await #expect(processExitsWith: .failure) {
      _ = minimize(
        ChainedRosenbrock(2), from: [0, 0],
        using: .scaled(.lbfgs(), by: [1, 1, 1]))
    }
  }
}
