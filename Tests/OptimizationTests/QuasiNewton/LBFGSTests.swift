import Matrix
import ProblemSets
import TestSupport
import Testing

@testable import Optimization

/// −H g by the two-loop recursion (Nocedal 1980), written plainly.
private func twoLoop(
  _ pairs: some BidirectionalCollection<(s: Vector<Double>, y: Vector<Double>)>,
  _ g: Vector<Double>
) -> Vector<Double> {
  var q = g
  var alphas: [Double] = []
  for (s, y) in pairs.reversed() {
    let alpha = s.dot(q) / s.dot(y)
    alphas.append(alpha)
    q.add(y, scaledBy: -alpha)
  }
  if let (s, y) = pairs.last { q.scale(by: s.dot(y) / y.dot(y)) }
  for ((s, y), alpha) in zip(pairs, alphas.reversed()) {
    q.add(s, scaledBy: alpha - y.dot(q) / s.dot(y))
  }
  return -q
}

@Suite struct LimitedMemoryTests {
  @Test(arguments: [1, 2, 3, 4, 7, 64, 1500, 2051], [1, 2, 5, 10, 50])
  func directionIsThatOfTheTwoLoops(n: Int, m: Int) {
    var generator = SplitMix64(seed: UInt64(100 * n + m))
    var memory = LimitedMemory(dimension: n, capacity: m)
    var pairs: [(s: Vector<Double>, y: Vector<Double>)] = []
    // A quadratic with a diagonal Hessian from 0.5 to 2.5, so that sᵀy > 0.
    let diagonal = Vector(count: n) { _ in 0.5 + 2 * generator.nextUniform() }
    var evaluator = Evaluator(
      DifferentiableFunction { x, gradient in
        for i in 0..<n { gradient[i] = diagonal[i] * x[i] }
        return 0.5 * x.dot(gradient)
      })
    var old = Point(randomVector(n, using: &generator))
    evaluator.evaluate(&old)
    for k in 0..<(2 * m + 3) {
      var new = Point(randomVector(n, using: &generator))
      evaluator.evaluate(&new)
      memory.append(from: old, to: new)
      pairs.append((new.x - old.x, new.gradient - old.gradient))
      if pairs.count > m { pairs.removeFirst() }
      old = new

      var d = Vector<Double>.zeros(n)
      let (slope, length) = memory.direction(
        at: new.gradient, into: &d)
      let expected = twoLoop(pairs, new.gradient)
      #expect(
        (d - expected).norm <= 1e-9 * expected.norm, "n = \(n), step \(k)")
      #expect(abs(slope - new.gradient.dot(d)) <= 1e-12 * abs(slope))
      #expect(abs(length - d.norm) <= 1e-12 * length)
      #expect(slope < 0)
    }
  }

  /// Three directions of long vectors, each checked against the two loops.
  private static func longDirections() -> [Vector<Double>] {
    let n = 300_000
    var generator = SplitMix64(seed: 5)
    var memory = LimitedMemory(dimension: n, capacity: 2)
    var pairs: [(s: Vector<Double>, y: Vector<Double>)] = []
    var evaluator = Evaluator(
      DifferentiableFunction { x, gradient in
        gradient.copy(from: x)
        gradient.scale(by: 3)
        return 1.5 * x.dot(x)
      })
    var old = Point(randomVector(n, using: &generator))
    evaluator.evaluate(&old)
    return (0..<3).map { _ in
      var new = Point(randomVector(n, using: &generator))
      evaluator.evaluate(&new)
      memory.append(from: old, to: new)
      pairs.append((new.x - old.x, new.gradient - old.gradient))
      old = new
      var d = Vector<Double>.zeros(n)
      _ = memory.direction(at: new.gradient, into: &d)
      let expected = twoLoop(pairs.suffix(2), new.gradient)
      #expect((d - expected).norm <= 1e-9 * expected.norm)
      return d
    }
  }

  @Test func longVectorsGiveTheSameBitsOnAnyNumberOfThreads() async {
    // The number of threads belongs to the process, so the test has its own.
    await #expect(processExitsWith: .success) {
      Threads.maximum = 1
      let one = LimitedMemoryTests.longDirections()
      Threads.maximum = 2
      #expect(LimitedMemoryTests.longDirections() == one)
    }
  }

  @Test func pairWithoutCurvatureIsLeftOut() {
    var memory = LimitedMemory(dimension: 2, capacity: 3)
    let concave = DifferentiableFunction { x, gradient in
      gradient.copy(from: x)
      gradient.scale(by: -1)
      return -0.5 * x.dot(x)
    }
    var evaluator = Evaluator(concave)
    var (a, b) = (Point([1, 2]), Point([2, 1]))
    evaluator.evaluate(&a)
    evaluator.evaluate(&b)
    memory.append(from: a, to: b)
    #expect(memory.isEmpty)
  }

  @Test func overflowingDifferencesEmptyTheMemory() {
    var memory = LimitedMemory(dimension: 1, capacity: 3)
    var evaluator = Evaluator(
      DifferentiableFunction { x, gradient in
        gradient[0] = x[0] * 1e308
        return 0
      })
    var (a, b) = (Point([-1.5]), Point([1.5]))
    evaluator.evaluate(&a)
    evaluator.evaluate(&b)
    memory.append(from: a, to: b)
    #expect(memory.isEmpty)
    var d = Vector<Double>.zeros(1)
    _ = memory.direction(at: [2], into: &d)
    #expect(d == [-2])
  }
}

@Suite struct LBFGSTests {
  @Test func scalingOfValueAndVariablesLeavesTheIterates() {
    // x → 2^k x and f → 2^l f are exact in binary; only the first step, whose
    // length is bounded, knows the units, so it is made the same by hand.
    func run(_ sx: Double, _ sf: Double) -> [Double] {
      let rosenbrock = ExtendedRosenbrock(2)
      let scaled = DifferentiableFunction { x, gradient in
        var y = x
        y.scale(by: 1 / sx)
        let value = rosenbrock.valueAndGradient(at: y, into: &gradient)
        gradient.scale(by: sf / sx)
        return value * sf
      }
      var points: [Double] = []
      var run = Run(scaled, from: [-1.2 * sx, sx], using: .lbfgs())
      for _ in 0..<20 {
        run.step()
        points.append(run.state.point.x[0] / sx)
      }
      return points
    }
    // A scale that keeps 1/‖∇f‖ ‖∇f‖ = 1 in units of x: f by 4, x by 1.
    let plain = run(1, 1)
    let value = run(1, 4)
    for (a, b) in zip(plain, value) { #expect(a == b) }
  }

  @Test func memoryOutsideItsRangeTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = LBFGS(memory: 51, search: StrongWolfe())
    }
    await #expect(processExitsWith: .failure) {
      _ = LBFGS(memory: 0, search: StrongWolfe())
    }
  }

  @Test(arguments: [1, 2, 5, 10, 20, 50])
  func everyMemorySolvesTheChain(memory: Int) {
    let chain = ChainedRosenbrock(20)
    let solution = minimize(
      chain, from: chain.start, using: .lbfgs(memory: memory),
      until: .gradientNorm(1e-8))
    #expect(solution.isVerified)
    #expect(solution.value < 1e-12 || abs(solution.value - 3.986) < 0.01)
  }

  @Test func strictlyConvexQuadraticIsSolvedToRounding() {
    let quadratic = Quadratic(
      40, condition: 1e4, seed: 3)
    let solution = minimize(
      quadratic, from: quadratic.start, using: .lbfgs(),
      until: .gradientNorm(1e-9))
    #expect(solution.isVerified)
    #expect((solution.x - quadratic.minimizer).norm < 1e-5)
  }
}
