// The models of the NIST nonlinear regressions, for any kind of number.
//
// Source: NIST, Statistical Reference Datasets, nonlinear regression.
#ifndef PEER_NIST_H
#define PEER_NIST_H

#include <cmath>
#include <cstring>

namespace nist {

// A model: f(b, x), where `x` holds the predictors of one observation. Its
// number of parameters is known to the compiler, and so is that of derivatives.
#define NIST_MODEL(name, count)                          \
  struct name {                                          \
    static constexpr int parameters = count;             \
    template <class T>                                   \
    static T value(const T *b, const double *x);         \
  };                                                     \
  template <class T>                                     \
  T name::value([[maybe_unused]] const T *b, const double *x)

constexpr double pi = 3.14159265358979323846;

NIST_MODEL(Misra1a, 2) {
  using std::exp;
  return b[0] * (1.0 - exp(-b[1] * x[0]));
}

NIST_MODEL(Misra1b, 2) {
  T root = 1.0 + 0.5 * x[0] * b[1];
  return b[0] * (1.0 - 1.0 / (root * root));
}

NIST_MODEL(Misra1c, 2) {
  using std::sqrt;
  return b[0] * (1.0 - 1.0 / sqrt(1.0 + 2.0 * x[0] * b[1]));
}

NIST_MODEL(Misra1d, 2) {
  T product = b[1] * x[0];
  return b[0] * product / (1.0 + product);
}

NIST_MODEL(BoxBOD, 2) { return Misra1a::value(b, x); }

NIST_MODEL(DanWood, 2) {
  using std::exp;
  // x^b, whose base is a number.
  return b[0] * exp(b[1] * std::log(x[0]));
}

NIST_MODEL(Chwirut, 3) {
  using std::exp;
  return exp(-b[0] * x[0]) / (b[1] + b[2] * x[0]);
}

NIST_MODEL(Lanczos, 6) {
  using std::exp;
  return b[0] * exp(-b[1] * x[0]) + b[2] * exp(-b[3] * x[0]) +
         b[4] * exp(-b[5] * x[0]);
}

NIST_MODEL(Gauss, 8) {
  using std::exp;
  T u = (x[0] - b[3]) / b[4];
  T v = (x[0] - b[6]) / b[7];
  return b[0] * exp(-b[1] * x[0]) + b[2] * exp(-u * u) + b[5] * exp(-v * v);
}

NIST_MODEL(Kirby2, 5) {
  return (b[0] + x[0] * (b[1] + x[0] * b[2])) /
         (1.0 + x[0] * (b[3] + x[0] * b[4]));
}

NIST_MODEL(CubicRational, 7) {
  return (b[0] + x[0] * (b[1] + x[0] * (b[2] + x[0] * b[3]))) /
         (1.0 + x[0] * (b[4] + x[0] * (b[5] + x[0] * b[6])));
}

NIST_MODEL(Nelson, 3) {
  using std::exp;
  return b[0] - b[1] * x[0] * exp(-b[2] * x[1]);
}

NIST_MODEL(MGH17, 5) {
  using std::exp;
  return b[0] + b[1] * exp(-b[3] * x[0]) + b[2] * exp(-b[4] * x[0]);
}

NIST_MODEL(Roszman1, 4) {
  using std::atan;
  return b[0] - b[1] * x[0] - atan(b[2] / (x[0] - b[3])) / pi;
}

NIST_MODEL(ENSO, 9) {
  using std::cos;
  using std::sin;
  double year = 2 * pi * x[0] / 12;
  T u = 2 * pi * x[0] / b[3];
  T v = 2 * pi * x[0] / b[6];
  return b[0] + b[1] * std::cos(year) + b[2] * std::sin(year) +
         b[4] * cos(u) + b[5] * sin(u) + b[7] * cos(v) + b[8] * sin(v);
}

NIST_MODEL(MGH09, 4) {
  return b[0] * (x[0] * x[0] + x[0] * b[1]) /
         (x[0] * x[0] + x[0] * b[2] + b[3]);
}

NIST_MODEL(Rat42, 3) {
  using std::exp;
  return b[0] / (1.0 + exp(b[1] - b[2] * x[0]));
}

NIST_MODEL(Rat43, 4) {
  using std::exp;
  using std::pow;
  return b[0] / pow(1.0 + exp(b[1] - b[2] * x[0]), 1.0 / b[3]);
}

NIST_MODEL(MGH10, 3) {
  using std::exp;
  return b[0] * exp(b[1] / (x[0] + b[2]));
}

NIST_MODEL(Eckerle4, 3) {
  using std::exp;
  T u = (x[0] - b[2]) / b[1];
  return b[0] / b[1] * exp(-0.5 * u * u);
}

NIST_MODEL(Bennett5, 3) {
  using std::pow;
  return b[0] * pow(b[1] + x[0], -1.0 / b[2]);
}

// Calls `action` with the model of a data set; false if there is none.
template <class Action>
bool with_model(const char *name, Action action) {
#define NIST_DATA(data, model)      \
  if (!std::strcmp(name, data)) {   \
    action(model());                \
    return true;                    \
  }
  NIST_DATA("Misra1a", Misra1a)
  NIST_DATA("Misra1b", Misra1b)
  NIST_DATA("Misra1c", Misra1c)
  NIST_DATA("Misra1d", Misra1d)
  NIST_DATA("BoxBOD", BoxBOD)
  NIST_DATA("DanWood", DanWood)
  NIST_DATA("Chwirut1", Chwirut)
  NIST_DATA("Chwirut2", Chwirut)
  NIST_DATA("Lanczos1", Lanczos)
  NIST_DATA("Lanczos2", Lanczos)
  NIST_DATA("Lanczos3", Lanczos)
  NIST_DATA("Gauss1", Gauss)
  NIST_DATA("Gauss2", Gauss)
  NIST_DATA("Gauss3", Gauss)
  NIST_DATA("Kirby2", Kirby2)
  NIST_DATA("Hahn1", CubicRational)
  NIST_DATA("Thurber", CubicRational)
  NIST_DATA("Nelson", Nelson)
  NIST_DATA("MGH17", MGH17)
  NIST_DATA("Roszman1", Roszman1)
  NIST_DATA("ENSO", ENSO)
  NIST_DATA("MGH09", MGH09)
  NIST_DATA("Rat42", Rat42)
  NIST_DATA("Rat43", Rat43)
  NIST_DATA("MGH10", MGH10)
  NIST_DATA("Eckerle4", Eckerle4)
  NIST_DATA("Bennett5", Bennett5)
#undef NIST_DATA
  return false;
}

#undef NIST_MODEL

}  // namespace nist

#endif
