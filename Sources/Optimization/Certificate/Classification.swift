public import Matrix

/// What kind of point a certificate found.
public enum Classification: String, Codable, Sendable {
  /// A strict local minimum: all eigenvalues of ∇²f are positive; or a minimum of a
  /// problem that is convex by its structure (``ConjugateObjective``).
  case minimum
  /// A strict local maximum: all eigenvalues of ∇²f are negative.
  case maximum
  /// A saddle: ∇²f has eigenvalues of both signs.
  case saddle
  /// Stationary, with ∇²f semidefinite to the tolerance: the second derivatives
  /// cannot decide what it is.
  case degenerate
  /// ‖∇f‖∞ is above its tolerance.
  case notStationary
  /// f, ∇f or ∇²f is undefined or not finite.
  case undefined
  /// The values change against the sign of the gradient: a derivative is wrong.
  case inconsistent
  /// Stationary, but what it is was not settled.
  ///
  /// The second derivatives change too much over the distance to the point near by
  /// at which ∇f would vanish, the bounded effort did not tell the smallest
  /// eigenvalue, or f is not defined all around.
  case unresolved
  /// Stationary; second derivatives were not looked at.
  case notExamined
}

/// A direction in which f curves downwards.
public struct NegativeCurvature: Codable, Equatable, Sendable {
  /// A unit vector d.
  public let direction: Vector<Double>
  /// dᵀ ∇²f(x) d, negative.
  public let curvature: Double
}

/// What was found out about the eigenvalues of ∇²f(x).
public struct Curvature: Codable, Equatable, Sendable {
  /// Where the numbers come from.
  public enum Source: Codable, Equatable, Sendable {
    /// All eigenvalues of the Hessian.
    case spectrum
    /// The signs of the eigenvalues of the Hessian, by factorization.
    case inertia
    /// The ends of the spectrum, by Lanczos's method with so many products.
    case lanczos(products: Int)
  }

  /// Where the numbers come from.
  public let source: Source
  /// Whether the Hessian was made of differences of gradients.
  public let isDifferenced: Bool
  /// Eigenvalues of at most this magnitude count as zero: the rounding and
  /// differencing error of the Hessian, relative to its norm.
  public let tolerance: Double
  /// How many eigenvalues are above, below and within the tolerance; nil when
  /// only the ends of the spectrum were looked at.
  public let inertia: Inertia?
  /// The smallest eigenvalue, if it was computed.
  public let smallest: Double?
  /// The largest eigenvalue, if it was computed.
  public let largest: Double?
}
