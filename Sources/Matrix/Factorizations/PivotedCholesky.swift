internal import RealModule

/// The Cholesky factorization P A Pᵀ = L Lᵀ of a symmetric positive semidefinite
/// matrix, with complete pivoting.
///
/// The largest remaining diagonal element is taken next, until none exceeds the
/// tolerance: L is n×r lower trapezoidal, with r the rank to that tolerance. Of a
/// matrix that is not semidefinite it factorizes a leading part;
/// ``Matrix/definiteness(tolerance:)`` tells.
///
/// Source: Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed.,
/// section 10.3; the blocked algorithm is LAPACK's (Hammarling, Higham & Lucas,
/// LAPACK-style codes for pivoted Cholesky and QR updating, 2007).
public struct PivotedCholesky<Scalar: BLASScalar>: Sendable {
  /// The number r of columns of L.
  public private(set) var rank: Int
  private var triangle: Matrix<Scalar>
  private var exchanges: [Int32]
  private var work: [Scalar]

  /// Storage for matrices of order n, holding the factor of the identity.
  ///
  /// - Complexity: three allocations.
  public init(order n: Int) {
    triangle = .identity(n)
    exchanges = (0..<n).map { Int32($0 + 1) }
    work = Array(repeating: 0, count: 2 * n)
    rank = n
  }

  /// Factorizes A.
  ///
  /// - Parameters:
  ///   - a: the symmetric matrix A.
  ///   - tolerance: the pivot, relative to the largest diagonal element, at which
  ///     the rest counts as zero; n ε unless given.
  /// - Precondition: A is square.
  /// - Throws: `.notFinite` with the first such element.
  /// - Complexity: n r² flops about, three allocations.
  public init(
    _ a: Matrix<Scalar>, tolerance: Scalar? = nil
  ) throws(FactorizationError) {
    a.checkSquare("PivotedCholesky")
    self.init(order: a.rows)
    try factorize(a, tolerance: tolerance)
  }

  /// Factorizes A into the same storage, reading its lower triangle.
  ///
  /// After a throw the value holds no factorization until the next call.
  ///
  /// - Precondition: A has this value's order.
  /// - Throws: `.notFinite` with the first such element.
  /// - Complexity: n r² flops about, no allocation.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func factorize(
    _ a: Matrix<Scalar>, tolerance: Scalar? = nil
  ) throws(FactorizationError) {
    let n = order
    precondition(
      a.rows == n && a.columns == n,
      "a \(a.rows)×\(a.columns) matrix for a factorization of order \(n)")
    guard n > 0 else { return }
    var norm: Scalar = 0
    var scale: Scalar = 0
    var rank: Int32 = 0
    a.read { a in
      triangle.write { l in
        work.withUnsafeMutableBufferPointer { work in
          norm = Scalar._copySymmetric(n, a, 0, l, work.baseAddress!)
          for i in 0..<n { scale = Swift.max(scale, l[i * (n + 1)].magnitude) }
          let threshold = (tolerance ?? Scalar(n) * .ulpOfOne) * scale
          // LAPACK takes a negative tolerance for its default.
          _ = exchanges.withUnsafeMutableBufferPointer {
            Scalar._pstrf(
              n, l, n, $0.baseAddress!, &rank, Swift.max(threshold, 0),
              work.baseAddress!)
          }
        }
        // What stands behind column r is the part that was not factorized.
        for j in Int(rank)..<Swift.max(n, Int(rank)) {
          (l + (j + j * n)).update(repeating: 0, count: n - j)
        }
      }
    }
    if !norm.isFinite { try a.checkFinite(lowerTriangle: true) }
    self.rank = Int(rank)
    exchanges.replacePermutationByExchanges()
  }

  /// The order n of the matrix.
  public var order: Int { triangle.rows }

  /// The n×r lower trapezoidal L, as a copy.
  public var factor: Matrix<Scalar> { triangle[0..<order, 0..<rank] }

  /// P as the order of rows: row i of P A is row `permutation[i]` of A.
  public var permutation: [Int] { Matrix::permutation(exchanges: exchanges) }
}

extension PivotedCholesky {
  /// x ← a solution of A x = b in place, given b in x.
  ///
  /// For r < n the basic solution: elements of x beyond the first r pivots are 0.
  /// It solves the system when that is consistent.
  ///
  /// - Precondition: x has as many elements as A has rows.
  /// - Complexity: 2r² flops, no allocation.
  public func solve(inPlace x: inout Vector<Scalar>) {
    let (n, r) = (order, rank)
    precondition(
      x.count == n,
      "a right-hand side of \(x.count) elements for a matrix of order \(n)")
    x.exchange(exchanges, reversed: false)
    triangle.read { l in
      x.write { x in
        if r > 0 {
          Scalar._trsv(.lower, false, false, r, l, n, x)
          Scalar._trsv(.lower, true, false, r, l, n, x)
        }
        (x + r).update(repeating: 0, count: n - r)
      }
    }
    x.exchange(exchanges, reversed: true)
  }

  /// B ← solutions of A X = B in place, as for a vector.
  ///
  /// - Precondition: B has as many rows as A.
  /// - Complexity: 2r² flops a column, no allocation.
  public func solve(inPlace b: inout Matrix<Scalar>) {
    let (n, r, columns) = (order, rank, b.columns)
    precondition(
      b.rows == n,
      "right-hand sides of \(b.rows) elements for a matrix of order \(n)")
    guard b.count > 0 else { return }
    b.exchangeRows(exchanges, reversed: false)
    triangle.read { l in
      b.write { b in
        if r > 0 {
          Scalar._trsm(.left, .lower, false, false, r, columns, 1, l, n, b, n)
          Scalar._trsm(.left, .lower, true, false, r, columns, 1, l, n, b, n)
        }
        for j in 0..<columns {
          (b + (j * n + r)).update(repeating: 0, count: n - r)
        }
      }
    }
    b.exchangeRows(exchanges, reversed: true)
  }

  /// A solution x of A x = b, the basic one for r < n.
  ///
  /// - Precondition: b has as many elements as A has rows.
  public func solve(_ b: Vector<Scalar>) -> Vector<Scalar> {
    var x = b
    solve(inPlace: &x)
    return x
  }

  /// A solution X of A X = B, the basic one for r < n.
  ///
  /// - Precondition: B has as many rows as A.
  public func solve(_ b: Matrix<Scalar>) -> Matrix<Scalar> {
    var x = b
    solve(inPlace: &x)
    return x
  }

  /// A x = Pᵀ L Lᵀ P x from the factors.
  ///
  /// - Precondition: x has as many elements as A has rows.
  /// - Complexity: 2n² flops, one allocation.
  public func multiply(_ x: Vector<Scalar>) -> Vector<Scalar> {
    var y = x
    y.exchange(exchanges, reversed: false)
    triangle.multiplyTriangular(.lower, transposed: true, &y)
    triangle.multiplyTriangular(.lower, &y)
    y.exchange(exchanges, reversed: true)
    return y
  }

  /// ln det A = 2 Σ ln Lᵢᵢ; −∞ for r < n.
  public var logDeterminant: Scalar {
    var sum: Scalar = 0
    for i in 0..<order { sum += Scalar.log(triangle[i, i]) }
    return 2 * sum
  }

  /// det A = Π Lᵢᵢ²; 0 for r < n.
  public var determinant: Scalar {
    var product: Scalar = 1
    for i in 0..<order { product *= triangle[i, i] * triangle[i, i] }
    return product
  }

  /// 1 / (‖L₁‖₁ ‖L₁⁻¹‖₁)², where L₁ is the leading r×r block of L, estimated: how
  /// well the part of A that was factorized determines a solution.
  ///
  /// - Complexity: O(n²), a few allocations.
  public var reciprocalCondition: Scalar {
    let leading = triangle[0..<rank, 0..<rank]
    let root = estimateReciprocalCondition(
      order: rank, norm: leading.norm1
    ) { x, transposed in
      leading.solveTriangular(.lower, transposed: transposed, &x)
    }
    return root * root
  }
}

extension PivotedCholesky: Equatable {
  /// Whether both hold the same factors.
  public static func == (a: PivotedCholesky, b: PivotedCholesky) -> Bool {
    a.rank == b.rank && a.triangle == b.triangle && a.exchanges == b.exchanges
  }
}

extension [Int32] {
  /// Replaces a permutation, counted from 1, by exchanges that make it one after
  /// the other, in place.
  mutating func replacePermutationByExchanges() {
    for k in indices {
      // Step k wants the element that began at this place; while the place is
      // behind k, the exchange made there moved the element on.
      var place = Int(self[k]) - 1
      while place < k { place = Int(self[place]) - 1 }
      self[k] = Int32(place + 1)
    }
  }
}
