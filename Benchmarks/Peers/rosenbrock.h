// What every L-BFGS peer minimises, how it stops, and what it exports.
//
// A peer is compiled when the benchmark runs and loaded into its process, so
// that both sides are timed by one clock, in turns.
#ifndef PEER_ROSENBROCK_H
#define PEER_ROSENBROCK_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

// What a run of a peer ended with.
typedef struct {
  int64_t iterations;
  int64_t evaluations;
  double value;
  double gradient_norm;
} peer_result;

#ifdef __cplusplus
extern "C" {
#endif

// The names of the settings that a peer can be run with, separated by commas.
const char *peer_settings(void);

// Minimises Rosenbrock's function from x, in place, chained or else extended,
// with m = 10 pairs until the largest magnitude of the gradient is at most
// `tolerance`. Returns 0 when it is.
int peer_minimize(int64_t n, double *x, int is_chained, int setting,
                  double tolerance, peer_result *result);

#ifdef __cplusplus
}
#endif

// f = sum over pairs of a^2 + b^2, a = 1 - x1, b = 10 (x2 - x1^2), and its
// gradient, by the loop of the Swift side.
static inline double extended(const double *x, double *g, int64_t n) {
  double f = 0;
  for (int64_t i = 0; i < n; i += 2) {
    double a = 1 - x[i], b = 10 * (x[i + 1] - x[i] * x[i]);
    f += a * a + b * b;
    g[i + 1] = 20 * b;
    g[i] = -2 * (x[i] * g[i + 1] + a);
  }
  return f;
}

// f = sum of a^2 + b^2 over all neighbours, with its gradient, likewise.
static inline double chained(const double *x, double *g, int64_t n) {
  double f = 0, carried = 0;
  for (int64_t i = 0; i < n - 1; i++) {
    double a = 1 - x[i], b = 10 * (x[i + 1] - x[i] * x[i]);
    f += a * a + b * b;
    g[i] = carried - 2 * (20 * b * x[i] + a);
    carried = 20 * b;
  }
  g[n - 1] = carried;
  return f;
}

static inline double rosenbrock(int is_chained, const double *x, double *g,
                                int64_t n) {
  return is_chained ? chained(x, g, n) : extended(x, g, n);
}

// The largest magnitude, by four maxima at a time: one would wait for itself.
static inline double largest(const double *g, int64_t n) {
  double m0 = 0, m1 = 0, m2 = 0, m3 = 0;
  int64_t i = 0;
  for (; i + 4 <= n; i += 4) {
    double a = fabs(g[i]), b = fabs(g[i + 1]);
    double c = fabs(g[i + 2]), d = fabs(g[i + 3]);
    m0 = a > m0 ? a : m0, m1 = b > m1 ? b : m1;
    m2 = c > m2 ? c : m2, m3 = d > m3 ? d : m3;
  }
  for (; i < n; i++) m0 = fabs(g[i]) > m0 ? fabs(g[i]) : m0;
  m0 = m1 > m0 ? m1 : m0, m2 = m3 > m2 ? m3 : m2;
  return m2 > m0 ? m2 : m0;
}

#endif
