public import RealModule

/// The factorization P A Pᵀ = L D Lᵀ of a symmetric matrix, definite or not.
///
/// L is unit lower triangular, D block diagonal with blocks of order 1 and 2
/// (Bunch-Kaufman pivoting), P a permutation. It exists for every symmetric
/// matrix, singular ones included, costs what a Cholesky factorization does, and
/// the signs of D's eigenvalues are those of A's: ``inertia``.
///
///     let ldlt = try LDLT(hessian)
///     if let d = ldlt.negativeCurvatureDirection() { … }   // dᵀ A d < 0
///
/// A value that owns its storage, which ``factorize(_:)`` uses again for the next
/// matrix of the same order. Only the lower triangle of a matrix is read.
///
/// Source: Bunch & Kaufman, Some stable methods for calculating inertia and
/// solving symmetric linear systems, Math. Comp. 31, 1977.
public struct LDLT<Scalar: BLASScalar>: Sendable {
  /// The unit lower triangular L, with zeros above its diagonal.
  @inlinable
  public var factor: Matrix<Scalar> { triangle }
  @usableFromInline
  var triangle: Matrix<Scalar>
  /// The diagonal of D.
  @usableFromInline
  var diagonal: [Scalar]
  /// Element (k + 1, k) of D: not 0 exactly where a block of order 2 begins.
  @usableFromInline
  var subdiagonal: [Scalar]
  /// Step k exchanged rows and columns k and `exchanges[k] - 1`.
  @usableFromInline
  var exchanges: [Int32]
  /// ‖A‖₁, or nil after ``makePositiveDefinite(smallest:)``.
  @usableFromInline
  var norm: Scalar?
  @usableFromInline
  var work: [Scalar]

  /// Storage for matrices of order n, holding the factors of the identity.
  ///
  /// - Complexity: five allocations, of n² + O(n) numbers.
  @inlinable
  public init(order n: Int) {
    triangle = .identity(n)
    diagonal = Array(repeating: 1, count: n)
    subdiagonal = Array(repeating: 0, count: n)
    exchanges = (0..<n).map { Int32($0 + 1) }
    norm = 1
    // LAPACK eliminates as many columns at a time as n fits into this. Its own
    // choice, 64, spends the time of small matrices in products of a matrix with
    // a vector: 16 is 27 % faster at n = 100 and 200, 15 % at 1000, and 64 is 27 %
    // faster at 2000 (one thread, OpenBLAS 0.3.21).
    work = Array(repeating: 0, count: (n < 1500 ? 16 : 64) * n)
  }

  /// Factorizes A.
  ///
  /// - Precondition: A is square.
  /// - Throws: `.notFinite` with the first such element.
  /// - Complexity: n³/3 flops, five allocations.
  @inlinable
  public init(_ a: Matrix<Scalar>) throws(FactorizationError) {
    a.checkSquare("LDLT")
    self.init(order: a.rows)
    try factorize(a)
  }

  /// Factorizes A into the same storage.
  ///
  /// A singular matrix is no failure: ``inertia`` and ``isSingular`` tell. After a
  /// throw the value holds no factorization until the next call.
  ///
  /// - Precondition: A has this value's order.
  /// - Throws: `.notFinite` with the first such element, of A or, when the
  ///   elimination overflowed, of D; it also does where a pivot is so small,
  ///   below 2⁻¹⁰²² in `Double`, that its reciprocal overflows.
  /// - Complexity: n³/3 flops, no allocation.
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
    let workCount = work.count
    a.read { a in
      triangle.write { l in
        work.withUnsafeMutableBufferPointer { work in
          let work = work.baseAddress!
          norm = Scalar._copySymmetric(n, a, 0, l, work)
          exchanges.withUnsafeMutableBufferPointer {
            // Its info tells of a zero pivot only.
            _ = Scalar._sytrf(n, l, n, $0.baseAddress!, work, workCount)
          }
        }
      }
    }
    self.norm = norm
    if !norm.isFinite {
      try a.checkFinite(lowerTriangle: true)
      // All elements are finite, their sum is not.
      self.norm = .infinity
    }
    separate()
    for k in 0..<n where !(diagonal[k] + subdiagonal[k]).isFinite {
      throw .notFinite(row: k, column: k)
    }
  }

  /// Takes LAPACK's result apart into L, D and P.
  ///
  /// LAPACK stores L as a product of elementary matrices with the exchanges
  /// between them and D on its diagonal. Carrying the exchanges through to the
  /// earlier columns, O(n²), leaves a triangle that the triangular kernels take
  /// as it is, for one right-hand side or many.
  @inlinable
  mutating func separate() {
    let n = order
    // Through pointers: at n = 10 the checks of three arrays cost as much as the
    // work.
    triangle.write { l in
      diagonal.withUnsafeMutableBufferPointer { diagonal in
        subdiagonal.withUnsafeMutableBufferPointer { subdiagonal in
          exchanges.withUnsafeMutableBufferPointer { exchanges in
            let below = subdiagonal.baseAddress!
            let exchanges = exchanges.baseAddress!
            Self.takeBlocks(n, l, diagonal.baseAddress!, below, exchanges)
            Self.carryExchanges(n, l, below, exchanges)
          }
        }
      }
    }
  }

  /// Moves D out of the triangle, and has a block of order 2 exchange its second
  /// row only.
  @inlinable
  static func takeBlocks(
    _ n: Int, _ l: UnsafeMutablePointer<Scalar>,
    _ diagonal: UnsafeMutablePointer<Scalar>,
    _ subdiagonal: UnsafeMutablePointer<Scalar>,
    _ exchanges: UnsafeMutablePointer<Int32>
  ) {
    var k = 0
    while k < n {
      let column = l + k * n
      diagonal[k] = column[k]
      column[k] = 1
      subdiagonal[k] = 0
      if exchanges[k] > 0 {
        k += 1
        continue
      }
      diagonal[k + 1] = column[k + 1 + n]
      subdiagonal[k] = column[k + 1]
      subdiagonal[k + 1] = 0
      column[k + 1] = 0
      column[k + 1 + n] = 1
      exchanges[k + 1] = -exchanges[k + 1]
      exchanges[k] = Int32(k + 1)
      k += 2
    }
  }

  /// Exchanges the rows of each column as the later steps did.
  @inlinable
  static func carryExchanges(
    _ n: Int, _ l: UnsafeMutablePointer<Scalar>,
    _ subdiagonal: UnsafeMutablePointer<Scalar>,
    _ exchanges: UnsafeMutablePointer<Int32>
  ) {
    var last = n - 1
    while last > 0 && exchanges[last] == Int32(last + 1) { last -= 1 }
    // Column by column, so that memory is read in its order; and four of them
    // together, for each is a chain of loads that wait for stores.
    var k = 0
    while k < last {
      let columns = Swift.min(4, last - k)
      let common = Swift.min(k + columns + 1, last + 1)
      for c in k..<k + columns {
        let first = subdiagonal[c] == 0 ? c + 1 : c + 2
        for j in Swift.min(first, common)..<common {
          (l + c * n).exchange(j, Int(exchanges[j]) &- 1)
        }
      }
      let column = l + k * n
      if columns == 4 {
        for j in common..<last + 1 {
          let p = Int(exchanges[j]) &- 1
          column.exchange(j, p)
          (column + n).exchange(j, p)
          (column + 2 * n).exchange(j, p)
          (column + 3 * n).exchange(j, p)
        }
      } else {
        for j in common..<last + 1 {
          for c in 0..<columns {
            (column + c * n).exchange(j, Int(exchanges[j]) &- 1)
          }
        }
      }
      k += columns
    }
  }

  /// The order n of the matrix.
  @inlinable
  public var order: Int { triangle.rows }
}

extension LDLT {
  /// P as the order of rows: row i of P A is row `permutation[i]` of A.
  public var permutation: [Int] { Matrix::permutation(exchanges: exchanges) }

  /// The block diagonal D, as a copy.
  public var blockDiagonal: Matrix<Scalar> {
    Matrix(rows: order, columns: order) { i, j in
      if i == j { return diagonal[i] }
      return abs(i - j) == 1 ? subdiagonal[Swift.min(i, j)] : 0
    }
  }

  /// A as the product of its factors, both triangles.
  ///
  /// - Complexity: 2n³ flops, three allocations.
  public var matrix: Matrix<Scalar> {
    let n = order
    var product = blockDiagonal
    triangle.multiplyTriangular(.lower, &product)
    triangle.multiplyTriangular(.lower, transposed: true, on: .right, &product)
    product.exchangeRows(exchanges, reversed: true)
    var result = product.transposed
    result.exchangeRows(exchanges, reversed: true)
    // Rounding may leave the triangles unequal.
    if n > 0 { result.symmetrizeFromLower() }
    return result
  }

  /// det A as its sign (−1, 0 or 1) and ln |det A|, which neither overflows nor
  /// underflows.
  @inlinable
  public var logDeterminant: (sign: Scalar, logMagnitude: Scalar) {
    var (sign, sum): (Scalar, Scalar) = (1, 0)
    forEachBlockEigenvalue { eigenvalue, _ in
      if eigenvalue < 0 { sign = -sign }
      if eigenvalue == 0 { sign = 0 }
      sum += Scalar.log(eigenvalue.magnitude)
    }
    return (sign, sum)
  }

  /// det A = det D, infinite or 0 where that leaves the range of the numbers.
  @inlinable
  public var determinant: Scalar {
    var product: Scalar = 1
    forEachBlockEigenvalue { eigenvalue, _ in product *= eigenvalue }
    return product
  }

  /// An estimate of 1 / (‖A‖₁ ‖A⁻¹‖₁): about 1 at best, about the rounding unit
  /// when a solution has no correct digit, 0 when A is singular.
  ///
  /// Never too small except for rounding, and rarely more than 3 times too
  /// large (Higham 1988).
  ///
  /// - Complexity: O(n²), two allocations; 2n³ flops after
  ///   ``makePositiveDefinite(smallest:)``, which leaves ‖A‖₁ to be found again.
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
  /// - Complexity: 2n³ flops, one allocation.
  @inlinable
  public func inverse() -> Matrix<Scalar> {
    var result = Matrix<Scalar>.identity(order)
    solve(inPlace: &result)
    result.symmetrizeFromLower()
    return result
  }
}

extension LDLT: Equatable {
  /// Whether both hold the same factors.
  @inlinable
  public static func == (a: LDLT, b: LDLT) -> Bool {
    a.triangle == b.triangle && a.diagonal == b.diagonal
      && a.subdiagonal == b.subdiagonal && a.exchanges == b.exchanges
      && a.norm == b.norm
  }
}

extension UnsafeMutablePointer {
  /// Exchanges the elements at i and j.
  @inlinable @inline(__always)
  func exchange(_ i: Int, _ j: Int) {
    let element = self[i]
    self[i] = self[j]
    self[j] = element
  }
}
