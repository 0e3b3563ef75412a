// Included by update_rules.h for each type REAL of number.

// Sums are taken in double, reassociated, which float needs for norms of long
// blocks.

// Σ x²
KERNEL_BODY double UPDATE_BODY(update_square_sum)(size_t n,
                                                  const REAL *restrict x) {
#pragma clang fp contract(on) reassociate(on)
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += (double)x[i] * (double)x[i];
  return sum;
}
UPDATE_DISPATCH(update_square_sum, double, (size_t n, const REAL *restrict x),
                (n, x))

// x ← keep x − rate u
KERNEL_BODY void UPDATE_BODY(update_decayed)(size_t n, REAL *restrict x,
                                             const REAL *restrict u,
                                             double rate, double keep) {
#pragma clang fp contract(on)
  const REAL r = (REAL)rate, k = (REAL)keep;
  for (size_t i = 0; i < n; i++) x[i] = k * x[i] - r * u[i];
}
UPDATE_PASS(update_decayed,
            (size_t n, REAL *restrict x, const REAL *restrict u, double rate,
             double keep),
            (count, x + at, u + at, rate, keep))

// The moments of Adam, g ← meanScale m / (√v / rootScale + ε) + decay x;
// sums[0] ← Σ x², sums[1] ← Σ g² of the new g
KERNEL_BODY void UPDATE_BODY(update_lamb)(
    size_t n, const REAL *restrict x, REAL *restrict g, REAL *restrict m,
    REAL *restrict v, double beta1, double beta2, double meanScale,
    double rootScale, double epsilon, double decay, double *restrict sums) {
#pragma clang fp contract(on) reassociate(on)
  const REAL b1 = (REAL)beta1, rest1 = (REAL)(1 - beta1);
  const REAL b2 = (REAL)beta2, rest2 = (REAL)(1 - beta2);
  const REAL c = (REAL)meanScale, s = (REAL)(1 / rootScale), e = (REAL)epsilon;
  const REAL l = (REAL)decay;
  double sumX = 0, sumU = 0;
  for (size_t i = 0; i < n; i++) {
    REAL gi = g[i], xi = x[i];
    REAL mi = b1 * m[i] + rest1 * gi;
    REAL vi = b2 * v[i] + rest2 * (gi * gi);
    m[i] = mi;
    v[i] = vi;
    REAL ui = c * mi / (__builtin_elementwise_sqrt(vi) * s + e) + l * xi;
    g[i] = ui;
    sumX += (double)xi * (double)xi;
    sumU += (double)ui * (double)ui;
  }
  sums[0] = sumX;
  sums[1] = sumU;
}
UPDATE_DISPATCH(update_lamb, void,
                (size_t n, const REAL *restrict x, REAL *restrict g,
                 REAL *restrict m, REAL *restrict v, double beta1,
                 double beta2, double meanScale, double rootScale,
                 double epsilon, double decay, double *restrict sums),
                (n, x, g, m, v, beta1, beta2, meanScale, rootScale, epsilon,
                 decay, sums))

// One column of a matrix: rows ← rows + g² + ε; Σ (g² + ε)
KERNEL_BODY double UPDATE_BODY(update_adafactor_sums)(size_t n,
                                                      const REAL *restrict g,
                                                      REAL *restrict rows,
                                                      double epsilon) {
#pragma clang fp contract(on) reassociate(on)
  const REAL e = (REAL)epsilon;
  double sum = 0;
  for (size_t i = 0; i < n; i++) {
    REAL q = g[i] * g[i] + e;
    rows[i] += q;
    sum += q;
  }
  return sum;
}
UPDATE_DISPATCH(update_adafactor_sums, double,
                (size_t n, const REAL *restrict g, REAL *restrict rows,
                 double epsilon),
                (n, g, rows, epsilon))

// One column of a matrix: g ← g · factor · rows, Σ g² of the new g
KERNEL_BODY double UPDATE_BODY(update_adafactor_scale)(
    size_t n, REAL *restrict g, const REAL *restrict rows, double factor) {
#pragma clang fp contract(on) reassociate(on)
  const REAL f = (REAL)factor;
  double sum = 0;
  for (size_t i = 0; i < n; i++) {
    REAL ui = g[i] * f * rows[i];
    g[i] = ui;
    sum += (double)ui * (double)ui;
  }
  return sum;
}
UPDATE_DISPATCH(update_adafactor_scale, double,
                (size_t n, REAL *restrict g, const REAL *restrict rows,
                 double factor),
                (n, g, rows, factor))

// One column of a matrix: g ← g / √max(factor · rows, floor), Σ g² of the new g
KERNEL_BODY double UPDATE_BODY(update_adafactor_floor)(
    size_t n, REAL *restrict g, const REAL *restrict rows, double factor,
    double floor) {
#pragma clang fp contract(on) reassociate(on)
  const REAL f = (REAL)factor, low = (REAL)floor;
  double sum = 0;
  for (size_t i = 0; i < n; i++) {
    REAL vi = f * rows[i];
    vi = vi < low ? low : vi;
    REAL ui = g[i] / __builtin_elementwise_sqrt(vi);
    g[i] = ui;
    sum += (double)ui * (double)ui;
  }
  return sum;
}
UPDATE_DISPATCH(update_adafactor_floor, double,
                (size_t n, REAL *restrict g, const REAL *restrict rows,
                 double factor, double floor),
                (n, g, rows, factor, floor))

// A vector: v ← beta v + (1 − beta) (g² + ε), g ← g / √max(v, floor),
// Σ g² of the new g
KERNEL_BODY double UPDATE_BODY(update_adafactor_vector)(
    size_t n, REAL *restrict g, REAL *restrict v, double beta, double epsilon,
    double floor) {
#pragma clang fp contract(on) reassociate(on)
  const REAL b = (REAL)beta, rest = (REAL)(1 - beta);
  const REAL e = (REAL)epsilon, low = (REAL)floor;
  double sum = 0;
  for (size_t i = 0; i < n; i++) {
    REAL gi = g[i];
    REAL vi = b * v[i] + rest * (gi * gi + e);
    v[i] = vi;
    vi = vi < low ? low : vi;
    REAL ui = gi / __builtin_elementwise_sqrt(vi);
    g[i] = ui;
    sum += (double)ui * (double)ui;
  }
  return sum;
}
UPDATE_DISPATCH(update_adafactor_vector, double,
                (size_t n, REAL *restrict g, REAL *restrict v, double beta,
                 double epsilon, double floor),
                (n, g, v, beta, epsilon, floor))

// m ← momentum m + gain g, g ← ofMean m + ofGradient g, Σ g² of the new g
KERNEL_BODY double UPDATE_BODY(update_muon)(size_t n, REAL *restrict g,
                                            REAL *restrict m, double momentum,
                                            double gain, double ofMean,
                                            double ofGradient) {
#pragma clang fp contract(on) reassociate(on)
  const REAL b = (REAL)momentum, c = (REAL)gain;
  const REAL p = (REAL)ofMean, q = (REAL)ofGradient;
  double sum = 0;
  for (size_t i = 0; i < n; i++) {
    REAL gi = g[i];
    REAL mi = b * m[i] + c * gi;
    m[i] = mi;
    REAL ui = p * mi + q * gi;
    g[i] = ui;
    sum += (double)ui * (double)ui;
  }
  return sum;
}
UPDATE_DISPATCH(update_muon, double,
                (size_t n, REAL *restrict g, REAL *restrict m, double momentum,
                 double gain, double ofMean, double ofGradient),
                (n, g, m, momentum, gain, ofMean, ofGradient))
