import Matrix
import Optimization
import ProblemSets
import Testing

/// Rosenbrock's function with something wrong.
private struct Faulty: TwiceDifferentiableObjective {
  struct Refusal: Error {}

  enum Fault: CaseIterable {
    case nanBeyond, infiniteBeyond, throwsBeyond, throwsAlways
    case nanGradient, wrongSign, wrongComponent
    case longGradient, emptyGradient, wrongHessian, throwingHessian, nanHessian
    case negativeInfinity
    case noise, stepUp, stepDown
  }

  let fault: Fault
  let sound = ExtendedRosenbrock(2)

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    let value = sound.valueAndGradient(at: x, into: &gradient)
    let isBeyond = x[0] > 0.3
    switch fault {
    case .nanBeyond where isBeyond: return .nan
    case .infiniteBeyond where isBeyond: return .infinity
    case .negativeInfinity where isBeyond: return -.infinity
    case .throwsBeyond where isBeyond: throw Refusal()
    case .throwsAlways: throw Refusal()
    case .nanGradient: gradient[1] = .nan
    case .wrongSign: gradient.scale(by: -1)
    case .wrongComponent: gradient[0] += 3
    case .longGradient where isBeyond: gradient = .zeros(5)
    case .emptyGradient: gradient = []
    // A simulation that does not converge to the last digits, with a gradient
    // that does.
    case .noise: return value * (1 + 1e-6 * Self.noise(at: x))
    // In the valley, whose values are below 5, the step is a wall.
    case .stepUp where isBeyond: return value + 10
    case .stepDown where isBeyond: return value - 10
    default: break
    }
    return value
  }

  /// A number in [−1, 1) that is the same for the same bits of x.
  static func noise(at x: Vector<Double>) -> Double {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for number in x {
      hash = (hash ^ number.bitPattern) &* 0x9e37_79b9_7f4a_7c15
      hash ^= hash >> 32
    }
    return Double(Int64(bitPattern: hash)) * 0x1p-63
  }

  func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    sound.hessian(at: x, into: &hessian)
    switch fault {
    case .wrongHessian: hessian = .zeros(3, 1)
    case .throwingHessian: throw Refusal()
    case .nanHessian: hessian[1, 0] = .nan
    default: break
    }
  }
}

/// The same faults of residuals.
private struct FaultyResiduals: DifferentiableResiduals {
  let fault: Faulty.Fault
  let sound = RosenbrockResiduals(2)
  let count = 2

  func residuals(
    at x: Vector<Double>, into r: inout Vector<Double>
  ) throws {
    sound.residuals(at: x, into: &r)
    let isBeyond = x[0] > 0.3
    switch fault {
    case .nanBeyond where isBeyond: r[1] = .nan
    case .infiniteBeyond where isBeyond: r[1] = .infinity
    case .negativeInfinity where isBeyond: r[0] = -.infinity
    case .throwsBeyond where isBeyond: throw Faulty.Refusal()
    case .throwsAlways: throw Faulty.Refusal()
    case .longGradient where isBeyond: r = .zeros(5)
    case .emptyGradient: r = []
    default: break
    }
  }

  func jacobian(
    at x: Vector<Double>, into jacobian: inout Matrix<Double>
  ) throws {
    sound.jacobian(at: x, into: &jacobian)
    switch fault {
    case .nanGradient: jacobian[1, 1] = .nan
    case .wrongSign:
      for j in 0..<2 {
        for i in 0..<2 { jacobian[i, j] = -jacobian[i, j] }
      }
    case .wrongComponent: jacobian[0, 0] += 3
    default: break
    }
  }

  var hasSecondDerivatives: Bool { true }

  func weightedHessian(
    at x: Vector<Double>, weights: Vector<Double>,
    into hessian: inout Matrix<Double>
  ) throws {
    sound.weightedHessian(at: x, weights: weights, into: &hessian)
    switch fault {
    case .wrongHessian: hessian = .zeros(3, 1)
    case .throwingHessian: throw Faulty.Refusal()
    case .nanHessian: hessian[1, 0] = .nan
    default: break
    }
  }
}

/// Counts the calls of one run, and refuses one of them.
private final class Refuser {
  private let refused: Int
  private(set) var calls = 0

  init(_ refused: Int) { self.refused = refused }

  func call() throws {
    calls += 1
    if calls == refused { throw Faulty.Refusal() }
  }
}

/// Rosenbrock's function, one of whose evaluations is refused.
private struct RefusingOnce: TwiceDifferentiableObjective {
  let refuser: Refuser
  let sound = ExtendedRosenbrock(2)

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    try refuser.call()
    return sound.valueAndGradient(at: x, into: &gradient)
  }

  func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    try refuser.call()
    sound.hessian(at: x, into: &hessian)
  }
}

/// The same of residuals.
private struct ResidualsRefusingOnce: DifferentiableResiduals {
  let refuser: Refuser
  let sound = RosenbrockResiduals(2)
  let count = 2

  func residuals(
    at x: Vector<Double>, into r: inout Vector<Double>
  ) throws {
    try refuser.call()
    sound.residuals(at: x, into: &r)
  }

  func jacobian(
    at x: Vector<Double>, into jacobian: inout Matrix<Double>
  ) throws {
    try refuser.call()
    sound.jacobian(at: x, into: &jacobian)
  }
}

@Suite struct FaultInjectionTests {
  struct SurvivesFaults: MethodVisitor {
    func visit<M: Method>(
      _ method: M, _ problem: (Objectives) -> M.Problem
    ) {
      for fault in Faulty.Fault.allCases {
        let objective = Faulty(fault: fault)
        let solution = minimize(
          problem(
            Objectives(objective, residuals: FaultyResiduals(fault: fault))),
          from: [-1.2, 1], using: method,
          within: Budget(iterations: 300))
        let note = Comment(
          rawValue: "\(method.name), \(fault): \(solution.cause!)")
        // The minimiser lies beyond the border, where most faults are. What
        // is verified has to be a stationary point of the true function.
        if solution.isVerified {
          var gradient = Vector<Double>.zeros(2)
          _ = objective.sound.valueAndGradient(at: solution.x, into: &gradient)
          #expect(gradient.normInfinity <= 1e-6, note)
        }
        switch fault {
        case .throwsAlways, .nanGradient, .emptyGradient:
          #expect(solution.cause == .undefinedAtStart, note)
          #expect(!solution.isVerified, note)
        case .nanBeyond, .infiniteBeyond, .throwsBeyond, .longGradient,
          .negativeInfinity:
          #expect(!solution.isVerified, note)
          #expect(solution.x[0] <= 0.3, note)
        default: break
        }
      }
    }
  }

  @Test func noFaultTrapsOrIsVerified() throws {
    try forEveryMethod(SurvivesFaults())
    try forEveryRule(SurvivesFaults())
  }

  struct SurvivesRefusal: MethodVisitor {
    let refused: Int

    func visit<M: Method>(
      _ method: M, _ problem: (Objectives) -> M.Problem
    ) {
      let refuser = Refuser(refused)
      let solution = minimize(
        problem(
          Objectives(
            RefusingOnce(refuser: refuser),
            residuals: ResidualsRefusingOnce(refuser: refuser))),
        from: [-1.2, 1], using: method, within: Budget(iterations: 300))
      let note = Comment(
        rawValue: "\(method.name), call \(refused): \(solution.cause!)")
      // The certificate's own calls are no part of the run.
      if solution.counts.values >= refused {
        #expect(solution.failure?.contains("Refusal") == true, note)
      }
      var gradient = Vector<Double>.zeros(2)
      _ = ExtendedRosenbrock(2).valueAndGradient(
        at: solution.x, into: &gradient)
      if solution.isVerified {
        #expect(gradient.normInfinity <= 1e-6, note)
      }
      if refused == 1 {
        #expect(!solution.isVerified, note)
      }
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 7, 10, 20, 33, 50, 90])
  func oneRefusedCallIsSurvived(call: Int) throws {
    try forEveryMethod(SurvivesRefusal(refused: call))
    try forEveryRule(SurvivesRefusal(refused: call))
  }

  @Test func whatTheObjectiveThrewIsKept() {
    let solution = minimize(
      Faulty(fault: .throwsAlways), from: [-1.2, 1], using: .lbfgs())
    #expect(solution.failure?.contains("Refusal") == true)
  }

  @Test func wrongGradientSizeIsNamed() {
    let solution = minimize(
      Faulty(fault: .emptyGradient), from: [-1.2, 1], using: .lbfgs())
    #expect(
      solution.failure
        == "the objective returned a gradient of size 0 for 2 variables")
  }
}
