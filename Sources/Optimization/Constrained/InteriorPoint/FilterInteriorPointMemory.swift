internal import Matrix

/// What the filter interior point carries from step to step.
///
/// Inside, f and each constraint are multiplied by powers of two that make
/// their gradients at the start at most 100: exactly undone, so that what is
/// reported is in the user's units to the last bit.
public struct FilterInteriorPointMemory: ConstrainedMemory {
  /// The multipliers and the residuals, in the user's units.
  public var progress: ConstrainedProgress
  /// μ, in units of the scaled objective.
  public internal(set) var barrier = 0.1
  /// Whether the run is looking for a point that violates the constraints less.
  public var isRestoring: Bool { restoration.isActive }

  /// Whether there is anything to begin again from.
  var isStarted = false
  /// (x, s) with bounds and multipliers, scaled.
  var variables: BarrierVariables
  /// y, scaled.
  var multipliers: Vector<Double>
  /// c(x).
  var values: Vector<Double>
  /// J(x), scaled.
  var jacobian: Matrix<Double>
  /// What f is multiplied by.
  var objectiveScale = 1.0
  /// What each constraint is multiplied by.
  var scales: Vector<Double>
  /// The last δ that the Hessian needed.
  var lastShift = 0.0
  /// θmin, below which f may decide alone.
  var smallViolation = 0.0
  /// θmax, above which no point is accepted.
  var largestViolation = 0.0
  var filter = BarrierFilter()
  /// The violation that has not become a tenth less for some steps, and for how
  /// many.
  var stalledViolation = Double.infinity
  var stalledSteps = 0
  var restoration: RestorationState
  /// The Hessian of the Lagrangian that was learned, lower triangle; empty
  /// where the exact one is used.
  var curvature: Matrix<Double>
  /// Whether nothing has been learned of it yet.
  var isCurvatureFresh = true

  init(dimension n: Int, learnsCurvature: Bool) {
    progress = ConstrainedProgress(dimension: n)
    variables = BarrierVariables(count: n)
    multipliers = .zeros(0)
    values = .zeros(0)
    jacobian = .zeros(0, n)
    scales = .zeros(0)
    restoration = RestorationState()
    curvature = learnsCurvature ? .identity(n) : .zeros(0, 0)
  }

  /// Makes room for m constraints.
  mutating func makeRoom(constraints m: Int) {
    let n = progress.boundMultipliers.count
    if variables.count != n + m || values.count != m {
      variables = BarrierVariables(count: n + m)
      multipliers = .zeros(m)
      values = .zeros(m)
      jacobian = .zeros(m, n)
      scales = .zeros(m)
      isStarted = false
    }
    restoration.makeRoom(dimension: n, constraints: m)
    filter.clear()
    filter.reserve()
    lastShift = 0
    stalledViolation = .infinity
    stalledSteps = 0
  }

  /// Whether the violation has not become less for 30 steps, at the end of this
  /// one.
  ///
  /// The filter is content where φ falls and θ does not rise, with f falling
  /// forever beside constraints that cannot be satisfied.
  mutating func isStalled(_ violation: Double) -> Bool {
    guard violation > 1e-6, violation > 0.9 * stalledViolation else {
      stalledViolation = violation
      stalledSteps = 0
      return false
    }
    stalledSteps += 1
    guard stalledSteps >= 30 else { return false }
    stalledViolation = .infinity
    return true
  }

  /// ĉ − s of a constraint, scaled.
  @inline(__always)
  func gap(_ i: Int, dimension n: Int) -> Double {
    scales[i] * values[i] - variables.values[n + i]
  }

  /// The least μ: complementarity of 10⁻¹³ in the user's units.
  var leastBarrier: Double { max(1e-13 * objectiveScale, 1e-16) }
}

/// The search for a point that violates the constraints less.
///
///     min ρ Σ (p + q) + ½ ζ ‖D (x − xᵣ)‖²   where   c(x) − s = p − q,   bounds
///
/// by the same barrier, p and q ≥ 0 among it.
struct RestorationState: Codable, Equatable, Sendable {
  var isActive = false
  /// xᵣ.
  var reference: Vector<Double> = .zeros(0)
  /// The multipliers of p ≥ 0.
  var above: Vector<Double> = .zeros(0)
  /// The multipliers of q ≥ 0.
  var below: Vector<Double> = .zeros(0)
  /// μ of this search.
  var barrier = 0.0
  var lastShift = 0.0
  /// θ where it began.
  var violation = 0.0
  /// Whether violations are weighed in the user's units.
  var usesUnits = false
  /// How often it was begun.
  var count = 0

  mutating func makeRoom(dimension n: Int, constraints m: Int) {
    isActive = false
    count = 0
    if reference.count != n { reference = .zeros(n) }
    if above.count != m {
      above = .zeros(m)
      below = .zeros(m)
    }
  }
}
