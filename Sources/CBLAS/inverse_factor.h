// The sweep of a dense quasi-Newton step over the factor of the inverse Hessian.
#ifndef SWIFT_OPTIMIZATION_INVERSE_FACTOR_H
#define SWIFT_OPTIMIZATION_INVERSE_FACTOR_H

#include "kernels.h"

// A <- A + u v', and y <- A p with the new A, of order n.
//
// Each column is read and written once, where an update and then a product would
// read it twice: from n = 500 on the matrix comes from memory, and that is what
// the step costs.
KERNEL_BODY void kernel_update_multiply_body(double *a, size_t n,
                                             const double *u, const double *v,
                                             const double *p, double *y) {
#pragma clang fp contract(on)
  for (size_t i = 0; i < n; i++) y[i] = 0;
  size_t j = 0;
  for (; j + 2 <= n; j += 2) {
    double *a0 = a + j * n, *a1 = a0 + n;
    const double v0 = v[j], v1 = v[j + 1], p0 = p[j], p1 = p[j + 1];
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
      const kernel_v4 ui = *(const kernel_v4 *)(u + i);
      const kernel_v4 c0 = *(kernel_v4 *)(a0 + i) + v0 * ui;
      const kernel_v4 c1 = *(kernel_v4 *)(a1 + i) + v1 * ui;
      *(kernel_v4 *)(a0 + i) = c0;
      *(kernel_v4 *)(a1 + i) = c1;
      *(kernel_v4 *)(y + i) += p0 * c0 + p1 * c1;
    }
    for (; i < n; i++) {
      a0[i] += v0 * u[i];
      a1[i] += v1 * u[i];
      y[i] += p0 * a0[i] + p1 * a1[i];
    }
  }
  if (j < n)
    for (size_t i = 0; i < n; i++) {
      a[j * n + i] += v[j] * u[i];
      y[i] += p[j] * a[j * n + i];
    }
}
KERNEL_DISPATCH(void, kernel_update_multiply,
                (double *a, size_t n, const double *u, const double *v,
                 const double *p, double *y),
                (a, n, u, v, p, y))

#endif
