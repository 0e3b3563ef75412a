// The methods of NLopt (Johnson) that take nonlinear constraints.
//
// It takes c(x) = 0 and c(x) <= 0 apart, with a tolerance for each; what it claims
// is that f or x changes no more.
#include <nlopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

typedef struct {
  const peer_program *p;
  int64_t equalities, inequalities;
  double *c, *j;
} run;

static double evaluate(unsigned n, const double *x, double *g, void *data) {
  const peer_program *p = ((run *)data)->p;
  (void)n;
  if (g) p->gradient(p->context, x, g);
  double value = p->value(p->context, x);
  return isnan(value) ? HUGE_VAL : value;
}

// Writes sign * (c - side) and its gradient as the next row.
static void put(run *r, unsigned n, int64_t i, double sign, double side,
                double *result, double *gradient, int64_t *row) {
  result[*row] = sign * (r->c[i] - side);
  if (gradient)
    for (unsigned k = 0; k < n; k++)
      gradient[*row * n + k] = sign * r->j[i * n + k];
  ++*row;
}

static void evaluate_constraints(run *r, unsigned n, const double *x,
                                 double *result, double *gradient,
                                 int equalities) {
  const peer_program *p = r->p;
  p->constraints(p->context, x, r->c);
  if (gradient) p->jacobian(p->context, x, r->j);
  int64_t row = 0;
  for (int64_t i = 0; i < p->m; i++) {
    double l = p->lower_side[i], u = p->upper_side[i];
    if ((l == u) != equalities) continue;
    if (equalities) {
      put(r, n, i, 1, l, result, gradient, &row);
      continue;
    }
    if (l > -HUGE_VAL) put(r, n, i, -1, l, result, gradient, &row);
    if (u < HUGE_VAL) put(r, n, i, 1, u, result, gradient, &row);
  }
}

static void equality(unsigned m, double *result, unsigned n, const double *x,
                     double *gradient, void *data) {
  (void)m;
  evaluate_constraints(data, n, x, result, gradient, 1);
}

static void inequality(unsigned m, double *result, unsigned n, const double *x,
                       double *gradient, void *data) {
  (void)m;
  evaluate_constraints(data, n, x, result, gradient, 0);
}

const char *peer_settings(void) {
  return "LD_SLSQP,LD_AUGLAG with LD_LBFGS,LN_COBYLA";
}

static void add(nlopt_opt solver, run *r, double tolerance) {
  double *tolerances =
      malloc((size_t)(2 * r->p->m + 1) * sizeof *tolerances);
  for (int64_t i = 0; i < 2 * r->p->m + 1; i++) tolerances[i] = tolerance;
  if (r->equalities)
    nlopt_add_equality_mconstraint(solver, (unsigned)r->equalities, equality, r,
                                   tolerances);
  if (r->inequalities)
    nlopt_add_inequality_mconstraint(solver, (unsigned)r->inequalities,
                                     inequality, r, tolerances);
  free(tolerances);
}

static void limit(nlopt_opt solver, const peer_program *p) {
  nlopt_set_maxeval(solver, (int)p->evaluations);
  nlopt_set_maxtime(solver, p->seconds);
  nlopt_set_ftol_rel(solver, 1e-13);
  nlopt_set_xtol_rel(solver, 1e-10);
}

int peer_solve(const peer_program *p, int setting, double *x, double *y,
               double *z, char *message) {
  static const nlopt_algorithm algorithms[] = {
      NLOPT_LD_SLSQP, NLOPT_AUGLAG, NLOPT_LN_COBYLA};
  (void)y;
  (void)z;
  unsigned n = (unsigned)p->n;
  run r = {p, 0, 0, NULL, NULL};
  r.c = malloc((size_t)(p->m + 1) * sizeof *r.c);
  r.j = malloc((size_t)(p->m * p->n + 1) * sizeof *r.j);
  for (int64_t i = 0; i < p->m; i++) {
    double l = p->lower_side[i], u = p->upper_side[i];
    if (l == u) {
      r.equalities++;
      continue;
    }
    r.inequalities += (l > -HUGE_VAL) + (u < HUGE_VAL);
  }
  nlopt_opt solver = nlopt_create(algorithms[setting], n);
  nlopt_set_min_objective(solver, evaluate, &r);
  nlopt_set_lower_bounds(solver, p->lower);
  nlopt_set_upper_bounds(solver, p->upper);
  add(solver, &r, 1e-8);
  limit(solver, p);
  if (setting == 1) {
    nlopt_opt inner = nlopt_create(NLOPT_LD_LBFGS, n);
    limit(inner, p);
    nlopt_set_local_optimizer(solver, inner);
    nlopt_destroy(inner);
  }
  double value;
  nlopt_result result = nlopt_optimize(solver, x, &value);
  snprintf(message, 128, "%s", nlopt_result_to_string(result));
  nlopt_destroy(solver);
  free(r.c);
  free(r.j);
  return result > 0 && result != NLOPT_MAXEVAL_REACHED &&
         result != NLOPT_MAXTIME_REACHED;
}
