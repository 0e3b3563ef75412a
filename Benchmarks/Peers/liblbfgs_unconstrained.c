// The L-BFGS of liblbfgs (Okazaki), as it is set by default but for its stop
// test, which is the norm that everybody aims at.
#include <lbfgs.h>
#include <stdio.h>

#include "objective.h"

typedef struct {
  const peer_objective *f;
  int64_t evaluations;
  int has_arrived;
} run;

static lbfgsfloatval_t evaluate(void *instance, const lbfgsfloatval_t *x,
                                lbfgsfloatval_t *g, const int n,
                                const lbfgsfloatval_t step) {
  (void)n, (void)step;
  run *r = instance;
  r->evaluations++;
  double value = r->f->value(r->f->context, x);
  r->f->gradient(r->f->context, x, g);
  return value;
}

static int progress(void *instance, const lbfgsfloatval_t *x,
                    const lbfgsfloatval_t *g, const lbfgsfloatval_t fx,
                    const lbfgsfloatval_t xnorm, const lbfgsfloatval_t gnorm,
                    const lbfgsfloatval_t step, int n, int k, int ls) {
  (void)x, (void)fx, (void)xnorm, (void)gnorm, (void)step, (void)k, (void)ls;
  run *r = instance;
  r->has_arrived = largest(g, n) <= r->f->tolerance;
  return r->has_arrived || r->evaluations >= r->f->evaluations;
}

const char *peer_settings(void) { return "L-BFGS"; }

int peer_minimize(const peer_objective *f, int setting, double *x,
                  char *message) {
  (void)setting;
  lbfgs_parameter_t parameters;
  lbfgs_parameter_init(&parameters);
  parameters.epsilon = 0;
  run r = {f, 0, 0};
  int status = lbfgs((int)f->n, x, NULL, evaluate, progress, &r, &parameters);
  if (r.has_arrived)
    snprintf(message, 128, "gradient small");
  else
    snprintf(message, 128, "status %d", status);
  return r.has_arrived || status == LBFGS_SUCCESS || status == LBFGS_STOP ||
         status == LBFGS_ALREADY_MINIMIZED;
}
