// Included by update_rules.h for each type REAL of number.

// −1, 0 or 1, and NaN for NaN: a step of 0 would hide it.
KERNEL_BODY REAL UPDATE_NAME(update_sign)(REAL a) {
  return a > 0 ? 1 : (a < 0 ? -1 : a);
}

// x ← keep x − rate sign(β₁ m + (1 − β₁) g), m ← β₂ m + (1 − β₂) g
KERNEL_BODY void UPDATE_BODY(update_lion)(size_t n, REAL *restrict x,
                                          const REAL *restrict g,
                                          REAL *restrict m, double beta1,
                                          double beta2, double rate,
                                          double keep) {
#pragma clang fp contract(on)
  const REAL b1 = (REAL)beta1, rest1 = (REAL)(1 - beta1);
  const REAL b2 = (REAL)beta2, rest2 = (REAL)(1 - beta2);
  const REAL r = (REAL)rate, k = (REAL)keep;
  for (size_t i = 0; i < n; i++) {
    REAL gi = g[i], mi = m[i];
    m[i] = b2 * mi + rest2 * gi;
    x[i] = k * x[i] - r * UPDATE_NAME(update_sign)(b1 * mi + rest1 * gi);
  }
}
UPDATE_PASS(update_lion,
            (size_t n, REAL *restrict x, const REAL *restrict g,
             REAL *restrict m, double beta1, double beta2, double rate,
             double keep),
            (count, x + at, g + at, m + at, beta1, beta2, rate, keep))

// d ← clamp(d · (grow where g p > 0, shrink where g p < 0)); where g p < 0 g counts
// as 0; x ← x − scale d sign(g), p ← g
KERNEL_BODY void UPDATE_BODY(update_rprop)(size_t n, REAL *restrict x,
                                           const REAL *restrict g,
                                           REAL *restrict p, REAL *restrict d,
                                           double shrink, double grow,
                                           double least, double most,
                                           double scale) {
#pragma clang fp contract(on)
  const REAL down = (REAL)shrink, up = (REAL)grow;
  const REAL low = (REAL)least, high = (REAL)most, c = (REAL)scale;
  for (size_t i = 0; i < n; i++) {
    REAL gi = g[i];
    // The product of the signs, since that of small gradients is 0.
    REAL s = UPDATE_NAME(update_sign)(gi) * UPDATE_NAME(update_sign)(p[i]);
    REAL di = d[i] * (s > 0 ? up : (s < 0 ? down : 1));
    di = di < low ? low : (di > high ? high : di);
    gi = s < 0 ? 0 : gi;
    d[i] = di;
    p[i] = gi;
    x[i] -= c * di * UPDATE_NAME(update_sign)(gi);
  }
}
UPDATE_PASS(update_rprop,
            (size_t n, REAL *restrict x, const REAL *restrict g,
             REAL *restrict p, REAL *restrict d, double shrink, double grow,
             double least, double most, double scale),
            (count, x + at, g + at, p + at, d + at, shrink, grow, least,
             most, scale))

// The same, but where g p < 0 the last change w is taken back.
KERNEL_BODY void UPDATE_BODY(update_rprop_reverting)(
    size_t n, REAL *restrict x, const REAL *restrict g, REAL *restrict p,
    REAL *restrict d, REAL *restrict w, double shrink, double grow,
    double least, double most, double scale) {
#pragma clang fp contract(on)
  const REAL down = (REAL)shrink, up = (REAL)grow;
  const REAL low = (REAL)least, high = (REAL)most, c = (REAL)scale;
  for (size_t i = 0; i < n; i++) {
    REAL gi = g[i];
    REAL s = UPDATE_NAME(update_sign)(gi) * UPDATE_NAME(update_sign)(p[i]);
    REAL di = d[i] * (s > 0 ? up : (s < 0 ? down : 1));
    di = di < low ? low : (di > high ? high : di);
    REAL wi = s < 0 ? -w[i] : -(c * di * UPDATE_NAME(update_sign)(gi));
    d[i] = di;
    p[i] = s < 0 ? 0 : gi;
    w[i] = wi;
    x[i] += wi;
  }
}
UPDATE_PASS(update_rprop_reverting,
            (size_t n, REAL *restrict x, const REAL *restrict g,
             REAL *restrict p, REAL *restrict d, REAL *restrict w,
             double shrink, double grow, double least, double most,
             double scale),
            (count, x + at, g + at, p + at, d + at, w + at, shrink, grow,
             least, most, scale))
