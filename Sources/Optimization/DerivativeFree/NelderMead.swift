internal import Matrix

/// The simplex method of Nelder and Mead, which needs values alone.
///
/// Of n + 1 vertices the worst, w, is replaced by a point on the line from it through
/// the centroid c of the others, c + t (c − w):
///
///     reflection             t = α
///     expansion              t = αβ     where the reflection is the best so far
///     outside contraction    t = αγ     where it is better than the worst only
///     inside contraction     t = −γ     where it is not even that
///
/// When that does not help either, the simplex shrinks about its best vertex b,
/// v ← b + δ (v − b). The coefficients are 1, 2, ½, ½ for two variables and,
/// unless told otherwise, 1, 1 + 2/n, ¾ − 1/2n, 1 − 1/n for more: with the classic
/// ones expansions and contractions of large simplices distort them, and the
/// method stalls (Gao and Han 2012).
///
///     minimize(from: [-1.2, 1], using: .nelderMead()) { x in
///       abs(x[0] - 1) + abs(x[1] - x[0])
///     }
///
/// f may have kinks and steps; where it is not finite it counts as ∞, so that the
/// simplex turns away. It may not be noisy beyond the accuracy that is wanted. There
/// are functions, even smooth and convex ones, on which the simplex collapses where
/// there is no minimum (McKinnon 1998); every n steps its gradient is therefore
/// compared with the decrease of the values, and a simplex that does not descend
/// is replaced by a small one that is oriented along that gradient (Kelley 1999).
///
/// A run ends by ``StopRule/simplexSize(_:)``. What certifies it is the gradient of
/// the objective where it has one, and central differences elsewhere; the tolerance
/// is 10⁻⁶ of the steepest slope between the first vertices. Everything scales
/// with f and with each variable.
///
/// - Complexity: a step takes one or two evaluations, n + 2 when the simplex
///   shrinks, and O(n²) flops; nothing is allocated.
///
/// Source: Nelder and Mead 1965; ordering and ties by Lagarias, Reeds, Wright and
/// Wright 1998; coefficients by Gao and Han 2012, equation (4.1); restarts by Kelley
/// 1999.
public struct NelderMead: Method {
  /// What can be minimised.
  public typealias Problem = any Objective
  /// The simplex.
  public typealias Memory = Simplex

  /// The first edges as multiples of |xᵢ|.
  public let initialSize: Double
  /// The first edge along a variable that is 0 at the start.
  public let edgeAtZero: Double
  /// Whether the coefficients depend on n.
  public let isAdaptive: Bool

  /// The method with its first simplex, x₀ and a vertex beside it along each
  /// variable.
  ///
  /// - Parameters:
  ///   - initialSize: the first edges as multiples of |xᵢ|.
  ///   - edgeAtZero: the first edge where xᵢ = 0: the one number that knows of
  ///     units.
  ///   - isAdaptive: whether the coefficients depend on n.
  /// - Precondition: the sizes are positive and finite.
  public init(
    initialSize: Double = 0.05, edgeAtZero: Double = 0.05,
    isAdaptive: Bool = true
  ) {
    for size in [initialSize, edgeAtZero] {
      precondition(
        size > 0 && size < .infinity,
        "a first edge of \(size), which is not positive and finite")
    }
    self.initialSize = initialSize
    self.edgeAtZero = edgeAtZero
    self.isAdaptive = isAdaptive
  }

  /// The name.
  public var name: String {
    isAdaptive ? "Nelder-Mead" : "Nelder-Mead (classic coefficients)"
  }

  /// Points, and what the gradient of a simplex takes.
  public struct Workspace {
    var weights: Vector<Double>
    var centroid: Vector<Double>
    var first: Vector<Double>
    var second: Vector<Double>
    var edges: Matrix<Double>
    var factor: LU<Double>
    var gradient: Vector<Double>
  }

  /// Room for a simplex.
  public func makeMemory(dimension n: Int) -> Simplex { Simplex(dimension: n) }

  /// Room for a few points and a factor of order n.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      weights: .zeros(n + 1), centroid: .zeros(n), first: .zeros(n),
      second: .zeros(n), edges: .zeros(n, n), factor: LU(order: n),
      gradient: .zeros(n))
  }

  /// The extent of the simplex.
  public func optimality(
    of point: Point, _ memory: Simplex
  ) -> Optimality {
    Optimality(simplex: memory.extent)
  }

  /// The scales of the first simplex.
  public func scales(_ memory: Simplex) -> ProblemScales? {
    ProblemScales(
      gradientTolerance: 1e-6 * memory.firstSlope, units: memory.units)
  }
}

extension Method where Self == NelderMead {
  /// The simplex method of Nelder and Mead.
  ///
  /// - Parameters:
  ///   - initialSize: the first edges as multiples of |xᵢ|.
  ///   - edgeAtZero: the first edge where xᵢ = 0.
  ///   - isAdaptive: whether the coefficients depend on n.
  public static func nelderMead(
    initialSize: Double = 0.05, edgeAtZero: Double = 0.05,
    isAdaptive: Bool = true
  ) -> Self {
    NelderMead(
      initialSize: initialSize, edgeAtZero: edgeAtZero, isAdaptive: isAdaptive)
  }
}
