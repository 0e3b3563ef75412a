public import Matrix

/// The dual active-set method of Goldfarb and Idnani for convex quadratic programs.
///
/// From the minimiser without constraints, the most violated constraint is added to
/// the active ones, along the path on which the others keep holding; one whose
/// multiplier would become negative on the way is dropped. The value rises with
/// each step, so that the method ends:
///
///     d = Jᵀa,   z = J₂ d₂,   r = R⁻¹ d₁,   x ← x + t z,   y ← y + t (−r, 1)
///
/// Where P is not positive definite, P + ε I is taken for P, and the solution found
/// as the limit of x′ = argmin ½ xᵀP x + qᵀx + ε/2 ‖x − xₖ‖².
///
/// For small programs and those with few active sides, and where one is solved after
/// the other: what it knows of the active sides serves the next.
///
/// - Complexity: 2n³/3 flops at first; then 2mn + 4n² + 6n(n − q) for a step with q
///   constraints active. No allocation in a step.
///
/// Source: Goldfarb and Idnani, A numerically stable dual method for solving strictly
/// convex quadratic programs, Math. Programming 27, 1983; Rockafellar 1976 for the
/// proximal iteration.
public struct ActiveSet: Codable, Equatable, Sendable {
  /// The bound on the residuals and the gap.
  public let tolerance: Double

  /// The method with its settings.
  ///
  /// - Precondition: `tolerance` is positive.
  public init(tolerance: Double = 1e-9) {
    precondition(tolerance > 0, "a tolerance of \(tolerance)")
    self.tolerance = tolerance
  }
}

extension QuadraticMethod where Self == ActiveSet {
  /// The dual active-set method, to residuals and a gap of `tolerance`.
  ///
  /// - Precondition: `tolerance` is positive.
  public static func activeSet(tolerance: Double = 1e-9) -> ActiveSet {
    ActiveSet(tolerance: tolerance)
  }
}

/// All that the next step of ``ActiveSet`` depends on, in the scaled program.
public struct ActiveSetState: Codable, Equatable, Sendable {
  /// x.
  public internal(set) var x: Vector<Double>
  /// xₖ of the proximal iteration.
  var center: Vector<Double>
  /// The active constraints: the equalities are counted first, then the sides.
  public internal(set) var active: [Int] = []
  /// Their signs: σ of a side, ±1 for an equality as it was approached.
  var signs: [Double] = []
  /// Their multipliers, in that sign.
  public internal(set) var multipliers: Vector<Double>
  /// ε, 0 where P is positive definite.
  let shift: Double
  /// J and R.
  var factors: ActiveSetFactors
  /// The steps taken.
  public internal(set) var iteration = 0
}
