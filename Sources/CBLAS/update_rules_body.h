// Included by update_rules.h for each type REAL of number.

// __builtin_elementwise_sqrt is the instruction alone; sqrt() sets errno, in a
// branch that no loop is vectorised around.

KERNEL_BODY void UPDATE_BODY(update_adam)(
    size_t n, REAL *restrict x, const REAL *restrict g, REAL *restrict m,
    REAL *restrict v, REAL beta1, REAL beta2, REAL rest1, REAL rest2, REAL rate,
    REAL rootScale, REAL epsilon, REAL keep) {
#pragma clang fp contract(fast)
  for (size_t i = 0; i < n; i++) {
    REAL gi = g[i];
    REAL mi = beta1 * m[i] + rest1 * gi;
    REAL vi = beta2 * v[i] + rest2 * (gi * gi);
    m[i] = mi;
    v[i] = vi;
    REAL root = __builtin_elementwise_sqrt(vi);
    x[i] = keep * x[i] - rate * mi / (root / rootScale + epsilon);
  }
}
UPDATE_DISPATCH(UPDATE_KERNEL(update_adam),
                (size_t n, REAL *restrict x, const REAL *restrict g,
                 REAL *restrict m, REAL *restrict v, REAL beta1, REAL beta2,
                 REAL rest1, REAL rest2, REAL rate, REAL rootScale,
                 REAL epsilon, REAL keep),
                (n, x, g, m, v, beta1, beta2, rest1, rest2, rate, rootScale,
                 epsilon, keep))
static inline void UPDATE_NAME(update_adam)(size_t n, REAL *x, const REAL *g,
                                            REAL *m, REAL *v, double beta1,
                                            double beta2, double rate,
                                            double rootScale, double epsilon,
                                            double decay) {
  // 1 − β and 1 − λ are taken in double: in float they lose half their digits.
  UPDATE_KERNEL(update_adam)
  (n, x, g, m, v, (REAL)beta1, (REAL)beta2, (REAL)(1 - beta1),
   (REAL)(1 - beta2), (REAL)rate, (REAL)rootScale, (REAL)epsilon,
   (REAL)(1 - decay));
}
