internal import Foundation
internal import Matrix

extension Examination {
  /// The evidence of a Hessian made of central differences of gradients.
  ///
  /// - Complexity: 2n gradients.
  mutating func examineDifferences() throws(Failure) -> Evidence {
    let n = center.dimension
    var columns = Matrix<Double>.zeros(n, n)
    var (ahead, behind) = (center, center)
    // f(x + h) − 2f(x) + f(x − h), what the slopes say it is and the size of its
    // terms, along the variable where it stands out of rounding most.
    var stiffest = (actual: 0.0, expected: 0.0, terms: 0.0)
    var isOneSided = false
    for j in 0..<n {
      let h = DifferenceScheme.central.step(
        at: center.x[j], typical: 1, accuracy: accuracy)
      ahead.x[j] = center.x[j] + h
      behind.x[j] = center.x[j] - h
      evaluator.evaluate(&ahead)
      evaluator.evaluate(&behind)
      ahead.x[j] = center.x[j]
      behind.x[j] = center.x[j]
      let hasAhead = ahead.value.isFinite && ahead.gradient.isFinite
      let hasBehind = behind.value.isFinite && behind.gradient.isFinite
      guard hasAhead || hasBehind else { throw .unresolved }
      // At the edge of the domain, from one side.
      let upper = hasAhead ? ahead.gradient : center.gradient
      let lower = hasBehind ? behind.gradient : center.gradient
      let isCentral = hasAhead && hasBehind
      let width = isCentral ? 2 * h : h
      for i in 0..<n { columns[i, j] = (upper[i] - lower[i]) / width }

      isOneSided = isOneSided || !isCentral
      let expected = h * h * columns[j, j]
      if isCentral && abs(expected) > abs(stiffest.expected) {
        stiffest = (
          ahead.value - 2 * center.value + behind.value, expected,
          abs(ahead.value) + 2 * abs(center.value) + abs(behind.value)
        )
      }
    }

    var hessian = columns
    var asymmetry = 0.0
    for j in 0..<n {
      for i in j..<n {
        hessian[i, j] = columns[i, j] / 2 + columns[j, i] / 2
        asymmetry = max(asymmetry, abs(columns[i, j] - columns[j, i]))
      }
    }
    let xNorm = center.x.norm
    let noise =
      64 * .ulpOfOne * stiffest.terms
      + 64 * accuracy * hessian.symmetricNorm1 * xNorm * xNorm
    if min(abs(stiffest.actual), abs(stiffest.expected)) > noise
      && stiffest.actual.sign != stiffest.expected.sign
    {
      throw .inconsistent
    }
    // The error of the differences is about accuracy^⅔ of the norm, from one side
    // accuracy^⅓, where f changes on the scale of x; the asymmetry of the columns
    // is a measure of it that supposes nothing.
    return try examine(
      hessian,
      relativeTolerance: 64
        * (isOneSided
          ? cbrt(accuracy) : DifferenceScheme.central.accuracy(of: accuracy)),
      absoluteTolerance: Double(n) * asymmetry, isDifferenced: true)
  }
}
