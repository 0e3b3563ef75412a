/// A method for bounded problems that minimises augmented Lagrangians.
///
/// What it needs of f is what it needs of the problem with constraints:
/// ``LBFGSB`` gradients and Jacobians, ``BoundedTrustRegion`` second derivatives too.
public protocol AugmentedLagrangianSolver: BoundedMethod {
  /// The problems with constraints that it serves.
  associatedtype Constrained

  /// Whether it asks for second derivatives.
  static var isTwiceDifferentiable: Bool { get }

  /// An evaluator of such a problem.
  static func constrainedEvaluator(for problem: Constrained) -> Evaluator

  /// Forgets what it knows of the curvature of a function that has changed.
  func forgetCurvature(_ memory: inout Memory)
}

extension LBFGSB: AugmentedLagrangianSolver {
  /// Gradients and Jacobians will do.
  public typealias Constrained = any ConstrainedProblem

  /// No second derivatives.
  public static var isTwiceDifferentiable: Bool { false }

  /// An evaluator of f, ∇f, c and J.
  public static func constrainedEvaluator(
    for problem: any ConstrainedProblem
  ) -> Evaluator { Evaluator(problem) }

  /// Forgets the pairs.
  public func forgetCurvature(_ memory: inout Memory) {
    memory.hessian.removeAll()
  }
}

extension BoundedTrustRegion: AugmentedLagrangianSolver {
  /// Second derivatives are asked for.
  public typealias Constrained = any TwiceDifferentiableConstrainedProblem

  /// Second derivatives.
  public static var isTwiceDifferentiable: Bool { true }

  /// An evaluator of f, ∇f, ∇²f, c, J and the Hessian of the Lagrangian.
  public static func constrainedEvaluator(
    for problem: any TwiceDifferentiableConstrainedProblem
  ) -> Evaluator { Evaluator(problem) }

  /// Forgets the radius.
  public func forgetCurvature(_ memory: inout Memory) { memory.radius = 0 }
}
