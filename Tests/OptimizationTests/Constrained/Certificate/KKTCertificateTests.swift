import Differentiation
import Matrix
import Optimization
import Testing

@Suite("KKT certificate")
struct KKTCertificateTests {
  /// Problem 71 of Hock and Schittkowski (1981), with the minimiser printed there.
  static func hs71() throws -> TwiceDifferentiableConstrainedObjective {
    try AutomaticFunction { x in x[0] * x[3] * (x[0] + x[1] + x[2]) + x[2] }
      .subject(
        to: [
          .value(atLeast: 25) { x in x[0] * x[1] * x[2] * x[3] },
          .value(equalTo: 40) { x in
            x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3]
          },
        ], within: Bounds(1...5, count: 4))
  }
  static let hs71Minimiser: Vector<Double> = [
    1, 4.742999643, 3.821149978, 1.379408293,
  ]

  @Test("A published minimiser is verified, with multipliers estimated")
  func published() throws {
    let certificate = try KKTCertificate(
      of: Self.hs71(), at: Self.hs71Minimiser, tolerance: 1e-6)
    #expect(certificate.finding == .optimal)
    #expect(certificate.classification == .minimum)
    #expect(certificate.isEstimated)
    #expect(certificate.active.constraints == [0, 1])
    #expect(certificate.active.variables == [0])
    #expect(certificate.active.areIndependent)
    #expect(abs(certificate.value - 17.0140173) < 1e-6)
    // As Ipopt's manual prints them, in its signs: −0.5522937, 0.1614686.
    #expect(abs(certificate.multipliers[0] - 0.5522937) < 1e-5)
    #expect(abs(certificate.multipliers[1] + 0.1614686) < 1e-5)
    #expect(abs(certificate.boundMultipliers[0] - 1.0878712) < 1e-5)
  }

  @Test("A point beside it is refuted, whatever multipliers are given")
  func beside() throws {
    var x = Self.hs71Minimiser
    x[1] += 1e-3
    let certificate = try KKTCertificate(
      of: Self.hs71(), at: x, multipliers: [0.55, -0.16],
      boundMultipliers: [1.09, 0, 0, 0])
    #expect(certificate.finding == .refuted)
    #expect(certificate.classification == .notStationary)
    let value = try KKTCertificate(
      of: Self.hs71(), at: Self.hs71Minimiser, claimedValue: 17)
    #expect(value.finding == .refuted)
    #expect(!value.hasClaimedValue)
  }

  @Test("Wrong multipliers are replaced by those of the point")
  func wrongMultipliers() throws {
    let certificate = try KKTCertificate(
      of: Self.hs71(), at: Self.hs71Minimiser, multipliers: [-3, 2],
      boundMultipliers: [0, 7, 0, 0])
    #expect(certificate.finding == .optimal)
    #expect(certificate.isEstimated)
  }

  /// x₁² + x₂² on the circle around (0, 1) of radius 1/2: the nearest and the
  /// farthest point of it from 0 are both stationary.
  @Test("The second-order condition tells minimum from maximum")
  func secondOrder() throws {
    let f = AutomaticFunction { x in x[0] * x[0] + x[1] * x[1] }
    let problem = try f.subject(to: [
      .value(equalTo: 0.25) { x in
        x[0] * x[0] + (x[1] - 1) * (x[1] - 1)
      }
    ])
    let nearest = KKTCertificate(of: problem, at: [0, 0.5])
    #expect(nearest.finding == .optimal)
    #expect(nearest.classification == .minimum)
    // ∇f = (0, 1) = y (0, −1).
    #expect(abs(nearest.multipliers[0] + 1) < 1e-12)
    let farthest = KKTCertificate(of: problem, at: [0, 1.5])
    #expect(farthest.finding == .refuted)
    #expect(farthest.classification == .saddle)
    let way = try #require(farthest.negativeCurvature)
    #expect(abs(abs(way.direction[0]) - 1) < 1e-12)
    // ∇²L = 2 − 2y with y = 3.
    #expect(abs(way.curvature + 4) < 1e-12)
  }

  /// −x² on [0, 1] from 0: the multiplier is 0 and the cone a half-line.
  @Test("Negative curvature in a cone that is no plane is found")
  func cone() throws {
    let f = AutomaticFunction { x in -x[0] * x[0] }
    let problem = try f.subject(to: [], within: Bounds(0...1, count: 1))
    let zero = KKTCertificate(of: problem, at: [0])
    #expect(zero.classification == .saddle)
    #expect(zero.finding == .refuted)
    #expect(zero.negativeCurvature?.direction == [1])
    let one = KKTCertificate(of: problem, at: [1])
    #expect(one.classification == .minimum)
    #expect(one.boundMultipliers == [-2])
  }

  @Test("Signs: an inequality must push the way its side does")
  func signs() throws {
    let f = AutomaticFunction { x in x[0] }
    let lower = try f.subject(to: [.value(atLeast: 1) { $0[0] }])
    let upper = try f.subject(to: [.value(atMost: 1) { $0[0] }])
    #expect(KKTCertificate(of: lower, at: [1]).finding == .optimal)
    let wrong = KKTCertificate(of: upper, at: [1], multipliers: [1])
    #expect(wrong.finding == .refuted)
  }

  /// Problem 13 of Hock and Schittkowski: the minimiser (1, 0) has no multipliers.
  @Test("Where no constraint qualification holds there may be no multipliers")
  func qualification() throws {
    let f = AutomaticFunction { x in
      (x[0] - 2) * (x[0] - 2) + x[1] * x[1]
    }
    let problem = try f.subject(
      to: [
        .value(atLeast: 0) { x in
          let r = 1 - x[0]
          return r * r * r - x[1]
        }
      ], within: Bounds(lower: [0, 0], upper: [.infinity, .infinity]))
    let certificate = KKTCertificate(of: problem, at: [1, 0])
    #expect(!certificate.active.areIndependent)
    #expect(certificate.finding == .refuted)
  }

  @Test("Redundant constraints do not refute a minimum")
  func redundant() throws {
    let f = AutomaticFunction { x in x[0] * x[0] + x[1] * x[1] }
    let problem = try f.subject(to: [
      .rows([[1, 1], [2, 2], [1, 1]], equalTo: [2, 4, 2]),
      .value(atLeast: 2) { x in x[0] + x[1] },
    ])
    let certificate = KKTCertificate(of: problem, at: [1, 1])
    #expect(certificate.finding == .optimal)
    #expect(certificate.classification == .minimum)
    #expect(certificate.active.rank == 1)
    #expect(certificate.active.count == 4)
  }

  @Test("A stationary point of the violation is a proof, another point is none")
  func infeasible() throws {
    let f = AutomaticFunction { x in x[0] + x[1] }
    let circle = try f.subject(to: [
      .value(atMost: -1) { x in x[0] * x[0] + x[1] * x[1] }
    ])
    let zero = KKTCertificate(of: circle, at: [0, 0])
    #expect(zero.finding == .infeasible)
    #expect(zero.primalResidual == 1)
    #expect(KKTCertificate(of: circle, at: [0.1, 0]).finding == .refuted)
    // x ≥ 1 and x ≤ 0: the violation is the same all between.
    let crossing = try f.subject(to: [
      .rows([[1, 0], [1, 0]], from: [1, -.infinity], to: [.infinity, 0])
    ])
    for x in [0.0, 0.3, 1] {
      #expect(KKTCertificate(of: crossing, at: [x, 5]).finding == .infeasible)
    }
    #expect(KKTCertificate(of: crossing, at: [2, 5]).finding == .refuted)
    // A bound that keeps x from the constraint.
    let bounded = try f.subject(
      to: [.value(atLeast: 3) { $0[0] * $0[0] }],
      within: Bounds(0...1, count: 2))
    #expect(KKTCertificate(of: bounded, at: [1, 0]).finding == .infeasible)
    #expect(KKTCertificate(of: bounded, at: [0.5, 0]).finding == .refuted)
  }

  @Test("A feasible point below the lowest value counts as unbounded")
  func unbounded() throws {
    let f = AutomaticFunction { x in x[0] }
    let problem = try f.subject(to: [.value(atMost: 1) { $0[0] }])
    #expect(KKTCertificate(of: problem, at: [-1e30]).finding == .unbounded)
    #expect(KKTCertificate(of: problem, at: [-1e10]).finding == .refuted)
  }

  @Test("NaN, errors and points outside of bounds are verdicts")
  func faults() throws {
    struct Broken: Error {}
    let f = AutomaticFunction { x in x[0] * x[0] }
    let nan = try f.subject(to: [.value(atLeast: 0) { .log($0[0]) }])
    #expect(KKTCertificate(of: nan, at: [-1]).classification == .undefined)
    let thrown = try f.subject(to: [
      .value(atLeast: 0) { _ in throw Broken() }
    ])
    let verdict = KKTCertificate(of: thrown, at: [1])
    #expect(verdict.classification == .undefined)
    #expect(verdict.failure != nil)
    let box = try f.subject(to: [], within: Bounds(1...2, count: 1))
    #expect(KKTCertificate(of: box, at: [0]).finding == .refuted)
    #expect(KKTCertificate(of: box, at: [0]).primalResidual == 1)
    #expect(KKTCertificate(of: box, at: [.nan]).finding == .refuted)
  }

  @Test("Without second derivatives the curvature comes of differences")
  func differences() throws {
    let f = DifferentiableFunction { x, g in
      g[0] = 2 * x[0]
      g[1] = -2 * x[1]
      return x[0] * x[0] - x[1] * x[1]
    }
    let line = ResidualFunction(count: 1) { x, c in c[0] = x[1] - x[0] / 2 }
    let problem = try f.subject(to: [
      .values(of: DifferencedJacobian(of: line), equalTo: [0])
    ])
    let certificate = KKTCertificate(of: problem, at: [0, 0])
    #expect(certificate.classification == .minimum)
    #expect(certificate.curvature?.isDifferenced == true)
    let steep = try f.subject(to: [.rows([[1, -0.5]], equalTo: [0])])
    #expect(
      KKTCertificate(of: steep, at: [0, 0]).classification == .saddle)
  }

  @Test("Derivatives that the values contradict refute")
  func wrongDerivatives() throws {
    let f = AutomaticFunction { x in x[0] * x[0] + x[1] * x[1] }
    func circle(_ factor: Double) -> DifferentiableResidualFunction {
      DifferentiableResidualFunction(count: 1) { x, c in
        c[0] = x[0] * x[0] + x[1] * x[1]
      } jacobian: { x, j in
        j = [[factor * 2 * x[0], factor * 2 * x[1]]]
      }
    }
    for (factor, isRight) in [(1.0, true), (-1, false), (1.1, false)] {
      let problem = try f.subject(to: [
        .values(of: circle(factor), equalTo: [2])
      ])
      let certificate = KKTCertificate(of: problem, at: [1, 1])
      #expect(certificate.isVerified == isRight)
      #expect(isRight || certificate.classification == .inconsistent)
    }
    let wrong = DifferentiableFunction { x, g in
      g[0] = -2 * x[0]
      return x[0] * x[0]
    }
    let problem = try wrong.subject(to: [.value(atMost: 3) { $0[0] }])
    let certificate = KKTCertificate(of: problem, at: [3])
    #expect(certificate.classification == .inconsistent)
  }
}
