import Matrix
import Optimization
import ProblemSets
import Testing

/// The published problems from x₀, 10 x₀ and 100 x₀.
@Suite struct MoreGarbowHillstromTests {
  struct Start: Hashable {
    let number: Int
    let factor: Double

    init(_ number: Int, _ factor: Double) {
      self.number = number
      self.factor = factor
    }
  }

  /// Where a run ends at a stationary point that the set does not list.
  private static let otherEnds: [Start: Double] = [
    // A limit at infinity: r no longer depends on x₂ and x₃ (MGH report it).
    Start(8, 10): 17.4287, Start(8, 100): 17.4287,
    // Constant residuals, so that the gradient is zero.
    Start(6, 10): 259.580190, Start(11, 100): 32.835,
    // Exponentials that have vanished.
    Start(12, 10): 0.0755887408, Start(12, 100): 0.0755887408,
    Start(19, 10): 1.78981359, Start(19, 100): 1.78981359,
    // Minima of their own.
    Start(15, 10): 4.23674626e-4,
  ]

  /// Where no stationary point is found, and why.
  private static let failures: [Start: String] = [
    Start(3, 100): "x₂ has an influence of e⁻¹⁰⁰, its scale is 10⁴³ too long",
    Start(5, 10): "follows a valley to infinity, where f tends to 0.452",
    Start(5, 100): "the same",
    Start(6, 100): "the squares overflow at the start",
    Start(18, 100): "follows a valley to infinity, where f tends to 0.3064",
    Start(35, 10): "polynomials of degree 10 far outside [0, 1]",
  ]

  @Test(arguments: MoreGarbowHillstrom.all, [1.0, 10, 100])
  func endsWhereItIsKnownTo(problem: LeastSquaresProblem, factor: Double) {
    let solution = minimize(
      problem.automaticResiduals, from: problem.start(times: factor),
      using: .levenbergMarquardt(), within: Budget(iterations: 400))
    let start = Start(problem.number, factor)
    let note = Comment(
      rawValue: "\(problem.name), \(factor) x₀: \(2 * solution.value)")
    guard Self.failures[start] == nil else {
      #expect(!solution.isVerified, note)
      return
    }
    #expect(solution.isVerified, note)
    let known =
      Self.otherEnds[start].map { [$0] } ?? problem.landmarks.map(\.value)
    let digits = Self.otherEnds[start] == nil ? 1e-8 : 1e-5
    #expect(
      known.contains {
        abs(2 * solution.value - $0) <= max(digits * abs($0), 1e-14)
      }, note)
  }

  /// With large residuals the damped steps alone have a linear rate at best.
  @Test func largeResidualsAreMetByTheWholeHessian() throws {
    let problem = try #require(
      MoreGarbowHillstrom.all.first { $0.name.contains("Brown and Dennis") })
    for residuals: any DifferentiableResiduals in [
      problem.automaticResiduals,
      DifferencedJacobian(of: problem.automaticResiduals),
    ] {
      let solution = minimize(
        residuals, from: problem.start, using: .levenbergMarquardt())
      #expect(abs(2 * solution.value - 85822.2016263563) < 1e-6)
      #expect(solution.iterations < 60, "\(solution)")
      // Differences leave an error of √ε in J.
      #expect(
        solution.isVerified
          || residuals is DifferencedJacobian
            && solution.certificate.relativeOffset ?? 1 <= 1e-8,
        "\(solution)")
    }
  }
}
