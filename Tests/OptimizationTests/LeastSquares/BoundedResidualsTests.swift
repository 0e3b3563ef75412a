import Matrix
import Optimization
import TestSupport
import Testing

@Suite struct BoundedResidualsTests {
  @Test func valleyEndsAtItsWall() throws {
    let bounds = try Bounds(lower: [-2, -2], upper: [0.5, 2])
    var inside = true
    let solution = minimize(
      RosenbrockResiduals().within(bounds), from: [-1.2, 1],
      using: .levenbergMarquardt(),
      observing: { progress in
        inside = inside && bounds.contains(progress.point.x)
        return .proceed
      })
    #expect(inside)
    #expect((solution.x - [0.5, 0.25]).normInfinity < 1e-9)
    #expect(abs(solution.value - 0.25) < 1e-12)
    #expect(solution.isVerified, "\(solution)")
    #expect(solution.certificate.classification == .minimum)
    #expect(solution.notes.isEmpty)
  }

  @Test func startOutsideIsMovedAndSaidToBe() throws {
    let bounds = try Bounds(lower: [2, 2], upper: [5, 9])
    let solution = minimize(
      RosenbrockResiduals().within(bounds), from: [-1.2, 1],
      using: .levenbergMarquardt())
    #expect(
      solution.notes
        == ["2 variables of the start were moved to their bounds"])
    #expect("\(solution)".contains("moved to their bounds"))
    #expect((solution.x - [2, 4]).normInfinity < 1e-9)
    #expect(solution.isVerified, "\(solution)")
  }

  @Test func fixedVariablesStay() throws {
    let bounds = try Bounds(
      lower: [-.infinity, 0.49], upper: [.infinity, 0.49])
    let solution = minimize(
      RosenbrockResiduals().within(bounds), from: [1, 0.49],
      using: .levenbergMarquardt())
    #expect(solution.x[1] == 0.49)
    #expect(abs(solution.x[0] - 0.7) < 0.01)
    #expect(solution.isVerified, "\(solution)")
  }

  /// min ‖A x − b‖ with x ≥ 0, against every choice of free variables.
  @Test(arguments: 1...20)
  func nonnegativeLeastSquaresAreThoseOfTheBestFace(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let (m, n) = (8, 4)
    let a: Matrix<Double> = randomMatrix(m, n, using: &generator)
    let b: Vector<Double> = randomVector(m, using: &generator)
    var best = b.dot(b)
    for face in 1..<(1 << n) {
      let free = (0..<n).filter { face >> $0 & 1 == 1 }
      let part = Matrix<Double>(rows: m, columns: free.count) {
        a[$0, free[$1]]
      }
      let x = try QR(part).solve(b)
      guard x.allSatisfy({ $0 >= 0 }) else { continue }
      let r = part * x - b
      best = min(best, r.dot(r))
    }
    let line = DifferentiableResidualFunction(count: m) { x, r in
      r = a * x - b
    } jacobian: { _, j in
      j = a
    }
    let bounded = line.within(
      try Bounds(0...Double.greatestFiniteMagnitude, count: n))
    let start = Vector<Double>(repeating: 1, count: n)
    for method: any Method<any DifferentiableResiduals> in [
      LevenbergMarquardt(), Dogleg(),
    ] {
      let solution = minimize(bounded, from: start, using: method)
      #expect(
        abs(2 * solution.value - best) <= 1e-10 * best, "\(method.name)")
      #expect(solution.isVerified, "\(method.name): \(solution)")
    }
  }

  @Test func aPointOffTheFaceIsNotVerified() throws {
    let bounds = try Bounds(lower: [-2, -2], upper: [0.5, 2])
    let squares = SumOfSquares(of: RosenbrockResiduals().within(bounds))
    #expect(Certificate(of: squares, at: [0.5, 0.25]).isVerified)
    // The minimum without bounds lies outside of them.
    #expect(!Certificate(of: squares, at: [1, 1]).isVerified)
    #expect(!Certificate(of: squares, at: [0.5, 0.3]).isVerified)
  }

  @Test func boundedFitsResumeBitForBit() throws {
    let bounds = try Bounds(lower: [-2, -2], upper: [0.5, 2])
    let problem = RosenbrockResiduals().within(bounds)
    var whole = Run(problem, from: [-1.2, 1], using: .levenbergMarquardt())
    for _ in 0..<3 { whole.step() }
    var resumed = Run(problem, resuming: whole.checkpoint)
    for _ in 0..<5 {
      whole.step()
      resumed.step()
    }
    #expect(whole.state == resumed.state)
  }
}
