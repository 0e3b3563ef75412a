internal import CBLAS

// The Cholesky factorization over gemm, syrk and two kernels of our own.
//
// Small matrices go through one kernel that keeps four columns in registers
// (cholesky_kernel.h). Larger ones are factorized in panels of 96 columns,
// right-looking: the panel's triangle and the rows below it by the second
// kernel, the rest by syrk. From 480 columns on, panels of panels: inside one
// only its own columns are brought up to date at once, so that the rest of a
// large matrix is read and written a fifth as often.
//
// GF in double precision, one thread, Zen 4 at 3.7 GHz (59 GF peak), OpenBLAS
// 0.3.21, the copy of the matrix not counted:
//
//     n           10   32   64  100  200  500 1000 2000
//     dpotrf     1.3  5.3 11.2 15.4 23.9 31.3 34.8 41.5
//     this       2.6 16.6 31.0 40.7 43.8 42.0 43.0 48.8
//
// Panels of 64 are 2 to 8 % slower, of 128 1 to 5 %, a left-looking order
// (gemm with a long inner dimension) 6 to 10 % at n = 500 and 1000, and OpenBLAS's
// own trsm for the rows below a triangle about 25 %. Where several threads pay,
// the panels would stay on one, and OpenBLAS's parallel factorization is taken:
// on two idle cores that is 1.2 times slower at n = 500, 1.05 times faster at
// 700, 1.24 at 1000.

extension BLASScalar {
  /// A = L Lᵀ in the lower triangle; returns 0 or the first pivot that is not
  /// positive, counted from 1.
  @inline(__always)
  static func blockedCholesky(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) -> Int {
    // Columns a multiple of 512 bytes apart share a few sets of the cache.
    let collides = (lda * MemoryLayout<Self>.stride).isMultiple(of: 512)
    if n <= Int(CHOLESKY_BLOCK) || n <= Int(CHOLESKY_DIRECT) && !collides {
      return _choleskyDirect(n, a, lda)
    }
    if Threads.pay(forProducts: n, n, n / 2) { return _potrf(n, a, lda) }
    return choleskyPanels(rows: n, columns: n, a, lda)
  }

  /// Factorizes the leading columns×columns triangle and solves for the rows
  /// below it.
  @specialized(where Self == Double)
  @specialized(where Self == Float)
  static func choleskyPanels(
    rows: Int, columns: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) -> Int {
    let block = Int(CHOLESKY_BLOCK)
    guard columns > block else {
      return _choleskyPanel(rows, columns, a, lda)
    }
    let width = columns > 5 * block ? 5 * block : block
    var done = 0
    while done < columns {
      let count = min(width, columns - done)
      let panel = a + done * (lda + 1)
      let info = choleskyPanels(
        rows: rows - done, columns: count, panel, lda)
      guard info == 0 else { return done + info }
      done += count
      let rest = columns - done
      guard rest > 0 else { break }
      let (left, right) = (panel + count, a + done * (lda + 1))
      _syrk(false, rest, count, -1, left, lda, 1, right, lda)
      if rows > columns {
        _gemm(
          false, true, rows - columns, rest, count, -1, left + rest, lda,
          left, lda, 1, right + rest, lda)
      }
    }
    return 0
  }
}
