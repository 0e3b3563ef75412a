// The derivatives of ADOL-C (Walther and Griewank), by its tape.
//
// The gradient comes from the two calls that its driver gradient() makes, which
// itself keeps the value to itself; the product is its driver's.
#include <adolc/adolc.h>

#include <atomic>
#include <vector>

#include "derivatives.h"

namespace {

struct Function {
  short tag;
  int n;
  // hess_vec() does not change them, but does not say so.
  std::vector<double> x, v;
};

// Tapes are told apart by small numbers.
std::atomic<short> tags{0};

// Tapes the function. With `keep`, the values stay for one reverse sweep.
double record(const Function &f, const double *x, int keep) {
  double value;
  trace_on(f.tag, keep);
  {
    std::vector<adouble> y(f.n);
    for (int i = 0; i < f.n; i++) y[i] <<= x[i];
    adouble sum = 0;
    for (int i = 0; i + 1 < f.n; i++) {
      adouble a = 1 - y[i];
      adouble b = y[i + 1] - y[i] * y[i];
      sum += 100 * (b * b) + a * a;
    }
    sum >>= value;
  }
  trace_off();
  return value;
}

void reverse(const Function &f, double *gradient) {
  double one = 1;
  fos_reverse(f.tag, 1, f.n, &one, gradient);
}

}  // namespace

extern "C" void *peer_create(int64_t n, const double *x) {
  auto f = new Function{++tags, static_cast<int>(n), std::vector<double>(n),
                        std::vector<double>(n)};
  record(*f, x, 0);
  return f;
}

extern "C" void peer_destroy(void *function) {
  auto f = static_cast<Function *>(function);
  removeTape(f->tag, ADOLC_REMOVE_COMPLETELY);
  delete f;
}

extern "C" double peer_record(void *function, const double *x,
                              double *gradient) {
  auto f = static_cast<Function *>(function);
  double value = record(*f, x, 1);
  reverse(*f, gradient);
  return value;
}

extern "C" double peer_gradient(void *function, const double *x,
                                double *gradient) {
  auto f = static_cast<Function *>(function);
  double value;
  zos_forward(f->tag, 1, f->n, 1, x, &value);
  reverse(*f, gradient);
  return value;
}

extern "C" void peer_product(void *function, const double *x, const double *v,
                             double *product) {
  auto f = static_cast<Function *>(function);
  f->x.assign(x, x + f->n);
  f->v.assign(v, v + f->n);
  hess_vec(f->tag, f->n, f->x.data(), f->v.data(), product);
}
