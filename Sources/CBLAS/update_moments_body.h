// Included by update_rules.h for each type REAL of number.

// The root is multiplied by 1 / rootScale: the passes wait for memory and for
// divisions alike, and one division is left.

// m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g²,
// x ← keep x − rate m / (√v / rootScale + ε)
KERNEL_BODY void UPDATE_BODY(update_adam)(size_t n, REAL *restrict x,
                                          const REAL *restrict g,
                                          REAL *restrict m, REAL *restrict v,
                                          double beta1, double beta2,
                                          double rate, double rootScale,
                                          double epsilon, double keep) {
#pragma clang fp contract(on)
  const REAL b1 = (REAL)beta1, rest1 = (REAL)(1 - beta1);
  const REAL b2 = (REAL)beta2, rest2 = (REAL)(1 - beta2);
  const REAL r = (REAL)rate, s = (REAL)(1 / rootScale), e = (REAL)epsilon;
  const REAL k = (REAL)keep;
  for (size_t i = 0; i < n; i++) {
    REAL gi = g[i];
    REAL mi = b1 * m[i] + rest1 * gi;
    REAL vi = b2 * v[i] + rest2 * (gi * gi);
    m[i] = mi;
    v[i] = vi;
    REAL root = __builtin_elementwise_sqrt(vi);
    x[i] = k * x[i] - r * mi / (root * s + e);
  }
}
UPDATE_PASS(update_adam,
            (size_t n, REAL *restrict x, const REAL *restrict g,
             REAL *restrict m, REAL *restrict v, double beta1, double beta2,
             double rate, double rootScale, double epsilon, double keep),
            (count, x + at, g + at, m + at, v + at, beta1, beta2, rate,
             rootScale, epsilon, keep))

// The moments of Adam, w ← max(w, squareScale v),
// x ← x − rate m / (√w / rootScale + ε)
KERNEL_BODY void UPDATE_BODY(update_amsgrad)(
    size_t n, REAL *restrict x, const REAL *restrict g, REAL *restrict m,
    REAL *restrict v, REAL *restrict w, double beta1, double beta2, double rate,
    double squareScale, double rootScale, double epsilon) {
#pragma clang fp contract(on)
  const REAL b1 = (REAL)beta1, rest1 = (REAL)(1 - beta1);
  const REAL b2 = (REAL)beta2, rest2 = (REAL)(1 - beta2);
  const REAL r = (REAL)rate, q = (REAL)squareScale;
  const REAL s = (REAL)(1 / rootScale), e = (REAL)epsilon;
  for (size_t i = 0; i < n; i++) {
    REAL gi = g[i];
    REAL mi = b1 * m[i] + rest1 * gi;
    REAL vi = b2 * v[i] + rest2 * (gi * gi);
    m[i] = mi;
    v[i] = vi;
    REAL wi = w[i], ci = q * vi;
    wi = wi < ci ? ci : wi;
    w[i] = wi;
    x[i] -= r * mi / (__builtin_elementwise_sqrt(wi) * s + e);
  }
}
UPDATE_PASS(update_amsgrad,
            (size_t n, REAL *restrict x, const REAL *restrict g,
             REAL *restrict m, REAL *restrict v, REAL *restrict w,
             double beta1, double beta2, double rate, double squareScale,
             double rootScale, double epsilon),
            (count, x + at, g + at, m + at, v + at, w + at, beta1, beta2,
             rate, squareScale, rootScale, epsilon))

// m ← β₁ m + (1 − β₁) g, u ← max(β₂ u, |g| + ε), x ← x − rate m / u
KERNEL_BODY void UPDATE_BODY(update_adamax)(size_t n, REAL *restrict x,
                                            const REAL *restrict g,
                                            REAL *restrict m, REAL *restrict u,
                                            double beta1, double beta2,
                                            double rate, double epsilon) {
#pragma clang fp contract(on)
  const REAL b1 = (REAL)beta1, rest1 = (REAL)(1 - beta1);
  const REAL b2 = (REAL)beta2, r = (REAL)rate, e = (REAL)epsilon;
  for (size_t i = 0; i < n; i++) {
    REAL gi = g[i];
    REAL mi = b1 * m[i] + rest1 * gi;
    REAL ui = b2 * u[i], ai = __builtin_elementwise_abs(gi) + e;
    ui = ai < ui ? ui : ai;
    m[i] = mi;
    u[i] = ui;
    x[i] -= r * mi / ui;
  }
}
UPDATE_PASS(update_adamax,
            (size_t n, REAL *restrict x, const REAL *restrict g,
             REAL *restrict m, REAL *restrict u, double beta1, double beta2,
             double rate, double epsilon),
            (count, x + at, g + at, m + at, u + at, beta1, beta2, rate,
             epsilon))

// The moments of Adam, x ← x − (rateM m + rateG g) / (√v / rootScale + ε)
KERNEL_BODY void UPDATE_BODY(update_nadam)(size_t n, REAL *restrict x,
                                           const REAL *restrict g,
                                           REAL *restrict m, REAL *restrict v,
                                           double beta1, double beta2,
                                           double rateM, double rateG,
                                           double rootScale, double epsilon) {
#pragma clang fp contract(on)
  const REAL b1 = (REAL)beta1, rest1 = (REAL)(1 - beta1);
  const REAL b2 = (REAL)beta2, rest2 = (REAL)(1 - beta2);
  const REAL rm = (REAL)rateM, rg = (REAL)rateG;
  const REAL s = (REAL)(1 / rootScale), e = (REAL)epsilon;
  for (size_t i = 0; i < n; i++) {
    REAL gi = g[i];
    REAL mi = b1 * m[i] + rest1 * gi;
    REAL vi = b2 * v[i] + rest2 * (gi * gi);
    m[i] = mi;
    v[i] = vi;
    REAL root = __builtin_elementwise_sqrt(vi);
    x[i] -= (rm * mi + rg * gi) / (root * s + e);
  }
}
UPDATE_PASS(update_nadam,
            (size_t n, REAL *restrict x, const REAL *restrict g,
             REAL *restrict m, REAL *restrict v, double beta1, double beta2,
             double rateM, double rateG, double rootScale, double epsilon),
            (count, x + at, g + at, m + at, v + at, beta1, beta2, rateM,
             rateG, rootScale, epsilon))

// m ← β₁ m + (1 − β₁) g, v ← v − (1 − β₂) sign(v − g²) g²,
// x ← x − rate m / (√v / rootScale + ε)
KERNEL_BODY void UPDATE_BODY(update_yogi)(size_t n, REAL *restrict x,
                                          const REAL *restrict g,
                                          REAL *restrict m, REAL *restrict v,
                                          double beta1, double beta2,
                                          double rate, double rootScale,
                                          double epsilon) {
#pragma clang fp contract(on)
  const REAL b1 = (REAL)beta1, rest1 = (REAL)(1 - beta1);
  const REAL rest2 = (REAL)(1 - beta2);
  const REAL r = (REAL)rate, s = (REAL)(1 / rootScale), e = (REAL)epsilon;
  for (size_t i = 0; i < n; i++) {
    REAL gi = g[i], vi = v[i];
    REAL mi = b1 * m[i] + rest1 * gi;
    REAL qi = gi * gi;
    REAL ci = rest2 * qi;
    // Where v = g² there is nothing to change. A NaN comes through the third.
    vi = vi > qi ? vi - ci : (vi == qi ? vi : vi + ci);
    m[i] = mi;
    v[i] = vi;
    x[i] -= r * mi / (__builtin_elementwise_sqrt(vi) * s + e);
  }
}
UPDATE_PASS(update_yogi,
            (size_t n, REAL *restrict x, const REAL *restrict g,
             REAL *restrict m, REAL *restrict v, double beta1, double beta2,
             double rate, double rootScale, double epsilon),
            (count, x + at, g + at, m + at, v + at, beta1, beta2, rate,
             rootScale, epsilon))
