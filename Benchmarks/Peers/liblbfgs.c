// The L-BFGS of liblbfgs (Okazaki and Nocedal), through its C interface.
//
// Its own stop test is relative to |x| and in the 2-norm; it is switched off and
// the progress callback, which sees every iterate, stops the run instead.
#include <lbfgs.h>

#include "rosenbrock.h"

typedef struct {
  int is_chained;
  double tolerance;
  peer_result *result;
} run;

static lbfgsfloatval_t evaluate(void *instance, const lbfgsfloatval_t *x,
                                lbfgsfloatval_t *g, const int n,
                                const lbfgsfloatval_t step) {
  (void)step;
  run *r = instance;
  r->result->evaluations++;
  return rosenbrock(r->is_chained, x, g, n);
}

static int progress(void *instance, const lbfgsfloatval_t *x,
                    const lbfgsfloatval_t *g, const lbfgsfloatval_t fx,
                    const lbfgsfloatval_t xnorm, const lbfgsfloatval_t gnorm,
                    const lbfgsfloatval_t step, int n, int k, int ls) {
  (void)x, (void)xnorm, (void)gnorm, (void)step, (void)ls;
  const run *r = instance;
  r->result->iterations = k;
  r->result->value = fx;
  r->result->gradient_norm = largest(g, n);
  return r->result->gradient_norm <= r->tolerance;
}

// The searches that reach the tolerance. Armijo backtracking does not: without
// the curvature condition a pair with s'y <= 0 ends the run.
const char *peer_settings(void) {
  return "Moré-Thuente,backtracking strong Wolfe,backtracking Wolfe";
}

int peer_minimize(int64_t n, double *x, int is_chained, int setting,
                  double tolerance, peer_result *result) {
  static const int searches[] = {
      LBFGS_LINESEARCH_MORETHUENTE,
      LBFGS_LINESEARCH_BACKTRACKING_STRONG_WOLFE,
      LBFGS_LINESEARCH_BACKTRACKING_WOLFE,
  };
  lbfgs_parameter_t parameters;
  lbfgs_parameter_init(&parameters);
  parameters.m = 10;
  parameters.epsilon = 0;
  parameters.linesearch = searches[setting];
  *result = (peer_result){0, 0, NAN, NAN};
  run r = {is_chained, tolerance, result};
  lbfgs((int)n, x, NULL, evaluate, progress, &r, &parameters);
  return result->gradient_norm <= tolerance ? 0 : 1;
}
