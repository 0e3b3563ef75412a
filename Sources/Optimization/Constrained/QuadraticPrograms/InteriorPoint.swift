public import Matrix

/// The primal-dual interior-point method of Mehrotra for convex quadratic
/// programs.
///
/// With a slack s > 0 and a multiplier λ > 0 for each finite side σ v ≥ σ β, a step
/// goes along Newton's direction for
///
///     P x + q − E y − Σ σ λ ∂v = 0,   Eᵀx = b,   σ v − s = σ β,   s λ = τ
///
/// twice: with τ = 0 to see how far that leads, then with τ = (μ′/μ)³ μ and the second-order
/// term Δs Δλ that the first showed, to 1 − min(0.005, μ) of the way to the nearest
/// boundary.
///
/// Handles P of any rank, dependent and redundant rows, and free variables; fixed
/// ones are taken out. The program is equilibrated inside, while the tolerance is
/// about the user's numbers.
///
/// - Complexity: mn² + n³/3 flops a step with m inequalities and no equality, by
///   Cholesky; (n + k)³/3 more with k equalities, by LDLᵀ; 8 to 15 steps as a rule,
///   whatever the size. No allocation in a step.
///
/// Source: Mehrotra 1992; Gertz and Wright, Object-oriented software for quadratic
/// programming, ACM TOMS 29, 2003, section 4.
public struct InteriorPoint: Codable, Equatable, Sendable {
  /// The bound on the residuals and the gap.
  public let tolerance: Double
  /// The most steps that are taken.
  public let iterations: Int

  /// The method with its settings.
  ///
  /// - Precondition: both positive.
  public init(tolerance: Double = 1e-9, iterations: Int = 100) {
    precondition(tolerance > 0, "a tolerance of \(tolerance)")
    precondition(iterations > 0, "\(iterations) iterations at most")
    self.tolerance = tolerance
    self.iterations = iterations
  }
}

/// All that the next step of ``InteriorPoint`` depends on.
///
/// A run that is given a state by ``InteriorPoint/solve(_:from:observing:)`` goes on as
/// the one that it was taken from, bit for bit.
public struct InteriorPointState: Codable, Equatable, Sendable {
  /// A point in the units of the scaled program.
  public struct Iterate: Codable, Equatable, Sendable {
    /// x.
    public internal(set) var x: Vector<Double>
    /// y, of the equalities.
    public internal(set) var y: Vector<Double>
    /// s, of the sides.
    public internal(set) var slacks: Vector<Double>
    /// λ, of the sides.
    public internal(set) var multipliers: Vector<Double>
  }

  /// Where the run is.
  public internal(set) var current: Iterate
  /// Where the largest residual was least.
  public internal(set) var best: Iterate
  /// The steps taken.
  public internal(set) var iteration = 0
  /// The least of the largest residual so far, in units of the tolerance.
  public internal(set) var leastError = Double.infinity
  /// The iteration from which no progress was made.
  var bestIteration = 0
  /// ρ = δ of the last factorization.
  var regularization = NewtonSystem.smallest
}
