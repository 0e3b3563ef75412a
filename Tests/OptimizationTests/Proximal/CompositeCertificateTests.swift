import Matrix
import Optimization
import ProblemSets
import TestSupport
import Testing

@Suite struct CompositeCertificateTests {
  @Test func gapIsTheDistanceFromTheMinimumAtMost() throws {
    let data = try RegularizedData()
    let lasso = data.squares + 0.03 * .l1(excluding: data.intercept)
    let best = minimize(
      lasso, from: data.start, using: .fista(),
      until: .gradientNorm(1e-12), within: Budget(iterations: 100_000))
    for steps in [1, 5, 20, 80] {
      let early = minimize(
        lasso, from: data.start, using: .fista(), until: .iterations(steps))
      let gap = try #require(early.certificate.composite?.dualityGap)
      #expect(gap >= early.value - best.value - 1e-14)
      #expect(gap <= 1)
      #expect(!early.isVerified)
      #expect(early.certificate.classification == .notStationary)
    }
  }

  @Test func sideOfAKinkIsExamined() {
    // x³ − x + |x| has a stationary point at 0 that f + R leaves along neither
    // side only because of the kink, and x² y² + … none.
    let f = Quadratic(2, condition: 4, seed: 9)
    let zero = Certificate(of: f + 1e6 * .l1, at: [0, 0])
    #expect(zero.isVerified)
    #expect(zero.gradientNorm == 0)
    #expect(zero.composite?.zeroCount == 2)
    let other = Certificate(of: f + 1e6 * .l1, at: [0, 1e-12])
    #expect(!other.isVerified)
    #expect(other.classification == .notStationary)
  }

  @Test func saddlesOnAFaceAreRefuted() {
    // x₁² − x₂² + x₂⁴/2 with |x₁| and |x₂|/2 has saddles in x₂ where the slopes
    // of −x² + x⁴/2 and of the penalty cancel: −2x + 2x³ + ½ = 0.
    let f = TwiceDifferentiableFunction { x, g in
      g[0] = 2 * x[0]
      g[1] = -2 * x[1] + 2 * x[1] * x[1] * x[1]
      return x[0] * x[0] - x[1] * x[1] + 0.5 * x[1] * x[1] * x[1] * x[1]
    } hessian: { x, h in
      h[0, 0] = 2
      h[1, 0] = 0
      h[1, 1] = -2 + 6 * x[1] * x[1]
    }
    let penalty = 0.5 * L1Norm()
    // The roots of x³ − x + ¼.
    let (hill, valley) = (0.2695944364054446, 0.8375654352833230)
    let refuted = Certificate(of: f + penalty, at: [0, hill])
    #expect(refuted.isStationary)
    #expect(!refuted.isVerified)
    #expect(refuted.negativeCurvature.map { abs($0.direction[1]) } == 1)
    let confirmed = Certificate(of: f + penalty, at: [0, valley])
    #expect(confirmed.isVerified)
    #expect(confirmed.classification == .minimum)
    let origin = Certificate(of: f + penalty, at: [0, 0])
    #expect(origin.classification == .minimum)
    // A run that would end on the hill goes on from there.
    let solution = minimize(
      f + penalty, from: [0, hill], using: .fista(),
      until: .gradientNorm(1e-8))
    #expect(solution.isVerified)
    #expect(solution.x[1] == 0 || abs(solution.x[1] - valley) < 1e-7)
  }

  @Test func kinkWithoutMarginIsDegenerate() {
    // ∂f/∂x = −1 at 0 is at the end of ∂|x|.
    let f = TwiceDifferentiableFunction { x, g in
      g[0] = x[0] - 1
      return 0.5 * x[0] * x[0] - x[0]
    } hessian: { _, h in
      h[0, 0] = 1
    }
    let certificate = Certificate(of: f + .l1, at: [0])
    #expect(certificate.isVerified)
    #expect(certificate.classification == .degenerate)
  }

  @Test func outsideOfTheSetIsUndefined() {
    let f = Quadratic(2, condition: 4, seed: 9)
    let certificate = Certificate(of: f + .simplex, at: [2, 2])
    #expect(!certificate.isVerified)
    #expect(certificate.classification == .undefined)
    #expect(certificate.value == .infinity)
  }

  @Test func claimsAndNumbersThatAreNoneAreRefused() {
    let f = Quadratic(2, condition: 4, seed: 9)
    let problem = f + 1e6 * .l1
    #expect(!Certificate(of: problem, at: [0, 0], claimedValue: 3).isVerified)
    #expect(!Certificate(of: problem, at: [.nan, 0]).isVerified)
    #expect(
      !Certificate(of: problem, at: [0, 0], gradientTolerance: .nan)
        .isVerified)
  }

  @Test func reportNamesThePenaltyAndTheGap() throws {
    let data = try RegularizedData()
    let solution = minimize(
      data.squares + 0.3 * .l1(excluding: data.intercept), from: data.start,
      until: .gradientNorm(1e-10))
    let text = solution.description
    #expect(text.contains("Minimum, verified"))
    #expect(text.contains("‖x‖₁"))
    #expect(text.contains("27 of 31 variables 0"))
    #expect(text.contains("above the minimum at most"))
  }
}
