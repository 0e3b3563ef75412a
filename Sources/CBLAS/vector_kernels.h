// Sums and updates of short vectors.
//
// A call into OpenBLAS costs 4 to 6 ns before its first multiplication: a jump
// through the procedure linkage table, a look at the threads, a jump through
// the table of kernels. That is as much as 100 elements take. Up to
// KERNEL_SHORT elements the loops below are faster, whatever OpenBLAS does
// (Zen 4, AVX2 against OpenBLAS's AVX-512); above, they are as fast within a
// few per cent, and the library, which knows more processors, has the work.
#ifndef SWIFT_OPTIMIZATION_VECTOR_KERNELS_H
#define SWIFT_OPTIMIZATION_VECTOR_KERNELS_H

#include "kernels.h"

#define KERNEL_SHORT 1024

// x'y.
KERNEL_BODY double kernel_dot_body(const double *x, const double *y,
                                   size_t n) {
#pragma clang fp contract(on)
  const kernel_v4 zero = {0, 0, 0, 0};
  kernel_v4 s0 = zero, s1 = zero, s2 = zero, s3 = zero;
  size_t i = 0;
  for (; i + 16 <= n; i += 16) {
    s0 += *(const kernel_v4 *)(x + i) * *(const kernel_v4 *)(y + i);
    s1 += *(const kernel_v4 *)(x + i + 4) * *(const kernel_v4 *)(y + i + 4);
    s2 += *(const kernel_v4 *)(x + i + 8) * *(const kernel_v4 *)(y + i + 8);
    s3 += *(const kernel_v4 *)(x + i + 12) * *(const kernel_v4 *)(y + i + 12);
  }
  for (; i + 4 <= n; i += 4)
    s0 += *(const kernel_v4 *)(x + i) * *(const kernel_v4 *)(y + i);
  double sum = kernel_sum4((s0 + s1) + (s2 + s3));
  for (; i < n; i++) sum += x[i] * y[i];
  return sum;
}
KERNEL_DISPATCH(double, kernel_dot, (const double *x, const double *y, size_t n),
                (x, y, n))

// y += alpha x.
KERNEL_BODY void kernel_axpy_body(double alpha, const double *x, double *y,
                                  size_t n) {
#pragma clang fp contract(on)
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    kernel_v4 a = *(const kernel_v4 *)(x + i);
    kernel_v4 b = *(const kernel_v4 *)(x + i + 4);
    *(kernel_v4 *)(y + i) += alpha * a;
    *(kernel_v4 *)(y + i + 4) += alpha * b;
  }
  for (; i < n; i++) y[i] += alpha * x[i];
}
KERNEL_DISPATCH(void, kernel_axpy,
                (double alpha, const double *x, double *y, size_t n),
                (alpha, x, y, n))

// The first i with |x[i]| = m, bit for bit; n if there is none.
KERNEL_BODY size_t kernel_find_magnitude_body(const double *x, size_t n,
                                              double m) {
  const kernel_m4 clear = {INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX};
  int64_t bits;
  memcpy(&bits, &m, sizeof m);
  const kernel_m4 wanted = {bits, bits, bits, bits};
  size_t i = 0;
  for (; i + 16 <= n; i += 16) {
    kernel_m4 a = (*(const kernel_m4 *)(x + i) & clear) == wanted;
    kernel_m4 b = (*(const kernel_m4 *)(x + i + 4) & clear) == wanted;
    kernel_m4 c = (*(const kernel_m4 *)(x + i + 8) & clear) == wanted;
    kernel_m4 d = (*(const kernel_m4 *)(x + i + 12) & clear) == wanted;
    if (__builtin_reduce_or((a | b) | (c | d))) break;
  }
  for (; i + 4 <= n; i += 4) {
    kernel_m4 a = (*(const kernel_m4 *)(x + i) & clear) == wanted;
    if (__builtin_reduce_or(a)) break;
  }
  for (; i < n; i++) {
    int64_t a;
    memcpy(&a, x + i, sizeof a);
    if ((a & INT64_MAX) == bits) break;
  }
  return i;
}

// The first i of largest |x[i]|, the first NaN if there is one; n > 0.
//
// The maximum is sought without its place, which halves the work, block by
// block; its place then only in the block that has it, still in the cache.
KERNEL_BODY size_t kernel_index_of_max_magnitude_body(const double *x,
                                                      size_t n) {
  const size_t block = 512;
  double largest = -1;
  size_t best = 0;
  for (size_t start = 0; start < n; start += block) {
    size_t count = n - start < block ? n - start : block;
    double m = kernel_max_magnitude_body(x + start, count);
    if (m <= largest) continue;
    largest = m, best = start;
    if (m != m) {
      // Of several NaN the one with the most bits was found.
      while (x[best] == x[best]) best++;
      return best;
    }
  }
  return best + kernel_find_magnitude_body(x + best, n - best, largest);
}
KERNEL_DISPATCH(size_t, kernel_index_of_max_magnitude,
                (const double *x, size_t n), (x, n))

static inline size_t kernel_index_of_max_magnitude_float(const float *x,
                                                         size_t n) {
  size_t best = 0;
  for (size_t i = 0; i < n; i++) {
    if (x[i] != x[i]) return i;
    if (__builtin_fabsf(x[i]) > __builtin_fabsf(x[best])) best = i;
  }
  return best;
}

#endif
