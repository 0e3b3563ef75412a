// Included by update_rules.h for each type REAL of number.

// x ← x − rate g
KERNEL_BODY void UPDATE_BODY(update_gradient)(size_t n, REAL *restrict x,
                                              const REAL *restrict g,
                                              double rate) {
#pragma clang fp contract(on)
  const REAL r = (REAL)rate;
  for (size_t i = 0; i < n; i++) x[i] -= r * g[i];
}
UPDATE_PASS(update_gradient,
            (size_t n, REAL *restrict x, const REAL *restrict g,
             double rate),
            (count, x + at, g + at, rate))

// v ← momentum v + gain g, x ← x − rate v
KERNEL_BODY void UPDATE_BODY(update_momentum)(size_t n, REAL *restrict x,
                                              const REAL *restrict g,
                                              REAL *restrict v, double momentum,
                                              double gain, double rate) {
#pragma clang fp contract(on)
  const REAL b = (REAL)momentum, c = (REAL)gain, r = (REAL)rate;
  for (size_t i = 0; i < n; i++) {
    REAL vi = b * v[i] + c * g[i];
    v[i] = vi;
    x[i] -= r * vi;
  }
}
UPDATE_PASS(update_momentum,
            (size_t n, REAL *restrict x, const REAL *restrict g,
             REAL *restrict v, double momentum, double gain, double rate),
            (count, x + at, g + at, v + at, momentum, gain, rate))

// v ← momentum v + gain g, x ← x − rate (gain g + momentum v)
KERNEL_BODY void UPDATE_BODY(update_nesterov)(size_t n, REAL *restrict x,
                                              const REAL *restrict g,
                                              REAL *restrict v, double momentum,
                                              double gain, double rate) {
#pragma clang fp contract(on)
  const REAL b = (REAL)momentum, c = (REAL)gain, r = (REAL)rate;
  for (size_t i = 0; i < n; i++) {
    REAL gi = c * g[i];
    REAL vi = b * v[i] + gi;
    v[i] = vi;
    x[i] -= r * (gi + b * vi);
  }
}
UPDATE_PASS(update_nesterov,
            (size_t n, REAL *restrict x, const REAL *restrict g,
             REAL *restrict v, double momentum, double gain, double rate),
            (count, x + at, g + at, v + at, momentum, gain, rate))
