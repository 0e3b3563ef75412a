// The Cholesky factorization of a block and the triangular solve below it, for
// the element type T with LANES of them in 32 bytes. Included once a type, by
// factor_kernels.h.
//
// OpenBLAS 0.3.21 factorizes small matrices column by column at 1 to 15 GF and
// its `trsm` with a narrow triangle runs at 15 to 25 GF, where the processor
// does 59 and `gemm` 55. Here four columns at a time are reduced by all columns
// before them in one sweep: eight vectors of the target stay in registers, and
// every step loads two vectors and broadcasts four numbers for eight
// multiply-adds. n = 100 is factorized at 40 GF.
//
// The squares of the pivots are tested as `!(d > 0)`, which NaN fails as well.
// Columns are multiplied by the reciprocal of the pivot, one rounding more than
// a division and several times faster.

#define V NAME(vector)
#define LOAD(p) (*(const V *)(p))
#define STORE(p, v) (*(V *)(p) = (v))

// C -= A B' for four columns of C: C is rows×4, A rows×k, B 4×k, each with its
// columns at its own stride.
KERNEL_BODY void NAME(reduce)(T *restrict c, ptrdiff_t ldc, const T *a,
                              ptrdiff_t lda, const T *b, ptrdiff_t ldb,
                              ptrdiff_t rows, ptrdiff_t k) {
#pragma clang fp contract(on)
  T *c0 = c, *c1 = c0 + ldc, *c2 = c1 + ldc, *c3 = c2 + ldc;
  ptrdiff_t i = 0;
  for (; i + 2 * LANES <= rows; i += 2 * LANES) {
    V x0 = LOAD(c0 + i), x1 = LOAD(c1 + i), x2 = LOAD(c2 + i),
      x3 = LOAD(c3 + i), y0 = LOAD(c0 + i + LANES), y1 = LOAD(c1 + i + LANES),
      y2 = LOAD(c2 + i + LANES), y3 = LOAD(c3 + i + LANES);
    const T *p = a + i, *q = b;
    for (ptrdiff_t l = 0; l < k; l++, p += lda, q += ldb) {
      V u = LOAD(p), v = LOAD(p + LANES);
      x0 -= u * q[0], y0 -= v * q[0], x1 -= u * q[1], y1 -= v * q[1];
      x2 -= u * q[2], y2 -= v * q[2], x3 -= u * q[3], y3 -= v * q[3];
    }
    STORE(c0 + i, x0), STORE(c0 + i + LANES, y0);
    STORE(c1 + i, x1), STORE(c1 + i + LANES, y1);
    STORE(c2 + i, x2), STORE(c2 + i + LANES, y2);
    STORE(c3 + i, x3), STORE(c3 + i + LANES, y3);
  }
  for (; i + LANES <= rows; i += LANES) {
    V x0 = LOAD(c0 + i), x1 = LOAD(c1 + i), x2 = LOAD(c2 + i),
      x3 = LOAD(c3 + i);
    const T *p = a + i, *q = b;
    for (ptrdiff_t l = 0; l < k; l++, p += lda, q += ldb) {
      V u = LOAD(p);
      x0 -= u * q[0], x1 -= u * q[1], x2 -= u * q[2], x3 -= u * q[3];
    }
    STORE(c0 + i, x0), STORE(c1 + i, x1);
    STORE(c2 + i, x2), STORE(c3 + i, x3);
  }
  for (; i < rows; i++) {
    T x0 = c0[i], x1 = c1[i], x2 = c2[i], x3 = c3[i];
    const T *p = a + i, *q = b;
    for (ptrdiff_t l = 0; l < k; l++, p += lda, q += ldb) {
      T u = *p;
      x0 -= u * q[0], x1 -= u * q[1], x2 -= u * q[2], x3 -= u * q[3];
    }
    c0[i] = x0, c1[i] = x1, c2[i] = x2, c3[i] = x3;
  }
}

// X L' = C for four columns, in place: l points at the 4×4 triangle, r at the
// reciprocals of its diagonal.
KERNEL_BODY void NAME(solve_four)(T *c, ptrdiff_t ldc, ptrdiff_t rows,
                                  const T *l, ptrdiff_t ldl, const T *r) {
#pragma clang fp contract(on)
  T *c0 = c, *c1 = c0 + ldc, *c2 = c1 + ldc, *c3 = c2 + ldc;
  T l10 = l[1], l20 = l[2], l30 = l[3], l21 = l[2 + ldl], l31 = l[3 + ldl],
    l32 = l[3 + 2 * ldl], r0 = r[0], r1 = r[1], r2 = r[2], r3 = r[3];
  ptrdiff_t i = 0;
  for (; i + LANES <= rows; i += LANES) {
    V x0 = LOAD(c0 + i) * r0;
    V x1 = (LOAD(c1 + i) - x0 * l10) * r1;
    V x2 = (LOAD(c2 + i) - x0 * l20 - x1 * l21) * r2;
    V x3 = (LOAD(c3 + i) - x0 * l30 - x1 * l31 - x2 * l32) * r3;
    STORE(c0 + i, x0), STORE(c1 + i, x1);
    STORE(c2 + i, x2), STORE(c3 + i, x3);
  }
  for (; i < rows; i++) {
    T x0 = c0[i] * r0, x1 = (c1[i] - x0 * l10) * r1;
    T x2 = (c2[i] - x0 * l20 - x1 * l21) * r2;
    T x3 = (c3[i] - x0 * l30 - x1 * l31 - x2 * l32) * r3;
    c0[i] = x0, c1[i] = x1, c2[i] = x2, c3[i] = x3;
  }
}

// A = L L' in the lower triangle; what is above the diagonal is kept. Writes
// the reciprocals of the diagonal to `reciprocals`. Returns 0, or the first
// pivot that is not positive, counted from 1.
KERNEL_BODY int NAME(factorize)(ptrdiff_t n, T *a, ptrdiff_t lda,
                                T *reciprocals) {
#pragma clang fp contract(on)
  ptrdiff_t j = 0;
  for (; j + 4 <= n; j += 4) {
    T *c0 = a + j + j * lda, *c1 = c0 + lda, *c2 = c1 + lda, *c3 = c2 + lda;
    T *r = reciprocals + j, d;
    T k1 = c1[0], k2 = c2[0], k3 = c2[1], k4 = c3[0], k5 = c3[1], k6 = c3[2];
    NAME(reduce)(c0, lda, a + j, lda, a + j, lda, n - j, j);
    c1[0] = k1, c2[0] = k2, c2[1] = k3, c3[0] = k4, c3[1] = k5, c3[2] = k6;
    d = c0[0];
    if (!(d > 0)) return (int)j + 1;
    c0[0] = SQUARE_ROOT(d), r[0] = 1 / c0[0];
    c0[1] *= r[0], c0[2] *= r[0], c0[3] *= r[0];
    d = c1[1] - c0[1] * c0[1];
    if (!(d > 0)) return (int)j + 2;
    c1[1] = SQUARE_ROOT(d), r[1] = 1 / c1[1];
    c1[2] = (c1[2] - c0[2] * c0[1]) * r[1];
    c1[3] = (c1[3] - c0[3] * c0[1]) * r[1];
    d = c2[2] - c0[2] * c0[2] - c1[2] * c1[2];
    if (!(d > 0)) return (int)j + 3;
    c2[2] = SQUARE_ROOT(d), r[2] = 1 / c2[2];
    c2[3] = (c2[3] - c0[3] * c0[2] - c1[3] * c1[2]) * r[2];
    d = c3[3] - c0[3] * c0[3] - c1[3] * c1[3] - c2[3] * c2[3];
    if (!(d > 0)) return (int)j + 4;
    c3[3] = SQUARE_ROOT(d), r[3] = 1 / c3[3];
    NAME(solve_four)(c0 + 4, lda, n - j - 4, c0, lda, r);
  }
  for (; j < n; j++) {
    for (ptrdiff_t i = j; i < n; i++) {
      T x = a[i + j * lda];
      for (ptrdiff_t l = 0; l < j; l++) x -= a[i + l * lda] * a[j + l * lda];
      if (i == j) {
        if (!(x > 0)) return (int)j + 1;
        x = SQUARE_ROOT(x), reciprocals[j] = 1 / x;
      } else {
        x *= reciprocals[j];
      }
      a[i + j * lda] = x;
    }
  }
  return 0;
}

// Factorizes a matrix of at most CHOLESKY_DIRECT columns where it stands.
FACTOR_BODY int kernel_cholesky_direct_body(size_t n, T *a, size_t lda) {
  T reciprocals[CHOLESKY_DIRECT];
  return NAME(factorize)((ptrdiff_t)n, a, (ptrdiff_t)lda, reciprocals);
}
FACTOR_DISPATCH(int, kernel_cholesky_direct, (size_t n, T *a, size_t lda),
                (n, a, lda))

// Factorizes the leading columns×columns triangle, columns at most
// CHOLESKY_BLOCK, of a rows×columns panel and solves for the rows below it.
//
// The triangle and 32 rows at a time are worked on in copies: columns that are
// a power of two apart would evict one another from the cache. Columns of the
// copies are 4 numbers more than a block apart for the same reason.
FACTOR_BODY int kernel_cholesky_panel_body(size_t rows, size_t columns, T *a,
                                           size_t lda) {
  enum { ldl = CHOLESKY_BLOCK + 4, ldx = 32 };
  T l[ldl * CHOLESKY_BLOCK], reciprocals[CHOLESKY_BLOCK],
      x[ldx * CHOLESKY_BLOCK];
  ptrdiff_t w = (ptrdiff_t)columns;
  for (ptrdiff_t j = 0; j < w; j++) {
    // From the first row of its four columns, which the sweep reads.
    ptrdiff_t i = j & ~(ptrdiff_t)3;
    memcpy(l + i + j * ldl, a + i + j * lda, (w - i) * sizeof(T));
  }
  int info = NAME(factorize)(w, l, ldl, reciprocals);
  for (ptrdiff_t j = 0; j < w; j++)
    memcpy(a + j + j * lda, l + j + j * ldl, (w - j) * sizeof(T));
  if (info) return info;
  // Rows below a panel that is not a multiple of 4 wide do not occur: only the
  // last panel is.
  for (size_t start = columns; start < rows; start += ldx) {
    size_t count = rows - start < ldx ? rows - start : ldx;
    for (ptrdiff_t j = 0; j < w; j++)
      memcpy(x + j * ldx, a + start + j * lda, count * sizeof(T));
    for (ptrdiff_t j = 0; j + 4 <= w; j += 4) {
      NAME(reduce)(x + j * ldx, ldx, x, ldx, l + j, ldl, count, j);
      NAME(solve_four)(x + j * ldx, ldx, count, l + j + j * ldl, ldl,
                       reciprocals + j);
    }
    for (ptrdiff_t j = 0; j < w; j++)
      memcpy(a + start + j * lda, x + j * ldx, count * sizeof(T));
  }
  return 0;
}
FACTOR_DISPATCH(int, kernel_cholesky_panel,
                (size_t rows, size_t columns, T *a, size_t lda),
                (rows, columns, a, lda))

#undef V
#undef LOAD
#undef STORE
