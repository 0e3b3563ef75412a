internal import Foundation

/// Student's t distribution, for confidence intervals.
///
/// Source: NIST Digital Library of Mathematical Functions, 8.17 (the incomplete
/// beta function and its continued fraction 8.17.22), by the method of Lentz
/// 1976; Abramowitz and Stegun 1964, 26.7.1.
struct StudentT {
  /// The degrees of freedom ν > 0.
  let degreesOfFreedom: Double

  /// A distribution of ν degrees of freedom.
  init(degreesOfFreedom: Double) {
    precondition(
      degreesOfFreedom > 0,
      "a t distribution of \(degreesOfFreedom) degrees of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(|T| > t) = I(ν / (ν + t²); ν/2, 1/2), for t ≥ 0.
  ///
  /// The two tails, not 1 minus the middle, so that small ones keep their digits.
  func tails(_ t: Double) -> Double {
    let nu = degreesOfFreedom
    guard nu < 1e6 else {
      // Nearly normal, to O(1/ν²) (26.7.8), where the continued fraction would
      // take some √ν terms.
      let z = t * (1 - 1 / (4 * nu)) / (1 + t * t / (2 * nu)).squareRoot()
      return erfc(z / 2.squareRoot())
    }
    // Both parts of 1, since either may be small.
    return Self.incompleteBeta(
      nu / (nu + t * t), t * t / (nu + t * t), nu / 2, 0.5)
  }

  /// The t ≥ 0 with P(|T| > t) = p.
  ///
  /// By bisection on log t between bounds that hold it: a relative accuracy of
  /// rounding, whatever ν and p.
  ///
  /// - Precondition: 0 < p < 1.
  func twoSidedQuantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1, "a probability of \(p), not between 0 and 1")
    var low = 1e-300
    var high = 1.0
    while tails(high) > p && high < 1e300 {
      low = high
      high *= high < 1e3 ? 2 : high
    }
    while high > low.nextUp {
      // The geometric mean far away, where orders of magnitude lie between.
      let middle =
        high > 4 * low
        ? low.squareRoot() * high.squareRoot() : low + (high - low) / 2
      guard middle > low && middle < high else { break }
      if tails(middle) > p { low = middle } else { high = middle }
    }
    return high
  }

  /// I(x; a, b), the regularised incomplete beta function, with y = 1 − x.
  private static func incompleteBeta(
    _ x: Double, _ y: Double, _ a: Double, _ b: Double
  ) -> Double {
    guard x > 0 else { return 0 }
    guard y > 0 else { return 1 }
    // The continued fraction converges fast below the mean; above it, the
    // symmetry I(x; a, b) = 1 − I(y; b, a) leads there.
    if x > (a + 1) / (a + b + 2) {
      return 1 - fraction(y, x, b, a)
    }
    return fraction(x, y, a, b)
  }

  private static func fraction(
    _ x: Double, _ y: Double, _ a: Double, _ b: Double
  ) -> Double {
    // The logarithm of the larger of the two from the smaller, which has all
    // its digits.
    let logX = x < y ? log(x) : log1p(-y)
    let logY = x < y ? log1p(-x) : log(y)
    let logFactor =
      a * logX + b * logY + lgamma(a + b) - lgamma(a) - lgamma(b)
    // Lentz's method: the quotients of successive numerators and denominators,
    // kept away from 0.
    func bounded(_ x: Double) -> Double { abs(x) < 1e-300 ? 1e-300 : x }
    var c = 1.0
    var d = 1 / bounded(1 - (a + b) * x / (a + 1))
    var result = d
    for k in 1...10_000 {
      let m = Double(k)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / bounded(1 + even * d)
      c = bounded(1 + even / c)
      result *= d * c
      let odd =
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / bounded(1 + odd * d)
      c = bounded(1 + odd / c)
      result *= d * c
      if abs(d * c - 1) < .ulpOfOne { break }
    }
    return exp(logFactor) * result / a
  }
}
