import Matrix
import Optimization
import Testing

@Suite struct BoundedCertificateTests {
  /// (x₁ − 2)² + (x₂ + 1)² + x₃².
  let bowl = TwiceDifferentiableFunction(
    { x, gradient in
      gradient = [2 * (x[0] - 2), 2 * (x[1] + 1), 2 * x[2]]
      return (x[0] - 2) * (x[0] - 2) + (x[1] + 1) * (x[1] + 1) + x[2] * x[2]
    },
    hessian: { _, hessian in
      hessian.fill(with: 0)
      for i in 0..<3 { hessian[i, i] = 2 }
    })

  @Test func multipliersOfActiveBoundsAreFound() throws {
    let box = try Bounds(0...1, count: 3)
    let certificate = Certificate(of: bowl, within: box, at: [1, 0, 0])
    #expect(certificate.isVerified)
    #expect(certificate.gradientNorm == 0)
    let active = try #require(certificate.activeBounds)
    #expect(active.elements.map(\.index) == [0, 1])
    #expect(active.elements.map(\.side) == [.upper, .lower])
    #expect(active.elements.map(\.multiplier) == [-2, 2])
    #expect(active.violation == 0)
    // x₃ is at its bound and wants to stay there, with no force.
    #expect(active.weak == [2])
    #expect(!active.isStrictlyComplementary)
    #expect("\(certificate)".contains("x[0] ≤ 1 (multiplier -2)"))
  }

  /// x₁ ∈ [0, 1] of the given function of one variable.
  private func certificate(
    at x: Double, _ f: @escaping (Double) -> (Double, Double, Double)
  ) throws -> Certificate {
    let objective = TwiceDifferentiableFunction(
      { x, gradient in
        #expect(x[0] >= 0 && x[0] <= 1, "evaluated outside")
        gradient[0] = f(x[0]).1
        return f(x[0]).0
      },
      hessian: { x, hessian in
        #expect(x[0] >= 0 && x[0] <= 1, "evaluated outside")
        hessian[0, 0] = f(x[0]).2
      })
    return Certificate(
      of: objective, within: try Bounds(0...1, count: 1), at: [x])
  }

  @Test func boundsThatDoNotPressAreDecidedByCurvature() throws {
    // At a bound with ∇f = 0: x² rises inwards, −x² falls.
    let up = try certificate(at: 0) { ($0 * $0, 2 * $0, 2) }
    #expect(up.classification == .minimum)
    let down = try certificate(at: 0) { (-$0 * $0, -2 * $0, -2) }
    #expect(!down.isVerified)
    #expect(down.negativeCurvature != nil)
    // −x² within [0, 1] has its minimum at 1, where the bound presses.
    let end = try certificate(at: 1) { (-$0 * $0, -2 * $0, -2) }
    #expect(end.classification == .minimum)
    #expect(end.activeBounds?.elements.first?.multiplier == -2)
  }

  @Test func aSaddleThatBoundsCutOffIsNotRefuted() throws {
    // f = x₁x₂ falls along (1, −1) only, which leaves x ≥ 0; along (1, 1) it
    // rises.
    let product = TwiceDifferentiableFunction(
      { x, gradient in
        gradient[0] = x[1]
        gradient[1] = x[0]
        return x[0] * x[1]
      },
      hessian: { _, hessian in
        hessian.fill(with: 0)
        hessian[1, 0] = 1
      })
    let certificate = Certificate(
      of: product, within: try Bounds(0...1, count: 2), at: [0, 0])
    #expect(certificate.isVerified)
    #expect(certificate.classification == .degenerate)
    #expect(!Certificate(of: product, at: [0, 0]).isVerified)
  }

  @Test func aMinimumNextToABoundIsExaminedFromWithin() throws {
    // (x − 10⁻⁹)²: any step to the left that differences need leaves [0, 1].
    let certificate = try certificate(at: 1e-9) { x in
      ((x - 1e-9) * (x - 1e-9), 2 * (x - 1e-9), 2)
    }
    #expect(certificate.classification == .minimum)
  }

  @Test func aMinimumOutsideIsNone() throws {
    let box = try Bounds(0...1, count: 3)
    let certificate = Certificate(of: bowl, within: box, at: [2, -1, 0])
    #expect(!certificate.isVerified)
    #expect(certificate.activeBounds?.violation == 1)
    #expect(Certificate(of: bowl, at: [2, -1, 0]).isVerified)
  }

  @Test func aBoundThatFWouldLeaveIsNotStationary() throws {
    let box = try Bounds(-3...4, count: 3)
    let certificate = Certificate(of: bowl, within: box, at: [2, -1, 4])
    #expect(certificate.classification == .notStationary)
    #expect(certificate.gradientNorm == 8)
  }
}
