// What every unconstrained peer minimises and what it exports.
#ifndef PEER_OBJECTIVE_H
#define PEER_OBJECTIVE_H

#include <math.h>
#include <stdint.h>

// A function of the other side, what is aimed at, and what it may cost.
typedef struct {
  int64_t n;
  void *context;
  // NaN where f is undefined.
  double (*value)(void *context, const double *x);
  void (*gradient)(void *context, const double *x, double *g);
  // Both triangles.
  void (*hessian)(void *context, const double *x, double *h);
  // Bounds on x, infinite where there are none; NLopt alone is given others.
  const double *lower, *upper;
  // The bound on the largest magnitude of the gradient.
  double tolerance;
  // The most evaluations of f.
  int64_t evaluations;
} peer_objective;

#ifdef __cplusplus
extern "C" {
#endif

// The names of the methods, separated by commas.
const char *peer_settings(void);

// Minimises from x, in place. Returns whether the library says that it arrived,
// and writes what it says, at most 127 characters.
int peer_minimize(const peer_objective *f, int setting, double *x,
                  char *message);

#ifdef __cplusplus
}
#endif

// The largest magnitude, NaN if there is one.
static inline double largest(const double *g, int64_t n) {
  double most = 0;
  for (int64_t i = 0; i < n; i++)
    if (!(fabs(g[i]) <= most)) most = fabs(g[i]);
  return most;
}

// The largest magnitude of P(x - g) - x, P moving into the bounds, which is that
// of g where none is near.
static inline double projected(const peer_objective *f, const double *x,
                               const double *g) {
  double most = 0;
  for (int64_t i = 0; i < f->n; i++) {
    if (isnan(g[i])) return NAN;
    double to = x[i] - g[i];
    double moved = to < f->lower[i]   ? x[i] - f->lower[i]
                   : to > f->upper[i] ? f->upper[i] - x[i]
                                      : fabs(g[i]);
    if (moved > most) most = moved;
  }
  return most;
}

#endif
