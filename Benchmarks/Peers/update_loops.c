// The fused loops that a C programmer would write: one pass over all arrays, compiled
// for the processor at hand, shared among threads by OpenMP.
#include <math.h>
#include <omp.h>
#include <stddef.h>

void set_threads(int threads) { omp_set_num_threads(threads); }

#define LOOPS(T, SQRT)                                                         \
  void adamw_##T(ptrdiff_t n, T *restrict x, const T *restrict g,              \
                 T *restrict m, T *restrict v, double rate, double step) {     \
    const T beta1 = (T)0.9, beta2 = (T)0.999, epsilon = (T)1e-8;               \
    const T rest1 = (T)0.1, rest2 = (T)0.001;                                  \
    const T scale = (T)(rate / (1 - pow(0.9, step)));                          \
    const T root = (T)(1 / sqrt(1 - pow(0.999, step)));                        \
    const T keep = (T)(1 - rate * 0.01);                                       \
    _Pragma("omp parallel for simd schedule(static)")                          \
    for (ptrdiff_t i = 0; i < n; i++) {                                        \
      T gi = g[i];                                                             \
      T mi = beta1 * m[i] + rest1 * gi;                                        \
      T vi = beta2 * v[i] + rest2 * gi * gi;                                   \
      m[i] = mi;                                                               \
      v[i] = vi;                                                               \
      x[i] = keep * x[i] - scale * mi / (SQRT(vi) * root + epsilon);           \
    }                                                                          \
  }                                                                            \
  void momentum_##T(ptrdiff_t n, T *restrict x, const T *restrict g,           \
                    T *restrict v, double rate) {                              \
    const T beta = (T)0.9, eta = (T)rate;                                      \
    _Pragma("omp parallel for simd schedule(static)")                          \
    for (ptrdiff_t i = 0; i < n; i++) {                                        \
      T vi = beta * v[i] + g[i];                                               \
      v[i] = vi;                                                               \
      x[i] -= eta * vi;                                                        \
    }                                                                          \
  }                                                                            \
  void triad_##T(ptrdiff_t n, T *restrict a, const T *restrict b,              \
                 const T *restrict c) {                                        \
    const T s = (T)3;                                                          \
    _Pragma("omp parallel for simd schedule(static)")                          \
    for (ptrdiff_t i = 0; i < n; i++) a[i] = b[i] + s * c[i];                  \
  }

LOOPS(double, sqrt)
LOOPS(float, sqrtf)
