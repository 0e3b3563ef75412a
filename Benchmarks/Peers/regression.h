// What a peer that fits the NIST regressions exports.
#ifndef PEER_REGRESSION_H
#define PEER_REGRESSION_H

#include <stdint.h>

// A regression: the observations y, or their logarithms where the model is one of
// these, and the predictors, those of an observation side by side.
typedef struct {
  const char *name;
  int64_t observations;
  int64_t predictors;
  int64_t parameters;
  const double *x;
  const double *y;
} peer_regression;

// What a fit cost.
typedef struct {
  int64_t iterations;
  int64_t residuals;
  int64_t jacobians;
} peer_cost;

#ifdef __cplusplus
extern "C" {
#endif

// The names of the settings that a peer can be run with, separated by commas.
const char *peer_settings(void);

// Fits from beta, in place. Returns 0 unless there is no model of that name.
int peer_fit(const peer_regression *regression, int setting, double *beta,
             peer_cost *cost);

#ifdef __cplusplus
}
#endif

#endif
