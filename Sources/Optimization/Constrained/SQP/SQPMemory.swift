internal import Matrix

/// What sequential quadratic programming remembers from step to step.
public struct SQPMemory: ConstrainedMemory {
  /// The multipliers and residuals.
  public var progress: ConstrainedProgress
  /// J with J Jᵀ = B⁻¹.
  var factor: Matrix<Double>
  /// Whether B has seen a step.
  var hasCurvature = false
  /// c(x).
  var values: Vector<Double>
  /// J(x), m×n.
  var jacobian: Matrix<Double>
  /// ν, the weights of violations in the merit function.
  var weights: Vector<Double>
  /// γ, the price of violations where linearised constraints have no solution.
  var price = 0.0
  /// τ, in sizes of ∇²L, where that had to be made convex.
  var shift = 0.0
  /// The last steps that lowered the merit function by no more than rounding.
  var stalled = 0

  init(dimension n: Int) {
    progress = ConstrainedProgress(dimension: n)
    factor = .identity(n)
    values = .zeros(0)
    jacobian = .zeros(0, 0)
    weights = .zeros(0)
  }

  /// Makes room for m constraints, and keeps what was learned of as many.
  mutating func begin(constraints m: Int) {
    progress.begin(constraints: m)
    price = 0
    shift = 1e-3
    stalled = 0
    guard values.count != m else { return }
    values = .zeros(m)
    jacobian = .zeros(m, factor.rows)
    weights = .zeros(m)
  }
}
