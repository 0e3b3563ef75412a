// What the factorizations need beyond LAPACK, for float and double: copies that
// take the norm on the way, and the Cholesky factorization of blocks.
#ifndef SWIFT_OPTIMIZATION_FACTOR_KERNELS_H
#define SWIFT_OPTIMIZATION_FACTOR_KERNELS_H

#include "kernels.h"

enum {
  CHOLESKY_DIRECT = 240, /* the largest order factorized where it stands */
  CHOLESKY_BLOCK = 96    /* the widest panel, a multiple of 4 */
};

// As in kernels.h, but one overloaded name for both types.
#define FACTOR_BODY __attribute__((overloadable)) KERNEL_BODY
#if defined(__x86_64__)
#define FACTOR_DISPATCH(type, name, parameters, arguments)                     \
  __attribute__((overloadable)) KERNEL_AVX2 type name##_avx2 parameters {      \
    return name##_body arguments;                                              \
  }                                                                            \
  __attribute__((overloadable)) static inline type name parameters {           \
    if (KERNEL_HAS_AVX2) return name##_avx2 arguments;                         \
    return name##_body arguments;                                              \
  }
#else
#define FACTOR_DISPATCH(type, name, parameters, arguments)                     \
  __attribute__((overloadable)) static inline type name parameters {           \
    return name##_body arguments;                                              \
  }
#endif

#define T double
#define LANES 4
#define NAME(x) kernel_double_##x
#define SQUARE_ROOT __builtin_sqrt
typedef T NAME(vector) __attribute__((vector_size(32), aligned(sizeof(T))));
#include "cholesky_kernel.h"
#include "copy_kernel.h"
#undef T
#undef LANES
#undef NAME
#undef SQUARE_ROOT

#define T float
#define LANES 8
#define NAME(x) kernel_float_##x
#define SQUARE_ROOT __builtin_sqrtf
typedef T NAME(vector) __attribute__((vector_size(32), aligned(sizeof(T))));
#include "cholesky_kernel.h"
#include "copy_kernel.h"
#undef T
#undef LANES
#undef NAME
#undef SQUARE_ROOT

#undef FACTOR_DISPATCH
#undef FACTOR_BODY

#endif
