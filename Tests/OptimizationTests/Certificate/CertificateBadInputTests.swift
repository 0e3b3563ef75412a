import Foundation
import Matrix
import TestSupport
import Testing

@testable import Optimization

private struct Refusal: Error {}

@Suite struct CertificateBadInputTests {
  @Test func `No variables make a minimum of everything`() {
    let constant = QuadraticForm(matrix: .zeros(0, 0))
    let certificate = Certificate(of: constant, at: [])
    #expect(certificate.classification == .minimum)
    #expect(certificate.isVerified)
  }

  @Test func `A claim of another value is refuted`() {
    for claim in [1e-300, 1, -Double.infinity, .nan] {
      #expect(
        !Certificate(
          of: Rosenbrock2(), at: [1, 1], claimedValue: claim
        ).isVerified)
    }
    let form = QuadraticForm(matrix: [[1]], linear: [2])
    for (claim, holds) in [
      (-2.0, true), (-2.000000001, true), (-2.0001, false),
    ] {
      let certificate = Certificate(of: form, at: [-2], claimedValue: claim)
      #expect(certificate.hasClaimedValue == holds)
      #expect(certificate.isVerified == holds)
    }
  }

  @Test func `A gradient above its tolerance is not examined further`() {
    let certificate = Certificate(of: Rosenbrock2(), at: [1.1, 1])
    #expect(certificate.classification == .notStationary)
    #expect(!certificate.isVerified)
    #expect(certificate.counts.hessians == 0)
    for tolerance in [-1, .nan, Double.infinity] {
      let certificate = Certificate(
        of: Rosenbrock2(), at: [1, 1], gradientTolerance: tolerance)
      #expect(!certificate.isVerified)
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `Values and gradients that are not finite are undefined`(bad: Double) {
    let values = DifferentiableFunction { _, gradient in
      gradient.fill(with: 0)
      return bad
    }
    let gradients = DifferentiableFunction { _, gradient in
      gradient.fill(with: 0)
      gradient[1] = bad
      return 0
    }
    for objective in [values, gradients] {
      let certificate = Certificate(
        of: objective, at: [1, 2], claimedValue: bad)
      #expect(certificate.classification == .undefined)
      #expect(!certificate.isVerified)
    }
  }

  @Test func `Errors and wrong sizes are undefined, with the reason`() {
    let refusing = DifferentiableFunction { _, _ in throw Refusal() }
    let careless = DifferentiableFunction { _, gradient in
      gradient = []
      return 0
    }
    for (objective, reason) in [
      (refusing, "Refusal()"),
      (careless, "the objective returned a gradient of size 0 for 2 variables"),
    ] {
      let certificate = Certificate(of: objective, at: [1, 2])
      #expect(certificate.classification == .undefined)
      #expect(!certificate.isVerified)
      #expect(certificate.failure == reason)
    }
  }

  @Test(arguments: [2, 30, 1200])
  func `A Hessian that is NaN, thrown or of wrong size verifies nothing`(n: Int)
  {
    func bowl(
      _ hessian: @escaping (Vector<Double>, inout Matrix<Double>) throws -> Void
    ) -> TwiceDifferentiableFunction {
      TwiceDifferentiableFunction(
        { x, gradient in
          gradient.copy(from: x)
          return x.dot(x) / 2
        }, hessian: hessian)
    }
    let x = Vector<Double>.zeros(n)
    let objectives = [
      bowl { $1 = Matrix(repeating: .nan, rows: $0.count, columns: $0.count) },
      bowl { _, _ in throw Refusal() },
      bowl { $1 = .identity($0.count + 1) },
      bowl { $1 = .zeros($0.count, 0) },
    ]
    for objective in objectives {
      let certificate = Certificate(of: objective, at: x)
      if n <= 1000 {
        #expect(certificate.classification == .undefined)
        #expect(!certificate.isVerified)
      } else {
        // Products are differences of gradients, which are right.
        #expect(certificate.classification == .minimum)
        #expect(certificate.counts.hessians == 0)
      }
    }
  }

  @Test func `A product that is thrown verifies nothing`() {
    struct Broken: TwiceDifferentiableObjective {
      func valueAndGradient(
        at x: Vector<Double>, into gradient: inout Vector<Double>
      ) -> Double {
        gradient.copy(from: x)
        return x.dot(x) / 2
      }
      func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {}
      func hessianVectorProduct(
        at x: Vector<Double>, along v: Vector<Double>,
        into product: inout Vector<Double>
      ) throws { throw Refusal() }
    }
    let certificate = Certificate(of: Broken(), at: .zeros(1200))
    #expect(certificate.classification == .undefined)
    #expect(!certificate.isVerified)
  }

  @Test func `At the edge of the domain the inner side decides`() {
    let half = DifferentiableFunction { x, gradient in
      gradient[0] = 2 * x[0]
      return x[0] >= 0 ? x[0] * x[0] : .nan
    }
    #expect(Certificate(of: half, at: [0]).classification == .minimum)
    let point = DifferentiableFunction { x, gradient in
      gradient[0] = 0
      return x[0] == 0 ? 0 : .nan
    }
    let certificate = Certificate(of: point, at: [0])
    #expect(certificate.classification == .unresolved)
    #expect(certificate.isVerified)
  }

  @Test func `A gradient of the wrong sign is found out`() {
    // The "minimum" that descent along the wrong gradient of 1 − ½‖x‖² finds.
    let hill = DifferentiableFunction { x, gradient in
      gradient.copy(from: x)
      return 1 - x.dot(x) / 2
    }
    for x: Vector<Double> in [[0], [1e-7, -1e-8, 0]] {
      let certificate = Certificate(of: hill, at: x)
      #expect(certificate.classification == .inconsistent)
      #expect(!certificate.isVerified)
    }
    // Gradient and Hessian both of the wrong sign.
    let consistentlyWrong = TwiceDifferentiableFunction { x, gradient in
      gradient.copy(from: x)
      return 1 - x.dot(x) / 2
    } hessian: { x, hessian in
      hessian = .identity(x.count)
    }
    for n in [2, 40] {
      #expect(
        Certificate(of: consistentlyWrong, at: .zeros(n)).classification
          == .inconsistent)
    }
  }

  @Test(arguments: [1e-250, 1e-150, 1, 1e150, 1e250])
  func `Works on every scale of the values`(scale: Double) {
    for (n, expected) in [
      (2, Classification.minimum), (2, .saddle), (30, .minimum), (30, .saddle),
      (1100, .minimum), (1100, .saddle),
    ] {
      let objective = ReflectedSpectrum(
        Vector(count: n) {
          scale * ($0 == 0 && expected == .saddle ? -1 : 1 + Double($0 % 3))
        })
      #expect(
        Certificate(of: objective, at: .zeros(n)).classification == expected)
    }
  }

  @Test func `Values of differences alone are enough`() {
    let values = Function { x in
      let (a, b) = (x[1] - x[0] * x[0], 1 - x[0])
      return 100 * a * a + b * b
    }
    let saddle = Function { 5 + $0[0] * $0[0] - 0.1 * $0[1] * $0[1] }
    for scheme in [DifferenceScheme.forward, .central] {
      let minimum = Certificate(
        of: FiniteDifferences(of: values, scheme: scheme), at: [1, 1],
        gradientTolerance: 1e-4)
      #expect(minimum.isVerified)
      let refuted = Certificate(
        of: FiniteDifferences(of: saddle, scheme: scheme), at: [0, 0])
      #expect(refuted.classification == .saddle)
    }
  }

  @Test func `Survives coding`() throws {
    let certificate = Certificate(
      of: QuadraticForm(matrix: [[1, 0], [0, -2]]), at: [0, 0])
    let copy = try JSONDecoder().decode(
      Certificate.self, from: JSONEncoder().encode(certificate))
    #expect(copy == certificate)
  }

  @Test func `The first-order verdict allocates one vector`() {
    let objective: any DifferentiableObjective = DifferentiableFunction {
      x, gradient in
      gradient.copy(from: x)
      return x.dot(x) / 2
    }
    let x: Vector<Double> = [0, 0]
    _ = Certificate(of: objective, at: x, examining: .never)
    #expect(
      allocations {
        _ = Certificate(of: objective, at: x, examining: .never)
      } == 1)
  }
}
