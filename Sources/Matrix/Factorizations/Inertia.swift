/// How many eigenvalues of a symmetric matrix are positive, negative and zero.
///
/// Sylvester's law: A and D = L⁻¹ P A Pᵀ L⁻ᵀ have the same inertia, so that an
/// ``LDLT`` factorization tells it in O(n).
public struct Inertia: Equatable, Hashable, Codable, Sendable {
  /// The number of positive eigenvalues.
  public var positive: Int
  /// The number of negative eigenvalues.
  public var negative: Int
  /// The number of eigenvalues that are zero to the tolerance asked for.
  public var zero: Int

  /// The given counts.
  public init(positive: Int, negative: Int, zero: Int) {
    self.positive = positive
    self.negative = negative
    self.zero = zero
  }

  /// Whether all eigenvalues are positive (true for order 0).
  public var isPositiveDefinite: Bool { negative == 0 && zero == 0 }

  /// Whether no eigenvalue is negative.
  public var isPositiveSemidefinite: Bool { negative == 0 }

  /// Whether all eigenvalues are negative (true for order 0).
  public var isNegativeDefinite: Bool { positive == 0 && zero == 0 }

  /// Whether no eigenvalue is positive.
  public var isNegativeSemidefinite: Bool { positive == 0 }

  /// Whether there are eigenvalues of both signs.
  public var isIndefinite: Bool { positive > 0 && negative > 0 }
}

extension Inertia: CustomStringConvertible {
  /// The three counts.
  public var description: String {
    "\(positive) positive, \(negative) negative, \(zero) zero"
  }
}
