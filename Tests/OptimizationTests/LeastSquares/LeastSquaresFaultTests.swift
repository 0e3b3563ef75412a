import Matrix
import Optimization
import Testing

/// What can be wrong with residuals, and what each method of least squares then
/// answers.
@Suite struct LeastSquaresFaultTests {
  /// One of the methods, by its name.
  struct Solver: Sendable, CustomStringConvertible {
    let description: String
    let solve:
      @Sendable (any DifferentiableResiduals, Vector<Double>) -> Solution

    init<M: Method>(_ method: M)
    where M.Problem == any DifferentiableResiduals {
      description = method.name
      solve = { minimize($0, from: $1, using: method) }
    }

    static let all = [
      Solver(LevenbergMarquardt()),
      Solver(LevenbergMarquardt(linearAlgebra: .normalEquations)),
      Solver(Dogleg()), Solver(GaussNewton()),
    ]
  }

  /// b₀ (1 + b₁ t)² − y, with a fault.
  private struct Parabola: DifferentiableResiduals {
    struct Refusal: Error {}

    var times: [Double] = [0, 1, 2, 3, 4]
    /// Beyond this b₀ the fault is met.
    var border = Double.infinity
    var fault: Fault = .throwing

    enum Fault { case throwing, nan, short }

    var count: Int { times.count }

    func residuals(
      at b: Vector<Double>, into r: inout Vector<Double>
    ) throws {
      for (i, t) in times.enumerated() {
        let root = 1 + b[1] * t
        r[i] = b[0] * root * root - 2 * (1 + 0.5 * t) * (1 + 0.5 * t)
      }
      guard b[0] > border else { return }
      switch fault {
      case .throwing: throw Refusal()
      case .nan: r[0] = .nan
      case .short: r = [1]
      }
    }

    func jacobian(at b: Vector<Double>, into j: inout Matrix<Double>) {
      for (i, t) in times.enumerated() {
        let root = 1 + b[1] * t
        j[i, 0] = root * root
        j[i, 1] = 2 * b[0] * root * t
      }
    }
  }

  @Test(arguments: Solver.all)
  func withoutAFaultTheMinimumIsFound(solver: Solver) {
    let solution = solver.solve(Parabola(), [1, 1])
    #expect(solution.isVerified)
    #expect((solution.x - [2, 0.5]).normInfinity < 1e-9)
  }

  @Test(arguments: Solver.all)
  func throwingAtTheStartIsUndefinedThere(solver: Solver) {
    let solution = solver.solve(Parabola(border: 0), [1, 1])
    #expect(solution.cause == .undefinedAtStart)
    #expect(!solution.isVerified && solution.x == [1, 1])
    #expect(solution.failure?.contains("Refusal") == true)
  }

  @Test(arguments: Solver.all)
  func nanAtTheStartIsUndefinedThere(solver: Solver) {
    let solution = solver.solve(Parabola(border: 0, fault: .nan), [1, 1])
    #expect(solution.cause == .undefinedAtStart)
    #expect(!solution.isVerified && solution.x == [1, 1])
  }

  @Test(arguments: Solver.all)
  func fewerValuesThanPromisedAreNamed(solver: Solver) {
    let solution = solver.solve(Parabola(border: 0, fault: .short), [1, 1])
    #expect(solution.cause == .undefinedAtStart)
    #expect(solution.failure == "1 residuals where 5 were promised")
  }

  /// A border between the start and the minimum is kept, and not taken for it.
  @Test(arguments: Solver.all)
  func faultsBeyondABorderAreBackedAwayFrom(solver: Solver) {
    for fault in [Parabola.Fault.throwing, .nan, .short] {
      let solution = solver.solve(Parabola(border: 1.5, fault: fault), [1, 1])
      #expect(!solution.isVerified, "\(fault)")
      #expect(solution.x[0] <= 1.5 && solution.value.isFinite, "\(fault)")
    }
  }

  /// A border beside the way is met and left.
  @Test(arguments: Solver.all)
  func faultsBesideTheWayAreNoObstacle(solver: Solver) {
    for fault in [Parabola.Fault.throwing, .nan, .short] {
      let solution = solver.solve(Parabola(border: 2.01, fault: fault), [1, 1])
      #expect(solution.isVerified, "\(fault): \(solution)")
      #expect((solution.x - [2, 0.5]).normInfinity < 1e-9, "\(fault)")
    }
  }

  @Test(arguments: Solver.all)
  func zeroJacobianIsStationaryButNoMinimum(solver: Solver) {
    let flat = DifferentiableResidualFunction(count: 3) { _, r in
      r = [1, 2, 3]
    } jacobian: { _, j in
      j.fill(with: 0)
    }
    let solution = solver.solve(flat, [1, 2])
    #expect(solution.iterations == 0 && solution.x == [1, 2])
    #expect(solution.isVerified)
    #expect(solution.certificate.classification == .degenerate)
  }

  /// The undamped step of Gauss and Newton changes only as many variables as there
  /// are data, and along these there may be no way, or one for another rounding: what
  /// is not found is not claimed.
  @Test(arguments: Solver.all)
  func moreParametersThanDataAreFittedExactly(solver: Solver) {
    let sphere = DifferentiableResidualFunction(count: 2) { x, r in
      r[0] = x.dot(x) - 4
      r[1] = x[0] - 1
    } jacobian: { x, j in
      for i in 0..<5 { j[0, i] = 2 * x[i] }
      for i in 0..<5 { j[1, i] = i == 0 ? 1 : 0 }
    }
    let solution = solver.solve(sphere, [1, 2, 3, 4, 5])
    guard solver.description != "Gauss-Newton" else {
      #expect(!solution.isVerified || solution.value <= 1e-12)
      return
    }
    #expect(solution.isVerified)
    #expect(abs(solution.x.norm - 2) < 1e-12 && abs(solution.x[0] - 1) < 1e-12)
  }

  @Test(arguments: Solver.all)
  func oneDatumIsFittedExactly(solver: Solver) {
    let solution = solver.solve(Parabola(times: [1]), [1, 1])
    #expect(solution.isVerified && solution.value < 1e-24)
    #expect(solution.certificate.classification != .minimum)
  }

  @Test(arguments: Solver.all)
  func identicalDataLeaveACurveOfMinima(solver: Solver) {
    let solution = solver.solve(
      Parabola(times: Array(repeating: 0.5, count: 9)), [1, 1])
    #expect(solution.isVerified && solution.value < 1e-24)
    #expect(solution.certificate.classification != .minimum)
  }

  @Test(arguments: Solver.all)
  func noResidualsAreNoTask(solver: Solver) {
    let nothing = DifferentiableResidualFunction(count: 0) { _, _ in
    } jacobian: { _, _ in
    }
    let solution = solver.solve(nothing, [1])
    #expect(solution.iterations == 0 && solution.value == 0)
  }
}
