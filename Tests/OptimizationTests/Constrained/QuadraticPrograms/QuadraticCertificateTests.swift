import Matrix
import Optimization
import Testing

/// Verdicts on points, multipliers and proofs that were found by hand.
@Suite struct QuadraticCertificateTests {
  /// min (x − 1)² + (y − 2.5)²: x = (1.4, 1.7), y₁ = 0.8 (Nocedal and Wright 2006,
  /// example 16.4).
  private var example: QuadraticProgram {
    get throws {
      try QuadraticProgram(
        hessian: [[2, 0], [0, 2]], gradient: [-2, -5], constant: 7.25,
        subjectTo: [
          .rows([[1, -2], [-1, -2], [-1, 2]], atLeast: [-2, -6, -2])
        ],
        within: Bounds(0...Double.infinity, count: 2))
    }
  }

  @Test func verifiesAMinimiser() throws {
    let certificate = QuadraticCertificate(
      of: try example, at: [1.4, 1.7], multipliers: [0.8, 0, 0],
      boundMultipliers: [0, 0])
    #expect(certificate.finding == .optimal)
    #expect(abs(certificate.value - 0.8) < 1e-14)
    #expect(abs(certificate.dualValue - 0.8) < 1e-14)
    #expect(certificate.complementarity < 1e-14)
  }

  @Test(arguments: [
    // Off the optimum, outside, and inside with multipliers that do not balance.
    ([1.4, 1.7001], [0.8, 0, 0], [0.0, 0]),
    ([1.4, 1.7], [0.7999, 0, 0], [0, 0]),
    ([1.4, 1.7], [0.8, 1e-6, 0], [0, 0]),
    ([1.4, 1.7], [0.8, 0, 0], [1e-6, 0]),
    ([1.4, 1.7], [.nan, 0, 0], [0, 0]),
    ([.nan, 1.7], [0.8, 0, 0], [0, 0]),
    ([.infinity, 1.7], [0.8, 0, 0], [0, 0]),
    // An upper side that does not exist.
    ([1.4, 1.7], [0.8, -1e-12, 0], [0, 0]),
  ])
  func refutes(x: [Double], y: [Double], z: [Double]) throws {
    let certificate = QuadraticCertificate(
      of: try example, at: Vector(x), multipliers: Vector(y),
      boundMultipliers: Vector(z))
    #expect(certificate.finding == .refuted)
    #expect(!certificate.isVerified)
  }

  @Test func measuresResidualsInTheUsersUnits() throws {
    let certificate = QuadraticCertificate(
      of: try example, at: [1.4, 1.7], multipliers: [0.5, 0, 0],
      boundMultipliers: [0, 0])
    // ∇f = (0.8, −1.6) against 0.5 (1, −2).
    #expect(abs(certificate.dualResidual - 0.6) < 1e-14)
    #expect(certificate.primalResidual < 1e-15)
    let outside = QuadraticCertificate(
      of: try example, at: [-1, 2], multipliers: [0, 0, 0],
      boundMultipliers: [0, 0])
    // x₁ − 2 x₂ = −5 is below −2 by 3.
    #expect(outside.primalResidual == 3)
  }

  @Test func verifiesAndRefutesFarkas() throws {
    // x₁ + x₂ ≥ 3 in the unit square.
    let program = try QuadraticProgram(
      hessian: .identity(2), gradient: [0, 0],
      subjectTo: [.rows([[1, 1], [1, -1]], atLeast: [3, -5])],
      within: Bounds(0...1, count: 2))
    let proof = QuadraticCertificate(
      ofInfeasible: program, by: [1, 0], at: [1, 1])
    #expect(proof.finding == .infeasible)
    #expect(proof.infeasibilityRadius == .infinity)
    for y: Vector<Double> in [[0, 1], [-1, 0], [0, 0], [.nan, 0], [1, 5]] {
      let other = QuadraticCertificate(
        ofInfeasible: program, by: y, at: [1, 1])
      #expect(other.finding == .refuted, "\(y)")
    }
    // Without bounds there is a point, and the same y is no proof.
    let feasible = try QuadraticProgram(
      hessian: .identity(2), gradient: [0, 0],
      subjectTo: [.rows([[1, 1], [1, -1]], atLeast: [3, -5])])
    let wrong = QuadraticCertificate(
      ofInfeasible: feasible, by: [1, 0], at: [1, 1])
    #expect(wrong.finding == .refuted)
    #expect(wrong.infeasibilityRadius == 3)
  }

  @Test func verifiesAndRefutesRays() throws {
    let program = try QuadraticProgram(
      hessian: [[1, 1], [1, 1]], gradient: [1, 0],
      subjectTo: [.rows([[0, 1]], atLeast: [-1])])
    let ray = QuadraticCertificate(
      ofUnbounded: program, along: [-2, 2], from: [0, 0])
    #expect(ray.finding == .unbounded)
    #expect(ray.ray?.slope == -1)
    for d: Vector<Double> in [
      [2, -2], [-1, 1.001], [0, 0], [.nan, 1], [-.infinity, .infinity],
    ] {
      let other = QuadraticCertificate(
        ofUnbounded: program, along: d, from: [0, 0])
      #expect(other.finding == .refuted, "\(d)")
    }
    // From a point outside nothing is said of the program.
    let outside = QuadraticCertificate(
      ofUnbounded: program, along: [-1, 1], from: [0, -2])
    #expect(outside.finding == .refuted)
  }
}
