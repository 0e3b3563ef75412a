internal import Matrix

/// The memory of a method for constrained problems.
public protocol ConstrainedMemory: Codable, Equatable, Sendable {
  /// The multipliers, and the residuals of the first-order conditions.
  var progress: ConstrainedProgress { get set }
}

/// A method that knows of constraints.
///
/// Its optimality is the largest residual of the first-order conditions (Karush,
/// Kuhn and Tucker) in the user's own units: stationarity of the Lagrangian,
/// feasibility, complementarity. Its answer is a ``ConstrainedSolution`` with
/// multipliers and a ``KKTCertificate``.
public protocol ConstrainedMethod: Method where Memory: ConstrainedMemory {}

extension ConstrainedMethod {
  /// The largest residual of the first-order conditions.
  public func optimality(of point: Point, _ memory: Memory) -> Optimality {
    let progress = memory.progress
    return Optimality(
      residual: progress.residual, infeasibility: progress.infeasibility)
  }

  /// That variables of the start were moved within their bounds.
  public func notes(_ memory: Memory) -> [String] {
    Bounds.notes(movedAtStart: memory.progress.movedAtStart)
  }
}

extension Method where Problem == any ConstrainedProblem {
  /// An evaluator of f, ∇f, c and J.
  public func evaluator(for problem: any ConstrainedProblem) -> Evaluator {
    Evaluator(problem)
  }
}

extension Method where Problem == any TwiceDifferentiableConstrainedProblem {
  /// An evaluator of f, ∇f, ∇²f, c, J and the Hessian of the Lagrangian.
  public func evaluator(
    for problem: any TwiceDifferentiableConstrainedProblem
  ) -> Evaluator {
    Evaluator(problem)
  }
}
