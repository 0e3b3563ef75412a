// What a neural network does between its matrix products.
//
// Each layer's numbers are a matrix of m units by n samples, stored by columns, and
// each loop below is one pass over it that does all there is to do: add the bias and
// apply the activation; multiply with its slope and sum over the samples for the
// bias; loss and its derivative of an output. The exponential is that of
// logistic.h.
#ifndef SWIFT_OPTIMIZATION_NETWORK_H
#define SWIFT_OPTIMIZATION_NETWORK_H

#include <math.h>

#include "kernels.h"
#include "logistic.h"

enum network_activation {
  network_relu,
  network_tanh,
  network_sigmoid,
  network_gelu,
  network_gelu_tanh
};

KERNEL_BODY kernel_v4 network_magnitude(kernel_v4 x) {
  const kernel_m4 clear = {INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX};
  return (kernel_v4)((kernel_m4)x & clear);
}

// tanh x, relative error below 1e-15.
//
// With a = 2|x| and m = 1 - exp(-a), tanh |x| = m / (2 - m). m would cancel for
// small a; it is found as -expm1(-a) = -(2^-k q + (2^-k - 1)) with
// q = expm1(r), r = k ln 2 - a, where both terms have one sign or k = 0.
KERNEL_BODY kernel_v4 network_tanh4(kernel_v4 x) {
#pragma clang fp contract(on)
  const kernel_m4 sign = {INT64_MIN, INT64_MIN, INT64_MIN, INT64_MIN};
  kernel_v4 a = 2.0 * network_magnitude(x);
  // 1 - exp(-40) is 1.
  a = kernel_select(a > 40.0, (kernel_v4){40, 40, 40, 40}, a);
  const double shift = 0x1.8p52;
  kernel_v4 shifted = a * 0x1.71547652b82fep0 + shift;
  kernel_v4 k = shifted - shift;
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
  kernel_v4 q = (p * r) * r + r;
  const kernel_v4 one = {1, 1, 1, 1};
  kernel_v4 power = (kernel_v4)((kernel_m4)one - ((kernel_m4)shifted << 52));
  kernel_v4 m = (one - power) - power * q;
  kernel_v4 t = m / (2.0 - m);
  return (kernel_v4)((kernel_m4)t | ((kernel_m4)x & sign));
}

// 1 / (1 + exp(-x)) without overflow.
KERNEL_BODY kernel_v4 network_sigmoid4(kernel_v4 x) {
  const kernel_v4 one = {1, 1, 1, 1};
  kernel_v4 t = kernel_exp_minus(network_magnitude(x));
  return kernel_select(x < 0.0, t, one) / (one + t);
}

// The activation of z with its first and second derivatives.
//
// relu keeps NaN, and has slope 0 at 0.
KERNEL_BODY kernel_v4 network_activate4(int kind, kernel_v4 z,
                                        kernel_v4 *first, kernel_v4 *second) {
  const kernel_v4 zero = {0, 0, 0, 0}, one = {1, 1, 1, 1};
  switch (kind) {
  case network_relu:
    *first = kernel_select(z <= 0.0, zero, one);
    *second = zero;
    return kernel_select(z <= 0.0, zero, z);
  case network_tanh: {
    kernel_v4 t = network_tanh4(z);
    *first = one - t * t;
    *second = -2.0 * t * *first;
    return t;
  }
  case network_sigmoid: {
    kernel_v4 s = network_sigmoid4(z);
    *first = s * (one - s);
    *second = *first * (one - 2.0 * s);
    return s;
  }
  case network_gelu: {
    // z times the normal distribution function; erfc does not cancel in its tail.
    kernel_v4 p;
    for (int i = 0; i < 4; i++) p[i] = 0.5 * erfc(z[i] * -M_SQRT1_2);
    kernel_v4 power = 0.5 * z * z;
    kernel_v4 density = 0.39894228040143267794 * kernel_exp_minus(power);
    density = kernel_select(power > 700.0, zero, density);
    *first = p + z * density;
    *second = density * (2.0 - z * z);
    return z * p;
  }
  default: {
    const double c = 0.79788456080286535588, b = 0.044715;
    kernel_v4 square = z * z;
    kernel_v4 t = network_tanh4(c * (z + b * z * square));
    kernel_v4 u1 = c * (1.0 + 3 * b * square), u2 = 6 * b * c * z;
    kernel_v4 s = one - t * t;
    *first = 0.5 * (one + t) + 0.5 * z * s * u1;
    *second = s * u1 + 0.5 * z * s * (u2 - 2.0 * t * u1 * u1);
    return 0.5 * z * (one + t);
  }
  }
}

// a = activation(z + bias), for m units of n samples; a may be z. Where they are
// not NULL, slope gets the activation's first derivative and curvature its second.
KERNEL_BODY void network_forward_kind(int kind, size_t m, size_t n,
                                      const double *bias, const double *z,
                                      double *a, double *slope,
                                      double *curvature) {
  for (size_t j = 0; j < n; j++) {
    const size_t start = j * m;
    kernel_v4 first, second;
    size_t i = 0;
    for (; i + 4 <= m; i += 4) {
      kernel_v4 x = *(const kernel_v4 *)(z + start + i) +
                    *(const kernel_v4 *)(bias + i);
      *(kernel_v4 *)(a + start + i) =
          network_activate4(kind, x, &first, &second);
      if (slope) *(kernel_v4 *)(slope + start + i) = first;
      if (curvature) *(kernel_v4 *)(curvature + start + i) = second;
    }
    if (i < m) {
      const size_t bytes = (m - i) * sizeof(double);
      kernel_v4 x = {0, 0, 0, 0}, b = x;
      memcpy(&x, z + start + i, bytes);
      memcpy(&b, bias + i, bytes);
      x = network_activate4(kind, x + b, &first, &second);
      memcpy(a + start + i, &x, bytes);
      if (slope) memcpy(slope + start + i, &first, bytes);
      if (curvature) memcpy(curvature + start + i, &second, bytes);
    }
  }
}

// One body for each activation, so that its choice is not in the loop.
#define NETWORK_EACH_KIND(call)                                                \
  switch (kind) {                                                              \
  case network_relu: call(network_relu); break;                                \
  case network_tanh: call(network_tanh); break;                                \
  case network_sigmoid: call(network_sigmoid); break;                          \
  case network_gelu: call(network_gelu); break;                                \
  default: call(network_gelu_tanh);                                            \
  }

KERNEL_BODY void network_forward_body(int kind, size_t m, size_t n,
                                      const double *bias, const double *z,
                                      double *a, double *slope,
                                      double *curvature) {
#define NETWORK_CALL(k)                                                        \
  network_forward_kind(k, m, n, bias, z, a, slope, curvature)
  NETWORK_EACH_KIND(NETWORK_CALL)
#undef NETWORK_CALL
}
KERNEL_DISPATCH(void, network_forward,
                (int kind, size_t m, size_t n, const double *bias,
                 const double *z, double *a, double *slope, double *curvature),
                (kind, m, n, bias, z, a, slope, curvature))

// The slope, from the activation a itself where that is enough, which spares storing
// it: relu, tanh, sigmoid. For the others `a` is the stored slope.
KERNEL_BODY kernel_v4 network_slope4(int kind, kernel_v4 a) {
  const kernel_v4 zero = {0, 0, 0, 0}, one = {1, 1, 1, 1};
  switch (kind) {
  case network_relu: return kernel_select(a <= 0.0, zero, one);
  case network_tanh: return one - a * a;
  case network_sigmoid: return a * (one - a);
  default: return a;
  }
}

// d = slope * d, and g += the sums of d over the samples.
KERNEL_BODY void network_backward_kind(int kind, size_t m, size_t n,
                                       const double *a, double *d, double *g) {
  size_t i = 0;
  // A strip of 16 units has its sums in registers.
  for (; i + 16 <= m; i += 16) {
    kernel_v4 sums[4];
    for (int k = 0; k < 4; k++) sums[k] = *(kernel_v4 *)(g + i + 4 * k);
    for (size_t j = 0; j < n; j++) {
      const size_t place = j * m + i;
      for (int k = 0; k < 4; k++) {
        kernel_v4 *dk = (kernel_v4 *)(d + place + 4 * k);
        kernel_v4 x =
            *dk *
            network_slope4(kind, *(const kernel_v4 *)(a + place + 4 * k));
        *dk = x;
        sums[k] += x;
      }
    }
    for (int k = 0; k < 4; k++) *(kernel_v4 *)(g + i + 4 * k) = sums[k];
  }
  for (; i < m; i += 4) {
    const size_t bytes = (m - i < 4 ? m - i : 4) * sizeof(double);
    kernel_v4 sum = {0, 0, 0, 0}, x = sum, y = sum;
    memcpy(&sum, g + i, bytes);
    for (size_t j = 0; j < n; j++) {
      memcpy(&x, d + j * m + i, bytes);
      memcpy(&y, a + j * m + i, bytes);
      x *= network_slope4(kind, y);
      memcpy(d + j * m + i, &x, bytes);
      sum += x;
    }
    memcpy(g + i, &sum, bytes);
  }
}

KERNEL_BODY void network_backward_body(int kind, size_t m, size_t n,
                                       const double *a, double *d, double *g) {
#define NETWORK_CALL(k) network_backward_kind(k, m, n, a, d, g)
  NETWORK_EACH_KIND(NETWORK_CALL)
#undef NETWORK_CALL
}
KERNEL_DISPATCH(void, network_backward,
                (int kind, size_t m, size_t n, const double *a, double *d,
                 double *g),
                (kind, m, n, a, d, g))

// Softmax of m outputs z + bias in place of z; returns log sum exp(z + bias).
//
// The largest is subtracted first, so that no exponential overflows and one of
// them is 1. A NaN among them makes all NaN.
KERNEL_BODY double network_softmax_column(size_t m, const double *bias,
                                          double *z) {
  const kernel_v4 least = {-INFINITY, -INFINITY, -INFINITY, -INFINITY};
  kernel_v4 top = least;
  size_t i = 0;
  for (; i + 4 <= m; i += 4) {
    kernel_v4 x = *(const kernel_v4 *)(z + i) + *(const kernel_v4 *)(bias + i);
    *(kernel_v4 *)(z + i) = x;
    top = kernel_select(x > top, x, top);
  }
  kernel_v4 rest = least;
  const size_t bytes = (m - i) * sizeof(double);
  if (bytes) {
    kernel_v4 b = {0, 0, 0, 0};
    memcpy(&rest, z + i, bytes);
    memcpy(&b, bias + i, bytes);
    rest += b;
    top = kernel_select(rest > top, rest, top);
  }
  double t0 = top[0] > top[1] ? top[0] : top[1];
  double t1 = top[2] > top[3] ? top[2] : top[3];
  const double largest = t0 > t1 ? t0 : t1;
  kernel_v4 sums = {0, 0, 0, 0};
  for (size_t k = 0; k + 4 <= m; k += 4) {
    kernel_v4 e = kernel_exp_minus(largest - *(const kernel_v4 *)(z + k));
    *(kernel_v4 *)(z + k) = e;
    sums += e;
  }
  double sum = kernel_sum4(sums);
  if (bytes) {
    rest = kernel_exp_minus(largest - rest);
    for (size_t k = 0; k < m - i; k++) sum += rest[k];
    memcpy(z + i, &rest, bytes);
  }
  const double inverse = 1 / sum;
  for (size_t k = 0; k < m; k++) z[k] *= inverse;
  return largest + log(sum);
}

// For n samples of m outputs z + bias and the index of each one's class, the sum of
// -log p[class] with p = softmax(z + bias). z becomes p, d becomes
// scale * (p - e_class), and g += the sums of d. An index that is no class gives NaN.
KERNEL_BODY double network_cross_entropy_body(size_t m, size_t n,
                                              const double *bias, double *z,
                                              const double *classes,
                                              double scale, double *d,
                                              double *g) {
  double total = 0;
  for (size_t j = 0; j < n; j++, z += m, d += m) {
    const double index = classes[j];
    const int is_class = index >= 0 && index < m && index == (double)(size_t)index;
    const size_t c = is_class ? (size_t)index : 0;
    const double own = z[c] + bias[c];
    const double log_sum = network_softmax_column(m, bias, z);
    total += is_class ? log_sum - own : NAN;
    size_t i = 0;
    for (; i + 4 <= m; i += 4)
      *(kernel_v4 *)(d + i) = scale * *(const kernel_v4 *)(z + i);
    for (; i < m; i++) d[i] = scale * z[i];
    d[c] = scale * (z[c] - 1);
    for (i = 0; i + 4 <= m; i += 4)
      *(kernel_v4 *)(g + i) += *(const kernel_v4 *)(d + i);
    for (; i < m; i++) g[i] += d[i];
  }
  return total;
}
KERNEL_DISPATCH(double, network_cross_entropy,
                (size_t m, size_t n, const double *bias, double *z,
                 const double *classes, double scale, double *d, double *g),
                (m, n, bias, z, classes, scale, d, g))

// Softmax of each of n columns of m outputs z + bias, in place.
KERNEL_BODY void network_softmax_body(size_t m, size_t n, const double *bias,
                                      double *z) {
  for (size_t j = 0; j < n; j++) network_softmax_column(m, bias, z + j * m);
}
KERNEL_DISPATCH(void, network_softmax,
                (size_t m, size_t n, const double *bias, double *z),
                (m, n, bias, z))

// For n samples of m outputs z + bias and their targets t, the sum of
// 1/m ||z + bias - t||^2. z becomes z + bias, d its derivative times scale, and
// g += the sums of d.
KERNEL_BODY double network_squares_body(size_t m, size_t n, const double *bias,
                                        double *z, const double *t,
                                        double scale, double *d, double *g) {
#pragma clang fp contract(on)
  double total = 0;
  const double factor = 2 * scale / m;
  for (size_t j = 0; j < n; j++)
    for (size_t i = 0; i < m; i++) {
      const size_t place = j * m + i;
      z[place] += bias[i];
      const double r = z[place] - t[place];
      total += r * r;
      d[place] = factor * r;
      g[i] += d[place];
    }
  return total / m;
}
KERNEL_DISPATCH(double, network_squares,
                (size_t m, size_t n, const double *bias, double *z,
                 const double *t, double scale, double *d, double *g),
                (m, n, bias, z, t, scale, d, g))

// Derivatives along a direction (Pearlmutter 1994): R x is that of x.

// rz += rbias for each sample; ra = slope * rz.
KERNEL_BODY void network_r_forward_body(size_t m, size_t n,
                                        const double *rbias,
                                        const double *slope, double *rz,
                                        double *ra) {
  for (size_t j = 0; j < n; j++)
    for (size_t i = 0; i < m; i++) {
      const size_t place = j * m + i;
      rz[place] += rbias[i];
      ra[place] = slope[place] * rz[place];
    }
}
KERNEL_DISPATCH(void, network_r_forward,
                (size_t m, size_t n, const double *rbias, const double *slope,
                 double *rz, double *ra),
                (m, n, rbias, slope, rz, ra))

// Of d = slope * e: rd = slope * re + curvature * rz * e, where rd holds re; then
// d = slope * e in place of e, and rg += the sums of rd.
KERNEL_BODY void network_r_backward_body(size_t m, size_t n,
                                         const double *slope,
                                         const double *curvature,
                                         const double *rz, double *d,
                                         double *rd, double *rg) {
#pragma clang fp contract(on)
  for (size_t j = 0; j < n; j++)
    for (size_t i = 0; i < m; i++) {
      const size_t place = j * m + i;
      const double r =
          slope[place] * rd[place] + curvature[place] * rz[place] * d[place];
      d[place] *= slope[place];
      rd[place] = r;
      rg[i] += r;
    }
}
KERNEL_DISPATCH(void, network_r_backward,
                (size_t m, size_t n, const double *slope,
                 const double *curvature, const double *rz, double *d,
                 double *rd, double *rg),
                (m, n, slope, curvature, rz, d, rd, rg))

// rd = scale * R p with p = softmax(z): R p = p * (rz - p'rz), where rz lacks its
// bias yet; rg += the sums of rd.
KERNEL_BODY void network_r_cross_entropy_body(size_t m, size_t n,
                                              const double *rbias,
                                              const double *p, double scale,
                                              double *rz, double *rd,
                                              double *rg) {
  for (size_t j = 0; j < n; j++, p += m, rz += m, rd += m) {
    double mean = 0;
    for (size_t i = 0; i < m; i++) {
      rz[i] += rbias[i];
      mean += p[i] * rz[i];
    }
    for (size_t i = 0; i < m; i++) {
      rd[i] = scale * p[i] * (rz[i] - mean);
      rg[i] += rd[i];
    }
  }
}
KERNEL_DISPATCH(void, network_r_cross_entropy,
                (size_t m, size_t n, const double *rbias, const double *p,
                 double scale, double *rz, double *rd, double *rg),
                (m, n, rbias, p, scale, rz, rd, rg))

// rd = 2/m * scale * (rz + rbias); rg += the sums of rd.
KERNEL_BODY void network_r_squares_body(size_t m, size_t n,
                                        const double *rbias, double scale,
                                        double *rz, double *rd, double *rg) {
  const double factor = 2 * scale / m;
  for (size_t j = 0; j < n; j++)
    for (size_t i = 0; i < m; i++) {
      const size_t place = j * m + i;
      rz[place] += rbias[i];
      rd[place] = factor * rz[place];
      rg[i] += rd[place];
    }
}
KERNEL_DISPATCH(void, network_r_squares,
                (size_t m, size_t n, const double *rbias, double scale,
                 double *rz, double *rd, double *rg),
                (m, n, rbias, scale, rz, rd, rg))

#endif
