// The operations of a tape: each defined once by its value and its first and
// second partial derivatives.
//
// Recording computes values in Swift, with the same functions of libm, so that
// a replay has the bits of the recording.
#ifndef SWIFT_OPTIMIZATION_DERIVATIVE_OPERATIONS_H
#define SWIFT_OPTIMIZATION_DERIVATIVE_OPERATIONS_H

#include "kernels.h"
#include "polygamma.h"
#include <math.h>
#include <stdint.h>

// The numbers are those of Swift's `Operation`.
enum {
  derivative_input = 0,
  // Arithmetic: partials are constants or the operands.
  derivative_add = 1,
  derivative_subtract = 2,
  derivative_multiply = 3,
  derivative_divide = 4,
  derivative_negate = 5,
  derivative_square = 6,
  // Functions of one number.
  derivative_abs = 8,
  derivative_sqrt = 9,
  derivative_exp = 10,
  derivative_expm1 = 11,
  derivative_exp2 = 12,
  derivative_log = 13,
  derivative_log1p = 14,
  derivative_log2 = 15,
  derivative_log10 = 16,
  derivative_sin = 17,
  derivative_cos = 18,
  derivative_tan = 19,
  derivative_asin = 20,
  derivative_acos = 21,
  derivative_atan = 22,
  derivative_sinh = 23,
  derivative_cosh = 24,
  derivative_tanh = 25,
  derivative_asinh = 26,
  derivative_acosh = 27,
  derivative_atanh = 28,
  derivative_erf = 29,
  derivative_erfc = 30,
  derivative_gamma = 31,
  derivative_log_gamma = 32,
  // Functions of two numbers.
  derivative_pow = 40,
  derivative_atan2 = 41,
  derivative_hypot = 42,
  derivative_max = 43,
  derivative_min = 44,
  // The second operand is a constant of the recording.
  derivative_integer_pow = 45,
  derivative_root = 46,
  derivative_round = 47,
  // The derivatives of x - k y, where k is what it was.
  derivative_remainder = 48,
  derivative_truncating_remainder = 49,
  // Many operands.
  derivative_sum = 60,
  derivative_list_of = 61,
  derivative_more = 62,
};

#define DERIVATIVE_BODY __attribute__((always_inline)) static inline

DERIVATIVE_BODY int derivative_is_unary(int op) {
  return op == derivative_negate || op == derivative_square ||
         (op >= derivative_abs && op < derivative_pow);
}

// A product in a chain rule: where one factor is exactly 0 it has no effect, even
// if the other is infinite. Where f does not depend on sqrt(x), x = 0 is no
// reason for NaN, neither in a reverse nor in a forward sweep.
__attribute__((overloadable)) DERIVATIVE_BODY double
derivative_times(double x, double y) {
  return x == 0 || y == 0 ? 0 : x * y;
}
__attribute__((overloadable)) DERIVATIVE_BODY kernel_v4
derivative_times(kernel_v4 x, kernel_v4 y) {
  kernel_m4 counts = (x != 0) & (y != 0);
  return (kernel_v4)((kernel_m4)(x * y) & counts);
}

static inline double derivative_rounded(double a, int rule) {
  switch (rule) {
  case 0: return round(a);
  case 1: return nearbyint(a);
  case 2: return ceil(a);
  case 3: return floor(a);
  case 4: return trunc(a);
  default: return copysign(ceil(fabs(a)), a);
  }
}

// pow of swift-numerics, which leaves negative bases and 0^0 undefined.
static inline double derivative_real_pow(double a, double b) {
  if (!(a >= 0) || (a == 0 && b == 0)) return NAN;
  return pow(a, b);
}

static inline double derivative_real_root(double a, double n) {
  if (!(a >= 0) && fmod(n, 2) == 0) return NAN;
  if (n == 3) return cbrt(a);
  return copysign(pow(fabs(a), 1 / n), a);
}

DERIVATIVE_BODY double derivative_value(int op, double a, double b) {
  switch (op) {
  case derivative_add: return a + b;
  case derivative_subtract: return a - b;
  case derivative_multiply: return a * b;
  case derivative_divide: return a / b;
  case derivative_negate: return -a;
  case derivative_square: return a * a;
  case derivative_abs: return fabs(a);
  case derivative_sqrt: return sqrt(a);
  case derivative_exp: return exp(a);
  case derivative_expm1: return expm1(a);
  case derivative_exp2: return exp2(a);
  case derivative_log: return log(a);
  case derivative_log1p: return log1p(a);
  case derivative_log2: return log2(a);
  case derivative_log10: return log10(a);
  case derivative_sin: return sin(a);
  case derivative_cos: return cos(a);
  case derivative_tan: return tan(a);
  case derivative_asin: return asin(a);
  case derivative_acos: return acos(a);
  case derivative_atan: return atan(a);
  case derivative_sinh: return sinh(a);
  case derivative_cosh: return cosh(a);
  case derivative_tanh: return tanh(a);
  case derivative_asinh: return asinh(a);
  case derivative_acosh: return acosh(a);
  case derivative_atanh: return atanh(a);
  case derivative_erf: return erf(a);
  case derivative_erfc: return erfc(a);
  case derivative_gamma: return tgamma(a);
  case derivative_log_gamma: {
    extern double lgamma_r(double, int *);
    int sign;
    return lgamma_r(a, &sign);
  }
  case derivative_pow: return derivative_real_pow(a, b);
  case derivative_atan2: return atan2(a, b);
  case derivative_hypot: return hypot(a, b);
  // As IEEE 754's maximum of numbers: NaN gives way to a number.
  case derivative_max: return a >= b || b != b ? a : b;
  case derivative_min: return a <= b || b != b ? a : b;
  case derivative_integer_pow: return pow(a, b);
  case derivative_root: return derivative_real_root(a, b);
  case derivative_round: return derivative_rounded(a, (int)b);
  case derivative_remainder: return remainder(a, b);
  case derivative_truncating_remainder: return fmod(a, b);
  default: return NAN;
  }
}

// The partial derivatives of v = op(a, b).
typedef struct {
  double a, b, aa, ab, bb;
} derivative_partials;

// First and second derivative of a function of one number. Each is written so
// that it neither cancels nor overflows before the exact result does.
DERIVATIVE_BODY void derivative_unary(int op, double a, double v, double *first,
                                      double *second) {
  switch (op) {
  case derivative_negate: *first = -1, *second = 0; return;
  case derivative_square: *first = 2 * a, *second = 2; return;
  case derivative_abs:
    // 0 at the kink, a subgradient; NaN for NaN.
    *first = a > 0 ? 1 : a < 0 ? -1 : a;
    if (a == 0) *first = 0;
    *second = 0;
    return;
  case derivative_sqrt:
    *first = 0.5 / v, *second = -0.5 * *first / a;
    return;
  case derivative_exp: *first = *second = v; return;
  // Not v + 1, which cancels where v is near -1.
  case derivative_expm1: *first = *second = exp(a); return;
  case derivative_exp2:
    *first = M_LN2 * v, *second = M_LN2 * *first;
    return;
  case derivative_log: *first = 1 / a, *second = -*first * *first; return;
  case derivative_log1p:
    *first = 1 / (1 + a), *second = -*first * *first;
    return;
  case derivative_log2:
    *first = M_LOG2E / a, *second = -*first / a;
    return;
  case derivative_log10:
    *first = M_LOG10E / a, *second = -*first / a;
    return;
  case derivative_sin: *first = cos(a), *second = -v; return;
  case derivative_cos: *first = -sin(a), *second = -v; return;
  case derivative_tan:
    *first = 1 + v * v, *second = 2 * v * *first;
    return;
  case derivative_asin:
    *first = 1 / sqrt((1 - a) * (1 + a));
    *second = a * *first * *first * *first;
    return;
  case derivative_acos:
    *first = -1 / sqrt((1 - a) * (1 + a));
    *second = a * *first * *first * *first;
    return;
  case derivative_atan:
    *first = 1 / (1 + a * a), *second = -2 * a * *first * *first;
    if (isinf(a)) *second = 0;
    return;
  case derivative_sinh: *first = cosh(a), *second = v; return;
  case derivative_cosh: *first = sinh(a), *second = v; return;
  case derivative_tanh: {
    // Not 1 - v^2, which cancels where v is near 1.
    double c = 1 / cosh(a);
    *first = c * c, *second = -2 * v * *first;
    return;
  }
  case derivative_asinh:
    *first = 1 / hypot(1, a), *second = -a * *first * *first * *first;
    if (isinf(a)) *second = 0;
    return;
  case derivative_acosh:
    // Two roots, since the product overflows; NaN below 1, where both would be
    // imaginary.
    *first = 1 / (sqrt(a - 1) * sqrt(a + 1));
    *second = -a * *first * *first * *first;
    if (isinf(a)) *second = 0;
    return;
  case derivative_atanh:
    *first = 1 / ((1 - a) * (1 + a)), *second = 2 * a * *first * *first;
    return;
  case derivative_erf:
    *first = M_2_SQRTPI * exp(-a * a);
    *second = *first == 0 ? 0 : -2 * a * *first;
    return;
  case derivative_erfc:
    *first = -M_2_SQRTPI * exp(-a * a);
    *second = *first == 0 ? 0 : -2 * a * *first;
    return;
  case derivative_gamma: {
    double psi = polygamma_digamma(a);
    *first = v * psi;
    *second = v * (psi * psi + polygamma_trigamma(a));
    return;
  }
  case derivative_log_gamma:
    *first = polygamma_digamma(a), *second = polygamma_trigamma(a);
    return;
  default: *first = *second = NAN; return;
  }
}

// The same for a function of two numbers.
//
// Not inlined: five numbers are returned through memory, and a caller that reads
// them in pairs waits for both to be written. What is called for each node of a
// tape goes by `derivative_partials_of`.
__attribute__((noinline)) static derivative_partials
derivative_binary(int op, double a, double b, double v) {
  derivative_partials p = {0, 0, 0, 0, 0};
  switch (op) {
  case derivative_add: p.a = p.b = 1; return p;
  case derivative_subtract: p.a = 1, p.b = -1; return p;
  case derivative_multiply: p.a = b, p.b = a, p.ab = 1; return p;
  case derivative_divide:
    p.a = 1 / b, p.b = -v / b;
    p.ab = -p.a / b, p.bb = -2 * p.b / b;
    return p;
  case derivative_pow: {
    double l = log(a), w = pow(a, b - 1);
    p.a = derivative_times(b, w);
    p.aa = derivative_times(b * (b - 1), pow(a, b - 2));
    // a^b log a and its like tend to 0 with a, where b > 0.
    p.b = derivative_times(v, l);
    p.bb = derivative_times(p.b, l);
    p.ab = derivative_times(w, 1 + b * l);
    if (v != v) p.a = p.b = p.aa = p.ab = p.bb = v;
    return p;
  }
  case derivative_atan2: {
    double h = hypot(a, b), s = a / h, c = b / h;
    p.a = c / h, p.b = -s / h;
    p.bb = 2 * (s / h) * (c / h), p.aa = -p.bb;
    p.ab = (s - c) * (s + c) / h / h;
    return p;
  }
  case derivative_hypot: {
    // 0 at the origin, a subgradient.
    if (v == 0) return p;
    p.a = a / v, p.b = b / v;
    p.aa = p.b * p.b / v, p.bb = p.a * p.a / v, p.ab = -p.a * p.b / v;
    return p;
  }
  // The first operand where both are equal.
  case derivative_max:
    if (a >= b || b != b) p.a = 1;
    else p.b = 1;
    return p;
  case derivative_min:
    if (a <= b || b != b) p.a = 1;
    else p.b = 1;
    return p;
  case derivative_integer_pow:
    // With 0 x^-1 = 0 at x = 0: x^0 is constant, x^1 is linear.
    p.a = b == 0 ? 0 : b * pow(a, b - 1);
    p.aa = b == 0 || b == 1 ? 0 : b * (b - 1) * pow(a, b - 2);
    return p;
  case derivative_root:
    if (b == 1) {
      p.a = 1;
      return p;
    }
    p.a = v / a / b;
    // x^(1/n) has an infinite slope at 0.
    if (a == 0) p.a = INFINITY;
    p.aa = p.a * (1 / b - 1) / a;
    return p;
  case derivative_remainder:
  case derivative_truncating_remainder:
    p.a = 1, p.b = -nearbyint((a - v) / b);
    return p;
  case derivative_round: return p;
  default: derivative_unary(op, a, v, &p.a, &p.aa); return p;
  }
}

// The partial derivatives of any operation, of arithmetic at once.
DERIVATIVE_BODY derivative_partials derivative_partials_of(int op, double a,
                                                           double b, double v) {
  derivative_partials p = {0, 0, 0, 0, 0};
  switch (op) {
  case derivative_add: p.a = p.b = 1; return p;
  case derivative_subtract: p.a = 1, p.b = -1; return p;
  case derivative_multiply: p.a = b, p.b = a, p.ab = 1; return p;
  case derivative_negate: p.a = -1; return p;
  case derivative_square: p.a = 2 * a, p.aa = 2; return p;
  default: return derivative_binary(op, a, b, v);
  }
}

#endif
