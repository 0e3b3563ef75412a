/// Whether a symmetric matrix is positive or negative definite, semidefinite or
/// indefinite, and what shows it.
///
///     switch try hessian.definiteness().kind {
///     case .positiveDefinite: …
///     case .indefinite: …           // .negativeCurvature is a way down
///     default: …
///     }
public struct Definiteness<Scalar: BLASScalar>: Sendable, Equatable {
  /// The five cases.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// All eigenvalues are positive; a matrix of order 0 is of this kind.
    case positiveDefinite
    /// No eigenvalue is negative and some are zero to the tolerance; the zero
    /// matrix is of this kind.
    case positiveSemidefinite
    /// All eigenvalues are negative.
    case negativeDefinite
    /// No eigenvalue is positive, some are negative and some zero to the tolerance.
    case negativeSemidefinite
    /// There are eigenvalues of both signs.
    case indefinite
  }

  /// Which of the five the matrix is.
  public var kind: Kind
  /// How many eigenvalues are positive, negative and zero to the tolerance.
  public var inertia: Inertia
  /// The pivot at which a Cholesky factorization failed, nil where none did.
  public var failedPivot: Int?
  /// A unit vector d with dᵀ A d < 0, nil where the inertia counts no negative
  /// eigenvalue.
  public var negativeCurvature: Vector<Scalar>?
}

extension Definiteness: CustomStringConvertible {
  /// The kind in words and the inertia.
  public var description: String {
    let words =
      switch kind {
      case .positiveDefinite: "positive definite"
      case .positiveSemidefinite: "positive semidefinite"
      case .negativeDefinite: "negative definite"
      case .negativeSemidefinite: "negative semidefinite"
      case .indefinite: "indefinite"
      }
    return "\(words) (\(inertia))"
  }
}

extension Matrix {
  /// Tells whether this symmetric matrix, given by its lower triangle, is
  /// definite.
  ///
  /// One Cholesky factorization answers for a positive definite matrix. Where it
  /// fails, or a pivot is within the tolerance of zero, an ``LDLT`` factorization
  /// does by its inertia.
  ///
  /// - Parameter tolerance: Pivots of at most this times the largest count as zero;
  ///   n ε unless given.
  /// - Precondition: the matrix is square.
  /// - Throws: `.notFinite` with the first such element.
  /// - Complexity: n³/3 flops for a positive definite matrix, else up to 2n³/3.
  public func definiteness(
    tolerance: Scalar? = nil
  ) throws(FactorizationError) -> Definiteness<Scalar> {
    checkSquare("definiteness")
    let n = rows
    let tolerance = tolerance ?? Scalar(n) * .ulpOfOne
    var failedPivot: Int?
    do {
      let factor = try Cholesky(self).factor
      let pivots = (0..<n).map { factor[$0, $0] * factor[$0, $0] }
      let largest = pivots.max() ?? 0
      if pivots.allSatisfy({ $0 > tolerance * largest }) {
        return Definiteness(
          kind: .positiveDefinite,
          inertia: Inertia(positive: n, negative: 0, zero: 0))
      }
    } catch .notPositiveDefinite(let pivot) {
      failedPivot = pivot
    } catch {
      throw error
    }
    let ldlt = try LDLT(self)
    let inertia = ldlt.inertia(tolerance: tolerance)
    return Definiteness(
      kind: Definiteness.Kind(inertia), inertia: inertia,
      failedPivot: failedPivot,
      negativeCurvature: inertia.negative > 0
        ? ldlt.negativeCurvatureDirection() : nil)
  }
}

extension Definiteness.Kind {
  /// The kind that the signs of the eigenvalues say.
  public init(_ inertia: Inertia) {
    self =
      if inertia.isPositiveDefinite {
        .positiveDefinite
      } else if inertia.isPositiveSemidefinite {
        .positiveSemidefinite
      } else if inertia.isNegativeDefinite {
        .negativeDefinite
      } else if inertia.isNegativeSemidefinite {
        .negativeSemidefinite
      } else {
        .indefinite
      }
  }
}
