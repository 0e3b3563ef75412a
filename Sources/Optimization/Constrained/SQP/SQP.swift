internal import Matrix

/// Sequential quadratic programming with the quasi-Newton Hessian of BFGS.
///
/// At x the step d and the new multipliers are the solution of
///
///     min ½ dᵀB d + ∇fᵀd   where   l ≤ c + J d ≤ u,   bounds on x + d
///
/// x moves to x + α d, α = 1, ½, … until the merit function
///
///     φ(x) = f(x) + Σ νᵢ · (how far cᵢ is outside of its sides)
///
/// has fallen enough; where α = 1 is refused, a correction for the curvature of the
/// constraints comes first. The weights follow the multipliers,
/// νᵢ = max(|yᵢ|, (νᵢ + |yᵢ|)/2). Where no d satisfies the constraints, violations are
/// added to the function at a price γ, which rises until they fall or are seen to
/// be as small as they get. B is updated by y damped such that it remains positive
/// definite, as a rank-one change of a factor of its inverse.
///
/// Linear constraints hold from the first full step on, bounds always.
///
/// - Complexity: mostly one evaluation of f, ∇f, c and J a step; 8n² + 4mn flops and
///   8n² + 2mn for each active constraint. No allocation in a step.
///
/// Source: Powell, A fast algorithm for nonlinearly constrained optimization
/// calculations, 1978 (weights and damping); Fletcher, Practical Methods of
/// Optimization, 1987, section 14.4 (prices); Nocedal and Wright 2006, chapter 18.
public struct SQP: ConstrainedMethod {
  /// f, ∇f, c and J are all it asks for.
  public typealias Problem = any ConstrainedProblem

  /// The method.
  public init() {}

  /// The method's name.
  public var name: String { "SQP (BFGS)" }

  /// Scratch space for n variables.
  public func makeWorkspace(dimension n: Int) -> SQPWorkspace {
    SQPWorkspace(dimension: n)
  }

  /// No multipliers, and B = I.
  public func makeMemory(dimension n: Int) -> SQPMemory {
    SQPMemory(dimension: n)
  }

  /// Evaluates all at the start, which is moved within its bounds.
  public func begin(
    _ point: inout Point, _ memory: inout SQPMemory,
    evaluator: inout Evaluator, workspace: inout SQPWorkspace
  ) { workspace.begin(&point, &memory, &evaluator) }

  /// Solves the quadratic program and searches along its solution.
  public func step(
    _ point: inout Point, _ memory: inout SQPMemory,
    evaluator: inout Evaluator, workspace: inout SQPWorkspace
  ) -> StepOutcome {
    workspace.step(&point, &memory, &evaluator, hessian: .quasiNewton)
  }
}

/// Sequential quadratic programming with the Hessian of the Lagrangian.
///
/// As ``SQP``, with B = ∇²f − Σ yᵢ ∇²cᵢ wherever that is positive definite. Where it is
/// not, and is so along the active constraints, as it has to be at a minimum,
///
///     B = ∇²L + ρ JₐᵀJₐ
///
/// with a ρ that is large enough, of the constraints that had multipliers. Where they
/// are active again the step is that of ∇²L, and so are the multipliers less
/// ρ (side − cₐ). Elsewhere τ I is added too.
///
/// - Complexity: one evaluation of f, ∇f, c, J and ∇²L a step, mostly; 2n³/3 flops for
///   the factor, more where the Hessian is not convex, and those of ``SQP``. No
///   allocation in a step.
///
/// Source: Nocedal and Wright 2006, sections 18.3 and 18.4; the term ρ JₐᵀJₐ is the
/// Hessian of the augmented Lagrangian, Bertsekas 1982, section 2.2.
public struct NewtonSQP: ConstrainedMethod {
  /// f, c and their first and second derivatives.
  public typealias Problem = any TwiceDifferentiableConstrainedProblem

  /// The method.
  public init() {}

  /// The method's name.
  public var name: String { "SQP (exact Hessian)" }

  /// Scratch space for n variables.
  public func makeWorkspace(dimension n: Int) -> SQPWorkspace {
    SQPWorkspace(dimension: n, hasHessian: true)
  }

  /// No multipliers.
  public func makeMemory(dimension n: Int) -> SQPMemory {
    SQPMemory(dimension: n)
  }

  /// Evaluates all at the start, which is moved within its bounds.
  public func begin(
    _ point: inout Point, _ memory: inout SQPMemory,
    evaluator: inout Evaluator, workspace: inout SQPWorkspace
  ) { workspace.begin(&point, &memory, &evaluator) }

  /// Solves the quadratic program and searches along its solution.
  public func step(
    _ point: inout Point, _ memory: inout SQPMemory,
    evaluator: inout Evaluator, workspace: inout SQPWorkspace
  ) -> StepOutcome {
    workspace.step(&point, &memory, &evaluator, hessian: .exact)
  }
}

/// Where the second derivatives of ``NewtonSQP`` come from.
public enum LagrangianHessian: String, Codable, Sendable {
  /// From the objective and the constraints themselves.
  case exact
}

extension Method where Self == SQP {
  /// Sequential quadratic programming with the Hessian of BFGS.
  public static func sqp() -> SQP { SQP() }
}

extension Method where Self == NewtonSQP {
  /// Sequential quadratic programming with the Hessian of the Lagrangian.
  public static func sqp(hessian: LagrangianHessian) -> NewtonSQP {
    NewtonSQP()
  }
}
