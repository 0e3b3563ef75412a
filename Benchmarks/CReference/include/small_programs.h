// Ten problems of Hock and Schittkowski (Test Examples for Nonlinear Programming
// Codes, 1981), by hand: what all sides of `benchmarks nlp` call when they are timed.
#ifndef SWIFT_OPTIMIZATION_SMALL_PROGRAMS_H
#define SWIFT_OPTIMIZATION_SMALL_PROGRAMS_H

typedef struct {
  // The number in the collection.
  int number;
  int n, m;
  double start[5];
  // Bounds that all variables have, infinite where there are none.
  double lower, upper;
  // How many of the constraints, c(x) = 0, come first; the others are c(x) >= 0.
  int equalities;
  // The value at the minimum.
  double best;
} small_program;

// The k-th problem; null where there is none.
const small_program *small_program_at(int k);

// f and, unless g is null, its gradient.
double small_program_value(int k, const double *x, double *g);

// c unless it is null, and its Jacobian unless j is null, the derivative of row i by
// variable v at i * row_stride + v * column_stride.
void small_program_constraints(int k, const double *x, double *c, double *j,
                               long row_stride, long column_stride);

#endif
