// Vectorised kernels that Swift's floating-point semantics rule out.
//
// Swift never reassociates a sum, so a Swift loop over `s += x[i] * y[i]` is
// one dependent chain, 6.7 times slower than the processor at n = 1000. The
// loops below are written over vectors of four doubles and, on x86-64, each
// is compiled twice: for the baseline (SSE2) and for AVX2 with FMA, chosen
// when it is called by what the processor has. Other architectures have one
// version. No compiler flag is needed, so a package that depends on this one
// gets the fast code too.
#ifndef SWIFT_OPTIMIZATION_KERNELS_H
#define SWIFT_OPTIMIZATION_KERNELS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#define KERNEL_HAS_AVX2                                                        \
  (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
#define KERNEL_AVX2 __attribute__((target("avx2,fma"), noinline)) static
#endif
#define KERNEL_BODY __attribute__((always_inline)) static inline

typedef double kernel_v4 __attribute__((vector_size(32), aligned(8)));
typedef int64_t kernel_m4 __attribute__((vector_size(32), aligned(8)));

KERNEL_BODY double kernel_sum4(kernel_v4 v) {
  return (v[0] + v[2]) + (v[1] + v[3]);
}

// Defines `name` with the given parameters as a dispatch over `name##_body`.
#if defined(__x86_64__)
#define KERNEL_DISPATCH(type, name, parameters, arguments)                     \
  KERNEL_AVX2 type name##_avx2 parameters { return name##_body arguments; }    \
  static inline type name parameters {                                         \
    if (KERNEL_HAS_AVX2) return name##_avx2 arguments;                         \
    return name##_body arguments;                                              \
  }
#else
#define KERNEL_DISPATCH(type, name, parameters, arguments)                     \
  static inline type name parameters { return name##_body arguments; }
#endif

// max |x[i]|, or NaN when any x[i] is NaN (BLAS leaves i?amax of NaN open).
KERNEL_BODY double kernel_max_magnitude_body(const double *x, size_t n) {
  kernel_v4 m0 = {0, 0, 0, 0}, m1 = m0, bad = m0;
  const kernel_m4 clear = {INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX};
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    kernel_v4 a = *(const kernel_v4 *)(x + i);
    kernel_v4 b = *(const kernel_v4 *)(x + i + 4);
    // x * 0 is 0 for a finite x and NaN for NaN and Inf; Inf is found by the
    // maximum, so only NaN needs `bad`, and both need it once, at the end.
    bad += a * 0.0 + b * 0.0;
    a = (kernel_v4)((kernel_m4)a & clear);
    b = (kernel_v4)((kernel_m4)b & clear);
    kernel_m4 ka = a > m0, kb = b > m1;
    m0 = (kernel_v4)(((kernel_m4)a & ka) | ((kernel_m4)m0 & ~ka));
    m1 = (kernel_v4)(((kernel_m4)b & kb) | ((kernel_m4)m1 & ~kb));
  }
  double m = 0, z = kernel_sum4(bad);
  for (int k = 0; k < 4; k++) {
    m = m0[k] > m ? m0[k] : m;
    m = m1[k] > m ? m1[k] : m;
  }
  for (; i < n; i++) {
    double a = __builtin_fabs(x[i]);
    z += a * 0.0;
    m = a > m ? a : m;
  }
  if (z == z) return m;
  // Not all finite: NaN wins over Inf.
  for (i = 0; i < n; i++)
    if (x[i] != x[i]) return __builtin_nan("");
  return m;
}
KERNEL_DISPATCH(double, kernel_max_magnitude, (const double *x, size_t n),
                (x, n))

// The same for float; not on the path of any optimizer, so left to the
// compiler.
static inline float kernel_max_magnitude_float(const float *x, size_t n) {
  float m = 0, z = 0;
  for (size_t i = 0; i < n; i++) {
    float a = __builtin_fabsf(x[i]);
    z += x[i] != x[i];
    m = a > m ? a : m;
  }
  return z > 0 ? __builtin_nanf("") : m;
}

// For an n×k panel W, column by column: products[2j] = W_j'u and
// products[2j + 1] = W_j'v.
//
// One sweep over W gives the products with both vectors. The rows are taken in
// chunks whose parts of u and v stay in the first-level cache, the columns four
// at a time, so that eight sums are under way and each load feeds a
// multiplication and more.
KERNEL_BODY void kernel_panel_products_body(const double *w, size_t n, size_t k,
                                            const double *u, const double *v,
                                            double *products) {
#pragma clang fp contract(fast)
  const kernel_v4 zero = {0, 0, 0, 0};
  for (size_t j = 0; j < 2 * k; j++) products[j] = 0;
  for (size_t start = 0; start < n; start += 1024) {
    size_t end = n - start < 1024 ? n : start + 1024;
    size_t j = 0;
    for (; j + 4 <= k; j += 4) {
      const double *p = w + j * n, *q = p + n, *r = q + n, *s = r + n;
      kernel_v4 pu = zero, qu = zero, ru = zero, su = zero;
      kernel_v4 pv = zero, qv = zero, rv = zero, sv = zero;
      size_t i = start;
      for (; i + 4 <= end; i += 4) {
        kernel_v4 a = *(const kernel_v4 *)(u + i);
        kernel_v4 b = *(const kernel_v4 *)(v + i);
        kernel_v4 c = *(const kernel_v4 *)(p + i);
        pu += c * a, pv += c * b;
        c = *(const kernel_v4 *)(q + i);
        qu += c * a, qv += c * b;
        c = *(const kernel_v4 *)(r + i);
        ru += c * a, rv += c * b;
        c = *(const kernel_v4 *)(s + i);
        su += c * a, sv += c * b;
      }
      for (; i < end; i++) {
        pu[0] += p[i] * u[i], pv[0] += p[i] * v[i];
        qu[0] += q[i] * u[i], qv[0] += q[i] * v[i];
        ru[0] += r[i] * u[i], rv[0] += r[i] * v[i];
        su[0] += s[i] * u[i], sv[0] += s[i] * v[i];
      }
      double *t = products + 2 * j;
      t[0] += kernel_sum4(pu), t[1] += kernel_sum4(pv);
      t[2] += kernel_sum4(qu), t[3] += kernel_sum4(qv);
      t[4] += kernel_sum4(ru), t[5] += kernel_sum4(rv);
      t[6] += kernel_sum4(su), t[7] += kernel_sum4(sv);
    }
    for (; j < k; j++) {
      const double *p = w + j * n;
      kernel_v4 pu = zero, pv = zero;
      size_t i = start;
      for (; i + 4 <= end; i += 4) {
        kernel_v4 c = *(const kernel_v4 *)(p + i);
        pu += c * *(const kernel_v4 *)(u + i);
        pv += c * *(const kernel_v4 *)(v + i);
      }
      for (; i < end; i++) pu[0] += p[i] * u[i], pv[0] += p[i] * v[i];
      products[2 * j] += kernel_sum4(pu);
      products[2 * j + 1] += kernel_sum4(pv);
    }
  }
}
KERNEL_DISPATCH(void, kernel_panel_products,
                (const double *w, size_t n, size_t k, const double *u,
                 const double *v, double *products),
                (w, n, k, u, v, products))

// d = alpha g + W c for an n×k panel W, and sums[0] = g'd, sums[1] = d'd.
//
// Each element of d is finished in a register and written once.
KERNEL_BODY void kernel_panel_combine_body(const double *w, size_t n, size_t k,
                                           const double *c, const double *g,
                                           double alpha, double *d,
                                           double *sums) {
#pragma clang fp contract(fast)
  const kernel_v4 zero = {0, 0, 0, 0};
  kernel_v4 gd0 = zero, gd1 = zero, dd0 = zero, dd1 = zero;
  size_t i = 0;
  for (; i + 16 <= n; i += 16) {
    kernel_v4 g0 = *(const kernel_v4 *)(g + i);
    kernel_v4 g1 = *(const kernel_v4 *)(g + i + 4);
    kernel_v4 g2 = *(const kernel_v4 *)(g + i + 8);
    kernel_v4 g3 = *(const kernel_v4 *)(g + i + 12);
    kernel_v4 d0 = alpha * g0, d1 = alpha * g1;
    kernel_v4 d2 = alpha * g2, d3 = alpha * g3;
    const double *p = w + i;
    for (size_t j = 0; j < k; j++, p += n) {
      d0 += c[j] * *(const kernel_v4 *)(p);
      d1 += c[j] * *(const kernel_v4 *)(p + 4);
      d2 += c[j] * *(const kernel_v4 *)(p + 8);
      d3 += c[j] * *(const kernel_v4 *)(p + 12);
    }
    gd0 += g0 * d0, dd0 += d0 * d0;
    gd1 += g1 * d1, dd1 += d1 * d1;
    gd0 += g2 * d2, dd0 += d2 * d2;
    gd1 += g3 * d3, dd1 += d3 * d3;
    *(kernel_v4 *)(d + i) = d0;
    *(kernel_v4 *)(d + i + 4) = d1;
    *(kernel_v4 *)(d + i + 8) = d2;
    *(kernel_v4 *)(d + i + 12) = d3;
  }
  double gd = kernel_sum4(gd0 + gd1), dd = kernel_sum4(dd0 + dd1);
  for (; i < n; i++) {
    double e = alpha * g[i];
    for (size_t j = 0; j < k; j++) e += c[j] * w[i + j * n];
    gd += g[i] * e, dd += e * e;
    d[i] = e;
  }
  sums[0] = gd, sums[1] = dd;
}
KERNEL_DISPATCH(void, kernel_panel_combine,
                (const double *w, size_t n, size_t k, const double *c,
                 const double *g, double alpha, double *d, double *sums),
                (w, n, k, c, g, alpha, d, sums))

// d = -H g by the two-loop recursion, for few rows: the pairs s, y are columns
// 2p and 2p + 1 of W for `count` slots p from `oldest` on, cyclically among
// `capacity`; s'y of the i-th oldest is sy[i * step]. sums = g'd, d'd.
KERNEL_BODY double kernel_short_dot(const double *x, const double *y,
                                    size_t n) {
#pragma clang fp contract(fast)
  size_t i = 0;
  double sum = 0;
  if (n >= 4) {
    kernel_v4 s = {0, 0, 0, 0};
    for (; i + 4 <= n; i += 4)
      s += *(const kernel_v4 *)(x + i) * *(const kernel_v4 *)(y + i);
    sum = kernel_sum4(s);
  }
  for (; i < n; i++) sum += x[i] * y[i];
  return sum;
}
KERNEL_BODY void kernel_two_loop_body(const double *w, size_t n, size_t oldest,
                                      size_t count, size_t capacity,
                                      const double *sy, size_t step,
                                      double gamma, const double *g,
                                      double *alpha, double *d, double *sums) {
#pragma clang fp contract(fast)
  for (size_t i = 0; i < n; i++) d[i] = -g[i];
  size_t p = oldest + count;
  for (size_t k = count; k-- > 0;) {
    p = p == 0 ? capacity - 1 : p - 1;
    const double *s = w + (p < capacity ? p : p - capacity) * 2 * n, *y = s + n;
    double a = kernel_short_dot(s, d, n) / sy[k * step];
    alpha[k] = a;
    for (size_t i = 0; i < n; i++) d[i] -= a * y[i];
  }
  for (size_t i = 0; i < n; i++) d[i] *= gamma;
  p = oldest;
  for (size_t k = 0; k < count; k++) {
    const double *s = w + p * 2 * n, *y = s + n;
    double a = alpha[k] - kernel_short_dot(y, d, n) / sy[k * step];
    for (size_t i = 0; i < n; i++) d[i] += a * s[i];
    p = p + 1 == capacity ? 0 : p + 1;
  }
  sums[0] = kernel_short_dot(g, d, n);
  sums[1] = kernel_short_dot(d, d, n);
}
KERNEL_DISPATCH(void, kernel_two_loop,
                (const double *w, size_t n, size_t oldest, size_t count,
                 size_t capacity, const double *sy, size_t step, double gamma,
                 const double *g, double *alpha, double *d, double *sums),
                (w, n, oldest, count, capacity, sy, step, gamma, g, alpha, d,
                 sums))

// s = a - b, y = e - f, and sums = s'y, s's, y'y.
KERNEL_BODY void kernel_differences_body(const double *a, const double *b,
                                         const double *e, const double *f,
                                         size_t n, double *s, double *y,
                                         double *sums) {
#pragma clang fp contract(fast)
  const kernel_v4 zero = {0, 0, 0, 0};
  kernel_v4 sy4 = zero, ss4 = zero, yy4 = zero;
  kernel_v4 sy5 = zero, ss5 = zero, yy5 = zero;
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    kernel_v4 s4 = *(const kernel_v4 *)(a + i) - *(const kernel_v4 *)(b + i);
    kernel_v4 y4 = *(const kernel_v4 *)(e + i) - *(const kernel_v4 *)(f + i);
    kernel_v4 s5 =
        *(const kernel_v4 *)(a + i + 4) - *(const kernel_v4 *)(b + i + 4);
    kernel_v4 y5 =
        *(const kernel_v4 *)(e + i + 4) - *(const kernel_v4 *)(f + i + 4);
    sy4 += s4 * y4, ss4 += s4 * s4, yy4 += y4 * y4;
    sy5 += s5 * y5, ss5 += s5 * s5, yy5 += y5 * y5;
    *(kernel_v4 *)(s + i) = s4, *(kernel_v4 *)(y + i) = y4;
    *(kernel_v4 *)(s + i + 4) = s5, *(kernel_v4 *)(y + i + 4) = y5;
  }
  double sy = kernel_sum4(sy4 + sy5), ss = kernel_sum4(ss4 + ss5),
         yy = kernel_sum4(yy4 + yy5);
  for (; i < n; i++) {
    double p = a[i] - b[i], q = e[i] - f[i];
    sy += p * q, ss += p * p, yy += q * q;
    s[i] = p, y[i] = q;
  }
  sums[0] = sy, sums[1] = ss, sums[2] = yy;
}
KERNEL_DISPATCH(void, kernel_differences,
                (const double *a, const double *b, const double *e,
                 const double *f, size_t n, double *s, double *y, double *sums),
                (a, b, e, f, n, s, y, sums))

#endif
