// The logistic loss and its derivatives, four at a time.
//
// exp and log1p of libm cost 20 ns a number together, which over 20,000 samples
// is a fifth of a pass over 200 features of them. Here both are polynomials
// over vectors of four, 4 ns a number.
#ifndef SWIFT_OPTIMIZATION_LOGISTIC_H
#define SWIFT_OPTIMIZATION_LOGISTIC_H

#include "kernels.h"

KERNEL_BODY kernel_v4 kernel_select(kernel_m4 mask, kernel_v4 a, kernel_v4 b) {
  return (kernel_v4)(((kernel_m4)a & mask) | ((kernel_m4)b & ~mask));
}

// exp(-a) for a >= 0, relative error below 2e-16; exp(-708) from there on,
// NaN for NaN.
//
// exp(-a) = 2^-k exp(r) with k = round(a / ln 2), so |r| <= ln 2 / 2, where the
// Taylor polynomial of degree 13 is exact to 5e-18.
KERNEL_BODY kernel_v4 kernel_exp_minus(kernel_v4 a) {
#pragma clang fp contract(on)
  a = kernel_select(a > 708.0, (kernel_v4){708, 708, 708, 708}, a);
  // Adding 1.5 * 2^52 rounds to an integer, which then stands in the low bits.
  const double shift = 0x1.8p52;
  kernel_v4 shifted = a * 0x1.71547652b82fep0 + shift;
  kernel_v4 k = shifted - shift;
  // ln 2 in two parts, the first with 32 bits, so that k times it is exact.
  kernel_v4 r = k * 0x1.62e42feep-1 - a;
  r = r + k * 0x1.a39ef35793c76p-33;
  kernel_v4 p = r * (1.0 / 6227020800) + 1.0 / 479001600;
  p = p * r + 1.0 / 39916800;
  p = p * r + 1.0 / 3628800;
  p = p * r + 1.0 / 362880;
  p = p * r + 1.0 / 40320;
  p = p * r + 1.0 / 5040;
  p = p * r + 1.0 / 720;
  p = p * r + 1.0 / 120;
  p = p * r + 1.0 / 24;
  p = p * r + 1.0 / 6;
  p = p * r + 0.5;
  p = p * r + 1.0;
  p = p * r + 1.0;
  // Subtracting k from the exponent; k <= 1022, so the result is normal.
  return (kernel_v4)((kernel_m4)p - ((kernel_m4)shifted << 52));
}

// log(1 + t) for 0 <= t <= 1, relative error below 4e-16.
//
// log(1 + t) = 2 artanh(s) with s = t / (2 + t), and for 1 + t > sqrt(2)
// log 2 + log((1 + t) / 2) with s = (t - 1) / (t + 3), so |s| <= 0.172, where
// ten terms of the series are exact to 3e-17.
KERNEL_BODY kernel_v4 kernel_log1p(kernel_v4 t) {
#pragma clang fp contract(on)
  kernel_m4 upper = t > 0x1.a827999fcef34p-2;
  kernel_v4 zero = {0, 0, 0, 0};
  kernel_v4 base = kernel_select(upper, zero + 0x1.62e42fefa39efp-1, zero);
  kernel_v4 s = kernel_select(upper, t - 1.0, t) /
                kernel_select(upper, t + 3.0, t + 2.0);
  kernel_v4 q = s * s;
  kernel_v4 p = q * (2.0 / 19) + 2.0 / 17;
  p = p * q + 2.0 / 15;
  p = p * q + 2.0 / 13;
  p = p * q + 2.0 / 11;
  p = p * q + 2.0 / 9;
  p = p * q + 2.0 / 7;
  p = p * q + 2.0 / 5;
  p = p * q + 2.0 / 3;
  return base + (s * q * p + 2.0 * s);
}

// Four losses l(u) = log(1 + exp(-u)), l'(u) = -1 / (1 + exp(u)) and l''(u).
//
// In terms of t = exp(-|u|) nothing overflows or cancels: l = log1p(t), plus
// -u where u < 0; -l' = t / (1 + t), or 1 / (1 + t) where u < 0; and
// l'' = t / (1 + t)^2.
KERNEL_BODY kernel_v4 kernel_logistic4(kernel_v4 u, kernel_v4 *first,
                                       kernel_v4 *second) {
  const kernel_m4 clear = {INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX};
  const kernel_v4 one = {1, 1, 1, 1}, zero = {0, 0, 0, 0};
  kernel_m4 negative = u < 0.0;
  kernel_v4 t = kernel_exp_minus((kernel_v4)((kernel_m4)u & clear));
  kernel_v4 inverse = one / (one + t), ratio = t * inverse;
  *first = -kernel_select(negative, inverse, ratio);
  *second = ratio * inverse;
  return kernel_log1p(t) - kernel_select(negative, u, zero);
}

// For labels y[i] = 1 or -1, the first and second derivatives of
// l(y[i] z[i]) by z[i]; returns the sum of l(y[i] z[i]).
KERNEL_BODY double kernel_logistic_losses_body(const double *z, const double *y,
                                               size_t n, double *first,
                                               double *second) {
  kernel_v4 sum = {0, 0, 0, 0};
  size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    kernel_v4 sign = *(const kernel_v4 *)(y + i), d;
    sum += kernel_logistic4(sign * *(const kernel_v4 *)(z + i), &d,
                            (kernel_v4 *)(second + i));
    *(kernel_v4 *)(first + i) = sign * d;
  }
  double total = kernel_sum4(sum);
  if (i < n) {
    kernel_v4 rest = {0, 0, 0, 0}, sign = rest, l, d, e;
    memcpy(&rest, z + i, (n - i) * sizeof(double));
    memcpy(&sign, y + i, (n - i) * sizeof(double));
    l = kernel_logistic4(sign * rest, &d, &e);
    d *= sign;
    memcpy(first + i, &d, (n - i) * sizeof(double));
    memcpy(second + i, &e, (n - i) * sizeof(double));
    for (size_t k = 0; k < n - i; k++) total += l[k];
  }
  return total;
}
KERNEL_DISPATCH(double, kernel_logistic_losses,
                (const double *z, const double *y, size_t n, double *first,
                 double *second),
                (z, y, n, first, second))

#endif
