// Operations of many operands and results, whose derivatives are computed outside:
// dot products, products with a matrix, functions with derivatives by hand.
#ifndef SWIFT_OPTIMIZATION_DERIVATIVE_LIST_H
#define SWIFT_OPTIMIZATION_DERIVATIVE_LIST_H

#include "kernels.h"

enum {
  // y = f(x).
  derivative_list_value = 0,
  // g = J'w.
  derivative_list_pullback = 1,
  // z = J t.
  derivative_list_pushforward = 2,
  // g = J'z + (the derivative of J along t)'w.
  derivative_list_second = 3,
};

// x, t and g have as many numbers as there are inputs, y, w and z as there are
// outputs. `call` computes with them as the mode says.
typedef struct {
  void *object;
  void (*call)(void *object, int32_t mode);
  int32_t inputs, outputs;
  double *x, *y, *t, *w, *z, *g;
} derivative_list;

#endif
