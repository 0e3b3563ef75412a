// Copies that take the norm on the way, for the element type T with LANES of
// them in 32 bytes. Included once a type, by factor_kernels.h.
//
// A factorization overwrites its argument, so it starts from a copy. The sweep
// that makes the copy also adds up the magnitudes of each column: ‖A‖₁, which
// the condition estimate needs, then costs no second pass over memory. It is
// NaN whenever an element is not finite, so that it is the check of the input
// as well.

#define V NAME(vector)
#define LOAD(p) (*(const V *)(p))
#define STORE(p, v) (*(V *)(p) = (v))
#define MAGNITUDE __builtin_elementwise_abs

// The sum of a vector's elements.
KERNEL_BODY T NAME(sum)(V v) {
  T sum = 0;
  for (int i = 0; i < LANES; i++) sum += v[i];
  return sum;
}

// The lower triangle of B becomes that of A + shift I; returns the largest
// column sum of magnitudes of the symmetric matrix, NaN when one of them is not
// finite. `sums` has room for n numbers.
FACTOR_BODY T kernel_copy_symmetric_body(const T *a, size_t n, T shift, T *b,
                                         T *sums) {
  T largest = 0, bad = 0;
  for (size_t i = 0; i < n; i++) sums[i] = 0;
  for (size_t j = 0; j < n; j++, a += n, b += n) {
    T d = a[j] + shift, sum = MAGNITUDE(d);
    b[j] = d;
    V s0 = {0}, s1 = {0};
    size_t i = j + 1;
    for (; i + 2 * LANES <= n; i += 2 * LANES) {
      V x = LOAD(a + i), y = LOAD(a + i + LANES);
      STORE(b + i, x), STORE(b + i + LANES, y);
      x = MAGNITUDE(x), y = MAGNITUDE(y);
      STORE(sums + i, LOAD(sums + i) + x);
      STORE(sums + i + LANES, LOAD(sums + i + LANES) + y);
      s0 += x, s1 += y;
    }
    if (i + LANES <= n) {
      V x = LOAD(a + i);
      STORE(b + i, x);
      x = MAGNITUDE(x);
      STORE(sums + i, LOAD(sums + i) + x);
      s0 += x, i += LANES;
    }
    for (; i < n; i++) {
      T x = a[i];
      b[i] = x;
      sums[i] += MAGNITUDE(x), sum += MAGNITUDE(x);
    }
    // Later columns add no more to this sum.
    sum += sums[j] + NAME(sum)(s0 + s1);
    largest = sum > largest ? sum : largest;
    bad += sum * 0;
  }
  return largest + bad;
}
FACTOR_DISPATCH(T, kernel_copy_symmetric,
                (const T *a, size_t n, T shift, T *b, T *sums),
                (a, n, shift, b, sums))

// B becomes A, m×n; returns the largest column sum of magnitudes, NaN when one
// of them is not finite.
FACTOR_BODY T kernel_copy_general_body(const T *a, size_t m, size_t n, T *b) {
  T largest = 0, bad = 0;
  for (size_t j = 0; j < n; j++, a += m, b += m) {
    V s0 = {0}, s1 = {0};
    T sum = 0;
    size_t i = 0;
    for (; i + 2 * LANES <= m; i += 2 * LANES) {
      V x = LOAD(a + i), y = LOAD(a + i + LANES);
      STORE(b + i, x), STORE(b + i + LANES, y);
      s0 += MAGNITUDE(x), s1 += MAGNITUDE(y);
    }
    for (; i < m; i++) b[i] = a[i], sum += MAGNITUDE(a[i]);
    sum += NAME(sum)(s0 + s1);
    largest = sum > largest ? sum : largest;
    bad += sum * 0;
  }
  return largest + bad;
}
FACTOR_DISPATCH(T, kernel_copy_general,
                (const T *a, size_t m, size_t n, T *b), (a, m, n, b))

#undef V
#undef LOAD
#undef STORE
#undef MAGNITUDE
