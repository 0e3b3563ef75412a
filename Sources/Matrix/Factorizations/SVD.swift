internal import RealModule

/// The singular value decomposition A = U Σ Vᵀ of an m×n matrix.
///
/// The most reliable way to the rank, the condition and the least-squares
/// solution of least norm, at several times the cost of ``QR``.
///
/// A value that owns its storage, which ``factorize(_:)`` uses again for the next
/// matrix of the same shape.
///
/// Source: Gu & Eisenstat, A divide-and-conquer algorithm for the bidiagonal SVD,
/// SIAM J. Matrix Anal. Appl. 16, 1995 (LAPACK's `gesdd`).
public struct SVD<Scalar: BLASScalar>: Sendable {
  /// The min(m, n) singular values, in decreasing order.
  public private(set) var singularValues: Vector<Scalar>
  /// U: its columns are left singular vectors, m×min(m, n), m×m when full,
  /// m×0 when there are none.
  public private(set) var u: Matrix<Scalar>
  /// Vᵀ: its rows are right singular vectors, min(m, n)×n, n×n when full, 0×n
  /// when there are none.
  public private(set) var vTransposed: Matrix<Scalar>
  /// Which singular vectors are computed.
  public let vectors: SingularVectors
  private var copy: Matrix<Scalar>
  private var work: [Scalar]
  private var integers: [Int32]

  /// Storage for m×n matrices, holding the decomposition of the zero matrix.
  ///
  /// - Complexity: six allocations.
  public init(rows m: Int, columns n: Int, vectors: SingularVectors = .thin) {
    let k = Swift.min(m, n)
    let (left, right) =
      switch vectors {
      case .none: (0, 0)
      case .thin: (k, k)
      case .full: (m, n)
      }
    self.vectors = vectors
    singularValues = .zeros(k)
    u = Matrix(rows: m, columns: left) { $0 == $1 ? 1 : 0 }
    vTransposed = Matrix(rows: right, columns: n) { $0 == $1 ? 1 : 0 }
    copy = .zeros(m, n)
    integers = Array(repeating: 0, count: 8 * k)
    work = [0]
    guard k > 0 else { return }
    _ = call(workCount: -1)
    // A Float may have rounded the count down.
    work = Array(repeating: 0, count: Int(work[0].nextUp.rounded(.up)))
  }

  /// Decomposes A.
  ///
  /// - Throws: `.notFinite` with the first such element; `.notConverged`, which
  ///   finite input is not known to cause.
  /// - Complexity: O(m n min(m, n)) flops.
  public init(
    _ a: Matrix<Scalar>, vectors: SingularVectors = .thin
  ) throws(FactorizationError) {
    self.init(rows: a.rows, columns: a.columns, vectors: vectors)
    try factorize(a)
  }

  /// Decomposes A into the same storage.
  ///
  /// After a throw the value holds no decomposition until the next call.
  ///
  /// - Precondition: A has this value's shape.
  /// - Throws: `.notFinite` with the first such element; `.notConverged`.
  /// - Complexity: O(m n min(m, n)) flops, no allocation (but OpenBLAS 0.3.21
  ///   makes some for the small products that yield singular vectors).
  public mutating func factorize(
    _ a: Matrix<Scalar>
  ) throws(FactorizationError) {
    let (m, n) = (copy.rows, copy.columns)
    precondition(
      a.rows == m && a.columns == n,
      "a \(a.rows)×\(a.columns) matrix for a decomposition of \(m)×\(n)")
    guard m > 0 && n > 0 else { return }
    let norm = a.read { a in
      copy.write { Scalar._copyGeneral(m, n, a, $0) }
    }
    if !norm.isFinite { try a.checkFinite() }
    let info = call(workCount: work.count)
    guard info == 0 else { throw .notConverged }
  }

  private mutating func call(workCount: Int) -> Int {
    let (m, n, job) = (copy.rows, copy.columns, vectors)
    let (ldu, ldvt) = (u.stride, vTransposed.stride)
    return copy.write { a in
      singularValues.write { s in
        u.write { u in
          vTransposed.write { vt in
            work.withUnsafeMutableBufferPointer { work in
              integers.withUnsafeMutableBufferPointer { integers in
                Scalar._gesdd(
                  job, m, n, a, m, s, u, ldu, vt, ldvt, work.baseAddress!,
                  workCount, integers.baseAddress!)
              }
            }
          }
        }
      }
    }
  }
}

extension SVD {
  /// The number of rows of A.
  public var rows: Int { copy.rows }

  /// The number of columns of A.
  public var columns: Int { copy.columns }

  /// The number of singular values above max(m, n) ε σ₀.
  public var rank: Int {
    rank(tolerance: Scalar(Swift.max(rows, columns)) * .ulpOfOne)
  }

  /// The number of singular values above `tolerance` σ₀.
  public func rank(tolerance: Scalar) -> Int {
    guard let largest = singularValues.first else { return 0 }
    return singularValues.count { $0 > tolerance * largest }
  }

  /// ‖A‖₂, the largest singular value.
  public var norm2: Scalar { singularValues.first ?? 0 }

  /// 1 / (‖A‖₂ ‖A⁺‖₂) = σₖ / σ₀, exact to rounding; 1 when A has no elements.
  public var reciprocalCondition: Scalar {
    guard let largest = singularValues.first, let smallest = singularValues.last
    else { return 1 }
    return largest > 0 ? smallest / largest : 0
  }

  /// ln |det A| = Σ ln σᵢ.
  ///
  /// - Precondition: A is square.
  public var logMagnitudeOfDeterminant: Scalar {
    copy.checkSquare("logMagnitudeOfDeterminant")
    return singularValues.reduce(0) { $0 + Scalar.log($1) }
  }

  /// The x of least norm among those that minimise ‖A x − b‖₂: A⁺ b.
  ///
  /// - Parameters:
  ///   - b: the right-hand side.
  ///   - tolerance: singular values of at most this times the largest count as
  ///     zero; max(m, n) ε unless given.
  /// - Precondition: b has as many elements as A has rows; the singular vectors
  ///   were computed.
  /// - Complexity: 2 (m + n) min(m, n) flops, two allocations.
  public func solve(
    _ b: Vector<Scalar>, tolerance: Scalar? = nil
  ) -> Vector<Scalar> {
    let b = Matrix(rows: b.count, columns: 1, columnMajor: b.array)
    return Vector(solve(b, tolerance: tolerance).columnMajor)
  }

  /// The X of least norm among those that minimise ‖A X − B‖: A⁺ B.
  ///
  /// - Precondition: B has as many rows as A; the singular vectors were computed.
  /// - Complexity: 2 (m + n) min(m, n) flops a column, two allocations.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func solve(
    _ b: Matrix<Scalar>, tolerance: Scalar? = nil
  ) -> Matrix<Scalar> {
    precondition(
      b.rows == rows,
      "right-hand sides of \(b.rows) elements for a \(rows)×\(columns) matrix")
    checkVectors()
    let rank = tolerance.map(rank(tolerance:)) ?? self.rank
    var c = Matrix<Scalar>.zeros(u.columns, b.columns)
    u.multiply(b, transposingSelf: true, into: &c)
    c.scaleRows { $0 < rank ? 1 / singularValues[$0] : 0 }
    var x = Matrix<Scalar>.zeros(columns, b.columns)
    // Full bases are m×m and n×n: what belongs to no singular value is 0.
    let k = singularValues.count
    let thin = vTransposed.rows == k && c.rows == k
    (thin ? vTransposed : vTransposed[0..<k, 0..<columns]).multiply(
      thin ? c : c[0..<k, 0..<b.columns], transposingSelf: true, into: &x)
    return x
  }

  /// A⁺, the pseudoinverse, n×m.
  ///
  /// - Precondition: the singular vectors were computed.
  public func pseudoinverse(tolerance: Scalar? = nil) -> Matrix<Scalar> {
    solve(.identity(rows), tolerance: tolerance)
  }

  /// A x = U Σ Vᵀ x from the factors.
  ///
  /// - Precondition: x has as many elements as A has columns; the singular vectors
  ///   were computed.
  public func multiply(_ x: Vector<Scalar>) -> Vector<Scalar> {
    checkVectors()
    let image = vTransposed * x
    return u
      * Vector(count: u.columns) {
        $0 < singularValues.count ? singularValues[$0] * image[$0] : 0
      }
  }

  private func checkVectors() {
    precondition(vectors != .none, "the singular vectors were not computed")
  }
}

extension SVD: Equatable {
  /// Whether both hold the same singular values and vectors.
  public static func == (a: SVD, b: SVD) -> Bool {
    a.singularValues == b.singularValues && a.u == b.u
      && a.vTransposed == b.vTransposed
  }
}
