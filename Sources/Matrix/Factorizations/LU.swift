public import RealModule

/// The LU factorization P A = L U of a square matrix, with partial pivoting.
///
/// L is unit lower triangular with elements of magnitude at most 1, U is upper
/// triangular, and P permutes rows.
///
///     let lu = try LU(a)
///     let x = lu.solve(b)
///
/// A value that owns its storage, which ``factorize(_:)`` uses again for the next
/// matrix of the same order.
///
/// Source: Golub & Van Loan, Matrix Computations, 4th ed., section 3.4.
public struct LU<Scalar: BLASScalar>: Sendable {
  /// U in the upper triangle, L without its unit diagonal below it.
  @usableFromInline
  var factors: Matrix<Scalar>
  /// Step k exchanged rows k and `pivots[k] - 1`.
  @usableFromInline
  var pivots: [Int32]
  /// ‖A‖₁.
  @usableFromInline
  var norm: Scalar

  /// Storage for matrices of order n, holding the factors of the identity.
  ///
  /// - Complexity: two allocations.
  @inlinable
  public init(order n: Int) {
    factors = .identity(n)
    pivots = (0..<n).map { Int32($0 + 1) }
    norm = 1
  }

  /// Factorizes A.
  ///
  /// - Precondition: A is square.
  /// - Throws: `.singular` with the first column that has no nonzero pivot,
  ///   `.notFinite` with the first such element.
  /// - Complexity: 2n³/3 flops, two allocations.
  @inlinable
  public init(_ a: Matrix<Scalar>) throws(FactorizationError) {
    a.checkSquare("LU")
    self.init(order: a.rows)
    try factorize(a)
  }

  /// Factorizes A into the same storage.
  ///
  /// A matrix that is singular in exact arithmetic mostly is not after rounding:
  /// ``reciprocalCondition`` tells. After a throw the value holds no
  /// factorization until the next call.
  ///
  /// - Precondition: A has this value's order.
  /// - Throws: `.singular` with the first column that has no nonzero pivot, or
  ///   only one so small, below 2⁻¹⁰²² in `Double`, that its reciprocal
  ///   overflows; `.notFinite` with the first such element, of A or, when the
  ///   elimination overflowed, of U.
  /// - Complexity: 2n³/3 flops, no allocation.
  @inlinable
  public mutating func factorize(
    _ a: Matrix<Scalar>
  ) throws(FactorizationError) {
    let n = order
    precondition(
      a.rows == n && a.columns == n,
      "a \(a.rows)×\(a.columns) matrix for a factorization of order \(n)")
    guard n > 0 else { return }
    var norm: Scalar = 0
    let info = a.read { a in
      factors.write { f in
        norm = Scalar._copyGeneral(n, n, a, f)
        // Not blocks of our own, as for Cholesky: recursion over gemm and trsm
        // (Toledo 1997) with a vectorised panel of 8, 16 or 32 columns takes
        // 1.00 to 1.07 of dgetrf's time up to n = 500 and 0.97 at 2000.
        return pivots.withUnsafeMutableBufferPointer {
          Scalar._getrf(n, n, f, n, $0.baseAddress!)
        }
      }
    }
    self.norm = norm
    if !norm.isFinite {
      try a.checkFinite()
      // All elements are finite, their sum is not.
      self.norm = .infinity
    }
    guard info == 0 else { throw .singular(pivot: info - 1) }
    // An overflow makes elements of U infinite and the later pivots infinite or
    // NaN; so does a pivot whose reciprocal overflows, which is singular.
    for i in 0..<n where !factors[i, i].isFinite {
      if i > 0 && factors[i - 1, i - 1].isSubnormal {
        throw .singular(pivot: i - 1)
      }
      throw .notFinite(row: i, column: i)
    }
  }

  /// The order n of the matrix.
  @inlinable
  public var order: Int { factors.rows }
}

extension LU {
  /// The unit lower triangular L, as a copy.
  public var lower: Matrix<Scalar> {
    Matrix(rows: order, columns: order) { i, j in
      i > j ? factors[i, j] : i == j ? 1 : 0
    }
  }

  /// The upper triangular U, as a copy.
  public var upper: Matrix<Scalar> {
    Matrix(rows: order, columns: order) { i, j in i <= j ? factors[i, j] : 0 }
  }

  /// P as the order of rows: row i of P A is row `permutation[i]` of A.
  public var permutation: [Int] { Matrix::permutation(exchanges: pivots) }

  /// det A as its sign (−1, 0 or 1) and ln |det A|, which neither overflows nor
  /// underflows.
  @inlinable
  public var logDeterminant: (sign: Scalar, logMagnitude: Scalar) {
    var (sign, sum): (Scalar, Scalar) = (1, 0)
    for i in 0..<order {
      let u = factors[i, i]
      if (u < 0) != (pivots[i] != Int32(i + 1)) { sign = -sign }
      sum += Scalar.log(u.magnitude)
    }
    return (sign, sum)
  }

  /// det A = ± Π Uᵢᵢ, infinite or 0 where that leaves the range of the numbers.
  @inlinable
  public var determinant: Scalar {
    var product: Scalar = 1
    for i in 0..<order {
      product *= pivots[i] == Int32(i + 1) ? factors[i, i] : -factors[i, i]
    }
    return product
  }

  /// An estimate of 1 / (‖A‖₁ ‖A⁻¹‖₁): about 1 at best, about the rounding unit
  /// when a solution has no correct digit.
  ///
  /// Never too small except for rounding, and rarely more than 3 times too
  /// large (Higham 1988).
  ///
  /// - Complexity: O(n²), two allocations.
  @inlinable
  public var reciprocalCondition: Scalar {
    estimateReciprocalCondition(order: order, norm: norm) { x, transposed in
      solve(inPlace: &x, transposed: transposed)
    }
  }

  /// A⁻¹.
  ///
  /// Solving with the factorization is cheaper and more accurate than
  /// multiplying by an inverse; this is for when its elements are wanted.
  ///
  /// - Complexity: 4n³/3 flops, two allocations.
  @inlinable
  public func inverse() -> Matrix<Scalar> {
    var result = factors
    let n = order
    guard n > 0 else { return result }
    // 64 columns at a time is LAPACK's own block.
    let count = 64 * n
    result.write { a in
      pivots.withUnsafeBufferPointer { pivots in
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: count) {
          _ = Scalar._getri(
            n, a, n, pivots.baseAddress!, $0.baseAddress!, count)
        }
      }
    }
    return result
  }
}

extension LU: Equatable {}

/// The order that a sequence of exchanges, counted from 1, brings 0..<n into.
func permutation(exchanges: [Int32]) -> [Int] {
  var order = Array(0..<exchanges.count)
  for (k, p) in exchanges.enumerated() { order.swapAt(k, Int(p) - 1) }
  return order
}
