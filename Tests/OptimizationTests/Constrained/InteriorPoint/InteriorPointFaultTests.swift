import Differentiation
import Matrix
import Optimization
import Testing

@Suite("Filter interior point: faults")
struct InteriorPointFaultTests {
  struct Refusal: Error {}

  /// x₀² + x₁², with something wrong where it is asked for.
  final class Faulty: DifferentiableResiduals {
    enum Fault { case none, nan, throwing, wrongJacobian, shortJacobian }

    let fault: Fault
    let begins: Int
    private var calls = 0

    init(_ fault: Fault, from begins: Int) {
      self.fault = fault
      self.begins = begins
    }

    var dimension: Int? { 2 }
    var count: Int { 1 }

    func residuals(at x: Vector<Double>, into r: inout Vector<Double>) throws {
      calls += 1
      r[0] = x[0] * x[0] + x[1] * x[1]
      guard calls > begins else { return }
      if fault == .nan { r[0] = .nan }
      if fault == .throwing { throw Refusal() }
    }

    func jacobian(at x: Vector<Double>, into j: inout Matrix<Double>) {
      if fault == .shortJacobian && calls > begins {
        j = .zeros(2, 1)
        return
      }
      let factor = fault == .wrongJacobian ? -1.5 : 2
      j[0, 0] = factor * x[0]
      j[0, 1] = factor * x[1]
    }
  }

  @Test(
    "Faults of a constraint never trap and are never verified",
    arguments: [0, 1, 3])
  func constraints(begins: Int) throws {
    let f = AutomaticFunction { x in x[0] + 2 * x[1] }
    for fault in [
      Faulty.Fault.nan, .throwing, .wrongJacobian, .shortJacobian,
    ] {
      let solution = minimize(
        try f.subject(
          to: [.values(of: Faulty(fault, from: begins), atMost: [5])]),
        from: [1, 1], using: .interiorPoint(hessian: .quasiNewton),
        within: Budget(iterations: 200))
      #expect(!solution.isVerified, "\(fault) from \(begins): \(solution)")
      if fault == .throwing { #expect(solution.failure != nil) }
    }
    let sound = minimize(
      try f.subject(to: [.values(of: Faulty(.none, from: 0), atMost: [5])]),
      from: [1, 1], using: .interiorPoint(hessian: .quasiNewton))
    #expect(sound.isVerified, "\(sound)")
    #expect(abs(sound.value + 5) < 1e-5)
  }

  @Test("An objective that is defined on a part of the space alone")
  func partlyDefined() throws {
    // ln x₀ of a negative number is NaN: the search backs away from there.
    let f = AutomaticFunction { x in
      x[0] * .log(x[0]) + (x[1] - 3) * (x[1] - 3)
    }
    let solution = minimize(
      try f.subject(to: [.rows([[1, 1]], atMost: [2])]), from: [5, -4],
      using: .interiorPoint())
    #expect(solution.isVerified, "\(solution)")

    let nowhere = minimize(
      try f.subject(to: [.rows([[1, 1]], atMost: [2])]), from: [-5, -4],
      using: .interiorPoint())
    #expect(nowhere.cause == .undefinedAtStart)
    #expect(!nowhere.isVerified)
  }

  @Test("An objective that throws")
  func throwingObjective() throws {
    let f = DifferentiableFunction { x, gradient in
      if x[0] > 0.5 { throw Refusal() }
      gradient[0] = -1
      gradient[1] = 2 * x[1]
      return -x[0] + x[1] * x[1]
    }
    let solution = minimize(
      try f.subject(to: [.rows([[1, 0]], atMost: [1])]), from: [0, 1],
      using: .interiorPoint(hessian: .quasiNewton),
      within: Budget(iterations: 200))
    #expect(!solution.isVerified, "\(solution)")
    #expect(solution.failure?.contains("Refusal") == true)
  }

  @Test("Hessians that are NaN end the run")
  func undefinedHessian() throws {
    struct Flat: TwiceDifferentiableObjective {
      func valueAndGradient(
        at x: Vector<Double>, into gradient: inout Vector<Double>
      ) -> Double {
        gradient.copy(from: x)
        return 0.5 * x.dot(x)
      }
      func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
        hessian.fill(with: .nan)
      }
    }
    let solution = minimize(
      try Flat().subject(to: [.rows([[1, 1]], atLeast: [1])]), from: [3, 1],
      using: .interiorPoint())
    #expect(solution.cause == .stuck(.hessian))
    #expect(!solution.isVerified)
  }
}
