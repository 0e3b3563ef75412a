import Differentiation
import Matrix
import Optimization
import Testing

@Suite("Lagrangian")
struct LagrangianTests {
  static func problem() throws -> TwiceDifferentiableConstrainedObjective {
    try AutomaticFunction { x in x[0] * x[0] * x[1] + .exp(x[2]) }
      .subject(
        to: [
          .value(atLeast: 1) { x in x[0] * x[1] * x[2] },
          .rows([[1, 2, 3]], equalTo: [6]),
          .values(from: [0, 0], to: [5, 9]) { x in
            [x[0] * x[0], .sin(x[1])]
          },
        ],
        within: Bounds(lower: [0, -1, -1], upper: [4, 4, .infinity]))
  }

  @Test("Value, gradient and Hessian are those of the formula")
  func formula() throws {
    let y: Vector<Double> = [0.5, -2, -0.25, 3]
    let z: Vector<Double> = [1, -0.5, 0]
    let lagrangian = try Lagrangian(
      of: Self.problem(), multipliers: y, boundMultipliers: z)
    let byHand = AutomaticFunction { x in
      let f = x[0] * x[0] * x[1] + .exp(x[2])
      let first = 0.5 * (x[0] * x[1] * x[2] - 1)
      let row = -2 * (x[0] + 2 * x[1] + 3 * x[2] - 6)
      let third = -0.25 * (x[0] * x[0] - 5) + 3 * .sin(x[1])
      let bounds = x[0] - 0.5 * (x[1] - 4)
      return f - first - row - third - bounds
    }
    for x: Vector<Double> in [[1, 2, 0.5], [0.3, -1, 2]] {
      var (g, expected) = (Vector<Double>.zeros(3), Vector<Double>.zeros(3))
      let value = try lagrangian.valueAndGradient(at: x, into: &g)
      let expectedValue = try byHand.valueAndGradient(at: x, into: &expected)
      #expect(abs(value - expectedValue) < 1e-13)
      #expect((g - expected).normInfinity < 1e-13)
      #expect(try lagrangian.value(at: x) == value)
      var (h, expectedH) = (
        Matrix<Double>.zeros(3, 3), Matrix<Double>.zeros(3, 3)
      )
      try lagrangian.hessian(at: x, into: &h)
      try byHand.hessian(at: x, into: &expectedH)
      h.symmetrizeFromLower()
      expectedH.symmetrizeFromLower()
      #expect((h - expectedH).maximumMagnitude < 1e-13)
    }
  }

  @Test("Its derivatives agree with differences of its values")
  func derivatives() throws {
    let lagrangian = try Lagrangian(
      of: Self.problem(), multipliers: [1, 2, -3, 0],
      boundMultipliers: [0, 0, 0.5])
    let report = checkDerivatives(of: lagrangian, at: [0.7, 1.3, 0.2])
    #expect(report.isConsistent, "\(report)")
  }

  @Test("Constraints without second derivatives are differenced")
  func differences() throws {
    let f = AutomaticFunction { x in x[0] * x[1] }
    let c = ResidualFunction(count: 1) { x, c in c[0] = x[0] * x[0] * x[1] }
    let problem = try f.subject(to: [
      .values(of: DifferencedJacobian(of: c), equalTo: [1])
    ])
    let lagrangian = Lagrangian(
      of: problem, multipliers: [2], boundMultipliers: [0, 0])
    var h = Matrix<Double>.zeros(2, 2)
    try lagrangian.hessian(at: [3, 5], into: &h)
    #expect(abs(h[0, 0] + 20) < 1e-3)
    #expect(abs(h[1, 0] - (1 - 12)) < 1e-3)
  }

  @Test("Sides that cross are an error with the constraint's number")
  func crossed() throws {
    let f = AutomaticFunction { x in x[0] }
    #expect(
      throws: ConstraintError.self,
      performing: {
        try f.subject(to: [
          .rows([[1]], atMost: [0]), .values(from: [2], to: [1]) { $0 },
        ])
      })
    do {
      _ = try f.subject(to: [
        .rows([[1]], atMost: [0]), .values(from: [2], to: [1]) { $0 },
      ])
    } catch {
      #expect("\(error)" == "constraint 1: no number from 2.0 to 1.0")
    }
    #expect(throws: ConstraintError.self) {
      try f.subject(to: [.value(atLeast: .nan) { $0[0] }])
    }
  }
}
