// Passes over the columns of a matrix, for data sets of a column a sample.
//
// Memory delivers at full speed to one stream of addresses only. Four columns
// side by side, as dgemv takes them, are four streams that end before the
// processor has seen that they are: for 200 rows they come at half the speed.
// So what reads from memory takes column by column, and only what finds its
// columns in a cache takes four at a time.
#ifndef SWIFT_OPTIMIZATION_COLUMNS_H
#define SWIFT_OPTIMIZATION_COLUMNS_H

#include "kernels.h"

// y[j] = a_j'x + b for the n columns of m rows, which come from memory.
KERNEL_BODY void kernel_columns_dot_body(const double *a, size_t m, size_t n,
                                         const double *x, double b, double *y) {
#pragma clang fp contract(on)
  for (size_t j = 0; j < n; j++, a += m) {
    const kernel_v4 zero = {0, 0, 0, 0};
    kernel_v4 s0 = zero, s1 = zero, s2 = zero, s3 = zero;
    size_t i = 0;
    for (; i + 16 <= m; i += 16) {
      s0 += *(const kernel_v4 *)(x + i) * *(const kernel_v4 *)(a + i);
      s1 += *(const kernel_v4 *)(x + i + 4) * *(const kernel_v4 *)(a + i + 4);
      s2 += *(const kernel_v4 *)(x + i + 8) * *(const kernel_v4 *)(a + i + 8);
      s3 += *(const kernel_v4 *)(x + i + 12) * *(const kernel_v4 *)(a + i + 12);
    }
    for (; i + 4 <= m; i += 4)
      s0 += *(const kernel_v4 *)(x + i) * *(const kernel_v4 *)(a + i);
    double sum = kernel_sum4((s0 + s1) + (s2 + s3));
    for (; i < m; i++) sum += x[i] * a[i];
    y[j] = sum + b;
  }
}
KERNEL_DISPATCH(void, kernel_columns_dot,
                (const double *a, size_t m, size_t n, const double *x, double b,
                 double *y),
                (a, m, n, x, b, y))

// y += sum x[j] a_j over the n columns of m rows, which are in a cache.
KERNEL_BODY void kernel_columns_add_body(const double *a, size_t m, size_t n,
                                         const double *x, double *y) {
#pragma clang fp contract(on)
  size_t j = 0;
  for (; j + 4 <= n; j += 4) {
    const double *a0 = a + j * m, *a1 = a0 + m, *a2 = a1 + m, *a3 = a2 + m;
    const double x0 = x[j], x1 = x[j + 1], x2 = x[j + 2], x3 = x[j + 3];
    size_t i = 0;
    for (; i + 4 <= m; i += 4) {
      kernel_v4 sum = *(const kernel_v4 *)(y + i);
      sum += x0 * *(const kernel_v4 *)(a0 + i);
      sum += x1 * *(const kernel_v4 *)(a1 + i);
      sum += x2 * *(const kernel_v4 *)(a2 + i);
      sum += x3 * *(const kernel_v4 *)(a3 + i);
      *(kernel_v4 *)(y + i) = sum;
    }
    for (; i < m; i++)
      y[i] = y[i] + x0 * a0[i] + x1 * a1[i] + x2 * a2[i] + x3 * a3[i];
  }
  for (; j < n; j++)
    for (size_t i = 0; i < m; i++) y[i] += x[j] * a[j * m + i];
}
KERNEL_DISPATCH(void, kernel_columns_add,
                (const double *a, size_t m, size_t n, const double *x,
                 double *y),
                (a, m, n, x, y))

// s_j = sqrt(w[j]) a_j for the n columns of m rows; where s has `rows` = m + 1,
// with sqrt(w[j]) below.
KERNEL_BODY void kernel_columns_scale_body(const double *a, size_t m, size_t n,
                                           const double *w, double *s,
                                           size_t rows) {
  for (size_t j = 0; j < n; j++, a += m, s += rows) {
    const double root = __builtin_elementwise_sqrt(w[j]);
    size_t i = 0;
    for (; i + 4 <= m; i += 4)
      *(kernel_v4 *)(s + i) = root * *(const kernel_v4 *)(a + i);
    for (; i < m; i++) s[i] = root * a[i];
    if (rows > m) s[m] = root;
  }
}
KERNEL_DISPATCH(void, kernel_columns_scale,
                (const double *a, size_t m, size_t n, const double *w,
                 double *s, size_t rows),
                (a, m, n, w, s, rows))

#endif
