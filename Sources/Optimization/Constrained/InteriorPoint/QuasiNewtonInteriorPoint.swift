internal import Matrix

/// The interior point of ``FilterInteriorPoint`` with a Hessian of the
/// Lagrangian that is learned from gradients: BFGS, damped after Powell.
///
///     minimize(
///       problem, from: x0, using: .interiorPoint(hessian: .quasiNewton))
///
/// - Complexity: a step takes mostly one evaluation of f, ∇f and c, one of J,
///   and (n + m)³/3 flops; nothing is allocated.
///
/// Source: Wächter and Biegler 2006; Powell 1978.
public struct QuasiNewtonInteriorPoint: ConstrainedMethod {
  /// What can be minimised.
  public typealias Problem = any ConstrainedProblem
  /// Multipliers, slacks, the filter, μ and the Hessian.
  public typealias Memory = FilterInteriorPointMemory
  /// The factorization and a trial point.
  public typealias Workspace = InteriorPointWorkspace

  /// The method.
  public init() {}

  /// The name.
  public var name: String { "filter interior point (BFGS)" }

  /// Nothing known of the constraints yet, and the identity as Hessian.
  public func makeMemory(dimension n: Int) -> Memory {
    Memory(dimension: n, learnsCurvature: true)
  }

  /// Room for n variables; that for m constraints is made at the start.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(dimension: n)
  }

  /// Evaluates near the start, off the bounds, and chooses scales and
  /// multipliers.
  public func begin(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) { workspace.begin(&point, &memory, &evaluator) }

  /// One accepted step.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome { workspace.takeStep(&point, &memory, &evaluator) }
}

/// Where an interior point has the Hessian of the Lagrangian from, when it is
/// not the exact one.
public enum LearnedHessian: String, Codable, Sendable {
  /// From the gradients of the Lagrangian.
  case quasiNewton
}

extension Method where Self == QuasiNewtonInteriorPoint {
  /// The interior point with a filter and a learned Hessian of the Lagrangian.
  public static func interiorPoint(hessian: LearnedHessian) -> Self {
    QuasiNewtonInteriorPoint()
  }
}
