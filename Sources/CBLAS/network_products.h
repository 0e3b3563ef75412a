// Products of a network's small matrices on processors with AVX-512.
//
// OpenBLAS knows processors by their model and takes the AVX2 kernels for one that
// is newer than itself, at half the speed of what the processor has. The products
// of a mini-batch, some 100 x 100, also fit a cache whole and need little of its
// packing. Here a strip of up to 24 rows of A is copied side by side, padded with
// zeros, and multiplied with eight columns of B at a time; its 24 sums are
// registers.
#ifndef SWIFT_OPTIMIZATION_NETWORK_PRODUCTS_H
#define SWIFT_OPTIMIZATION_NETWORK_PRODUCTS_H

#include "kernels.h"

#if defined(__x86_64__)

typedef double network_v8 __attribute__((vector_size(64), aligned(8)));

// The rows of a strip, and the columns of A that are copied at a time.
#define NETWORK_STRIP 24
#define NETWORK_DEPTH 256

// c = a b + (adds ? c : 0) for a strip of R vectors of rows, `rows` of which there
// are, and C columns; element (l, j) of b is at b[l * bl + j * bj].
#define NETWORK_TILE(R, C)                                                     \
  __attribute__((target("avx512f"), noinline)) static void                     \
      network_tile_##R##_##C(size_t k, size_t rows, const double *a,           \
                             const double *b, size_t bl, size_t bj, int adds,  \
                             double *c, size_t ldc) {                          \
    _Pragma("clang fp contract(on)") network_v8 sums[C][R];                  \
    _Pragma("clang loop unroll(full)") for (int j = 0; j < C; j++)             \
        _Pragma("clang loop unroll(full)") for (int r = 0; r < R; r++)         \
            sums[j][r] = (network_v8){0, 0, 0, 0, 0, 0, 0, 0};                 \
    for (size_t l = 0; l < k; l++, a += 8 * R, b += bl) {                      \
      network_v8 x[R];                                                         \
      _Pragma("clang loop unroll(full)") for (int r = 0; r < R; r++)           \
          x[r] = *(const network_v8 *)(a + 8 * r);                             \
      _Pragma("clang loop unroll(full)") for (int j = 0; j < C; j++) {         \
        const double y = b[j * bj];                                            \
        _Pragma("clang loop unroll(full)") for (int r = 0; r < R; r++)         \
            sums[j][r] += x[r] * y;                                            \
      }                                                                        \
    }                                                                          \
    for (int j = 0; j < C; j++, c += ldc) {                                    \
      if (rows == 8 * R) {                                                     \
        for (int r = 0; r < R; r++) {                                          \
          network_v8 *place = (network_v8 *)(c + 8 * r);                       \
          *place = adds ? *place + sums[j][r] : sums[j][r];                    \
        }                                                                      \
      } else {                                                                 \
        for (size_t i = 0; i < rows; i++) {                                    \
          const double sum = sums[j][i / 8][i % 8];                            \
          c[i] = adds ? c[i] + sum : sum;                                      \
        }                                                                      \
      }                                                                        \
    }                                                                          \
  }

NETWORK_TILE(1, 8)
NETWORK_TILE(2, 8)
NETWORK_TILE(3, 8)
NETWORK_TILE(1, 1)
NETWORK_TILE(2, 1)
NETWORK_TILE(3, 1)

// C = A B + (adds ? C : 0) with A m x k and B k x n, either of which may be stored
// transposed.
__attribute__((target("avx512f"), noinline)) static void
network_multiply_avx512(int transposed_a, int transposed_b, size_t m, size_t n,
                        size_t k, const double *a, size_t lda, const double *b,
                        size_t ldb, int adds, double *c, size_t ldc) {
  _Alignas(64) double strip[NETWORK_STRIP * NETWORK_DEPTH];
  const size_t bl = transposed_b ? ldb : 1, bj = transposed_b ? 1 : ldb;
  const size_t al = transposed_a ? 1 : lda, ai = transposed_a ? lda : 1;
  for (size_t l = 0; l < k; l += NETWORK_DEPTH, adds = 1) {
    const size_t depth = k - l < NETWORK_DEPTH ? k - l : NETWORK_DEPTH;
    size_t rows;
    for (size_t i = 0; i < m; i += rows) {
      // 32 rows are two strips of 16 rather than one of 24 and a thin one.
      const size_t left = m - i;
      rows = left == 32 ? 16 : left < NETWORK_STRIP ? left : NETWORK_STRIP;
      const size_t vectors = (rows + 7) / 8, padded = 8 * vectors;
      const double *from = a + l * al + i * ai;
      double *to = strip;
      for (size_t p = 0; p < depth; p++, from += al, to += padded) {
        if (rows == padded && !transposed_a) {
          for (size_t r = 0; r < padded; r += 8)
            *(network_v8 *)(to + r) = *(const network_v8 *)(from + r);
        } else {
          for (size_t r = 0; r < padded; r++) to[r] = r < rows ? from[r * ai] : 0;
        }
      }
      size_t j = 0;
      for (; j < n; j += n - j >= 8 ? 8 : 1) {
        const double *y = b + l * bl + j * bj;
        double *z = c + j * ldc + i;
        if (n - j >= 8) {
          if (vectors == 3)
            network_tile_3_8(depth, rows, strip, y, bl, bj, adds, z, ldc);
          else if (vectors == 2)
            network_tile_2_8(depth, rows, strip, y, bl, bj, adds, z, ldc);
          else
            network_tile_1_8(depth, rows, strip, y, bl, bj, adds, z, ldc);
        } else {
          if (vectors == 3)
            network_tile_3_1(depth, rows, strip, y, bl, bj, adds, z, ldc);
          else if (vectors == 2)
            network_tile_2_1(depth, rows, strip, y, bl, bj, adds, z, ldc);
          else
            network_tile_1_1(depth, rows, strip, y, bl, bj, adds, z, ldc);
        }
      }
    }
  }
}
#endif

// C = op(A) op(B) + (adds ? C : 0), where there is a fast way; else returns 0 and
// leaves C as it is.
static inline int network_multiply(int transposed_a, int transposed_b, size_t m,
                                   size_t n, size_t k, const double *a,
                                   size_t lda, const double *b, size_t ldb,
                                   int adds, double *c, size_t ldc) {
#if defined(__x86_64__)
  // Beyond 2^22 multiply-adds OpenBLAS's blocks for the caches, and its threads,
  // win.
  if (m * n * k > (size_t)1 << 22 || k == 0) return 0;
  if (!__builtin_cpu_supports("avx512f")) return 0;
  network_multiply_avx512(transposed_a, transposed_b, m, n, k, a, lda, b, ldb,
                          adds, c, ldc);
  return 1;
#else
  (void)transposed_a, (void)transposed_b, (void)m, (void)n, (void)k, (void)a, (void)lda, (void)b;
  (void)ldb, (void)adds, (void)c, (void)ldc;
  return 0;
#endif
}

#endif
