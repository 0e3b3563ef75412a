// The triangular factor of a least-squares problem, for few unknowns.
//
// LAPACK's QR costs some microseconds of administration before it has
// factorized 50 rows of 4 columns; a step of Levenberg and Marquardt's method
// on a typical curve fit is not longer than that. Here rows are taken block by
// block into a triangle, so that a tall matrix is read once and each block
// stays in the cache for all its reflections.
//
// Triangles are stored row by row, r[k * n + i] with i >= k: the rows are what
// reflections, rotations and both kinds of substitution run along.
#ifndef SWIFT_OPTIMIZATION_LEAST_SQUARES_H
#define SWIFT_OPTIMIZATION_LEAST_SQUARES_H

#include "vector_kernels.h"

#define KERNEL_SQRT(x) __builtin_elementwise_sqrt(x)

// R'R += J'J and q = the new Q'b, for rows of J (columns ld apart) and of b.
//
// The reflection of column k touches row k of R and the block alone, since the
// rows of R below have zeros in that column. J and b are overwritten; what is
// left of b is orthogonal to the columns.
KERNEL_BODY void kernel_triangle_append_body(double *r, size_t n, double *q,
                                             double *j, size_t ld, size_t m,
                                             double *b) {
#pragma clang fp contract(on)
  size_t block = 4096 / (n ? n : 1);
  if (block < 32) block = 32;
  for (size_t first = 0; first < m; first += block) {
    size_t rows = m - first < block ? m - first : block;
    for (size_t k = 0; k < n; k++) {
      double *v = j + first + k * ld, *row = r + k * n;
      double sigma = kernel_dot_body(v, v, rows);
      if (sigma == 0) continue;
      // H = I - v v' / (-beta v0), v = (alpha - beta, column), beta of the
      // sign that lets nothing cancel.
      double alpha = row[k], length = KERNEL_SQRT(alpha * alpha + sigma);
      double beta = alpha > 0 ? -length : length, v0 = alpha - beta;
      double inverse = -1 / (beta * v0);
      row[k] = beta;
      for (size_t i = k + 1; i < n; i++) {
        double *c = j + first + i * ld;
        double t = (v0 * row[i] + kernel_dot_body(v, c, rows)) * inverse;
        row[i] -= t * v0;
        kernel_axpy_body(-t, v, c, rows);
      }
      double t = (v0 * q[k] + kernel_dot_body(v, b + first, rows)) * inverse;
      q[k] -= t * v0;
      kernel_axpy_body(-t, v, b + first, rows);
    }
  }
}
KERNEL_DISPATCH(void, kernel_triangle_append,
                (double *r, size_t n, double *q, double *j, size_t ld, size_t m,
                 double *b),
                (r, n, q, j, ld, m, b))

// Column norms c[i] of a triangle.
static inline void kernel_triangle_norms(const double *r, size_t n, double *c) {
  for (size_t i = 0; i < n; i++) c[i] = 0;
  for (size_t k = 0; k < n; k++)
    for (size_t i = k; i < n; i++) c[i] += r[k * n + i] * r[k * n + i];
  for (size_t i = 0; i < n; i++) c[i] = KERNEL_SQRT(c[i]);
}

// The pivoted factorization Q' R P of a triangle whose columns are divided by
// their norms c[i] while it decides what depends on what; after it the columns
// are multiplied by norm / scale. Returns the rank: columns of which no more
// than `tolerance` of their length is left count as dependent, and the rows
// from there on become zeros, with the elements of q.
//
// w has n * n + n elements of scratch, permutation[k] is the column that came
// to place k.
static inline size_t kernel_triangle_pivot(double *r, size_t n, double *q,
                                           const double *c, const double *scale,
                                           double tolerance,
                                           int32_t *permutation, double *w) {
#pragma clang fp contract(on)
  // Columns behind one another, where reflections of full columns run.
  double *left = w + n * n;
  for (size_t i = 0; i < n; i++) {
    double inverse = c[i] > 0 ? 1 / c[i] : 0;
    double sum = 0;
    for (size_t k = 0; k < n; k++) {
      double x = k <= i ? r[k * n + i] * inverse : 0;
      w[i * n + k] = x;
      sum += x * x;
    }
    left[i] = sum;
    permutation[i] = (int32_t)i;
  }
  size_t rank = 0;
  for (; rank < n; rank++) {
    size_t k = rank, best = k;
    // What is left of the columns is summed anew each time: n^3/3 flops more
    // than downdating, and no cancellation to watch over.
    for (size_t i = k; i < n; i++) {
      double sum = 0;
      for (size_t l = k; l < n; l++) sum += w[i * n + l] * w[i * n + l];
      left[i] = sum;
      if (sum > left[best]) best = i;
    }
    if (!(left[best] > tolerance * tolerance)) break;
    if (best != k) {
      for (size_t l = 0; l < n; l++) {
        double t = w[k * n + l];
        w[k * n + l] = w[best * n + l];
        w[best * n + l] = t;
      }
      int32_t p = permutation[k];
      permutation[k] = permutation[best];
      permutation[best] = p;
    }
    double *v = w + k * n;
    double length = KERNEL_SQRT(left[best]), alpha = v[k];
    double beta = alpha > 0 ? -length : length, v0 = alpha - beta;
    double inverse = -1 / (beta * v0);
    for (size_t i = k + 1; i <= n; i++) {
      double *x = i < n ? w + i * n : q;
      double t = v0 * x[k];
      for (size_t l = k + 1; l < n; l++) t += v[l] * x[l];
      t *= inverse;
      x[k] -= t * v0;
      for (size_t l = k + 1; l < n; l++) x[l] -= t * v[l];
    }
    v[k] = beta;
  }
  for (size_t i = 0; i < n; i++) {
    size_t column = (size_t)permutation[i];
    double factor = scale[column] > 0 ? c[column] / scale[column] : 0;
    for (size_t k = 0; k < n; k++)
      r[k * n + i] = k <= i && k < rank ? w[i * n + k] * factor : 0;
  }
  for (size_t k = rank; k < n; k++) q[k] = 0;
  return rank;
}

// Minimises |R z + q|^2 + lambda |z|^2: s becomes the triangle of
// R'R + lambda, by rotations, and z the solution; w has n elements.
//
// Returns 0 when s is singular, which it is for lambda = 0 alone.
static inline int kernel_triangle_damp(const double *r, size_t n,
                                       const double *q, double lambda,
                                       double *s, double *z, double *w) {
#pragma clang fp contract(on)
  for (size_t k = 0; k < n; k++) {
    for (size_t i = k; i < n; i++) s[k * n + i] = r[k * n + i];
    z[k] = -q[k];
  }
  double root = KERNEL_SQRT(lambda);
  for (size_t first = 0; first < n && root > 0; first++) {
    // The row sqrt(lambda) e', rotated into the rows from `first` on.
    double b = 0;
    w[first] = root;
    for (size_t i = first + 1; i < n; i++) w[i] = 0;
    for (size_t k = first; k < n; k++) {
      double *row = s + k * n;
      double length = KERNEL_SQRT(row[k] * row[k] + w[k] * w[k]);
      if (!(length > 0)) continue;
      double cosine = row[k] / length, sine = w[k] / length;
      for (size_t i = k; i < n; i++) {
        double x = row[i], y = w[i];
        row[i] = cosine * x + sine * y;
        w[i] = cosine * y - sine * x;
      }
      double x = z[k];
      z[k] = cosine * x + sine * b;
      b = cosine * b - sine * x;
    }
  }
  for (size_t k = n; k-- > 0;) {
    double t = z[k], d = s[k * n + k];
    for (size_t i = k + 1; i < n; i++) t -= s[k * n + i] * z[i];
    if (d == 0) return 0;
    z[k] = t / d;
  }
  return 1;
}

// |S^-T z|^2, w has n elements.
static inline double kernel_triangle_inverse_norm(const double *s, size_t n,
                                                  const double *z, double *w) {
#pragma clang fp contract(on)
  double sum = 0;
  for (size_t k = 0; k < n; k++) w[k] = z[k];
  for (size_t k = 0; k < n; k++) {
    double t = w[k] / s[k * n + k];
    for (size_t i = k + 1; i < n; i++) w[i] -= t * s[k * n + i];
    sum += t * t;
  }
  return sum;
}

// b = (S'S)^-1 b.
static inline void kernel_triangle_solve_square(const double *s, size_t n,
                                                double *b) {
#pragma clang fp contract(on)
  for (size_t k = 0; k < n; k++) {
    b[k] /= s[k * n + k];
    for (size_t i = k + 1; i < n; i++) b[i] -= b[k] * s[k * n + i];
  }
  for (size_t k = n; k-- > 0;) {
    double t = b[k];
    for (size_t i = k + 1; i < n; i++) t -= s[k * n + i] * b[i];
    b[k] = t / s[k * n + k];
  }
}

// The z of the first `rank` unknowns with R z = -q, the others 0.
static inline void kernel_triangle_solve(const double *r, size_t n, size_t rank,
                                         const double *q, double *z) {
#pragma clang fp contract(on)
  for (size_t k = n; k-- > 0;) {
    if (k >= rank) {
      z[k] = 0;
      continue;
    }
    double t = -q[k];
    for (size_t i = k + 1; i < rank; i++) t -= r[k * n + i] * z[i];
    z[k] = t / r[k * n + k];
  }
}

// y = R z.
static inline void kernel_triangle_multiply(const double *r, size_t n,
                                            const double *z, double *y) {
#pragma clang fp contract(on)
  for (size_t k = 0; k < n; k++) {
    double t = 0;
    for (size_t i = k; i < n; i++) t += r[k * n + i] * z[i];
    y[k] = t;
  }
}

// y = R'z.
static inline void kernel_triangle_multiply_transposed(const double *r,
                                                       size_t n,
                                                       const double *z,
                                                       double *y) {
#pragma clang fp contract(on)
  for (size_t i = 0; i < n; i++) y[i] = 0;
  for (size_t k = 0; k < n; k++)
    for (size_t i = k; i < n; i++) y[i] += r[k * n + i] * z[k];
}

// y = A'x for the n columns of m rows.
KERNEL_BODY void kernel_columns_gradient_body(const double *a, size_t m,
                                              size_t n, const double *x,
                                              double *y) {
  for (size_t j = 0; j < n; j++) y[j] = kernel_dot_body(a + j * m, x, m);
}
KERNEL_DISPATCH(void, kernel_columns_gradient,
                (const double *a, size_t m, size_t n, const double *x,
                 double *y),
                (a, m, n, x, y))

#endif
