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

// Σ x[i] y[i]
KERNEL_BODY double kernel_dot_body(const double *x, const double *y,
                                   size_t n) {
#pragma clang fp contract(fast)
  kernel_v4 a = {0, 0, 0, 0}, b = a, c = a, d = a;
  size_t i = 0;
  for (; i + 16 <= n; i += 16) {
    a += *(const kernel_v4 *)(x + i) * *(const kernel_v4 *)(y + i);
    b += *(const kernel_v4 *)(x + i + 4) * *(const kernel_v4 *)(y + i + 4);
    c += *(const kernel_v4 *)(x + i + 8) * *(const kernel_v4 *)(y + i + 8);
    d += *(const kernel_v4 *)(x + i + 12) * *(const kernel_v4 *)(y + i + 12);
  }
  for (; i + 4 <= n; i += 4)
    a += *(const kernel_v4 *)(x + i) * *(const kernel_v4 *)(y + i);
  double s = kernel_sum4((a + b) + (c + d));
  for (; i < n; i++) s += x[i] * y[i];
  return s;
}
KERNEL_DISPATCH(double, kernel_dot, (const double *x, const double *y, size_t n),
                (x, y, n))

#endif
