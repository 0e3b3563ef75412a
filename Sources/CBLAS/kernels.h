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
//
// Without their sign, IEEE numbers are ordered as the integers of the same bits
// are, with Inf above every number and NaN above Inf, so that the integers'
// maximum is the answer and NaN needs no second look.
KERNEL_BODY double kernel_max_magnitude_body(const double *x, size_t n) {
  const kernel_m4 clear = {INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX};
  kernel_m4 m0 = {0, 0, 0, 0}, m1 = m0, m2 = m0, m3 = m0;
  size_t i = 0;
  for (; i + 16 <= n; i += 16) {
    kernel_m4 a = *(const kernel_m4 *)(x + i) & clear;
    kernel_m4 b = *(const kernel_m4 *)(x + i + 4) & clear;
    kernel_m4 c = *(const kernel_m4 *)(x + i + 8) & clear;
    kernel_m4 d = *(const kernel_m4 *)(x + i + 12) & clear;
    m0 = __builtin_elementwise_max(m0, a);
    m1 = __builtin_elementwise_max(m1, b);
    m2 = __builtin_elementwise_max(m2, c);
    m3 = __builtin_elementwise_max(m3, d);
  }
  for (; i + 4 <= n; i += 4) {
    kernel_m4 a = *(const kernel_m4 *)(x + i) & clear;
    m0 = __builtin_elementwise_max(m0, a);
  }
  if (i < n && n >= 4) {
    // The last four once more, some of them for the second time.
    kernel_m4 a = *(const kernel_m4 *)(x + n - 4) & clear;
    m0 = __builtin_elementwise_max(m0, a);
    i = n;
  }
  m0 = __builtin_elementwise_max(m0, m1);
  m2 = __builtin_elementwise_max(m2, m3);
  int64_t m = __builtin_reduce_max(__builtin_elementwise_max(m0, m2));
  for (; i < n; i++) {
    int64_t a;
    memcpy(&a, x + i, sizeof a);
    a &= INT64_MAX;
    m = a > m ? a : m;
  }
  double result;
  memcpy(&result, &m, sizeof m);
  return result;
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

#endif
