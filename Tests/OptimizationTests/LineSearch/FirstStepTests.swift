import Matrix
import ProblemSets
import Testing

@testable import Optimization

@Suite struct FirstStepTests {
  /// A step of length 0.5 along −∇f, and the guess that comes after it.
  private func guess(
    _ first: FirstStep, _ objective: DifferentiableFunction,
    from x: Vector<Double>, step: Double
  ) -> (guess: Double, evaluations: Int, before: Point, after: Point) {
    var evaluator = Evaluator(objective)
    var old = Point(x)
    evaluator.evaluate(&old)
    var d = -old.gradient
    var new = Point(x)
    _ = evaluator.sample(old, along: d, at: step, into: &new)
    let last = first.lastStep(
      step, from: old, to: new, along: d, slope: old.gradient.dot(d),
      length: d.norm)
    d = -new.gradient
    var trial = Point(x)
    let count = evaluator.counts.values
    let guess = first.guess(
      after: last, from: new, along: d, slope: new.gradient.dot(d),
      length: d.norm, evaluator: &evaluator, trial: &trial)
    return (guess, evaluator.counts.values - count, old, new)
  }

  private let bowl = DifferentiableFunction { x, gradient in
    gradient[0] = x[0]
    gradient[1] = 10 * x[1]
    return 0.5 * (x[0] * x[0] + 10 * x[1] * x[1])
  }

  @Test func sameDecreaseKeepsThePromise() {
    let (t, count, old, new) = guess(
      .sameDecrease, bowl, from: [3, 1], step: 0.05)
    let promise = 0.05 * old.gradient.dot(old.gradient)
    #expect(abs(t * new.gradient.dot(new.gradient) - promise) < 1e-14 * promise)
    #expect(count == 0)
  }

  @Test func interpolatedIsTheMinimiserOfTheParabola() {
    let (t, count, old, new) = guess(
      .interpolated, bowl, from: [3, 1], step: 0.05)
    // ½ t |φ′(0)| is what the parabola gains, and what the last step gained.
    let gain = 0.5 * t * new.gradient.dot(new.gradient)
    #expect(abs(gain - (old.value - new.value)) < 1e-14 * gain)
    #expect(count == 0)
  }

  @Test func barzilaiBorweinIsTheirLongStep() {
    let (t, count, old, new) = guess(
      .barzilaiBorwein, bowl, from: [3, 1], step: 0.05)
    let s = new.x - old.x
    let y = new.gradient - old.gradient
    #expect(abs(t - s.dot(s) / s.dot(y)) < 1e-13 * t)
    #expect(count == 0)
  }

  @Test func hagerZhangIsExactOnAParabola() {
    let (t, count, _, new) = guess(
      .hagerZhang, bowl, from: [3, 1], step: 0.05)
    // The minimum along −g is at gᵀg / gᵀA g.
    let g = new.gradient
    let exact = g.dot(g) / (g[0] * g[0] + 10 * g[1] * g[1])
    #expect(abs(t - exact) < 1e-12 * t)
    #expect(count == 1)
  }

  @Test func hagerZhangDoublesWhereTheParabolaOpensDownward() {
    let hill = DifferentiableFunction { x, gradient in
      gradient[0] = -x[0]
      return -0.5 * x[0] * x[0]
    }
    let (t, count, _, _) = guess(.hagerZhang, hill, from: [1], step: 0.125)
    #expect(t == 0.25)
    #expect(count == 1)
  }

  @Test func negativeCurvatureLeavesThePromise() {
    let hill = DifferentiableFunction { x, gradient in
      gradient[0] = -x[0]
      return -0.5 * x[0] * x[0]
    }
    let (bb, _, _, _) = guess(.barzilaiBorwein, hill, from: [1], step: 0.125)
    let (same, _, _, _) = guess(.sameDecrease, hill, from: [1], step: 0.125)
    #expect(bb == same)
  }

  @Test func startOfHagerAndZhangHasTheUnitsOfTheVariables() {
    var evaluator = Evaluator(bowl)
    var trial = Point([0, 0])
    func start(_ x: Vector<Double>) -> Double {
      var point = Point(x)
      evaluator.evaluate(&point)
      return FirstStep.hagerZhang.guess(
        after: LastStep(), from: point, along: -point.gradient, slope: -1,
        length: 7, evaluator: &evaluator, trial: &trial)
    }
    // ψ₀ ‖x‖∞ / ‖g‖∞.
    #expect(abs(start([3, 1]) - 0.003) < 1e-17)
    // Nothing to go by: distance 1.
    #expect(start([0, 0]) == 1.0 / 7)
  }
}
