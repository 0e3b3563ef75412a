public import RealModule

/// A floating-point type that OpenBLAS and LAPACK have kernels for: `Float`
/// or `Double`.
///
/// Every type of this module is generic over it. The underscored
/// requirements are the BLAS and LAPACK calls that the generic code is
/// written in: dimensions are positive `Int32`, matrices are column-major with
/// a leading dimension, symmetric matrices are stored in their lower triangle.
/// They check nothing; the public operations above them do.
public protocol BLASScalar: BinaryFloatingPoint, Real, Codable, Sendable {
  // MARK: Level 1

  /// Σ xᵢ yᵢ.
  static func _dot(
    _ n: Int, _ x: UnsafePointer<Self>, _ incx: Int,
    _ y: UnsafePointer<Self>, _ incy: Int
  ) -> Self
  /// y ← α x + y.
  static func _axpy(
    _ n: Int, _ alpha: Self, _ x: UnsafePointer<Self>, _ incx: Int,
    _ y: UnsafeMutablePointer<Self>, _ incy: Int)
  /// x ← α x.
  static func _scal(
    _ n: Int, _ alpha: Self, _ x: UnsafeMutablePointer<Self>, _ incx: Int)
  /// Σ |xᵢ|.
  static func _asum(_ n: Int, _ x: UnsafePointer<Self>, _ incx: Int) -> Self
  /// max |xᵢ|, NaN when any xᵢ is NaN.
  static func _maxMagnitude(_ n: Int, _ x: UnsafePointer<Self>) -> Self
  /// The first i of largest |xᵢ|, of the first NaN if there is one; n > 0.
  static func _indexOfMaxMagnitude(
    _ n: Int, _ x: UnsafePointer<Self>
  ) -> Int

  // MARK: Level 2

  /// y ← α op(A) x + β y.
  static func _gemv(
    _ transposed: Bool, _ m: Int, _ n: Int, _ alpha: Self,
    _ a: UnsafePointer<Self>, _ lda: Int,
    _ x: UnsafePointer<Self>, _ incx: Int, _ beta: Self,
    _ y: UnsafeMutablePointer<Self>, _ incy: Int)
  /// y ← α A x + β y, A symmetric.
  static func _symv(
    _ n: Int, _ alpha: Self, _ a: UnsafePointer<Self>, _ lda: Int,
    _ x: UnsafePointer<Self>, _ beta: Self, _ y: UnsafeMutablePointer<Self>)
  /// A ← α x yᵀ + A.
  static func _ger(
    _ m: Int, _ n: Int, _ alpha: Self, _ x: UnsafePointer<Self>,
    _ y: UnsafePointer<Self>, _ a: UnsafeMutablePointer<Self>, _ lda: Int)
  /// A ← α x xᵀ + A, A symmetric.
  static func _syr(
    _ n: Int, _ alpha: Self, _ x: UnsafePointer<Self>,
    _ a: UnsafeMutablePointer<Self>, _ lda: Int)
  /// A ← α (x yᵀ + y xᵀ) + A, A symmetric.
  static func _syr2(
    _ n: Int, _ alpha: Self, _ x: UnsafePointer<Self>,
    _ y: UnsafePointer<Self>, _ a: UnsafeMutablePointer<Self>, _ lda: Int)
  /// x ← op(T)⁻¹ x.
  static func _trsv(
    _ triangle: Triangle, _ transposed: Bool, _ unitDiagonal: Bool, _ n: Int,
    _ a: UnsafePointer<Self>, _ lda: Int, _ x: UnsafeMutablePointer<Self>)
  /// x ← op(T) x.
  static func _trmv(
    _ triangle: Triangle, _ transposed: Bool, _ unitDiagonal: Bool, _ n: Int,
    _ a: UnsafePointer<Self>, _ lda: Int, _ x: UnsafeMutablePointer<Self>)

  // MARK: Level 3

  /// C ← α op(A) op(B) + β C.
  static func _gemm(
    _ transposedA: Bool, _ transposedB: Bool, _ m: Int, _ n: Int, _ k: Int,
    _ alpha: Self, _ a: UnsafePointer<Self>, _ lda: Int,
    _ b: UnsafePointer<Self>, _ ldb: Int, _ beta: Self,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int)
  /// C ← α A B + β C or α B A + β C, A symmetric.
  static func _symm(
    _ side: Side, _ m: Int, _ n: Int, _ alpha: Self,
    _ a: UnsafePointer<Self>, _ lda: Int,
    _ b: UnsafePointer<Self>, _ ldb: Int, _ beta: Self,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int)
  /// C ← α A Aᵀ + β C or α Aᵀ A + β C, C symmetric.
  static func _syrk(
    _ transposed: Bool, _ n: Int, _ k: Int, _ alpha: Self,
    _ a: UnsafePointer<Self>, _ lda: Int, _ beta: Self,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int)
  /// B ← α op(T)⁻¹ B or α B op(T)⁻¹.
  static func _trsm(
    _ side: Side, _ triangle: Triangle, _ transposed: Bool,
    _ unitDiagonal: Bool, _ m: Int, _ n: Int, _ alpha: Self,
    _ a: UnsafePointer<Self>, _ lda: Int,
    _ b: UnsafeMutablePointer<Self>, _ ldb: Int)
  /// B ← α op(T) B or α B op(T).
  static func _trmm(
    _ side: Side, _ triangle: Triangle, _ transposed: Bool,
    _ unitDiagonal: Bool, _ m: Int, _ n: Int, _ alpha: Self,
    _ a: UnsafePointer<Self>, _ lda: Int,
    _ b: UnsafeMutablePointer<Self>, _ ldb: Int)

  // MARK: Copies that take the norm, for the factorizations

  /// The lower triangle of B ← A + σ I; returns ‖A + σ I‖₁ of the symmetric
  /// matrix, NaN when it is not finite. `sums` has room for n numbers.
  static func _copySymmetric(
    _ n: Int, _ a: UnsafePointer<Self>, _ shift: Self,
    _ b: UnsafeMutablePointer<Self>, _ sums: UnsafeMutablePointer<Self>
  ) -> Self
  /// B ← A; returns ‖A‖₁, NaN when it is not finite.
  static func _copyGeneral(
    _ m: Int, _ n: Int, _ a: UnsafePointer<Self>,
    _ b: UnsafeMutablePointer<Self>
  ) -> Self

  // MARK: Cholesky kernels. Each returns 0 or the pivot that failed, from 1.

  /// A = L Lᵀ by the fastest way for the order.
  static func _cholesky(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) -> Int
  /// A = L Lᵀ for a matrix of at most `CHOLESKY_DIRECT` columns.
  static func _choleskyDirect(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) -> Int
  /// A = L Lᵀ for the leading columns, at most `CHOLESKY_BLOCK`, and X Lᵀ = B for
  /// the rows below them.
  static func _choleskyPanel(
    _ rows: Int, _ columns: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) -> Int

  // MARK: LAPACK. Each returns LAPACK's `info`.

  /// A = L Lᵀ.
  static func _potrf(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) -> Int
  /// A⁻¹ from A = L Lᵀ.
  static func _potri(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) -> Int
  /// Pᵀ A P = L Lᵀ with complete pivoting.
  static func _pstrf(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int,
    _ pivots: UnsafeMutablePointer<Int32>, _ rank: inout Int32,
    _ tolerance: Self, _ work: UnsafeMutablePointer<Self>
  ) -> Int

  /// A = P L U.
  static func _getrf(
    _ m: Int, _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int,
    _ pivots: UnsafeMutablePointer<Int32>
  ) -> Int
  /// B ← op(A)⁻¹ B from A = P L U.
  static func _getrs(
    _ transposed: Bool, _ n: Int, _ columns: Int, _ a: UnsafePointer<Self>,
    _ lda: Int, _ pivots: UnsafePointer<Int32>,
    _ b: UnsafeMutablePointer<Self>, _ ldb: Int
  ) -> Int
  /// A⁻¹ from A = P L U.
  static func _getri(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int,
    _ pivots: UnsafePointer<Int32>, _ work: UnsafeMutablePointer<Self>,
    _ workCount: Int
  ) -> Int
  /// Row interchanges first … last of `pivots`, counted from 1.
  static func _laswp(
    _ columns: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int,
    _ first: Int, _ last: Int, _ pivots: UnsafePointer<Int32>,
    _ reversed: Bool)

  /// A = P L D Lᵀ Pᵀ (Bunch-Kaufman).
  static func _sytrf(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int,
    _ pivots: UnsafeMutablePointer<Int32>, _ work: UnsafeMutablePointer<Self>,
    _ workCount: Int
  ) -> Int

  /// A P = Q R with column pivoting.
  static func _geqp3(
    _ m: Int, _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int,
    _ permutation: UnsafeMutablePointer<Int32>,
    _ tau: UnsafeMutablePointer<Self>, _ work: UnsafeMutablePointer<Self>,
    _ workCount: Int
  ) -> Int
  /// C ← op(Q) C or C op(Q).
  static func _ormqr(
    _ side: Side, _ transposed: Bool, _ m: Int, _ n: Int, _ k: Int,
    _ a: UnsafePointer<Self>, _ lda: Int, _ tau: UnsafePointer<Self>,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int,
    _ work: UnsafeMutablePointer<Self>, _ workCount: Int
  ) -> Int
  /// The first n columns of Q.
  static func _orgqr(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int,
    _ tau: UnsafePointer<Self>, _ work: UnsafeMutablePointer<Self>,
    _ workCount: Int
  ) -> Int

  /// A = U Σ Vᵀ by divide and conquer.
  static func _gesdd(
    _ job: SingularVectors, _ m: Int, _ n: Int,
    _ a: UnsafeMutablePointer<Self>, _ lda: Int,
    _ s: UnsafeMutablePointer<Self>, _ u: UnsafeMutablePointer<Self>,
    _ ldu: Int, _ vt: UnsafeMutablePointer<Self>, _ ldvt: Int,
    _ work: UnsafeMutablePointer<Self>, _ workCount: Int,
    _ integers: UnsafeMutablePointer<Int32>
  ) -> Int
  /// A = V Λ Vᵀ, A symmetric, by divide and conquer.
  static func _syevd(
    _ vectors: Bool, _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int,
    _ w: UnsafeMutablePointer<Self>, _ work: UnsafeMutablePointer<Self>,
    _ workCount: Int, _ integers: UnsafeMutablePointer<Int32>,
    _ integerCount: Int
  ) -> Int
}

/// Which triangle of a matrix holds the numbers.
public enum Triangle: String, Codable, Sendable {
  /// The diagonal and what is below it.
  case lower
  /// The diagonal and what is above it.
  case upper
}

/// The side on which a matrix multiplies another.
public enum Side: String, Codable, Sendable {
  /// A in A·B.
  case left
  /// A in B·A.
  case right
}

/// How many singular vectors a decomposition computes.
public enum SingularVectors: String, Codable, Sendable {
  /// The singular values alone.
  case none
  /// The first min(m, n) of each side.
  case thin
  /// Full orthogonal bases, m×m and n×n.
  case full
}
