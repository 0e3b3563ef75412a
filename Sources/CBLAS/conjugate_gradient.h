// What a step of conjugate gradients reads: the products of its formulas in one
// pass over three vectors, and the next direction in another.
#ifndef SWIFT_OPTIMIZATION_CONJUGATE_GRADIENT_H
#define SWIFT_OPTIMIZATION_CONJUGATE_GRADIENT_H

#include "kernels.h"

// Products of the gradient g at the beginning of a step, h at its end, their
// difference y = h - g and the direction d. Those with y are summed from the
// differences: as differences of sums they would cancel.
struct kernel_step_products {
  double gg, gh, hh, hy, yy, dg, dh, dy, dd;
};

KERNEL_BODY struct kernel_step_products kernel_step_products_body(
    const double *g, const double *h, const double *d, size_t n) {
#pragma clang fp contract(on)
  const kernel_v4 zero = {0, 0, 0, 0};
  kernel_v4 gg = zero, gh = zero, hh = zero, hy = zero, yy = zero;
  kernel_v4 dg = zero, dh = zero, dy = zero, dd = zero;
  size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    kernel_v4 a = *(const kernel_v4 *)(g + i);
    kernel_v4 b = *(const kernel_v4 *)(h + i);
    kernel_v4 c = *(const kernel_v4 *)(d + i);
    kernel_v4 y = b - a;
    gg += a * a, gh += a * b, hh += b * b;
    hy += b * y, yy += y * y;
    dg += c * a, dh += c * b, dy += c * y, dd += c * c;
  }
  struct kernel_step_products p = {
      kernel_sum4(gg), kernel_sum4(gh), kernel_sum4(hh),
      kernel_sum4(hy), kernel_sum4(yy), kernel_sum4(dg),
      kernel_sum4(dh), kernel_sum4(dy), kernel_sum4(dd)};
  for (; i < n; i++) {
    double y = h[i] - g[i];
    p.gg += g[i] * g[i], p.gh += g[i] * h[i], p.hh += h[i] * h[i];
    p.hy += h[i] * y, p.yy += y * y;
    p.dg += d[i] * g[i], p.dh += d[i] * h[i], p.dy += d[i] * y;
    p.dd += d[i] * d[i];
  }
  return p;
}
KERNEL_DISPATCH(struct kernel_step_products, kernel_step_products,
                (const double *g, const double *h, const double *d, size_t n),
                (g, h, d, n))

// e = beta d - g, with g'e and e'e.
struct kernel_slope {
  double ge, ee;
};

KERNEL_BODY struct kernel_slope kernel_conjugate_direction_body(
    double beta, const double *d, const double *g, double *e, size_t n) {
#pragma clang fp contract(on)
  const kernel_v4 zero = {0, 0, 0, 0};
  kernel_v4 s0 = zero, s1 = zero, t0 = zero, t1 = zero;
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    kernel_v4 g0 = *(const kernel_v4 *)(g + i);
    kernel_v4 g1 = *(const kernel_v4 *)(g + i + 4);
    kernel_v4 e0 = beta * *(const kernel_v4 *)(d + i) - g0;
    kernel_v4 e1 = beta * *(const kernel_v4 *)(d + i + 4) - g1;
    *(kernel_v4 *)(e + i) = e0, *(kernel_v4 *)(e + i + 4) = e1;
    s0 += g0 * e0, s1 += g1 * e1;
    t0 += e0 * e0, t1 += e1 * e1;
  }
  struct kernel_slope r = {kernel_sum4(s0 + s1), kernel_sum4(t0 + t1)};
  for (; i < n; i++) {
    e[i] = beta * d[i] - g[i];
    r.ge += g[i] * e[i], r.ee += e[i] * e[i];
  }
  return r;
}
KERNEL_DISPATCH(struct kernel_slope, kernel_conjugate_direction,
                (double beta, const double *d, const double *g, double *e,
                 size_t n),
                (beta, d, g, e, n))

#endif
