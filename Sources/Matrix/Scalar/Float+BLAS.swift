// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// `BLASScalar` documents the requirements that these fulfil.
internal import CBLAS
public import RealModule

extension Float: BLASScalar {
  // MARK: Level 1

  public static func _dot(
    _ n: Int, _ x: UnsafePointer<Self>, _ incx: Int,
    _ y: UnsafePointer<Self>, _ incy: Int
  ) -> Self {
    Threads.useOne()
    return cblas_sdot(int(n), x, int(incx), y, int(incy))
  }

  public static func _axpy(
    _ n: Int, _ alpha: Self, _ x: UnsafePointer<Self>, _ incx: Int,
    _ y: UnsafeMutablePointer<Self>, _ incy: Int
  ) {
    Threads.useOne()
    cblas_saxpy(int(n), alpha, x, int(incx), y, int(incy))
  }

  public static func _scal(
    _ n: Int, _ alpha: Self, _ x: UnsafeMutablePointer<Self>, _ incx: Int
  ) {
    Threads.useOne()
    cblas_sscal(int(n), alpha, x, int(incx))
  }

  public static func _asum(
    _ n: Int, _ x: UnsafePointer<Self>, _ incx: Int
  ) -> Self {
    Threads.useOne()
    return cblas_sasum(int(n), x, int(incx))
  }

  public static func _maxMagnitude(
    _ n: Int, _ x: UnsafePointer<Self>
  ) -> Self {
    kernel_max_magnitude_float(x, n)
  }

  public static func _indexOfMaxMagnitude(
    _ n: Int, _ x: UnsafePointer<Self>
  ) -> Int {
    kernel_index_of_max_magnitude_float(x, n)
  }

  // MARK: Level 2

  public static func _gemv(
    _ transposed: Bool, _ m: Int, _ n: Int, _ alpha: Self,
    _ a: UnsafePointer<Self>, _ lda: Int,
    _ x: UnsafePointer<Self>, _ incx: Int, _ beta: Self,
    _ y: UnsafeMutablePointer<Self>, _ incy: Int
  ) {
    Threads.use(forElements: m * n)
    cblas_sgemv(
      CblasColMajor, operation(transposed), int(m), int(n), alpha, a,
      int(lda), x, int(incx), beta, y, int(incy))
  }

  public static func _symv(
    _ n: Int, _ alpha: Self, _ a: UnsafePointer<Self>, _ lda: Int,
    _ x: UnsafePointer<Self>, _ beta: Self, _ y: UnsafeMutablePointer<Self>
  ) {
    Threads.use(forElements: n * n)
    cblas_ssymv(
      CblasColMajor, CblasLower, int(n), alpha, a, int(lda), x, 1, beta, y, 1)
  }

  public static func _ger(
    _ m: Int, _ n: Int, _ alpha: Self, _ x: UnsafePointer<Self>,
    _ y: UnsafePointer<Self>, _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) {
    Threads.use(forElements: m * n)
    cblas_sger(CblasColMajor, int(m), int(n), alpha, x, 1, y, 1, a, int(lda))
  }

  public static func _syr(
    _ n: Int, _ alpha: Self, _ x: UnsafePointer<Self>,
    _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) {
    Threads.use(forElements: n * n)
    cblas_ssyr(CblasColMajor, CblasLower, int(n), alpha, x, 1, a, int(lda))
  }

  public static func _syr2(
    _ n: Int, _ alpha: Self, _ x: UnsafePointer<Self>,
    _ y: UnsafePointer<Self>, _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) {
    Threads.use(forElements: n * n)
    cblas_ssyr2(
      CblasColMajor, CblasLower, int(n), alpha, x, 1, y, 1, a, int(lda))
  }

  public static func _trsv(
    _ triangle: Triangle, _ transposed: Bool, _ unitDiagonal: Bool, _ n: Int,
    _ a: UnsafePointer<Self>, _ lda: Int, _ x: UnsafeMutablePointer<Self>
  ) {
    Threads.use(forElements: n * n)
    cblas_strsv(
      CblasColMajor, uplo(triangle), operation(transposed),
      diagonal(unitDiagonal), int(n), a, int(lda), x, 1)
  }

  public static func _trmv(
    _ triangle: Triangle, _ transposed: Bool, _ unitDiagonal: Bool, _ n: Int,
    _ a: UnsafePointer<Self>, _ lda: Int, _ x: UnsafeMutablePointer<Self>
  ) {
    Threads.use(forElements: n * n)
    cblas_strmv(
      CblasColMajor, uplo(triangle), operation(transposed),
      diagonal(unitDiagonal), int(n), a, int(lda), x, 1)
  }

  // MARK: Level 3

  public static func _gemm(
    _ transposedA: Bool, _ transposedB: Bool, _ m: Int, _ n: Int, _ k: Int,
    _ alpha: Self, _ a: UnsafePointer<Self>, _ lda: Int,
    _ b: UnsafePointer<Self>, _ ldb: Int, _ beta: Self,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int
  ) {
    Threads.use(forProducts: m, n, k)
    cblas_sgemm(
      CblasColMajor, operation(transposedA), operation(transposedB), int(m),
      int(n), int(k), alpha, a, int(lda), b, int(ldb), beta, c, int(ldc))
  }

  public static func _symm(
    _ side: Side, _ m: Int, _ n: Int, _ alpha: Self,
    _ a: UnsafePointer<Self>, _ lda: Int,
    _ b: UnsafePointer<Self>, _ ldb: Int, _ beta: Self,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int
  ) {
    Threads.use(forProducts: m, n, side == .left ? m : n)
    cblas_ssymm(
      CblasColMajor, position(side), CblasLower, int(m), int(n), alpha, a,
      int(lda), b, int(ldb), beta, c, int(ldc))
  }

  public static func _syrk(
    _ transposed: Bool, _ n: Int, _ k: Int, _ alpha: Self,
    _ a: UnsafePointer<Self>, _ lda: Int, _ beta: Self,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int
  ) {
    Threads.use(forProducts: n, n, k)
    cblas_ssyrk(
      CblasColMajor, CblasLower, operation(transposed), int(n), int(k), alpha,
      a, int(lda), beta, c, int(ldc))
  }

  public static func _trsm(
    _ side: Side, _ triangle: Triangle, _ transposed: Bool,
    _ unitDiagonal: Bool, _ m: Int, _ n: Int, _ alpha: Self,
    _ a: UnsafePointer<Self>, _ lda: Int,
    _ b: UnsafeMutablePointer<Self>, _ ldb: Int
  ) {
    Threads.use(forProducts: m, n, side == .left ? m : n)
    cblas_strsm(
      CblasColMajor, position(side), uplo(triangle), operation(transposed),
      diagonal(unitDiagonal), int(m), int(n), alpha, a, int(lda), b, int(ldb))
  }

  public static func _trmm(
    _ side: Side, _ triangle: Triangle, _ transposed: Bool,
    _ unitDiagonal: Bool, _ m: Int, _ n: Int, _ alpha: Self,
    _ a: UnsafePointer<Self>, _ lda: Int,
    _ b: UnsafeMutablePointer<Self>, _ ldb: Int
  ) {
    Threads.use(forProducts: m, n, side == .left ? m : n)
    cblas_strmm(
      CblasColMajor, position(side), uplo(triangle), operation(transposed),
      diagonal(unitDiagonal), int(m), int(n), alpha, a, int(lda), b, int(ldb))
  }

  // MARK: Copies that take the norm

  public static func _copySymmetric(
    _ n: Int, _ a: UnsafePointer<Self>, _ shift: Self,
    _ b: UnsafeMutablePointer<Self>, _ sums: UnsafeMutablePointer<Self>
  ) -> Self {
    kernel_copy_symmetric(a, n, shift, b, sums)
  }

  public static func _copyGeneral(
    _ m: Int, _ n: Int, _ a: UnsafePointer<Self>,
    _ b: UnsafeMutablePointer<Self>
  ) -> Self {
    kernel_copy_general(a, m, n, b)
  }

  // MARK: Cholesky

  public static func _cholesky(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) -> Int {
    blockedCholesky(n, a, lda)
  }

  public static func _choleskyDirect(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) -> Int {
    Int(kernel_cholesky_direct(n, a, lda))
  }

  public static func _choleskyPanel(
    _ rows: Int, _ columns: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) -> Int {
    Int(kernel_cholesky_panel(rows, columns, a, lda))
  }

  public static func _potrf(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) -> Int {
    Threads.use(forProducts: n, n, n)
    return Int(lapack_potrf(letter("L"), int(n), a, int(lda)))
  }

  public static func _potri(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) -> Int {
    Threads.use(forProducts: n, n, n)
    return Int(lapack_potri(letter("L"), int(n), a, int(lda)))
  }

  public static func _pstrf(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int,
    _ pivots: UnsafeMutablePointer<Int32>, _ rank: inout Int32,
    _ tolerance: Self, _ work: UnsafeMutablePointer<Self>
  ) -> Int {
    Threads.use(forProducts: n, n, n)
    return Int(
      lapack_pstrf(
        letter("L"), int(n), a, int(lda), pivots, &rank, tolerance, work))
  }

  // MARK: LU

  public static func _getrf(
    _ m: Int, _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int,
    _ pivots: UnsafeMutablePointer<Int32>
  ) -> Int {
    // At n = 500 a second thread gains 7 % when idle, and beside a busy process
    // the whole takes 6 to 8 times as long; at 1000 it gains 30 %.
    Threads.use(forProducts: m, n, min(m, n) / 8)
    return Int(lapack_getrf(int(m), int(n), a, int(lda), pivots))
  }

  public static func _getrs(
    _ transposed: Bool, _ n: Int, _ columns: Int, _ a: UnsafePointer<Self>,
    _ lda: Int, _ pivots: UnsafePointer<Int32>,
    _ b: UnsafeMutablePointer<Self>, _ ldb: Int
  ) -> Int {
    Threads.use(forProducts: n, n, columns)
    return Int(
      lapack_getrs(
        letter(transposed ? "T" : "N"), int(n), int(columns), a, int(lda),
        pivots, b, int(ldb)))
  }

  public static func _getri(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int,
    _ pivots: UnsafePointer<Int32>, _ work: UnsafeMutablePointer<Self>,
    _ workCount: Int
  ) -> Int {
    Threads.use(forProducts: n, n, n)
    return Int(lapack_getri(int(n), a, int(lda), pivots, work, int(workCount)))
  }

  public static func _laswp(
    _ columns: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int,
    _ first: Int, _ last: Int, _ pivots: UnsafePointer<Int32>,
    _ reversed: Bool
  ) {
    Threads.useOne()
    _ = lapack_laswp(
      int(columns), a, int(lda), int(first), int(last), pivots,
      reversed ? -1 : 1)
  }

  // MARK: Bunch-Kaufman

  public static func _sytrf(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int,
    _ pivots: UnsafeMutablePointer<Int32>, _ work: UnsafeMutablePointer<Self>,
    _ workCount: Int
  ) -> Int {
    Threads.use(forProducts: n, n, n)
    return Int(
      lapack_sytrf(
        letter("L"), int(n), a, int(lda), pivots, work, int(workCount)))
  }

  // MARK: QR

  public static func _geqp3(
    _ m: Int, _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int,
    _ permutation: UnsafeMutablePointer<Int32>,
    _ tau: UnsafeMutablePointer<Self>, _ work: UnsafeMutablePointer<Self>,
    _ workCount: Int
  ) -> Int {
    Threads.use(forProducts: m, n, min(m, n))
    return Int(
      lapack_geqp3(
        int(m), int(n), a, int(lda), permutation, tau, work, int(workCount)))
  }

  public static func _ormqr(
    _ side: Side, _ transposed: Bool, _ m: Int, _ n: Int, _ k: Int,
    _ a: UnsafePointer<Self>, _ lda: Int, _ tau: UnsafePointer<Self>,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int,
    _ work: UnsafeMutablePointer<Self>, _ workCount: Int
  ) -> Int {
    Threads.use(forProducts: m, n, k)
    return Int(
      lapack_ormqr(
        letter(side == .left ? "L" : "R"), letter(transposed ? "T" : "N"),
        int(m), int(n), int(k), a, int(lda), tau, c, int(ldc), work,
        int(workCount)))
  }

  public static func _orgqr(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int,
    _ tau: UnsafePointer<Self>, _ work: UnsafeMutablePointer<Self>,
    _ workCount: Int
  ) -> Int {
    Threads.use(forProducts: m, n, k)
    return Int(
      lapack_orgqr(
        int(m), int(n), int(k), a, int(lda), tau, work, int(workCount)))
  }

  // MARK: SVD and symmetric eigenvalues

  public static func _gesdd(
    _ job: SingularVectors, _ m: Int, _ n: Int,
    _ a: UnsafeMutablePointer<Self>, _ lda: Int,
    _ s: UnsafeMutablePointer<Self>, _ u: UnsafeMutablePointer<Self>,
    _ ldu: Int, _ vt: UnsafeMutablePointer<Self>, _ ldvt: Int,
    _ work: UnsafeMutablePointer<Self>, _ workCount: Int,
    _ integers: UnsafeMutablePointer<Int32>
  ) -> Int {
    Threads.use(forProducts: m, n, min(m, n))
    return Int(
      lapack_gesdd(
        job.letter, int(m), int(n), a, int(lda), s, u, int(ldu), vt,
        int(ldvt), work, int(workCount), integers))
  }

  public static func _syevd(
    _ vectors: Bool, _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int,
    _ w: UnsafeMutablePointer<Self>, _ work: UnsafeMutablePointer<Self>,
    _ workCount: Int, _ integers: UnsafeMutablePointer<Int32>,
    _ integerCount: Int
  ) -> Int {
    Threads.use(forProducts: n, n, n)
    return Int(
      lapack_syevd(
        letter(vectors ? "V" : "N"), letter("L"), int(n), a, int(lda), w,
        work, int(workCount), integers, int(integerCount)))
  }
}
