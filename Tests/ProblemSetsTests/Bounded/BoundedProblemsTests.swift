import Differentiation
import Matrix
import Optimization
import ProblemSets
import Testing

@Suite struct BoundedProblemsTests {
  static let all = BoundedProblems.all

  @Test func `There are 33, each once`() {
    #expect(Self.all.count == 33)
    #expect(Set(Self.all.map(\.name)).count == 33)
    #expect(BoundedProblems.hatfldc(7).dimension == 7)
  }

  /// f at a point that is rounded to Double: at a bound it is the bound, elsewhere
  /// ∇f = 0, so that rounding moves f by its square.
  @Test(arguments: all)
  func `Known values are taken at known points`(problem: BoundedTestProblem) {
    for landmark in problem.landmarks {
      guard let point = landmark.point else { continue }
      #expect(problem.bounds.contains(point), "\(problem.name)")
      let found = problem.value(point.array)
      #expect(
        abs(found - landmark.value) <= 1e-10 * abs(landmark.value)
          + 3e-14 * abs(landmark.value).squareRoot() + 1e-20,
        "\(problem.name): \(found) instead of \(landmark.value)")
    }
  }

  /// The conditions of Karush, Kuhn and Tucker at the known minima: ∂f/∂xᵢ presses
  /// against the bound or is 0 to the rounding of x, ε |∇²f| |x|.
  @Test(arguments: all)
  func `Known minima meet the conditions`(problem: BoundedTestProblem) throws {
    let f = problem.objective
    let (n, bounds) = (problem.dimension, problem.bounds)
    for landmark in problem.landmarks where landmark.isAcceptableEnd {
      guard let point = landmark.point else { continue }
      var gradient = Vector<Double>.zeros(n)
      var hessian = Matrix<Double>.zeros(n, n)
      _ = try f.valueAndGradient(at: point, into: &gradient)
      try f.hessian(at: point, into: &hessian)
      for i in 0..<n {
        var row = 0.0
        for j in 0..<n {
          row += abs(hessian[max(i, j), min(i, j)]) * max(1, abs(point[j]))
        }
        let noise = 8 * Double.ulpOfOne * (row + abs(landmark.value))
        let (x, g) = (point[i], gradient[i])
        let isHeld =
          x == bounds.lower[i] && g > 0 || x == bounds.upper[i] && g < 0
        #expect(
          isHeld || abs(g) <= noise,
          "\(problem.name): ∂f/∂x\(i + 1) = \(g)")
      }
    }
  }

  /// What the literature gives.
  @Test func `Values agree with published ones`() throws {
    let published: [(BoundedTestProblem, Double, Double)] = [
      (BoundedProblems.hs2, 0.0504261879, 1e-10),
      (BoundedProblems.hs5, -1.91322295, 1e-8),
      (BoundedProblems.hs110, -45.77846971, 1e-8),
      (BoundedProblems.hatfldb, 0.005572809, 1e-9),
      (BoundedProblems.gayPowellBadlyScaled, 0.15125900e-9, 1e-14),
      (BoundedProblems.gayBrownBadlyScaled, 784.0, 1e-3),
      (BoundedProblems.gayGaussian, 0.11279300e-7, 1e-13),
      (BoundedProblems.gayPowellSingular, 0.18781963e-3, 1e-11),
      (BoundedProblems.gayWood, 0.15567008e1, 1e-7),
      (BoundedProblems.gayBrownDennis, 0.88860479e5, 1),
      (BoundedProblems.gayBiggs, 0.53209865e-3, 1e-11),
    ]
    for (problem, value, tolerance) in published {
      let known = try #require(problem.landmarks.first).value
      #expect(abs(known - value) <= tolerance, "\(problem.name): \(known)")
    }
  }
}
