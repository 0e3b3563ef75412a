import Matrix
import Optimization
import ProblemSets

/// What our certificate says of an answer.
struct ProgramVerdict: Codable, Equatable {
  let problem: String
  let tolerance: Double
  let claim: ProgramSolver.Claim?
  let word: String
  let seconds: Double
  /// Whether the claim is right: of a minimum, that the certificate confirms it at
  /// the tolerance; of there being none, that there is none of this kind.
  let isSolved: Bool
  /// Whether the claim is wrong.
  let isRefuted: Bool
  /// The largest of the absolute residuals of a claimed minimum: primal, dual, gap.
  let primal: Double
  let dual: Double
  let gap: Double

  /// The verdict on an answer, whose multipliers are those that came with it or,
  /// where these do not hold, the best that there are for its x.
  init(
    _ answer: ProgramSolver.Answer, to problem: QuadraticTestProblem,
    tolerance: Double
  ) {
    self.problem = problem.name
    self.tolerance = tolerance
    claim = answer.claim
    word = answer.word
    seconds = answer.seconds
    guard answer.claim == .optimal else {
      (primal, dual, gap) = (.nan, .nan, .nan)
      switch (answer.claim, problem.kind) {
      case (.infeasible, .infeasible), (.unbounded, .unbounded):
        (isSolved, isRefuted) = (true, false)
      case (.infeasible?, _), (.unbounded?, _):
        (isSolved, isRefuted) = (false, true)
      default: (isSolved, isRefuted) = (false, false)
      }
      return
    }
    let certificate = Self.certificate(of: answer, problem.program, tolerance)
    primal = certificate.primalResidual
    dual = certificate.dualResidual
    gap = certificate.gap
    let holds = certificate.finding == .optimal
    if case .optimal = problem.kind {
      isSolved = holds
    } else {
      isSolved = false
    }
    isRefuted = !holds
  }

  private static func certificate(
    of answer: ProgramSolver.Answer, _ program: QuadraticProgram,
    _ tolerance: Double
  ) -> QuadraticCertificate {
    let (x, sides, bounds) = (answer.x, program.constraints, program.bounds)
    // What is left of a multiplier whose side does not exist counts as residual.
    func existing(
      _ y: Vector<Double>, _ lower: Vector<Double>, _ upper: Vector<Double>
    ) -> Vector<Double> {
      Vector(count: y.count) {
        (y[$0] > 0 ? lower[$0] : upper[$0]).isFinite ? y[$0] : 0
      }
    }
    let own = QuadraticCertificate(
      of: program, at: x,
      multipliers: existing(answer.multipliers, sides.lower, sides.upper),
      boundMultipliers: existing(
        answer.boundMultipliers, bounds.lower, bounds.upper),
      tolerance: tolerance)
    guard own.finding == .refuted, x.isFinite, own.primalResidual <= tolerance
    else { return own }
    let best = QuadraticCertificate(of: program, at: x, tolerance: tolerance)
    return best.finding == .optimal ? best : own
  }
}
