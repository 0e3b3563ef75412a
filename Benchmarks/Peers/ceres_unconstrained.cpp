// The line searches of Ceres (Agarwal, Mierle and others).
#include <ceres/ceres.h>
#include <glog/logging.h>

#include <cmath>
#include <cstdio>

#include "objective.h"

namespace {

class Function : public ceres::FirstOrderFunction {
 public:
  explicit Function(const peer_objective &f) : f(f), left(f.evaluations) {}

  bool Evaluate(const double *x, double *value, double *g) const override {
    if (left-- <= 0) return false;
    *value = f.value(f.context, x);
    if (g) f.gradient(f.context, x, g);
    return std::isfinite(*value);
  }

  int NumParameters() const override { return static_cast<int>(f.n); }

 private:
  const peer_objective &f;
  mutable int64_t left;
};

}  // namespace

extern "C" const char *peer_settings(void) { return "CG,BFGS,L-BFGS"; }

extern "C" int peer_minimize(const peer_objective *f, int setting, double *x,
                             char *message) {
  FLAGS_minloglevel = 3;
  static const ceres::LineSearchDirectionType directions[] = {
      ceres::NONLINEAR_CONJUGATE_GRADIENT, ceres::BFGS, ceres::LBFGS};
  ceres::GradientProblemSolver::Options options;
  options.line_search_direction_type = directions[setting];
  options.max_num_iterations = static_cast<int>(f->evaluations);
  options.gradient_tolerance = f->tolerance;
  options.function_tolerance = 0;
  options.parameter_tolerance = 0;
  options.logging_type = ceres::SILENT;
  ceres::GradientProblem problem(new Function(*f));
  ceres::GradientProblemSolver::Summary summary;
  ceres::Solve(options, problem, x, &summary);
  std::snprintf(message, 128, "%s", summary.message.c_str());
  return summary.termination_type == ceres::CONVERGENCE;
}
