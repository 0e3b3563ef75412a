import Matrix
import Optimization

/// How a solver fared with a constrained problem, judged by our certificate.
struct NonlinearOutcome: Codable, Equatable {
  let problem: String
  let dimension: Int
  let constraintCount: Int
  /// Whether the solver says that it arrived.
  let claimsSuccess: Bool
  /// In its own words.
  let message: String
  /// f at its point, evaluated afresh.
  let value: Double
  /// The largest residual of the first-order conditions there, with the better of
  /// its multipliers and those that the certificate estimates.
  let residual: Double
  /// By how much constraints are violated.
  let infeasibility: Double
  /// Whether the Lagrangian curves downwards along the constraints.
  let curvesDownwards: Bool
  /// The bound on the residuals.
  let tolerance: Double
  /// The lowest value that is known, and all at which one may end.
  let bestValue: Double
  let acceptableValues: [Double]
  /// Evaluations of f, ∇f, c, J and second derivatives.
  let values: Int
  let gradients: Int
  let constraints: Int
  let jacobians: Int
  let hessians: Int
  /// Seconds without those of the functions.
  let seconds: Double

  /// Whether two values of f are the same, to 10⁻⁵ of their size.
  private func isAt(_ known: Double) -> Bool {
    abs(value - known) <= 1e-5 * max(1, abs(known))
  }

  /// Whether the first-order conditions hold.
  var isStationary: Bool { residual <= tolerance }

  /// Whether they hold, and nothing lower is known.
  var isSolved: Bool {
    isStationary && (isAt(bestValue) || value < bestValue)
  }

  /// Whether they hold at any of the known minima.
  var isAtMinimum: Bool {
    isSolved || isStationary && acceptableValues.contains(where: isAt)
  }

  /// Whether they hold, with a value below what is known to be lowest.
  var isBelowBest: Bool {
    isStationary && value < bestValue && !isAt(bestValue)
  }

  /// What contradicts the claim; nil without a claim, and where it holds.
  var refutation: Refutation? {
    guard claimsSuccess else { return nil }
    if !(infeasibility <= 10 * tolerance) { return .constraints }
    if !(residual <= 10 * tolerance) { return .conditions }
    return curvesDownwards && !isAtMinimum ? .saddle : nil
  }

  /// What a claim is refuted by.
  enum Refutation: String, Codable {
    /// Constraints are violated by more than ten times the tolerance.
    case constraints
    /// The residuals of the first-order conditions are more than that.
    case conditions
    /// The Lagrangian curves downwards along the constraints.
    case saddle
  }
}

extension NonlinearSolver {
  /// Solves a problem from its standard start and judges the answer.
  func outcome(
    for challenge: NonlinearChallenge, _ limits: Limits
  ) throws -> NonlinearOutcome {
    let witness = NonlinearWitness(challenge.problem())
    let answer = try solve(witness, challenge, limits)
    let problem = challenge.problem()
    // Some peers leave the bounds by rounding.
    var x = answer.x
    problem.bounds?.project(&x)
    let certificate = KKTCertificate(
      of: problem, at: x, multipliers: answer.multipliers?.0,
      boundMultipliers: answer.multipliers?.1, tolerance: limits.residual)
    return NonlinearOutcome(
      problem: challenge.name, dimension: challenge.dimension,
      constraintCount: problem.constraints.count,
      claimsSuccess: answer.claimsSuccess, message: answer.message,
      value: certificate.value, residual: certificate.residual,
      infeasibility: certificate.primalResidual,
      curvesDownwards: certificate.negativeCurvature != nil,
      tolerance: limits.residual, bestValue: challenge.bestValue,
      acceptableValues: challenge.acceptableValues, values: witness.values,
      gradients: witness.gradients, constraints: witness.constraints,
      jacobians: witness.jacobians, hessians: witness.hessians,
      seconds: answer.seconds)
  }
}
