// The unconstrained minimizers of dlib (King), stopped at the norm that
// everybody aims at.
#include <dlib/optimization.h>

#include <cstdio>
#include <exception>

#include "objective.h"

namespace {

using Column = dlib::matrix<double, 0, 1>;
using Square = dlib::matrix<double>;

struct Spent : std::exception {
  const char *what() const noexcept override {
    return "its evaluations are spent";
  }
};

// The function as dlib asks for it; as a model too, for its trust region.
struct Function {
  using column_vector = Column;
  using general_matrix = Square;

  const peer_objective &f;
  // Values and gradients each.
  mutable int64_t values, gradients;

  double operator()(const Column &x) const {
    if (values-- <= 0) throw Spent();
    return f.value(f.context, &x(0));
  }

  Column gradient(const Column &x) const {
    if (gradients-- <= 0) throw Spent();
    Column g(x.size());
    f.gradient(f.context, &x(0), &g(0));
    return g;
  }

  Square hessian(const Column &x) const {
    Square h(x.size(), x.size());
    f.hessian(f.context, &x(0), &h(0, 0));
    return h;
  }

  void get_derivative_and_hessian(const Column &x, Column &g,
                                  Square &h) const {
    g = gradient(x);
    h = hessian(x);
  }
};

struct StopAtGradient {
  double tolerance;
  bool *has_arrived;
  Column *last;
  bool should_continue_search(const Column &x, double, const Column &g) {
    *last = x;
    *has_arrived = largest(&g(0), g.size()) <= tolerance;
    return !*has_arrived;
  }
};

}  // namespace

// Not newton_search_strategy, which is meant for a Hessian that is positive
// definite and elsewhere goes on for ever, asking for nothing.
extern "C" const char *peer_settings(void) {
  return "CG,BFGS,L-BFGS,trust region";
}

extern "C" int peer_minimize(const peer_objective *f, int setting, double *x,
                             char *message) {
  Column point = dlib::mat(x, f->n), last = point;
  Function function{*f, f->evaluations, f->evaluations};
  bool has_arrived = false;
  StopAtGradient stop{f->tolerance, &has_arrived, &last};
  auto value = [&](const Column &x) { return function(x); };
  auto gradient = [&](const Column &x) { return function.gradient(x); };
  auto search = [&](auto strategy) {
    dlib::find_min(strategy, stop, value, gradient, point, -1e300);
  };
  std::snprintf(message, 128, "%s", "no more progress");
  try {
    switch (setting) {
      case 0: search(dlib::cg_search_strategy()); break;
      case 1: search(dlib::bfgs_search_strategy()); break;
      case 2: search(dlib::lbfgs_search_strategy(10)); break;
      default: dlib::find_min_trust_region(stop, function, point);
    }
    if (has_arrived) std::snprintf(message, 128, "%s", "gradient small");
    last = point;
  } catch (const std::exception &error) {
    std::snprintf(message, 128, "%s", error.what());
    has_arrived = false;
  }
  for (int64_t i = 0; i < f->n; i++) x[i] = last(i);
  return has_arrived;
}
