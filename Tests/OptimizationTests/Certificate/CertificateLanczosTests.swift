import Foundation
import Matrix
import TestSupport
import Testing

@testable import Optimization

@Suite struct CertificateLanczosTests {
  private let n = 2000

  @Test func `Finds the ends of a known spectrum`() throws {
    let objective = ReflectedSpectrum(
      Vector(count: n) { 1 + 99 * Double($0) / 1999 })
    let certificate = Certificate(of: objective, at: .zeros(n))
    #expect(certificate.classification == .minimum)
    #expect(certificate.isVerified)
    let curvature = try #require(certificate.curvature)
    // Ritz values lie inside the spectrum.
    let smallest = try #require(curvature.smallest)
    let largest = try #require(curvature.largest)
    #expect(smallest >= 1 - 1e-12 && smallest < 1.2)
    #expect(largest <= 100 + 1e-12 && largest > 99)
    #expect(certificate.counts.hessians == 0)
    #expect(certificate.counts.hessianVectorProducts <= 100)
    #expect(
      curvature.source
        == .lanczos(
          products: certificate.counts.hessianVectorProducts - 1))
  }

  @Test(arguments: [-1e-3, -1.0, -50])
  func `Finds one negative eigenvalue among 2000`(negative: Double) throws {
    let objective = ReflectedSpectrum(
      Vector(count: n) { $0 == 700 ? negative : 1 + Double($0 % 10) })
    let certificate = Certificate(of: objective, at: .zeros(n))
    #expect(certificate.classification == .saddle)
    #expect(!certificate.isVerified)
    let way = try #require(certificate.negativeCurvature)
    #expect(abs(way.curvature - negative) < 1e-8)
    #expect(abs(way.direction.dot(objective.eigenvector(700))) > 0.99)
  }

  @Test func `Tells a maximum and a degenerate point`() {
    let maximum = ReflectedSpectrum(Vector(count: n) { -2 - Double($0 % 5) })
    let atMaximum = Certificate(of: maximum, at: .zeros(n))
    #expect(atMaximum.classification == .maximum)
    #expect(!atMaximum.isVerified)
    let flat = ReflectedSpectrum(Vector(count: n) { $0 == 3 ? 0 : 1 })
    let atFlat = Certificate(of: flat, at: .zeros(n))
    #expect(atFlat.classification == .degenerate)
    #expect(atFlat.isVerified)
  }

  @Test func `Says so when a hundred products do not suffice`() {
    // Condition 10⁸, spread evenly over the magnitudes.
    let objective = ReflectedSpectrum(
      Vector(count: n) { pow(10, -8 * Double($0) / 1999) })
    let certificate = Certificate(of: objective, at: .zeros(n))
    #expect(certificate.classification == .unresolved)
    #expect(certificate.counts.hessianVectorProducts == 100)
  }

  @Test func `Always forms the Hessian of moderate order`() {
    let objective = ReflectedSpectrum(
      Vector(count: 1100) { pow(10, -8 * Double($0) / 1099) })
    let certificate = Certificate(
      of: objective, at: .zeros(1100), examining: .always)
    #expect(certificate.classification == .minimum)
    #expect(certificate.curvature?.source == .inertia)
  }

  @Test func `Takes differences of gradients for products when it must`() {
    let objective = GradientOnly(
      ReflectedSpectrum(Vector(count: 300) { $0 == 0 ? -1 : 3 }))
    #expect(
      Certificate(of: objective, at: .zeros(300)).classification
        == .notExamined)
    let certificate = Certificate(
      of: objective, at: .zeros(300), examining: .always)
    #expect(certificate.classification == .saddle)
    #expect(
      abs((certificate.negativeCurvature?.curvature ?? 0) + 1) < 1e-7)
  }

  @Test func `A long valley of minima is no saddle`() {
    // (x₀x₁ − 1)² + ½ Σ xᵢ², i ≥ 2.
    let objective = TwiceDifferentiableFunction { x, gradient in
      let r = x[0] * x[1] - 1
      gradient.copy(from: x)
      (gradient[0], gradient[1]) = (2 * r * x[1], 2 * r * x[0])
      return r * r + x.dropFirst(2).reduce(0) { $0 + $1 * $1 } / 2
    } hessian: { x, hessian in
      hessian = .identity(x.count)
      hessian[0, 0] = 2 * x[1] * x[1]
      hessian[1, 0] = 4 * x[0] * x[1] - 2
      hessian[1, 1] = 2 * x[0] * x[0]
    }
    var x = Vector<Double>.zeros(1500)
    for r in [1e-7, -1e-7] {
      (x[0], x[1]) = (2, (1 + r) / 2)
      let certificate = Certificate(of: objective, at: x)
      #expect(certificate.classification == .unresolved)
      #expect(certificate.isVerified)
    }
  }
}
