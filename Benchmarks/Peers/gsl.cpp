// The nonlinear least squares of GSL (Galassi and others), with its QR solver
// and Moré's scaling, both by default.
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit_nlinear.h>

#include "dual.h"
#include "nist.h"
#include "regression.h"

namespace {

template <class Model>
int residuals(const gsl_vector *beta, void *data, gsl_vector *r) {
  auto regression = static_cast<const peer_regression *>(data);
  double b[Model::parameters];
  for (int j = 0; j < Model::parameters; j++) b[j] = gsl_vector_get(beta, j);
  for (int64_t i = 0; i < regression->observations; i++) {
    double f = Model::value(b, regression->x + i * regression->predictors);
    gsl_vector_set(r, i, f - regression->y[i]);
  }
  return GSL_SUCCESS;
}

template <class Model>
int jacobian(const gsl_vector *beta, void *data, gsl_matrix *j) {
  auto regression = static_cast<const peer_regression *>(data);
  constexpr int n = Model::parameters;
  Dual<n> b[n];
  for (int k = 0; k < n; k++) {
    b[k] = gsl_vector_get(beta, k);
    b[k].slope[k] = 1;
  }
  for (int64_t i = 0; i < regression->observations; i++) {
    auto f = Model::value(b, regression->x + i * regression->predictors);
    for (int k = 0; k < n; k++) gsl_matrix_set(j, i, k, f.slope[k]);
  }
  return GSL_SUCCESS;
}

}  // namespace

extern "C" const char *peer_settings(void) { return "lm,ddogleg"; }

extern "C" int peer_fit(const peer_regression *regression, int setting,
                        double *beta, peer_cost *cost) {
  static const gsl_multifit_nlinear_trs *const methods[] = {
      gsl_multifit_nlinear_trs_lm, gsl_multifit_nlinear_trs_ddogleg};
  // What fails is to come back as a status, not end the program.
  gsl_set_error_handler_off();
  bool found = nist::with_model(regression->name, [&](auto model) {
    using Model = decltype(model);
    gsl_multifit_nlinear_fdf function{};
    function.f = residuals<Model>;
    function.df = jacobian<Model>;
    function.n = regression->observations;
    function.p = Model::parameters;
    function.params = const_cast<peer_regression *>(regression);
    auto parameters = gsl_multifit_nlinear_default_parameters();
    parameters.trs = methods[setting];
    auto workspace =
        gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &parameters,
                                   function.n, function.p);
    auto start = gsl_vector_const_view_array(beta, function.p);
    gsl_multifit_nlinear_init(&start.vector, &function, workspace);
    int info;
    gsl_multifit_nlinear_driver(10000, 1e-15, 1e-15, 1e-15, nullptr, nullptr,
                                &info, workspace);
    cost->iterations = gsl_multifit_nlinear_niter(workspace);
    cost->residuals = function.nevalf;
    cost->jacobians = function.nevaldf;
    for (size_t j = 0; j < function.p; j++)
      beta[j] = gsl_vector_get(gsl_multifit_nlinear_position(workspace), j);
    gsl_multifit_nlinear_free(workspace);
  });
  return found ? 0 : 1;
}
