// Ipopt (Waechter and Biegler), with the exact Hessian and with its limited-memory
// approximation, at a tolerance of 1e-8 and its other options as they are.
#include <IpStdCInterface.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

typedef struct {
  const peer_program *p;
  double *h;
  double *weights;
} run;

static Bool is_finite(const double *a, int64_t count) {
  for (int64_t i = 0; i < count; i++)
    if (!isfinite(a[i])) return FALSE;
  return TRUE;
}

static Bool value(Index n, Number *x, Bool is_new, Number *f, UserDataPtr data) {
  const peer_program *p = ((run *)data)->p;
  (void)n, (void)is_new;
  *f = p->value(p->context, x);
  return isfinite(*f);
}

static Bool gradient(Index n, Number *x, Bool is_new, Number *g,
                     UserDataPtr data) {
  const peer_program *p = ((run *)data)->p;
  (void)is_new;
  p->gradient(p->context, x, g);
  return is_finite(g, n);
}

static Bool constraints(Index n, Number *x, Bool is_new, Index m, Number *c,
                        UserDataPtr data) {
  const peer_program *p = ((run *)data)->p;
  (void)n, (void)is_new;
  p->constraints(p->context, x, c);
  return is_finite(c, m);
}

static Bool jacobian(Index n, Number *x, Bool is_new, Index m, Index count,
                     Index *rows, Index *columns, Number *values,
                     UserDataPtr data) {
  const peer_program *p = ((run *)data)->p;
  (void)is_new;
  if (values) {
    p->jacobian(p->context, x, values);
    return is_finite(values, count);
  }
  for (Index i = 0; i < m; i++)
    for (Index k = 0; k < n; k++) {
      rows[i * n + k] = i;
      columns[i * n + k] = k;
    }
  return TRUE;
}

static Bool hessian(Index n, Number *x, Bool is_new, Number sigma, Index m,
                    Number *lambda, Bool is_new_lambda, Index count,
                    Index *rows, Index *columns, Number *values,
                    UserDataPtr data) {
  run *r = data;
  const peer_program *p = r->p;
  (void)is_new, (void)m, (void)is_new_lambda;
  if (values) p->hessian(p->context, x, sigma, lambda, r->h);
  Index k = 0;
  for (Index i = 0; i < n; i++)
    for (Index j = 0; j <= i; j++, k++) {
      if (values) {
        values[k] = r->h[i + j * n];
      } else {
        rows[k] = i;
        columns[k] = j;
      }
    }
  return !values || is_finite(values, count);
}

const char *peer_settings(void) { return "exact Hessian,limited memory"; }

int peer_solve(const peer_program *p, int setting, double *x, double *y,
               double *z, char *message) {
  int64_t n = p->n, m = p->m;
  run r = {p, malloc((size_t)(n * n) * sizeof(double)), NULL};
  double *low = malloc((size_t)(2 * n + 2 * m + 1) * sizeof *low);
  double *high = low + n, *g_low = high + n, *g_high = g_low + m;
  // What is beyond 1e19 counts as infinite.
  for (int64_t j = 0; j < n; j++) {
    low[j] = fmax(p->lower[j], -2e19);
    high[j] = fmin(p->upper[j], 2e19);
  }
  for (int64_t i = 0; i < m; i++) {
    g_low[i] = fmax(p->lower_side[i], -2e19);
    g_high[i] = fmin(p->upper_side[i], 2e19);
  }
  IpoptProblem problem = CreateIpoptProblem(
      (Index)n, low, high, (Index)m, g_low, g_high, (Index)(m * n),
      (Index)(n * (n + 1) / 2), 0, value, constraints, gradient, jacobian,
      hessian);
  if (!problem) {
    snprintf(message, 128, "the problem was refused");
    free(low);
    free(r.h);
    return 0;
  }
  AddIpoptIntOption(problem, "print_level", 0);
  AddIpoptStrOption(problem, "sb", "yes");
  AddIpoptNumOption(problem, "tol", 1e-8);
  AddIpoptIntOption(problem, "max_iter", (int)p->evaluations);
  AddIpoptNumOption(problem, "max_cpu_time", p->seconds);
  if (setting == 1)
    AddIpoptStrOption(problem, "hessian_approximation", "limited-memory");
  double f;
  double *z_low = calloc((size_t)(2 * n + 1), sizeof *z_low),
         *z_high = z_low + n;
  enum ApplicationReturnStatus status =
      IpoptSolve(problem, x, NULL, &f, y, z_low, z_high, &r);
  FreeIpoptProblem(problem);
  for (int64_t i = 0; i < m; i++) y[i] = -y[i];
  for (int64_t j = 0; j < n; j++) z[j] = z_low[j] - z_high[j];
  free(z_low);
  free(low);
  free(r.h);
  snprintf(message, 128, "status %d%s", (int)status,
           status == Solve_Succeeded              ? ": solved"
           : status == Solved_To_Acceptable_Level ? ": acceptable"
           : status == Infeasible_Problem_Detected ? ": infeasible"
                                                   : "");
  return (status == Solve_Succeeded ||
          status == Solved_To_Acceptable_Level) +
         2;
}
