// The triangular factor of a least-squares problem from J'J, for many rows.
//
// J'J has the square of the condition of J, but is half the work of reflections
// and all of it products of matrices. Zen 4, one thread, microseconds for the
// factor by reflections and for J'J and its factor: 100 rows of 10 columns 1.1
// and 1.5; 10,000 of 10 130 and 55; 100,000 of 20 6870 and 3000; 10,000 of 100
// 8100 and 3350; 2000 of 500 32000 and 11700.
#ifndef SWIFT_OPTIMIZATION_LEAST_SQUARES_NORMAL_H
#define SWIFT_OPTIMIZATION_LEAST_SQUARES_NORMAL_H

#include <cblas.h>

#include "least_squares.h"

// The lower triangle of J'J. OpenBLAS's syrk takes twice the time of a product
// up to some 32 columns.
static inline void kernel_normal_square(const double *j, size_t m, size_t n,
                                        double *g) {
  if (n <= 32)
    cblas_dgemm(CblasColMajor, CblasTrans, CblasNoTrans, (int)n, (int)n, (int)m,
                1, j, (int)m, j, (int)m, 0, g, (int)n);
  else
    cblas_dsyrk(CblasColMajor, CblasLower, CblasTrans, (int)n, (int)m, 1, j,
                (int)m, 0, g, (int)n);
}

// c[i] = the roots of the diagonal of J'J, the norms of the columns.
static inline void kernel_normal_norms(const double *g, size_t n, double *c) {
  for (size_t i = 0; i < n; i++) c[i] = KERNEL_SQRT(g[i * n + i]);
}

// |diag(f) R^-1|, the Frobenius norm; w has n elements. f may be null for ones.
KERNEL_BODY double kernel_triangle_inverse_size_body(const double *r, size_t n,
                                                     const double *f,
                                                     double *w) {
  double sum = 0;
  for (size_t k = 0; k < n; k++) {
    // Column k of the inverse, from its diagonal upwards.
    w[k] = 1 / r[k * n + k];
    for (size_t i = k; i-- > 0;)
      w[i] = -kernel_dot_body(r + i * n + i + 1, w + i + 1, k - i)
             / r[i * n + i];
    for (size_t i = 0; i <= k; i++) {
      double x = f ? f[i] * w[i] : w[i];
      sum += x * x;
    }
  }
  return KERNEL_SQRT(sum);
}
KERNEL_DISPATCH(double, kernel_triangle_inverse_size,
                (const double *r, size_t n, const double *f, double *w),
                (r, n, f, w))

// Makes of J'J in r, whose diagonal has the roots c, the triangle R of columns of
// unit length, row by row. Returns 0 where a pivot is not positive.
static inline int kernel_normal_factorize(double *r, size_t n,
                                          const double *c) {
  for (size_t k = 0; k < n; k++) {
    for (size_t i = 0; i < k; i++) r[k * n + i] = 0;
    // Divided twice, as the product may overflow.
    for (size_t i = k; i < n; i++) r[k * n + i] = r[k * n + i] / c[i] / c[k];
  }
  // The lower triangle column by column is the upper one row by row.
  return lapack_potrf('L', (int)n, r, (int)n) == 0;
}

// q = R^-T diag(1 / c) q, then the columns of R times c / scale.
static inline void kernel_normal_finish(double *r, size_t n, const double *c,
                                        const double *scale, double *q) {
#pragma clang fp contract(on)
  for (size_t k = 0; k < n; k++) q[k] /= c[k];
  for (size_t k = 0; k < n; k++) {
    q[k] /= r[k * n + k];
    for (size_t i = k + 1; i < n; i++) q[i] -= r[k * n + i] * q[k];
  }
  for (size_t k = 0; k < n; k++)
    for (size_t i = k; i < n; i++) r[k * n + i] *= c[i] / scale[i];
}

#endif
