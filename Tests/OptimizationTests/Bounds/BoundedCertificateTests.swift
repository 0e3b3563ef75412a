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
    #expect(active.weakCount == 1)
    #expect(!active.isStrictlyComplementary)
    #expect("\(certificate)".contains("x[0] ≤ 1 (multiplier -2)"))
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
