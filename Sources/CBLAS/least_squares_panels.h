// The operations of least_squares.h for more than a few unknowns: reflections in
// panels, of which each is applied to the columns behind it as one product.
//
// LAPACK has the same (tpqrt), over products of OpenBLAS that allocate memory
// for some small shapes, and copies of R that is stored row by row here.
//
// Zen 4, one thread, microseconds, row by row, in panels, and LAPACK's geqp3 on all
// rows, which pivots besides: 10,000 rows of 48 columns 2900, 2500, 4300; of 100
// 14100, 8100, 21400; 2000 of 500 71800, 32000, 43700. Pivoting R of order 100 takes
// 230 instead of 590, of order 500 8800 instead of 75500.
#ifndef SWIFT_OPTIMIZATION_LEAST_SQUARES_PANELS_H
#define SWIFT_OPTIMIZATION_LEAST_SQUARES_PANELS_H

#include <string.h>

#include "lapack_calls.h"
#include "least_squares.h"

enum {
  kernel_panels_from = 48,
  // The rows of a block and the columns of a panel, 32 KiB together.
  kernel_panel_rows = 256,
  kernel_panel = 16,
  // What geqp3 may use for each column.
  kernel_pivot_panel = 64,
};

// The elements of scratch that the functions below need.
static inline size_t kernel_panels_scratch(size_t n) {
  size_t pivot = n * n + 3 * n + (n + 1) * kernel_pivot_panel;
  size_t damp = n * n + kernel_panel_rows * (n + 1);
  return pivot > damp ? pivot : damp;
}

// w[k] = v_k'x and u[k] = v_k'y for the panel's columns: eight sums at a time, so
// that a number which is read is used twice or four times.
KERNEL_BODY void kernel_panel_dot(const double *v, size_t ld, const double *x,
                                  const double *y, size_t rows, double *w,
                                  double *u) {
#pragma clang fp contract(on)
  for (size_t k = 0; k < kernel_panel; k += 4, v += 4 * ld) {
    const double *a = v, *b = v + ld, *c = v + 2 * ld, *d = v + 3 * ld;
    kernel_v4 s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};
    kernel_v4 t0 = {0}, t1 = {0}, t2 = {0}, t3 = {0};
    size_t i = 0;
    for (; i + 4 <= rows; i += 4) {
      kernel_v4 p = *(const kernel_v4 *)(x + i);
      kernel_v4 q = *(const kernel_v4 *)(y + i);
      kernel_v4 e = *(const kernel_v4 *)(a + i);
      kernel_v4 f = *(const kernel_v4 *)(b + i);
      s0 += e * p, t0 += e * q, s1 += f * p, t1 += f * q;
      kernel_v4 g = *(const kernel_v4 *)(c + i);
      kernel_v4 h = *(const kernel_v4 *)(d + i);
      s2 += g * p, t2 += g * q, s3 += h * p, t3 += h * q;
    }
    w[k] = kernel_sum4(s0), w[k + 1] = kernel_sum4(s1);
    w[k + 2] = kernel_sum4(s2), w[k + 3] = kernel_sum4(s3);
    u[k] = kernel_sum4(t0), u[k + 1] = kernel_sum4(t1);
    u[k + 2] = kernel_sum4(t2), u[k + 3] = kernel_sum4(t3);
    for (; i < rows; i++) {
      w[k] += a[i] * x[i], u[k] += a[i] * y[i];
      w[k + 1] += b[i] * x[i], u[k + 1] += b[i] * y[i];
      w[k + 2] += c[i] * x[i], u[k + 2] += c[i] * y[i];
      w[k + 3] += d[i] * x[i], u[k + 3] += d[i] * y[i];
    }
  }
}

// x -= sum of w[k] v_k, y -= sum of u[k] v_k.
KERNEL_BODY void kernel_panel_subtract(const double *v, size_t ld,
                                       const double *w, const double *u,
                                       double *x, double *y, size_t rows) {
#pragma clang fp contract(on)
  for (size_t k = 0; k < kernel_panel; k += 4, v += 4 * ld) {
    const double *a = v, *b = v + ld, *c = v + 2 * ld, *d = v + 3 * ld;
    const double w0 = w[k], w1 = w[k + 1], w2 = w[k + 2], w3 = w[k + 3];
    const double u0 = u[k], u1 = u[k + 1], u2 = u[k + 2], u3 = u[k + 3];
    size_t i = 0;
    for (; i + 4 <= rows; i += 4) {
      kernel_v4 p = *(kernel_v4 *)(x + i), q = *(kernel_v4 *)(y + i);
      kernel_v4 e = *(const kernel_v4 *)(a + i);
      kernel_v4 f = *(const kernel_v4 *)(b + i);
      p -= w0 * e, q -= u0 * e, p -= w1 * f, q -= u1 * f;
      kernel_v4 g = *(const kernel_v4 *)(c + i);
      kernel_v4 h = *(const kernel_v4 *)(d + i);
      p -= w2 * g, q -= u2 * g, p -= w3 * h, q -= u3 * h;
      *(kernel_v4 *)(x + i) = p;
      *(kernel_v4 *)(y + i) = q;
    }
    for (; i < rows; i++) {
      x[i] -= w0 * a[i] + w1 * b[i] + w2 * c[i] + w3 * d[i];
      y[i] -= u0 * a[i] + u1 * b[i] + u2 * c[i] + u3 * d[i];
    }
  }
}

// w = T'(top + w) and top -= w, for the rows of R that a panel belongs to.
KERNEL_BODY void kernel_panel_rotate(double (*t)[kernel_panel], double *w,
                                     double *top, size_t stride,
                                     size_t width) {
#pragma clang fp contract(on)
  double u[kernel_panel] = {0};
  for (size_t k = 0; k < width; k++) w[k] += top[k * stride];
  // All of T, zeros too, in whole vectors.
  for (size_t k = 0; k < width; k++)
    for (size_t l = 0; l < kernel_panel; l++) u[l] += t[k][l] * w[k];
  for (size_t k = 0; k < width; k++) top[k * stride] -= u[k];
  for (size_t l = 0; l < kernel_panel; l++) w[l] = u[l];
}

// Reflections of the columns from `from` on, as those of
// kernel_triangle_append, for a block of rows that have zeros before.
//
// With v scaled so that it is 1 in its row of R, H = I - tau v v'. The product of
// the reflections of a panel is I - V T V', T upper triangular (Schreiber and Van
// Loan 1989), and in the rows of R V is the unit matrix.
KERNEL_BODY void kernel_panels_block(double *r, size_t n, double *q, double *j,
                                     size_t ld, size_t rows, double *b,
                                     size_t from) {
#pragma clang fp contract(on)
  for (size_t first = from; first < n; first += kernel_panel) {
    size_t width = n - first < kernel_panel ? n - first : kernel_panel;
    size_t end = first + width;
    double tau[kernel_panel] = {0}, t[kernel_panel][kernel_panel] = {{0}};
    double *panel = j + first * ld;
    for (size_t k = first; k < end; k++) {
      double *v = j + k * ld, *row = r + k * n;
      double sigma = kernel_dot_body(v, v, rows);
      if (sigma == 0) continue;
      double alpha = row[k], length = KERNEL_SQRT(alpha * alpha + sigma);
      double beta = alpha > 0 ? -length : length, v0 = alpha - beta;
      double factor = -v0 / beta, inverse = 1 / v0;
      row[k] = beta;
      tau[k - first] = factor;
      for (size_t l = 0; l < rows; l++) v[l] *= inverse;
      for (size_t i = k + 1; i < end; i++) {
        double *c = j + i * ld;
        double x = (row[i] + kernel_dot_body(v, c, rows)) * factor;
        row[i] -= x;
        kernel_axpy_body(-x, v, c, rows);
      }
    }
    // Column k of T is -tau T V'v above its diagonal.
    for (size_t k = 0; k < width; k++) {
      double product[kernel_panel];
      for (size_t i = 0; i < k; i++)
        product[i] = kernel_dot_body(panel + i * ld, panel + k * ld, rows);
      for (size_t i = 0; i < k; i++) {
        double sum = 0;
        for (size_t l = i; l < k; l++) sum += t[i][l] * product[l];
        t[i][k] = -tau[k] * sum;
      }
      t[k][k] = tau[k];
    }
    // The columns behind it, two by two, and the residuals as one more.
    size_t i = end;
    for (; width == kernel_panel && i < n; i += 2) {
      double *x = j + i * ld, *y = i + 1 < n ? x + ld : b;
      double w[kernel_panel], u[kernel_panel];
      kernel_panel_dot(panel, ld, x, y, rows, w, u);
      kernel_panel_rotate(t, w, r + first * n + i, n, width);
      if (i + 1 < n) kernel_panel_rotate(t, u, r + first * n + i + 1, n, width);
      else kernel_panel_rotate(t, u, q + first, 1, width);
      kernel_panel_subtract(panel, ld, w, u, x, y, rows);
    }
    // The last panel has only the residuals behind it, another may have them left.
    if (i > n) continue;
    double w[kernel_panel] = {0};
    for (size_t k = 0; k < width; k++)
      w[k] = kernel_dot_body(panel + k * ld, b, rows);
    kernel_panel_rotate(t, w, q + first, 1, width);
    for (size_t k = 0; k < width; k++)
      kernel_axpy_body(-w[k], panel + k * ld, b, rows);
  }
}

// As kernel_triangle_append.
KERNEL_BODY void kernel_panels_append_body(double *r, size_t n, double *q,
                                           double *j, size_t ld, size_t m,
                                           double *b) {
  for (size_t first = 0; first < m; first += kernel_panel_rows) {
    size_t rows = m - first < kernel_panel_rows ? m - first : kernel_panel_rows;
    kernel_panels_block(r, n, q, j + first, ld, rows, b + first, 0);
  }
}
KERNEL_DISPATCH(void, kernel_panels_append,
                (double *r, size_t n, double *q, double *j, size_t ld, size_t m,
                 double *b),
                (r, n, q, j, ld, m, b))

// The rows root * e_k', which have zeros before column k; w has room for a block.
KERNEL_BODY void kernel_panels_diagonal_body(double *r, size_t n, double *q,
                                             double root, double *w) {
  double *b = w + kernel_panel_rows * n;
  for (size_t first = 0; first < n; first += kernel_panel_rows) {
    size_t rows = n - first < kernel_panel_rows ? n - first : kernel_panel_rows;
    memset(w, 0, kernel_panel_rows * (n + 1) * sizeof(double));
    for (size_t i = 0; i < rows; i++)
      w[(first + i) * kernel_panel_rows + i] = root;
    kernel_panels_block(r, n, q, w, kernel_panel_rows, rows, b, first);
  }
}
KERNEL_DISPATCH(void, kernel_panels_diagonal,
                (double *r, size_t n, double *q, double root, double *w),
                (r, n, q, root, w))

// As kernel_triangle_pivot.
static inline size_t kernel_panels_pivot(double *r, size_t n, double *q,
                                         const double *c, const double *scale,
                                         double tolerance, int32_t *permutation,
                                         double *w) {
  double *tau = w + n * n, *work = tau + n;
  const int length = (int)(2 * n + (n + 1) * kernel_pivot_panel);
  for (size_t i = 0; i < n; i++) {
    double inverse = c[i] > 0 ? 1 / c[i] : 0;
    for (size_t k = 0; k < n; k++)
      w[i * n + k] = k <= i ? r[k * n + i] * inverse : 0;
    permutation[i] = 0;
  }
  lapack_geqp3((int)n, (int)n, w, (int)n, permutation, tau, work, length);
  lapack_ormqr('L', 'T', (int)n, 1, (int)n, w, (int)n, tau, q, (int)n, work,
               length);
  size_t rank = 0;
  while (rank < n && __builtin_fabs(w[rank * n + rank]) > tolerance) rank++;
  for (size_t i = 0; i < n; i++) {
    size_t column = (size_t)--permutation[i];
    double factor = scale[column] > 0 ? c[column] / scale[column] : 0;
    for (size_t k = 0; k < n; k++)
      r[k * n + i] = k <= i && k < rank ? w[i * n + k] * factor : 0;
  }
  for (size_t k = rank; k < n; k++) q[k] = 0;
  return rank;
}

// As kernel_triangle_damp, by reflections.
static inline int kernel_panels_damp(const double *r, size_t n, const double *q,
                                     double lambda, double *s, double *z,
                                     double *w) {
  memcpy(s, r, n * n * sizeof(double));
  for (size_t k = 0; k < n; k++) z[k] = -q[k];
  double root = KERNEL_SQRT(lambda);
  if (root > 0) kernel_panels_diagonal(s, n, z, root, w);
  for (size_t k = n; k-- > 0;) {
    double d = s[k * n + k];
    if (d == 0) return 0;
    z[k] = (z[k] - kernel_dot(s + k * n + k + 1, z + k + 1, n - k - 1)) / d;
  }
  return 1;
}

#endif
