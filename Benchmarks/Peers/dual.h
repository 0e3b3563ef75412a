// Numbers with N derivatives, for libraries that take a Jacobian and derive
// nothing themselves.
//
// The functions of the C library are called once for a value and its
// derivatives together, as in a Jacobian written by hand.
#ifndef PEER_DUAL_H
#define PEER_DUAL_H

#include <cmath>

template <int N>
struct Dual {
  double value;
  double slope[N];

  Dual() = default;
  Dual(double value) : value(value), slope{} {}

  // What a function of a value and its slope there make of it.
  Dual chain(double f, double df) const {
    Dual result;
    result.value = f;
    for (int i = 0; i < N; i++) result.slope[i] = df * slope[i];
    return result;
  }

  // The same for two of them.
  static Dual chain(double f, const Dual &a, double da, const Dual &b,
                    double db) {
    Dual result;
    result.value = f;
    for (int i = 0; i < N; i++)
      result.slope[i] = da * a.slope[i] + db * b.slope[i];
    return result;
  }

  friend Dual operator-(const Dual &a) { return a.chain(-a.value, -1); }

  friend Dual operator+(const Dual &a, const Dual &b) {
    return chain(a.value + b.value, a, 1, b, 1);
  }
  friend Dual operator+(const Dual &a, double b) {
    return a.chain(a.value + b, 1);
  }
  friend Dual operator+(double a, const Dual &b) { return b + a; }

  friend Dual operator-(const Dual &a, const Dual &b) {
    return chain(a.value - b.value, a, 1, b, -1);
  }
  friend Dual operator-(const Dual &a, double b) { return a + -b; }
  friend Dual operator-(double a, const Dual &b) {
    return b.chain(a - b.value, -1);
  }

  friend Dual operator*(const Dual &a, const Dual &b) {
    return chain(a.value * b.value, a, b.value, b, a.value);
  }
  friend Dual operator*(const Dual &a, double b) {
    return a.chain(a.value * b, b);
  }
  friend Dual operator*(double a, const Dual &b) { return b * a; }

  friend Dual operator/(const Dual &a, const Dual &b) {
    double inverse = 1 / b.value, quotient = a.value * inverse;
    return chain(quotient, a, inverse, b, -quotient * inverse);
  }
  friend Dual operator/(const Dual &a, double b) {
    return a.chain(a.value / b, 1 / b);
  }
  friend Dual operator/(double a, const Dual &b) {
    double quotient = a / b.value;
    return b.chain(quotient, -quotient / b.value);
  }

  friend Dual exp(const Dual &a) {
    double f = std::exp(a.value);
    return a.chain(f, f);
  }
  friend Dual sqrt(const Dual &a) {
    double f = std::sqrt(a.value);
    return a.chain(f, 0.5 / f);
  }
  friend Dual cos(const Dual &a) {
    return a.chain(std::cos(a.value), -std::sin(a.value));
  }
  friend Dual sin(const Dual &a) {
    return a.chain(std::sin(a.value), std::cos(a.value));
  }
  friend Dual atan(const Dual &a) {
    return a.chain(std::atan(a.value), 1 / (1 + a.value * a.value));
  }
  friend Dual pow(const Dual &a, const Dual &b) {
    double f = std::pow(a.value, b.value);
    return chain(f, a, f * b.value / a.value, b, f * std::log(a.value));
  }
};

#endif
