// The nonlinear least squares of Ceres (Agarwal, Mierle and others), with its
// own automatic derivatives.
//
// All observations are one block of residuals: a block for each, the other way
// to write it, takes several times as long.
#include <ceres/ceres.h>
#include <glog/logging.h>

#include "nist.h"
#include "regression.h"

namespace {

template <class Model>
struct Residuals {
  const peer_regression &regression;

  template <class T>
  bool operator()(const T *beta, T *r) const {
    for (int64_t i = 0; i < regression.observations; i++)
      r[i] = Model::value(beta, regression.x + i * regression.predictors) -
             regression.y[i];
    return true;
  }
};

}  // namespace

extern "C" const char *peer_settings(void) { return "lm,dogleg"; }

extern "C" int peer_fit(const peer_regression *regression, int setting,
                        double *beta, peer_cost *cost) {
  // It would log every matrix that is not positive definite.
  FLAGS_minloglevel = 3;
  bool found = nist::with_model(regression->name, [&](auto model) {
    using Model = decltype(model);
    ceres::Problem problem;
    problem.AddResidualBlock(
        new ceres::AutoDiffCostFunction<Residuals<Model>, ceres::DYNAMIC,
                                        Model::parameters>(
            new Residuals<Model>{*regression},
            static_cast<int>(regression->observations)),
        nullptr, beta);
    ceres::Solver::Options options;
    options.linear_solver_type = ceres::DENSE_QR;
    options.trust_region_strategy_type =
        setting == 0 ? ceres::LEVENBERG_MARQUARDT : ceres::DOGLEG;
    options.max_num_iterations = 10000;
    options.function_tolerance = 1e-15;
    options.gradient_tolerance = 1e-15;
    options.parameter_tolerance = 1e-15;
    options.logging_type = ceres::SILENT;
    ceres::Solver::Summary summary;
    ceres::Solve(options, &problem, &summary);
    cost->iterations = summary.iterations.size();
    cost->residuals = summary.num_residual_evaluations;
    cost->jacobians = summary.num_jacobian_evaluations;
  });
  return found ? 0 : 1;
}
