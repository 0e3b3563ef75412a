internal import Matrix

/// The augmented Lagrangian method, over a method for bounded problems.
///
///     x ≈ argmin Φ(x; y, ρ)   within the bounds, to a tolerance ω
///     y ← ŷ(x)                kept within safeguards
///     ρᵢ ← 10 ρᵢ              where constraint i holds hardly better than before
///
/// Φ adds to f, for each constraint, half ρᵢ times the square of what it is outside
/// of its sides, shifted by yᵢ / ρᵢ; ŷ are the multipliers with which ∇Φ is the
/// gradient of the Lagrangian. Near a solution the multipliers alone make the
/// constraints hold, so that ρ stays moderate. m constraints cost 4mn flops an
/// evaluation and no factorization, which makes it the method for many of
/// them; ``LBFGSB`` is the inner method unless told, ``BoundedTrustRegion`` takes
/// second derivatives.
///
/// ρᵢ is measured in the units of f and cᵢ at the start: of their gradients the
/// larger count as 1. Where ρ has grown and the constraints hold no better, f is left
/// out and the violation itself, ½ ‖v‖², minimised: the run goes on where that ends
/// within the constraints, and ends with ``StepFailure/infeasible`` where the
/// violation is stationary.
///
/// - Complexity: a step is one of the inner method, after what updates of y and ρ
///   fall due; those evaluate nothing. Nothing is allocated.
///
/// Source: Powell 1969, Hestenes 1969, Rockafellar 1973 (Φ); Conn, Gould and Toint
/// 1991, Nocedal and Wright 2006, section 17.4 (tolerances); Birgin and Martínez,
/// Practical Augmented Lagrangian Methods for Constrained Optimization, 2014
/// (safeguards, ρ).
public struct AugmentedLagrangian<Inner: AugmentedLagrangianSolver>:
  ConstrainedMethod
{
  /// What can be minimised.
  public typealias Problem = Inner.Constrained

  /// The method that minimises Φ.
  public let inner: Inner

  /// The augmented Lagrangian method over a method for bounded problems.
  public init(_ inner: Inner) { self.inner = inner }

  /// The name with that of the inner method.
  public var name: String { "augmented Lagrangian (\(inner.name))" }

  /// The multipliers and penalties, and the inner run.
  public struct Memory: ConstrainedMemory {
    /// The multipliers, and the residuals of the first-order conditions.
    public var progress: ConstrainedProgress
    /// What the inner method remembers.
    public internal(set) var inner: Inner.Memory
    /// x with Φ and ∇Φ.
    public internal(set) var augmented: Point
    var terms = PenaltyTerms(constraints: 0)
    var values: Vector<Double> = []
    var jacobian: Matrix<Double> = .zeros(0, 0)
    var outer = OuterProgress()
  }

  /// The inner run's scratch space, Φ, and a vector.
  public struct Workspace {
    var inner: Inner.Workspace
    var scratch: Vector<Double>
    var function: AugmentedFunction?
    var evaluator: Evaluator?
  }

  /// An evaluator of what the inner method needs.
  public func evaluator(for problem: Inner.Constrained) -> Evaluator {
    Inner.constrainedEvaluator(for: problem)
  }

  /// Room for a point; that for the constraints is made at the start.
  public func makeMemory(dimension n: Int) -> Memory {
    Memory(
      progress: ConstrainedProgress(dimension: n),
      inner: inner.makeMemory(dimension: n), augmented: Point(dimension: n))
  }

  /// Room for the inner method; that for the constraints is made at the start.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(inner: inner.makeWorkspace(dimension: n), scratch: .zeros(n))
  }
}

/// Where the outer iteration is.
struct OuterProgress: Codable, Equatable, Sendable {
  /// ω, the bound on ∇Φ for the inner run.
  var tolerance = 0.0
  /// What counts as 1 of each constraint: the inverse of its gradient, at most 1.
  var units: Vector<Double> = []
  /// What counts as 1 of f, likewise.
  var objectiveUnit = 1.0
  /// The largest deviation of a constraint from where its multiplier has it.
  var deviation = Double.greatestFiniteMagnitude
  /// The least violation at the end of an inner run.
  var violation = Double.greatestFiniteMagnitude
  /// The inner runs since then.
  var runsWithoutProgress = 0
  /// The steps of the inner run.
  var innerSteps = 0
  /// Φ at its start, and x.
  var firstValue = 0.0
  var anchor: Vector<Double> = []
  /// The least violation on the way, and where that was.
  var leastViolation = Double.greatestFiniteMagnitude
  var mostFeasible: Vector<Double> = []
  /// How often f was left out.
  var restorations = 0
  /// y and ρ, while f is left out.
  var kept: PenaltyTerms?
}

extension OuterProgress {
  /// Takes in the violation at a point of the run.
  mutating func noteViolation(_ violation: Double, at x: Vector<Double>) {
    guard violation < 0.5 * leastViolation else { return }
    leastViolation = violation
    mostFeasible.copy(from: x)
  }
}

extension Method {
  /// The augmented Lagrangian method over a method for bounded problems.
  public static func augmentedLagrangian<Inner: AugmentedLagrangianSolver>(
    _ inner: Inner
  ) -> Self where Self == AugmentedLagrangian<Inner> {
    AugmentedLagrangian(inner)
  }
}

extension Method where Self == AugmentedLagrangian<LBFGSB> {
  /// The augmented Lagrangian method over L-BFGS-B, with gradients alone.
  public static func augmentedLagrangian(memory: Int = 10) -> Self {
    AugmentedLagrangian(LBFGSB(memory: memory))
  }
}
