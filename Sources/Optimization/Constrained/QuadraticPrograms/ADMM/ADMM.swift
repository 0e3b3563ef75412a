public import Matrix

/// The alternating direction method of multipliers for convex quadratic programs:
/// one factorization for all steps, and for all programs with the same matrices.
///
/// Of the rows and bounds v = (A x, x) a copy z is kept within the sides; x, z and
/// the multipliers y go in turn, with the over-relaxation α:
///
///     (P + σ I + Aᵀ R A + W) x̃ = σ x − q + Aᵀ(R z + y) + (W z + y of the bounds)
///     ζ = α ṽ + (1 − α) z,    z ← Π(ζ − y / ρ),    y ← y − ρ (ζ − z)
///
/// with R = diag(ρᵢ), W the same of the bounds, Π the nearest point between the
/// sides, and ρᵢ = 1000 ρ where both sides are one. ρ follows the ratio of the primal
/// to the dual residual; each change costs a factorization, and is made where the
/// steps since the last one cost as much.
///
/// A step is cheap and gains little; what it gains soon is which sides hold. On those
/// the answer is solved for, as in ``InteriorPoint``, to the tolerance. What cannot be
/// verified in `iterations` steps is left to ``InteriorPoint``; the notes say so.
///
/// For many vectors with the same matrices,
/// ``solve(_:gradients:lower:upper:bounds:)``; for one after the other,
/// ``QuadraticSolver``.
///
/// - Complexity: mn² + n³/3 flops at first and for each change of ρ, 2n² + 4mn a step;
///   for k programs at once the same for each, as products of matrices. No
///   allocation in a step.
///
/// Source: Boyd, Parikh, Chu, Peleato and Eckstein 2011, section 5; Stellato, Banjac,
/// Goulart, Bemporad and Boyd, OSQP, Math. Programming Computation 12, 2020,
/// equations 15 to 24 and sections 3.4, 5.1 and 5.2.
public struct ADMM: Codable, Equatable, Sendable {
  /// The bound on the residuals and the gap.
  public let tolerance: Double
  /// The most steps that are taken.
  public let iterations: Int
  /// α.
  public let relaxation: Double

  /// The method with its settings.
  ///
  /// - Precondition: `tolerance` and `iterations` are positive, `relaxation` is
  ///   between 0 and 2.
  public init(
    tolerance: Double = 1e-9, iterations: Int = 4000, relaxation: Double = 1.6
  ) {
    precondition(tolerance > 0, "a tolerance of \(tolerance)")
    precondition(iterations > 0, "\(iterations) iterations at most")
    precondition(
      relaxation > 0 && relaxation < 2,
      "a relaxation of \(relaxation), not between 0 and 2")
    self.tolerance = tolerance
    self.iterations = iterations
    self.relaxation = relaxation
  }
}

extension QuadraticMethod where Self == ADMM {
  /// The alternating direction method of multipliers, to residuals and a gap of
  /// `tolerance`.
  ///
  /// - Precondition: `tolerance` and `iterations` are positive, `relaxation` is
  ///   between 0 and 2.
  public static func admm(
    tolerance: Double = 1e-9, iterations: Int = 4000, relaxation: Double = 1.6
  ) -> ADMM {
    ADMM(tolerance: tolerance, iterations: iterations, relaxation: relaxation)
  }
}

/// All that the next step of ``ADMM`` depends on, in the scaled program.
///
/// Vectors of several programs are columns.
public struct ADMMState: Codable, Equatable, Sendable {
  /// x.
  public internal(set) var x: Matrix<Double>
  /// z and y of the rows.
  var rows: Side
  /// z and y of the variables' bounds.
  var bounds: Side
  /// ρ.
  public internal(set) var penalty = 0.1
  /// The steps taken.
  public internal(set) var iteration = 0
  /// The steps since ρ changed.
  var sinceChange = 0
  /// The residuals from which the answer is looked for, of each program.
  var levels: [Double]

  static let firstLevel = 1e-3

  /// z and y, a column for each program.
  struct Side: Codable, Equatable, Sendable {
    var z: Matrix<Double>
    var y: Matrix<Double>
  }
}
