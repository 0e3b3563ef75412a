// What a peer that differentiates exports, for the chained Rosenbrock function
// of n variables.
#ifndef PEER_DERIVATIVES_H
#define PEER_DERIVATIVES_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Records the function at x.
void *peer_create(int64_t n, const double *x);
void peer_destroy(void *function);

// Records the function anew at x, writes its gradient and returns its value.
double peer_record(void *function, const double *x, double *gradient);

// By the recording: writes the gradient at x and returns the value.
double peer_gradient(void *function, const double *x, double *gradient);

// By the recording: writes the product of the Hessian at x with v.
void peer_product(void *function, const double *x, const double *v,
                  double *product);

#ifdef __cplusplus
}
#endif

#endif
