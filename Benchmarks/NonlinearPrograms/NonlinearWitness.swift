import Matrix
import Optimization

/// A constrained problem that keeps the books of whoever solves it.
///
/// All solvers, ours and the peers, see the same f and c through it, so that formulas
/// agree and evaluations are counted by one clerk.
final class NonlinearWitness {
  private let problem: any TwiceDifferentiableConstrainedProblem
  private let objective: any TwiceDifferentiableObjective
  private let system: ConstraintSystem
  let bounds: Bounds?
  /// Evaluations of f, of ∇f, of c, of J and of second derivatives.
  private(set) var values = 0
  private(set) var gradients = 0
  private(set) var constraints = 0
  private(set) var jacobians = 0
  private(set) var hessians = 0
  /// The seconds that were spent in here.
  private(set) var seconds = 0.0

  init(_ problem: any TwiceDifferentiableConstrainedProblem) {
    objective = problem.secondDerivatives
    system = problem.constraints
    bounds = problem.bounds
    self.problem = problem
  }

  /// l and u of c.
  var lower: Vector<Double> { system.lower }
  var upper: Vector<Double> { system.upper }
  /// The number of constraints.
  var constraintCount: Int { system.count }

  func value(at x: Vector<Double>) throws -> Double {
    try watched {
      values += 1
      return try objective.value(at: x)
    }
  }

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    try watched {
      values += 1
      gradients += 1
      return try objective.valueAndGradient(at: x, into: &gradient)
    }
  }

  /// ∇f(x) for who has asked for f(x) already, or does not want it.
  func gradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws {
    try watched {
      gradients += 1
      _ = try objective.valueAndGradient(at: x, into: &gradient)
    }
  }

  func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    try watched {
      hessians += 1
      try objective.hessian(at: x, into: &hessian)
    }
  }

  func values(
    of part: any DifferentiableResiduals, at x: Vector<Double>,
    into c: inout Vector<Double>
  ) throws {
    try watched {
      constraints += 1
      try part.residuals(at: x, into: &c)
    }
  }

  func jacobian(
    of part: any DifferentiableResiduals, at x: Vector<Double>,
    into j: inout Matrix<Double>
  ) throws {
    try watched {
      jacobians += 1
      try part.jacobian(at: x, into: &j)
    }
  }

  func weightedHessian(
    of part: any DifferentiableResiduals, at x: Vector<Double>,
    weights: Vector<Double>, into h: inout Matrix<Double>
  ) throws {
    try watched {
      try part.weightedHessian(at: x, weights: weights, into: &h)
    }
  }

  /// c(x), all of it.
  func constraints(at x: Vector<Double>) throws -> Vector<Double> {
    try watched {
      constraints += 1
      return try system.values(at: x)
    }
  }

  /// J(x), all of it.
  func jacobian(at x: Vector<Double>) throws -> Matrix<Double> {
    try watched {
      jacobians += 1
      return try system.jacobian(at: x)
    }
  }

  /// σ ∇²f + Σ wᵢ ∇²cᵢ, both triangles.
  func hessian(
    at x: Vector<Double>, _ sigma: Double, _ weights: Vector<Double>
  ) throws -> Matrix<Double> {
    try watched {
      hessians += 1
      let n = x.count
      var (sum, own) = (
        Matrix<Double>.zeros(n, n), Matrix<Double>.zeros(n, n)
      )
      try Lagrangian(
        of: problem, multipliers: -1 * weights, boundMultipliers: .zeros(n)
      ).hessian(at: x, into: &sum)
      if sigma != 1 {
        try objective.hessian(at: x, into: &own)
        sum.add(own, scaledBy: sigma - 1)
      }
      sum.symmetrizeFromLower()
      return sum
    }
  }

  private func watched<Result>(_ body: () throws -> Result) rethrows -> Result {
    let (spent, result) = try timed(body)
    seconds += spent
    return result
  }
}

extension NonlinearWitness {
  /// The problem with its evaluations watched, with second derivatives.
  var watchedProblem: any TwiceDifferentiableConstrainedProblem {
    do {
      return try WatchedObjective(witness: self).subject(
        to: watchedParts, within: bounds)
    } catch {
      // The sides are those of a problem that exists.
      preconditionFailure("\(error)")
    }
  }

  /// The problem as those see it who have no second derivatives.
  var firstOrderProblem: any ConstrainedProblem {
    do {
      return try FirstOrderObjective(witness: self).subject(
        to: watchedParts, within: bounds)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  private var watchedParts: [Constraints] {
    system.parts.map { part in
      guard let function = part.values else { return part }
      return .values(
        of: WatchedConstraints(witness: self, base: function),
        from: part.lower, to: part.upper)
    }
  }
}

private struct WatchedObjective: TwiceDifferentiableObjective {
  let witness: NonlinearWitness

  func value(at x: Vector<Double>) throws -> Double {
    try witness.value(at: x)
  }
  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double { try witness.valueAndGradient(at: x, into: &gradient) }
  func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws { try witness.hessian(at: x, into: &hessian) }
}

private struct FirstOrderObjective: DifferentiableObjective {
  let witness: NonlinearWitness

  func value(at x: Vector<Double>) throws -> Double {
    try witness.value(at: x)
  }
  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double { try witness.valueAndGradient(at: x, into: &gradient) }
}

private struct WatchedConstraints: DifferentiableResiduals {
  let witness: NonlinearWitness
  let base: any DifferentiableResiduals

  var dimension: Int? { base.dimension }
  var count: Int { base.count }
  var hasSecondDerivatives: Bool { base.hasSecondDerivatives }
  var jacobianAccuracy: Double { base.jacobianAccuracy }

  func residuals(
    at x: Vector<Double>, into residuals: inout Vector<Double>
  ) throws { try witness.values(of: base, at: x, into: &residuals) }
  func jacobian(
    at x: Vector<Double>, into jacobian: inout Matrix<Double>
  ) throws { try witness.jacobian(of: base, at: x, into: &jacobian) }
  func weightedHessian(
    at x: Vector<Double>, weights: Vector<Double>,
    into hessian: inout Matrix<Double>
  ) throws {
    try witness.weightedHessian(
      of: base, at: x, weights: weights, into: &hessian)
  }
}
