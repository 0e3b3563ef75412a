internal import RealModule

/// The factorization A Π = Q R of an m×n matrix with column pivoting.
///
/// Q has orthonormal columns, R is upper triangular with |Rᵢᵢ| decreasing, and Π
/// permutes columns: it tells the ``rank`` and solves least-squares problems
/// without forming AᵀA, which would square the condition number.
///
///     let x = try QR(a).solve(b)      // minimises ‖A x − b‖₂
///
/// A value that owns its storage, which ``factorize(_:)`` uses again for the next
/// matrix of the same shape.
///
/// Source: Golub & Van Loan, Matrix Computations, 4th ed., section 5.4.2; Quintana
/// Ortí, Sun & Bischof, A BLAS-3 version of the QR factorization with column
/// pivoting, SIAM J. Sci. Comput. 19, 1998 (LAPACK's `geqp3`).
public struct QR<Scalar: BLASScalar>: Sendable {
  /// R in the upper triangle, the Householder vectors below it.
  var factors: Matrix<Scalar>
  /// The factors τ of the reflectors I − τ v vᵀ.
  var tau: [Scalar]
  /// Step k exchanged columns k and `exchanges[k] - 1`.
  var exchanges: [Int32]
  private var work: [Scalar]

  /// Storage for m×n matrices, holding the factors of ones on the diagonal.
  ///
  /// - Complexity: four allocations, of mn + O(64n) numbers.
  public init(rows m: Int, columns n: Int) {
    factors = .zeros(m, n)
    for i in 0..<Swift.min(m, n) { factors[i, i] = 1 }
    tau = Array(repeating: 0, count: Swift.min(m, n))
    exchanges = (0..<n).map { Int32($0 + 1) }
    // 2n + (n + 1) nb with LAPACK's block of 64, but at least its minimum.
    work = Array(repeating: 0, count: 2 * n + (n + 1) * 64)
  }

  /// Factorizes A.
  ///
  /// - Throws: `.notFinite` with the first such element.
  /// - Complexity: 2mn² − 2n³/3 flops for m ≥ n, four allocations.
  public init(_ a: Matrix<Scalar>) throws(FactorizationError) {
    self.init(rows: a.rows, columns: a.columns)
    try factorize(a)
  }

  /// Factorizes A into the same storage.
  ///
  /// After a throw the value holds no factorization until the next call.
  ///
  /// - Precondition: A has this value's shape.
  /// - Throws: `.notFinite` with the first such element, of A or, when the
  ///   elimination overflowed, of R.
  /// - Complexity: 2mn² − 2n³/3 flops for m ≥ n, no allocation.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func factorize(
    _ a: Matrix<Scalar>
  ) throws(FactorizationError) {
    let (m, n) = (rows, columns)
    precondition(
      a.rows == m && a.columns == n,
      "a \(a.rows)×\(a.columns) matrix for a factorization of \(m)×\(n)")
    guard m > 0 && n > 0 else { return }
    var norm: Scalar = 0
    a.read { a in
      factors.write { f in
        norm = Scalar._copyGeneral(m, n, a, f)
        exchanges.withUnsafeMutableBufferPointer { exchanges in
          // 0: no column is held at the front.
          exchanges.update(repeating: 0)
          tau.withUnsafeMutableBufferPointer { tau in
            work.withUnsafeMutableBufferPointer { work in
              _ = Scalar._geqp3(
                m, n, f, m, exchanges.baseAddress!, tau.baseAddress!,
                work.baseAddress!, work.count)
            }
          }
        }
      }
    }
    if !norm.isFinite { try a.checkFinite() }
    exchanges.replacePermutationByExchanges()
    for i in 0..<Swift.min(m, n) where !factors[i, i].isFinite {
      throw .notFinite(row: i, column: i)
    }
  }

  /// The number m of rows.
  public var rows: Int { factors.rows }

  /// The number n of columns.
  public var columns: Int { factors.columns }
}

extension QR {
  /// Q with its first min(m, n) columns, as a copy.
  ///
  /// - Complexity: 4mn² flops about, two allocations.
  public var q: Matrix<Scalar> {
    let (m, k) = (rows, tau.count)
    var result = factors[0..<m, 0..<k]
    guard m > 0 && k > 0 else { return result }
    var work = [Scalar](repeating: 0, count: 64 * k)
    _ = result.write { Scalar._orgqr(m, k, k, $0, m, tau, &work, work.count) }
    return result
  }

  /// The min(m, n)×n upper triangular R, as a copy.
  public var r: Matrix<Scalar> {
    Matrix(rows: tau.count, columns: columns) { $0 <= $1 ? factors[$0, $1] : 0 }
  }

  /// Π as the order of columns: column j of A Π is column `permutation[j]` of A.
  public var permutation: [Int] { Matrix::permutation(exchanges: exchanges) }

  /// The number of |Rᵢᵢ| above max(m, n) ε |R₀₀|.
  public var rank: Int {
    rank(tolerance: Scalar(Swift.max(rows, columns)) * .ulpOfOne)
  }

  /// The number of |Rᵢᵢ| above `tolerance` |R₀₀|.
  public func rank(tolerance: Scalar) -> Int {
    guard let first = (tau.isEmpty ? nil : factors[0, 0].magnitude) else {
      return 0
    }
    var rank = 0
    while rank < tau.count
      && factors[rank, rank].magnitude > tolerance * first
    {
      rank += 1
    }
    return rank
  }

  /// det A as its sign (−1, 0 or 1) and ln |det A|.
  ///
  /// - Precondition: A is square.
  public var logDeterminant: (sign: Scalar, logMagnitude: Scalar) {
    factors.checkSquare("logDeterminant")
    var (sign, sum): (Scalar, Scalar) = (1, 0)
    for i in 0..<columns {
      let r = factors[i, i]
      // A reflector that is not the identity has determinant −1.
      if (r < 0) != (tau[i] != 0) { sign = -sign }
      if exchanges[i] != Int32(i + 1) { sign = -sign }
      if r == 0 { sign = 0 }
      sum += Scalar.log(r.magnitude)
    }
    return (sign, sum)
  }

  /// det A, infinite or 0 where that leaves the range of the numbers.
  ///
  /// - Precondition: A is square.
  public var determinant: Scalar {
    let (sign, logMagnitude) = logDeterminant
    return sign == 0 ? 0 : sign * Scalar.exp(logMagnitude)
  }

  /// 1 / (‖R‖₁ ‖R⁻¹‖₁) of the leading min(m, n) columns of R, estimated.
  ///
  /// In the 2-norm R has the condition of A Π; in the 1-norm the two differ by a
  /// factor of min(m, n) at most. 0 when R is singular.
  ///
  /// - Complexity: O(n²), a few allocations.
  public var reciprocalCondition: Scalar {
    let k = tau.count
    let r = self.r[0..<k, 0..<k]
    return estimateReciprocalCondition(
      order: k, norm: r.norm1
    ) { x, transposed in
      r.solveTriangular(.upper, transposed: transposed, &x)
    }
  }

  /// A⁻¹, infinite or NaN when A is exactly singular.
  ///
  /// - Precondition: A is square.
  /// - Complexity: 3n³ flops about.
  public func inverse() -> Matrix<Scalar> {
    factors.checkSquare("inverse")
    return solve(.identity(rows), rank: columns)
  }
}

extension QR: Equatable {
  /// Whether both hold the same factors.
  public static func == (a: QR, b: QR) -> Bool {
    a.factors == b.factors && a.tau == b.tau && a.exchanges == b.exchanges
  }
}
