// What every peer for constrained problems minimises and what it exports.
#ifndef PEER_PROGRAM_H
#define PEER_PROGRAM_H

#include <math.h>
#include <stdint.h>

// min f(x) where l <= c(x) <= u and bounds on x, of the other side.
typedef struct {
  int64_t n, m;
  void *context;
  // NaN where something is undefined.
  double (*value)(void *context, const double *x);
  void (*gradient)(void *context, const double *x, double *g);
  void (*constraints)(void *context, const double *x, double *c);
  // m*n numbers, row by row.
  void (*jacobian)(void *context, const double *x, double *j);
  // Both triangles of sigma f'' + sum of y[i] c[i]''.
  void (*hessian)(void *context, const double *x, double sigma,
                  const double *y, double *h);
  // Bounds on x, and the sides of c, infinite where there are none.
  const double *lower, *upper, *lower_side, *upper_side;
  // The bound on the residuals of the first-order conditions.
  double tolerance;
  // The most evaluations of f, and the most seconds.
  int64_t evaluations;
  double seconds;
} peer_program;

#ifdef __cplusplus
extern "C" {
#endif

// The names of the methods, separated by commas.
const char *peer_settings(void);

// Minimises from x, in place. Returns whether the library says that it arrived,
// plus 2 where it gave multipliers: y of c and z of x, positive where a lower
// side pushes. Writes what it says, at most 127 characters.
int peer_solve(const peer_program *p, int setting, double *x, double *y,
               double *z, char *message);

#ifdef __cplusplus
}
#endif

#endif
