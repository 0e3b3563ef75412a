public import Matrix

/// Newton's direction from conjugate gradients, with no Hessian but its products
/// with vectors: H d = −∇f(x) to ‖H d + ∇f‖ ≤ η ‖∇f‖.
///
/// η follows the ``ForcingTerm``. Where a direction p of conjugate gradients has
/// κ = pᵀHp < 0 they end, with a last step along p as long as if its curvature were
/// |κ|. Ending without it, as the textbook has it, leaves little but the steepest
/// descent wherever the second direction has negative curvature: along a valley as
/// that of Rosenbrock's function, from farther away, it did not arrive in 1000
/// steps. With a preconditioner M near H few products are needed.
///
/// - Complexity: a product and 10n flops for each iteration of conjugate gradients;
///   nothing is allocated.
///
/// Source: Dembo and Steihaug, Truncated-Newton algorithms for large-scale
/// unconstrained optimization, 1983; Nocedal and Wright 2006, algorithm 7.1.
public struct NewtonCGDirection<M: Preconditioner>: DescentDirection {
  /// What can be minimised.
  public typealias Problem = any DifferentiableObjective
  /// How accurate the last direction was.
  public typealias Memory = ForcingTerm

  private let solver: SteihaugToint<HessianProducts, M>

  /// M.
  public var preconditioner: M { solver.preconditioner }

  /// The direction with a preconditioner.
  public init(preconditioner: M) {
    solver = SteihaugToint(
      over: HessianProducts(), preconditioner: preconditioner)
  }

  /// The name.
  public var name: String { "Newton-CG" }

  /// The preconditioner, unless there is none.
  public var settings: [String] {
    preconditioner is NoPreconditioner
      ? [] : ["preconditioner \(preconditioner.name)"]
  }

  /// The vectors of conjugate gradients.
  public struct Workspace {
    var solver: SteihaugToint<HessianProducts, M>.Workspace
  }

  /// The forcing term of the first step.
  public func makeMemory(dimension n: Int) -> ForcingTerm { ForcingTerm() }

  /// Room for four vectors.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(solver: solver.makeWorkspace(dimension: n))
  }

  /// Writes the truncated Newton direction.
  public func setDirection(
    _ d: inout Vector<Double>, at point: Point, _ memory: inout ForcingTerm,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> DirectionOutcome {
    memory.update(gradientNorm: point.gradient.norm)
    solver.reset(&workspace.solver)
    var nothing: Void = ()
    if let step = solver.solve(
      at: point, radius: .infinity, residual: memory.residual, NoMemory(),
      evaluator: &evaluator, modelWorkspace: &nothing,
      workspace: &workspace.solver, into: &d)
    {
      return .found(slope: step.slope, length: d.norm, naturalStep: 1)
    }
    // No curvature to take a length from.
    solver.setSteepestDescent(&d, at: point, &workspace.solver)
    return .found(
      slope: point.gradient.dot(d), length: d.norm, naturalStep: nil)
  }
}

/// Newton's method by conjugate gradients with a line search.
///
/// The directions are those of ``NewtonCGDirection``; tried first is the full step.
public typealias NewtonCG<Search: LineSearch, M: Preconditioner> =
  LineSearchMethod<NewtonCGDirection<M>, Search>

extension Method where Self == NewtonCG<Armijo, NoPreconditioner> {
  /// Newton's method by conjugate gradients with backtracking.
  public static func newtonCG() -> Self {
    LineSearchMethod(
      NewtonCGDirection(preconditioner: NoPreconditioner()), search: Armijo())
  }
}

extension Method {
  /// Newton's method by preconditioned conjugate gradients with backtracking.
  public static func newtonCG<M: Preconditioner>(
    preconditioner: M
  ) -> Self where Self == NewtonCG<Armijo, M> {
    LineSearchMethod(
      NewtonCGDirection(preconditioner: preconditioner), search: Armijo())
  }

  /// Newton's method by preconditioned conjugate gradients with a line search of
  /// choice.
  public static func newtonCG<Search: LineSearch, M: Preconditioner>(
    preconditioner: M, search: Search
  ) -> Self where Self == NewtonCG<Search, M> {
    LineSearchMethod(
      NewtonCGDirection(preconditioner: preconditioner), search: search)
  }

  /// Newton's method by conjugate gradients with a line search of choice.
  public static func newtonCG<Search: LineSearch>(
    search: Search
  ) -> Self where Self == NewtonCG<Search, NoPreconditioner> {
    LineSearchMethod(
      NewtonCGDirection(preconditioner: NoPreconditioner()), search: search)
  }
}
