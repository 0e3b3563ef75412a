// The first two derivatives of log Γ.
#ifndef SWIFT_OPTIMIZATION_POLYGAMMA_H
#define SWIFT_OPTIMIZATION_POLYGAMMA_H

#include <math.h>

// Both functions go the same way: by the reflection formula to x > 0, by the
// recurrence up to x >= 10, and there by the asymptotic series, whose terms in
// 1/x^2 have fallen below 1e-17 of the sum after eight of them. Poles, at 0 and
// the negative integers, have NaN, since the two sides differ in sign.
// Abramowitz and Stegun 1964, 6.3.5, 6.3.7, 6.3.18 and 6.4.6, 6.4.7, 6.4.12;
// Bernardo 1976.

#define POLYGAMMA_PI 0x1.921fb54442d18p+1
#define POLYGAMMA_SERIES 10

// sin(pi x) and cos(pi x) with the argument reduced exactly.
static inline void polygamma_circle(double x, double *sine, double *cosine) {
  double r = x - 2 * nearbyint(x / 2);
  *sine = sin(POLYGAMMA_PI * r);
  *cosine = cos(POLYGAMMA_PI * r);
}

// The digamma function psi(x) = (log Γ)'(x).
static inline double polygamma_digamma(double x) {
  if (x == -INFINITY) return NAN;
  if (x <= 0) {
    if (x == floor(x)) return NAN;
    double s, c;
    polygamma_circle(x, &s, &c);
    return polygamma_digamma(1 - x) - POLYGAMMA_PI * c / s;
  }
  double shift = 0;
  for (; x < POLYGAMMA_SERIES; x++) shift += 1 / x;
  // Bernoulli numbers over 2k: 1/12, -1/120, 1/252, …
  double q = 1 / (x * x);
  double p = -3617.0 / 8160;
  p = p * q + 1.0 / 12;
  p = p * q - 691.0 / 32760;
  p = p * q + 1.0 / 132;
  p = p * q - 1.0 / 240;
  p = p * q + 1.0 / 252;
  p = p * q - 1.0 / 120;
  p = p * q + 1.0 / 12;
  return log(x) - 0.5 / x - p * q - shift;
}

// The trigamma function psi'(x) = (log Γ)''(x).
static inline double polygamma_trigamma(double x) {
  if (x == -INFINITY) return NAN;
  if (x <= 0) {
    if (x == floor(x)) return INFINITY;
    double s, c;
    polygamma_circle(x, &s, &c);
    double t = POLYGAMMA_PI / s;
    return t * t - polygamma_trigamma(1 - x);
  }
  double shift = 0;
  for (; x < POLYGAMMA_SERIES; x++) shift += 1 / (x * x);
  // Bernoulli numbers: 1/6, -1/30, 1/42, …
  double q = 1 / (x * x);
  double p = -3617.0 / 510;
  p = p * q + 7.0 / 6;
  p = p * q - 691.0 / 2730;
  p = p * q + 5.0 / 66;
  p = p * q - 1.0 / 30;
  p = p * q + 1.0 / 42;
  p = p * q - 1.0 / 30;
  p = p * q + 1.0 / 6;
  return 1 / x + 0.5 * q + p * q / x + shift;
}

#endif
