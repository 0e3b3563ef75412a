// Copies that take the norm on the way, for the factorizations.
//
// A factorization overwrites its argument, so it starts from a copy. The sweep
// that makes the copy also adds up the magnitudes of each column: ‖A‖₁, which
// the condition estimate needs, then costs no second pass over memory. It is
// NaN or infinite whenever an element is, so that it is the check of the input
// as well.
#ifndef SWIFT_OPTIMIZATION_FACTOR_KERNELS_H
#define SWIFT_OPTIMIZATION_FACTOR_KERNELS_H

#include "kernels.h"

#define FACTOR_KERNEL __attribute__((overloadable)) static inline
#define FACTOR_BODY __attribute__((overloadable)) KERNEL_BODY

#if defined(__x86_64__)
#define FACTOR_DISPATCH(type, name, parameters, arguments)                     \
  __attribute__((overloadable)) KERNEL_AVX2 type name##_avx2 parameters {      \
    return name##_body arguments;                                              \
  }                                                                            \
  FACTOR_KERNEL type name parameters {                                         \
    if (KERNEL_HAS_AVX2) return name##_avx2 arguments;                         \
    return name##_body arguments;                                              \
  }
#else
#define FACTOR_DISPATCH(type, name, parameters, arguments)                     \
  FACTOR_KERNEL type name parameters { return name##_body arguments; }
#endif

#define FACTOR_KERNELS(T)                                                      \
  /* max sums[i], or NaN when one of them is NaN or infinite. */               \
  FACTOR_BODY T kernel_largest_sum(const T *sums, size_t n) {                  \
    T m = 0, bad = 0;                                                          \
    for (size_t i = 0; i < n; i++) {                                           \
      m = sums[i] > m ? sums[i] : m;                                           \
      bad += sums[i] * 0;                                                      \
    }                                                                          \
    return m + bad;                                                            \
  }                                                                            \
                                                                               \
  /* The lower triangle of B becomes that of A + shift I; returns the largest  \
     column sum of magnitudes of the symmetric matrix, NaN when one of them is \
     not finite. `sums` has room for n numbers. */                             \
  FACTOR_BODY T kernel_copy_symmetric_body(const T *a, size_t n, T shift,      \
                                           T *b, T *sums) {                    \
    for (size_t i = 0; i < n; i++) sums[i] = 0;                                \
    for (size_t j = 0; j < n; j++) {                                           \
      _Pragma("clang fp reassociate(on)")                                      \
      const T *restrict source = a + j * n;                                    \
      T *restrict target = b + j * n;                                          \
      T *restrict row = sums;                                                  \
      T d = source[j] + shift, sum = 0;                                        \
      target[j] = d;                                                           \
      for (size_t i = j + 1; i < n; i++) {                                     \
        T x = source[i], magnitude = __builtin_elementwise_abs(x);             \
        target[i] = x;                                                         \
        row[i] += magnitude;                                                   \
        sum += magnitude;                                                      \
      }                                                                        \
      sums[j] += sum + __builtin_elementwise_abs(d);                           \
    }                                                                          \
    return kernel_largest_sum(sums, n);                                        \
  }                                                                            \
  FACTOR_DISPATCH(T, kernel_copy_symmetric,                                    \
                  (const T *a, size_t n, T shift, T *b, T *sums),              \
                  (a, n, shift, b, sums))                                      \
                                                                               \
  /* B becomes A, m×n; returns the largest column sum of magnitudes, NaN when  \
     one of them is not finite. */                                             \
  FACTOR_BODY T kernel_copy_general_body(const T *a, size_t m, size_t n,       \
                                         T *b) {                               \
    T largest = 0, bad = 0;                                                    \
    for (size_t j = 0; j < n; j++) {                                           \
      _Pragma("clang fp reassociate(on)")                                      \
      const T *restrict source = a + j * m;                                    \
      T *restrict target = b + j * m;                                          \
      T sum = 0;                                                               \
      for (size_t i = 0; i < m; i++) {                                         \
        target[i] = source[i];                                                 \
        sum += __builtin_elementwise_abs(source[i]);                           \
      }                                                                        \
      largest = sum > largest ? sum : largest;                                 \
      bad += sum * 0;                                                          \
    }                                                                          \
    return largest + bad;                                                      \
  }                                                                            \
  FACTOR_DISPATCH(T, kernel_copy_general,                                      \
                  (const T *a, size_t m, size_t n, T *b), (a, m, n, b))

FACTOR_KERNELS(double)
FACTOR_KERNELS(float)

#undef FACTOR_KERNELS
#undef FACTOR_DISPATCH
#undef FACTOR_BODY
#undef FACTOR_KERNEL

#endif
