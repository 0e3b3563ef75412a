// The local methods of NLopt (Johnson).
//
// NLopt has no test of the gradient. The callback makes it, and forces a stop
// where it holds, which counts as a claim; else the library ends when f or x
// does not change any more, and says so.
#include <nlopt.h>
#include <stdio.h>
#include <string.h>

#include "objective.h"

typedef struct {
  const peer_objective *f;
  nlopt_opt solver;
  double *arrived;
  int has_arrived;
} run;

static double evaluate(unsigned n, const double *x, double *g, void *data) {
  run *r = data;
  const peer_objective *f = r->f;
  double value = f->value(f->context, x);
  if (g) {
    f->gradient(f->context, x, g);
    if (isfinite(value) && projected(f, x, g) <= f->tolerance) {
      memcpy(r->arrived, x, n * sizeof *x);
      r->has_arrived = 1;
      nlopt_force_stop(r->solver);
    }
  }
  // Its line searches back away from what is too high, not from NaN.
  return isnan(value) ? HUGE_VAL : value;
}

const char *peer_settings(void) {
  return "LN_NELDERMEAD,LN_SBPLX,LN_BOBYQA,LD_LBFGS,LD_VAR2,"
         "LD_TNEWTON_PRECOND_RESTART,LD_SLSQP";
}

int peer_minimize(const peer_objective *f, int setting, double *x,
                  char *message) {
  static const nlopt_algorithm algorithms[] = {
      NLOPT_LN_NELDERMEAD, NLOPT_LN_SBPLX, NLOPT_LN_BOBYQA,
      NLOPT_LD_LBFGS,      NLOPT_LD_VAR2,  NLOPT_LD_TNEWTON_PRECOND_RESTART,
      NLOPT_LD_SLSQP,
  };
  int has_gradient = setting > 2;
  nlopt_opt solver = nlopt_create(algorithms[setting], (unsigned)f->n);
  double arrived[f->n];
  run r = {f, solver, arrived, 0};
  nlopt_set_min_objective(solver, evaluate, &r);
  nlopt_set_lower_bounds(solver, f->lower);
  nlopt_set_upper_bounds(solver, f->upper);
  nlopt_set_maxeval(solver, (int)f->evaluations);
  nlopt_set_ftol_rel(solver, 1e-15);
  nlopt_set_xtol_rel(solver, has_gradient ? 1e-15 : 1e-8);
  double value;
  nlopt_result result = nlopt_optimize(solver, x, &value);
  if (r.has_arrived) memcpy(x, arrived, sizeof arrived);
  snprintf(message, 128, "%s",
           r.has_arrived ? "gradient small" : nlopt_result_to_string(result));
  nlopt_destroy(solver);
  return r.has_arrived || (result > 0 && result != NLOPT_MAXEVAL_REACHED &&
                           result != NLOPT_MAXTIME_REACHED);
}
