internal import Matrix

/// The primal-dual interior point with a filter, for functions within
/// constraints.
///
///     ∇f − Jᵀy − z = 0,   c(x) = s,   gap × multiplier = μ,   μ → 0
///
/// Inequalities have slacks s, whose sides and the bounds of x are kept off by
/// a logarithmic barrier with weight μ; Newton's method on the equations above,
/// for a sequence of μ that falls superlinearly. A step is accepted where it
/// lowers the violation of the constraints or the barrier function against all
/// that were left behind, the filter; no penalty has to be chosen. Where the
/// Hessian of the Lagrangian is indefinite on what the constraints leave free,
/// which the inertia of the LDLᵀ factorization tells, a multiple of the
/// identity is added. Where no step is accepted, the violation alone is lowered
/// until one is, and where that ends at a point from which it can fall no
/// farther, the run ends with ``StepFailure/infeasible``.
///
/// Dependent constraints and fixed variables are no obstacle, and the start may
/// be anywhere.
///
///     minimize(problem, from: x0, using: .interiorPoint())
///
/// - Complexity: a step takes a Hessian of the Lagrangian, mostly one
///   evaluation of f, ∇f and c, one of J, and (n + m)³/3 flops, as much again
///   for each correction of the inertia; nothing is allocated.
///
/// Source: Wächter and Biegler, On the implementation of an interior-point
/// filter line-search algorithm for large-scale nonlinear programming, Math.
/// Programming 106, 2006.
public struct FilterInteriorPoint: ConstrainedMethod {
  /// What can be minimised.
  public typealias Problem = any TwiceDifferentiableConstrainedProblem
  /// Multipliers, slacks, the filter and μ.
  public typealias Memory = FilterInteriorPointMemory
  /// The factorization and a trial point.
  public typealias Workspace = InteriorPointWorkspace

  /// The method.
  public init() {}

  /// The name.
  public var name: String { "filter interior point (exact Hessian)" }

  /// Nothing known of the constraints yet.
  public func makeMemory(dimension n: Int) -> Memory {
    Memory(dimension: n, learnsCurvature: false)
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

extension Method where Self == FilterInteriorPoint {
  /// The interior point with a filter and the exact Hessian of the Lagrangian.
  public static func interiorPoint() -> Self { FilterInteriorPoint() }
}
