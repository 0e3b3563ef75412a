public import RealModule

/// The Cholesky factorization A = L Lᵀ of a symmetric positive definite matrix.
///
/// Half the work of ``LU`` and no pivoting: the way to solve systems whose
/// matrix is positive definite, and the cheapest test of whether it is.
///
///     let cholesky = try Cholesky(a)
///     let x = cholesky.solve(b)
///
/// A value that owns its storage, which ``factorize(_:addingToDiagonal:)`` uses
/// again for the next matrix of the same order. Only the lower triangle of a
/// matrix is read.
///
/// Source: Golub & Van Loan, Matrix Computations, 4th ed., section 4.2.
public struct Cholesky<Scalar: BLASScalar>: Sendable {
  /// The lower triangular L, with zeros above its diagonal.
  @inlinable
  public var factor: Matrix<Scalar> { triangle }
  @usableFromInline
  var triangle: Matrix<Scalar>
  /// ‖A‖₁, or nil after an update.
  @usableFromInline
  var norm: Scalar?
  @usableFromInline
  var work: [Scalar]

  /// Storage for matrices of order n, holding the factor of the identity.
  ///
  /// - Complexity: two allocations.
  @inlinable
  public init(order n: Int) {
    triangle = .identity(n)
    norm = 1
    work = Array(repeating: 0, count: 2 * n)
  }

  /// Factorizes A.
  ///
  /// - Precondition: A is square.
  /// - Throws: `.notPositiveDefinite` with the first pivot that is not positive,
  ///   `.notFinite` with the first such element.
  /// - Complexity: n³/3 flops, two allocations.
  @inlinable
  public init(_ a: Matrix<Scalar>) throws(FactorizationError) {
    a.checkSquare("Cholesky")
    self.init(order: a.rows)
    try factorize(a)
  }

  /// Factorizes A + σ I into the same storage.
  ///
  /// After a throw the value holds no factorization until the next call.
  ///
  /// - Parameters:
  ///   - a: the symmetric matrix A.
  ///   - shift: σ, added to the diagonal on the way.
  /// - Precondition: A has this value's order.
  /// - Throws: `.notPositiveDefinite` with the first pivot that is not positive,
  ///   `.notFinite` with the first such element.
  /// - Complexity: n³/3 flops, no allocation.
  @inlinable
  public mutating func factorize(
    _ a: Matrix<Scalar>, addingToDiagonal shift: Scalar = 0
  ) throws(FactorizationError) {
    if let failure = attempt(a, addingToDiagonal: shift) { throw failure }
  }

  /// Factorizes A + σ I, and returns what ``factorize(_:addingToDiagonal:)``
  /// throws.
  ///
  /// For code that expects failures: an observer of errors, as a test library
  /// may install one, allocates for each that is thrown.
  @inlinable
  package mutating func attempt(
    _ a: Matrix<Scalar>, addingToDiagonal shift: Scalar = 0
  ) -> FactorizationError? {
    let n = order
    precondition(
      a.rows == n && a.columns == n,
      "a \(a.rows)×\(a.columns) matrix for a factorization of order \(n)")
    guard n > 0 else { return nil }
    var norm: Scalar = 0
    let info = a.read { a in
      triangle.write { l in
        norm = work.withUnsafeMutableBufferPointer {
          Scalar._copySymmetric(n, a, shift, l, $0.baseAddress!)
        }
        let info = Scalar._cholesky(n, l, n)
        // OpenBLAS lets a NaN pivot pass. It makes the column below it and so
        // every later pivot NaN: looking at the last one is enough.
        return info == 0 && !(l[n * n - 1] > 0) ? n : info
      }
    }
    self.norm = norm
    guard !norm.isFinite || info != 0 else { return nil }
    return explain(a, shift: shift, info: info)
  }

  /// The cause of a failure, looked for only now: in the common case nothing
  /// is scanned.
  @inlinable @inline(never)
  mutating func explain(
    _ a: Matrix<Scalar>, shift: Scalar, info: Int
  ) -> FactorizationError? {
    let n = order
    // The elements are finite, as a rule, so their sum was not, or a pivot failed:
    // one that LAPACK reports or a NaN before it, from a multiplier that overflowed.
    if !(norm?.isFinite ?? false) {
      do { try a.checkFinite(lowerTriangle: true) } catch { return error }
      guard shift.isFinite else { return .notFinite(row: 0, column: 0) }
    }
    norm = .infinity
    guard info > 0 else { return nil }
    return triangle.read { l in
      var k = 0
      while k < info - 1 && l[k + k * n].isFinite { k += 1 }
      return .notPositiveDefinite(pivot: k)
    }
  }

  /// The order n of the matrix.
  @inlinable
  public var order: Int { triangle.rows }
}

extension Cholesky {
  /// A as the product of its factors, both triangles.
  ///
  /// - Complexity: n³ flops, one allocation.
  @inlinable
  public var matrix: Matrix<Scalar> {
    var result = Matrix<Scalar>.zeros(order, order)
    result.symmetricRankUpdate(triangle, beta: 0)
    result.symmetrizeFromLower()
    return result
  }

  /// ln det A = 2 Σ ln Lᵢᵢ, which neither overflows nor underflows.
  @inlinable
  public var logDeterminant: Scalar {
    var sum: Scalar = 0
    for i in 0..<order { sum += Scalar.log(triangle[i, i]) }
    return 2 * sum
  }

  /// det A = Π Lᵢᵢ², infinite or 0 where that leaves the range of the numbers.
  @inlinable
  public var determinant: Scalar {
    var product: Scalar = 1
    for i in 0..<order { product *= triangle[i, i] * triangle[i, i] }
    return product
  }

  /// An estimate of 1 / (‖A‖₁ ‖A⁻¹‖₁): about 1 at best, about the rounding unit
  /// when a solution has no correct digit, 0 when A⁻¹ overflows.
  ///
  /// Never too small except for rounding, and rarely more than 3 times too
  /// large (Higham 1988).
  ///
  /// - Complexity: O(n²), two allocations; n³ flops after an update, which
  ///   leaves ‖A‖₁ to be found again.
  @inlinable
  public var reciprocalCondition: Scalar {
    estimateReciprocalCondition(
      order: order, norm: norm ?? matrix.symmetricNorm1
    ) { x, _ in solve(inPlace: &x) }
  }

  /// A⁻¹, both triangles.
  ///
  /// Solving with the factorization is cheaper and more accurate than
  /// multiplying by an inverse; this is for when its elements are wanted.
  ///
  /// - Complexity: 2n³/3 flops, one allocation.
  @inlinable
  public func inverse() -> Matrix<Scalar> {
    var result = triangle
    let n = order
    guard n > 0 else { return result }
    _ = result.write { Scalar._potri(n, $0, n) }
    result.symmetrizeFromLower()
    return result
  }
}

extension Cholesky: Equatable {
  /// Whether both hold the same factor.
  @inlinable
  public static func == (a: Cholesky, b: Cholesky) -> Bool {
    a.triangle == b.triangle && a.norm == b.norm
  }
}
