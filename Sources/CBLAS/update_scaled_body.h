// Included by update_rules.h for each type REAL of number.

// __builtin_elementwise_sqrt is the instruction alone; sqrt() sets errno, in a
// branch that no loop is vectorised around.
//
// ε is added under the root (inside) or to the root (outside); the other is 0.

// s ← s + g², x ← x − rate g / (√(s + inside) + outside)
KERNEL_BODY void UPDATE_BODY(update_adagrad)(size_t n, REAL *restrict x,
                                             const REAL *restrict g,
                                             REAL *restrict s, double rate,
                                             double inside, double outside) {
#pragma clang fp contract(on)
  const REAL r = (REAL)rate, e = (REAL)inside, f = (REAL)outside;
  for (size_t i = 0; i < n; i++) {
    REAL gi = g[i];
    REAL si = s[i] + gi * gi;
    s[i] = si;
    x[i] -= r * gi / (__builtin_elementwise_sqrt(si + e) + f);
  }
}
UPDATE_PASS(update_adagrad,
            (size_t n, REAL *restrict x, const REAL *restrict g,
             REAL *restrict s, double rate, double inside, double outside),
            (count, x + at, g + at, s + at, rate, inside, outside))

// s ← decay s + (1 − decay) g², and of the mean where centred, m likewise of g;
// w = g / (√(s − m² + inside) + outside)
// v ← momentum v + gain w, x ← x − rate v
//
// m and v are not touched where they play no part, which is known when the
// four kernels below are compiled.
KERNEL_BODY void UPDATE_NAME(update_rmsprop_any)(
    size_t n, REAL *restrict x, const REAL *restrict g, REAL *restrict s,
    REAL *restrict m, REAL *restrict v, double decay, double momentum,
    double gain, double rate, double inside, double outside, int isCentred,
    int hasMomentum) {
#pragma clang fp contract(on)
  const REAL d = (REAL)decay, rest = (REAL)(1 - decay);
  const REAL b = (REAL)momentum, c = (REAL)gain, r = (REAL)rate;
  const REAL e = (REAL)inside, f = (REAL)outside;
  for (size_t i = 0; i < n; i++) {
    REAL gi = g[i];
    REAL si = d * s[i] + rest * (gi * gi);
    s[i] = si;
    if (isCentred) {
      REAL mi = d * m[i] + rest * gi;
      m[i] = mi;
      si -= mi * mi;
      // A variance of 0 may come out below it; NaN must stay what it is.
      si = si < 0 ? 0 : si;
    }
    REAL wi = c * gi / (__builtin_elementwise_sqrt(si + e) + f);
    if (hasMomentum) {
      wi += b * v[i];
      v[i] = wi;
    }
    x[i] -= r * wi;
  }
}
KERNEL_BODY void UPDATE_BODY(update_rmsprop)(
    size_t n, REAL *restrict x, const REAL *restrict g, REAL *restrict s,
    double decay, double rate, double inside, double outside) {
  UPDATE_NAME(update_rmsprop_any)
  (n, x, g, s, (REAL *)0, (REAL *)0, decay, 0, 1, rate, inside, outside, 0, 0);
}
UPDATE_PASS(update_rmsprop,
            (size_t n, REAL *restrict x, const REAL *restrict g,
             REAL *restrict s, double decay, double rate, double inside,
             double outside),
            (count, x + at, g + at, s + at, decay, rate, inside, outside))
KERNEL_BODY void UPDATE_BODY(update_rmsprop_centred)(
    size_t n, REAL *restrict x, const REAL *restrict g, REAL *restrict s,
    REAL *restrict m, double decay, double rate, double inside,
    double outside) {
  UPDATE_NAME(update_rmsprop_any)
  (n, x, g, s, m, (REAL *)0, decay, 0, 1, rate, inside, outside, 1, 0);
}
UPDATE_PASS(update_rmsprop_centred,
            (size_t n, REAL *restrict x, const REAL *restrict g,
             REAL *restrict s, REAL *restrict m, double decay, double rate,
             double inside, double outside),
            (count, x + at, g + at, s + at, m + at, decay, rate, inside,
             outside))
KERNEL_BODY void UPDATE_BODY(update_rmsprop_momentum)(
    size_t n, REAL *restrict x, const REAL *restrict g, REAL *restrict s,
    REAL *restrict v, double decay, double momentum, double gain, double rate,
    double inside, double outside) {
  UPDATE_NAME(update_rmsprop_any)
  (n, x, g, s, (REAL *)0, v, decay, momentum, gain, rate, inside, outside, 0,
   1);
}
UPDATE_PASS(update_rmsprop_momentum,
            (size_t n, REAL *restrict x, const REAL *restrict g,
             REAL *restrict s, REAL *restrict v, double decay,
             double momentum, double gain, double rate, double inside,
             double outside),
            (count, x + at, g + at, s + at, v + at, decay, momentum, gain,
             rate, inside, outside))
KERNEL_BODY void UPDATE_BODY(update_rmsprop_centred_momentum)(
    size_t n, REAL *restrict x, const REAL *restrict g, REAL *restrict s,
    REAL *restrict m, REAL *restrict v, double decay, double momentum,
    double gain, double rate, double inside, double outside) {
  UPDATE_NAME(update_rmsprop_any)
  (n, x, g, s, m, v, decay, momentum, gain, rate, inside, outside, 1, 1);
}
UPDATE_PASS(update_rmsprop_centred_momentum,
            (size_t n, REAL *restrict x, const REAL *restrict g,
             REAL *restrict s, REAL *restrict m, REAL *restrict v,
             double decay, double momentum, double gain, double rate,
             double inside, double outside),
            (count, x + at, g + at, s + at, m + at, v + at, decay, momentum,
             gain, rate, inside, outside))

// s ← decay s + (1 − decay) g², d = √(u + ε) / √(s + ε) g,
// u ← decay u + (1 − decay) d², x ← x − rate d
KERNEL_BODY void UPDATE_BODY(update_adadelta)(size_t n, REAL *restrict x,
                                              const REAL *restrict g,
                                              REAL *restrict s,
                                              REAL *restrict u, double decay,
                                              double rate, double epsilon) {
#pragma clang fp contract(on)
  const REAL a = (REAL)decay, rest = (REAL)(1 - decay);
  const REAL r = (REAL)rate, e = (REAL)epsilon;
  for (size_t i = 0; i < n; i++) {
    REAL gi = g[i], ui = u[i];
    REAL si = a * s[i] + rest * (gi * gi);
    s[i] = si;
    // Two roots: the quotient u / s may overflow or vanish in float.
    REAL di = __builtin_elementwise_sqrt(ui + e) /
              __builtin_elementwise_sqrt(si + e) * gi;
    u[i] = a * ui + rest * (di * di);
    x[i] -= r * di;
  }
}
UPDATE_PASS(update_adadelta,
            (size_t n, REAL *restrict x, const REAL *restrict g,
             REAL *restrict s, REAL *restrict u, double decay, double rate,
             double epsilon),
            (count, x + at, g + at, s + at, u + at, decay, rate, epsilon))
