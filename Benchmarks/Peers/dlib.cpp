// The L-BFGS of dlib (King), whose vectors are OpenBLAS's.
//
// dlib takes f and its gradient as two functions. Both settings are honest uses
// of it: "separate" evaluates each when it is asked for, "shared" computes the
// gradient together with f and hands it out when dlib asks for it at the same x
// (which it always does: every gradient follows the value at its point).
#include <dlib/optimization.h>

#include <exception>

#include "rosenbrock.h"

namespace {

using Column = dlib::matrix<double, 0, 1>;

struct Run {
  double tolerance;
  peer_result *result;
  Column gradient;
};

struct StopAtGradient {
  Run *run;
  int64_t calls = 0;
  bool should_continue_search(const Column &, double f, const Column &g) {
    run->result->iterations = calls++;
    run->result->value = f;
    run->result->gradient_norm = largest(&g(0), g.size());
    return run->result->gradient_norm > run->tolerance;
  }
};

// f alone, by the same loop.
double value(int is_chained, const Column &column) {
  const double *x = &column(0);
  double f = 0;
  long n = column.size();
  for (long i = 0; i < n - 1; i += is_chained ? 1 : 2) {
    double a = 1 - x[i], b = 10 * (x[i + 1] - x[i] * x[i]);
    f += a * a + b * b;
  }
  return f;
}

}  // namespace

extern "C" const char *peer_settings(void) { return "separate,shared"; }

extern "C" int peer_minimize(int64_t n, double *x, int is_chained,
                             int setting, double tolerance,
                             peer_result *result) {
  *result = peer_result{0, 0, NAN, NAN};
  Run run{tolerance, result, Column(n)};
  Column start = dlib::mat(x, n);
  try {
    auto strategy = dlib::lbfgs_search_strategy(10);
    if (setting == 0) {
      dlib::find_min(
          strategy, StopAtGradient{&run},
          [&](const Column &x) {
            run.result->evaluations++;
            return value(is_chained, x);
          },
          [&](const Column &x) {
            Column g(x.size());
            rosenbrock(is_chained, &x(0), &g(0), x.size());
            return g;
          },
          start, -1);
    } else {
      dlib::find_min(
          strategy, StopAtGradient{&run},
          [&](const Column &x) {
            run.result->evaluations++;
            return rosenbrock(is_chained, &x(0), &run.gradient(0),
                              x.size());
          },
          [&](const Column &) -> const Column & { return run.gradient; },
          start, -1);
    }
  } catch (const std::exception &) {
    return 1;
  }
  for (int64_t i = 0; i < n; i++) x[i] = start(i);
  return result->gradient_norm <= tolerance ? 0 : 1;
}
