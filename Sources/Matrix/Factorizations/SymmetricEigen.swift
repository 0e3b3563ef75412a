internal import RealModule

/// The eigenvalues and eigenvectors of a symmetric matrix, A = V Λ Vᵀ.
///
/// A value that owns its storage, which ``factorize(_:)`` uses again for the next
/// matrix of the same order. Only the lower triangle of a matrix is read.
///
/// Source: Gu & Eisenstat, A divide-and-conquer algorithm for the symmetric
/// tridiagonal eigenproblem, SIAM J. Matrix Anal. Appl. 16, 1995 (LAPACK's
/// `syevd`).
public struct SymmetricEigen<Scalar: BLASScalar>: Sendable {
  /// The eigenvalues, in increasing order.
  public private(set) var eigenvalues: Vector<Scalar>
  /// V, whose column j is a unit eigenvector of eigenvalue j.
  ///
  /// When only the eigenvalues are computed, what LAPACK left.
  private var v: Matrix<Scalar>
  /// Whether the eigenvectors are computed.
  public let hasVectors: Bool
  private var work: [Scalar]
  private var integers: [Int32]

  /// Storage for matrices of order n, holding the decomposition of the identity.
  ///
  /// - Complexity: four allocations; with eigenvectors of 3n² numbers.
  public init(order n: Int, vectors: Bool = true) {
    eigenvalues = Vector(repeating: 1, count: n)
    v = .identity(n)
    hasVectors = vectors
    // LAPACK's minimum and the room to reduce 64 columns at a time.
    let least = vectors ? 1 + 6 * n + 2 * n * n : 2 * n + 1
    work = Array(repeating: 0, count: Swift.max(least, 66 * n))
    integers = Array(repeating: 0, count: vectors ? 3 + 5 * n : 1)
  }

  /// Decomposes A.
  ///
  /// - Parameters:
  ///   - a: the symmetric matrix A.
  ///   - vectors: whether eigenvectors are wanted as well.
  /// - Precondition: A is square.
  /// - Throws: `.notFinite` with the first such element; `.notConverged`, which
  ///   finite input is not known to cause.
  /// - Complexity: 4n³/3 flops for the eigenvalues, 4n³ to 9n³ with eigenvectors.
  public init(
    _ a: Matrix<Scalar>, vectors: Bool = true
  ) throws(FactorizationError) {
    a.checkSquare("SymmetricEigen")
    self.init(order: a.rows, vectors: vectors)
    try factorize(a)
  }

  /// Decomposes A into the same storage.
  ///
  /// After a throw the value holds no decomposition until the next call.
  ///
  /// - Precondition: A has this value's order.
  /// - Throws: `.notFinite` with the first such element; `.notConverged`.
  /// - Complexity: 4n³/3 flops for the eigenvalues, 4n³ to 9n³ with eigenvectors;
  ///   no allocation (but OpenBLAS 0.3.21 makes some for the small products that
  ///   yield eigenvectors).
  public mutating func factorize(
    _ a: Matrix<Scalar>
  ) throws(FactorizationError) {
    let (n, vectors) = (order, hasVectors)
    precondition(
      a.rows == n && a.columns == n,
      "a \(a.rows)×\(a.columns) matrix for a decomposition of order \(n)")
    guard n > 0 else { return }
    let norm = a.read { a in
      v.write { v in
        eigenvalues.write { Scalar._copySymmetric(n, a, 0, v, $0) }
      }
    }
    if !norm.isFinite { try a.checkFinite(lowerTriangle: true) }
    let info = v.write { v in
      eigenvalues.write { w in
        work.withUnsafeMutableBufferPointer { work in
          integers.withUnsafeMutableBufferPointer { integers in
            Scalar._syevd(
              vectors, n, v, n, w, work.baseAddress!, work.count,
              integers.baseAddress!, integers.count)
          }
        }
      }
    }
    guard info == 0 else { throw .notConverged }
  }

  /// The order n of the matrix.
  public var order: Int { v.rows }

  /// V, whose column j is a unit eigenvector of eigenvalue j.
  ///
  /// - Precondition: the eigenvectors were computed.
  public var eigenvectors: Matrix<Scalar> {
    precondition(hasVectors, "the eigenvectors were not computed")
    return v
  }
}

extension SymmetricEigen {
  /// f(A) = V f(Λ) Vᵀ, both triangles.
  ///
  /// `eigen.map { Double.sqrt($0) }` is the square root of a positive semidefinite
  /// matrix.
  ///
  /// - Precondition: the eigenvectors were computed.
  /// - Complexity: 2n³ flops, two allocations.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func map(_ f: (Scalar) -> Scalar) -> Matrix<Scalar> {
    let v = eigenvectors
    let scaled = Matrix(rows: order, columns: order) { i, j in
      v[j, i] * f(eigenvalues[i])
    }
    var result = v * scaled
    // Rounding may leave the triangles unequal.
    result.symmetrizeFromLower()
    return result
  }

  /// The solution x = V Λ⁻¹ Vᵀ b of A x = b, infinite or NaN when an eigenvalue is
  /// exactly 0.
  ///
  /// - Precondition: b has as many elements as A has rows; the eigenvectors were
  ///   computed.
  /// - Complexity: 4n² flops, two allocations.
  public func solve(_ b: Vector<Scalar>) -> Vector<Scalar> {
    apply(b) { $0 / $1 }
  }

  /// The solution X = V Λ⁻¹ Vᵀ B of A X = B.
  ///
  /// - Precondition: B has as many rows as A; the eigenvectors were computed.
  /// - Complexity: 4n² flops a column, two allocations.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func solve(_ b: Matrix<Scalar>) -> Matrix<Scalar> {
    let v = eigenvectors
    precondition(
      b.rows == order,
      "right-hand sides of \(b.rows) elements for a matrix of order \(order)")
    var c = Matrix<Scalar>.zeros(order, b.columns)
    v.multiply(b, transposingSelf: true, into: &c)
    c.scaleRows { 1 / eigenvalues[$0] }
    return v * c
  }

  /// A x = V Λ Vᵀ x from the factors.
  ///
  /// - Precondition: x has as many elements as A has rows; the eigenvectors were
  ///   computed.
  public func multiply(_ x: Vector<Scalar>) -> Vector<Scalar> {
    apply(x) { $0 * $1 }
  }

  private func apply(
    _ x: Vector<Scalar>, _ operation: (Scalar, Scalar) -> Scalar
  ) -> Vector<Scalar> {
    var c = Vector<Scalar>.zeros(order)
    eigenvectors.multiply(x, transposed: true, into: &c)
    for i in 0..<order { c[i] = operation(c[i], eigenvalues[i]) }
    return eigenvectors * c
  }

  /// A⁻¹, both triangles.
  ///
  /// - Precondition: the eigenvectors were computed.
  public func inverse() -> Matrix<Scalar> { map { 1 / $0 } }

  /// det A as its sign (−1, 0 or 1) and ln |det A|.
  public var logDeterminant: (sign: Scalar, logMagnitude: Scalar) {
    var (sign, sum): (Scalar, Scalar) = (1, 0)
    for eigenvalue in eigenvalues {
      if eigenvalue < 0 { sign = -sign }
      if eigenvalue == 0 { sign = 0 }
      sum += Scalar.log(eigenvalue.magnitude)
    }
    return (sign, sum)
  }

  /// det A, the product of the eigenvalues.
  public var determinant: Scalar { eigenvalues.reduce(1, *) }

  /// min |λ| / max |λ| = 1 / (‖A‖₂ ‖A⁻¹‖₂), exact to rounding; 1 for order 0.
  public var reciprocalCondition: Scalar {
    guard order > 0 else { return 1 }
    let largest = eigenvalues.normInfinity
    let smallest = eigenvalues.reduce(largest) { Swift.min($0, $1.magnitude) }
    return largest > 0 ? smallest / largest : 0
  }

  /// The inertia, where eigenvalues of magnitude at most n ε max |λ| count as
  /// zero.
  public var inertia: Inertia {
    inertia(tolerance: Scalar(order) * .ulpOfOne)
  }

  /// The inertia, where eigenvalues of magnitude at most `tolerance` max |λ| count
  /// as zero.
  public func inertia(tolerance: Scalar) -> Inertia {
    let threshold = tolerance * eigenvalues.normInfinity
    let positive = eigenvalues.count { $0 > threshold }
    let negative = eigenvalues.count { $0 < -threshold }
    return Inertia(
      positive: positive, negative: negative,
      zero: order - positive - negative)
  }
}

extension SymmetricEigen: Equatable {
  /// Whether both hold the same eigenvalues and eigenvectors.
  public static func == (a: SymmetricEigen, b: SymmetricEigen) -> Bool {
    a.hasVectors == b.hasVectors && a.eigenvalues == b.eigenvalues
      && (!a.hasVectors || a.v == b.v)
  }
}

extension Matrix {
  /// Row i ← factor(i) times row i.
  mutating func scaleRows(_ factor: (Int) -> Scalar) {
    for i in 0..<rows {
      let alpha = factor(i)
      for j in 0..<columns { self[i, j] *= alpha }
    }
  }
}
