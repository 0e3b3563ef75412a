/// What a run has cost so far.
public struct Counts: Codable, Equatable, Sendable {
  /// Evaluations of f.
  public internal(set) var values = 0
  /// Evaluations of ∇f.
  public internal(set) var gradients = 0
  /// Evaluations of ∇²f.
  public internal(set) var hessians = 0
  /// Evaluations of ∇²f v.
  public internal(set) var hessianVectorProducts = 0
  /// Evaluations of the constraints c.
  public internal(set) var constraints = 0
  /// Evaluations of their Jacobian.
  public internal(set) var jacobians = 0
  /// Terms of a ``FiniteSum`` that were evaluated in batches, with their
  /// gradients; whole sums are among ``values`` and ``gradients``.
  public internal(set) var samples = 0
  /// Matrices factorized.
  public internal(set) var factorizations = 0
  /// Floating-point operations: those of the method's linear algebra, to leading
  /// order, and those of the objective where it states its
  /// ``DifferentiableObjective/cost``.
  public internal(set) var flops = 0.0

  init() {}

  /// Adds what another run has cost.
  mutating func add(_ other: Counts) {
    values += other.values
    gradients += other.gradients
    hessians += other.hessians
    hessianVectorProducts += other.hessianVectorProducts
    constraints += other.constraints
    jacobians += other.jacobians
    samples += other.samples
    factorizations += other.factorizations
    flops += other.flops
  }
}
