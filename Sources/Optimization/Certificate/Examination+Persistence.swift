internal import Foundation
internal import Matrix

// x³ at x = 10⁻⁴ has a gradient of 3·10⁻⁸ and a second derivative of 6·10⁻⁴: to
// every tolerance in use a strict minimum, and false. Likewise (xy − 1)² near
// its valley of minima, off which the Hessian has an eigenvalue −2|xy − 1|,
// which no tolerance relative to ‖∇²f‖ takes for zero. In both the sign is lost
// before the gradient is: the point x* where it vanishes lies about a Newton
// step away, and the curvature changes by its own size over that distance.
// That is what is tested here, by evaluations where the Newton step leads.
// (Kantorovich's theorem asks the same: that L‖p‖/λ, the relative change of
// the curvature over the step, be at most ½; see Ortega and Rheinboldt 1970,
// section 12.6.)
extension Examination {
  /// Whether the curvature along d holds over the way to the point where ∇f would
  /// vanish.
  ///
  /// The mean curvature over a step s = 2p + td is dᵀ(∇f(x + s) − ∇f(x)) / t, after
  /// dᵀ∇²f 2p has been taken off; p is the Newton step but for its part along d,
  /// t the Newton step along d. It has to be within an eighth of the curvature at
  /// x. For f = t³ it is ¾ of that, for t⁴ 0.7.
  ///
  /// - Throws: `.inconsistent` when f changes against the slopes.
  /// - Complexity: an evaluation as a rule, a second in doubt, and a Hessian where
  ///   rounding leaves no other way.
  mutating func persists(
    _ d: Direction, in evidence: Evidence
  ) throws(Failure) -> Bool {
    // The difference step that suits every variable.
    var suitable = Double.infinity
    for i in 0..<center.dimension where d.vector[i] != 0 {
      suitable = min(suitable, max(abs(center.x[i]), 1) / abs(d.vector[i]))
    }
    suitable *= cbrt(accuracy)
    // ∇f is rounded like a product ∇²f x. A step shorter than the second is lost
    // in that.
    let noise = 16 * accuracy * evidence.norm * center.x.norm
    let shortest = 8 * noise / abs(d.curvature)
    let newton = -center.gradient.dot(d.vector) / d.curvature
    let sign = newton < 0 ? -1.0 : 1.0

    let long = max(abs(newton), suitable)
    if try mean(of: d, over: sign * long, in: evidence, noise: noise) {
      if long >= shortest || !evidence.hasHessian { return true }
    } else {
      // Over a step that is longer than the way to go, more may change.
      let short = max(abs(newton), min(shortest, suitable))
      guard short < long else { return false }
      if short >= shortest || !evidence.hasHessian {
        return try mean(of: d, over: sign * short, in: evidence, noise: noise)
      }
    }
    let n = center.dimension
    var hessian = Matrix<Double>.zeros(n, n)
    let x = shifted(by: d, times: 2 * newton, in: evidence)
    guard evaluator.hessian(at: x, into: &hessian) else { return false }
    let ratio = Direction(d.vector, hessian).curvature / d.curvature
    return abs(ratio - 1) <= 0.5
  }

  /// x + 2p + td, or what the bounds leave of it; with −t where that is more.
  private func shifted(
    by d: Direction, times t: Double, in evidence: Evidence
  ) -> Vector<Double> {
    func shifted(_ t: Double) -> Vector<Double> {
      var x = center.x
      x.add(evidence.step, scaledBy: 2)
      x.add(d.vector, scaledBy: t - 2 * evidence.step.dot(d.vector))
      return x
    }
    var x = shifted(t)
    guard let box, box.project(&x) > 0 else { return x }
    var other = shifted(-t)
    box.project(&other)
    func length(_ x: Vector<Double>) -> Double {
      abs((x - center.x).dot(d.vector))
    }
    return length(x) >= length(other) ? x : other
  }

  /// Whether the mean curvature over 2p + td is that of d, within an eighth of it
  /// and rounding.
  private mutating func mean(
    of d: Direction, over t: Double, in evidence: Evidence, noise: Double
  ) throws(Failure) -> Bool {
    var point = center
    point.x = shifted(by: d, times: t, in: evidence)
    evaluator.evaluate(&point)
    guard point.value.isFinite && point.gradient.isFinite else { return false }

    let step = point.x - center.x
    let noise = noise + 16 * accuracy * evidence.norm * step.norm
    let slopes = (center.gradient.dot(step), point.gradient.dot(step))
    let actual = point.value - center.value
    let expected = slopes.0 / 2 + slopes.1 / 2
    let valueNoise =
      64 * .ulpOfOne * (abs(point.value) + abs(center.value))
      + noise * (step.norm + center.x.norm)
    // Were f a power t^p along s, the two would differ by |1 − 2/p| of half the
    // change of the slope; were the sign of ∇f wrong, by 1 + 2/p.
    if abs(actual - expected) > abs(slopes.1 - slopes.0) / 2 + valueNoise {
      throw .inconsistent
    }
    let predicted =
      d.image.map { $0.dot(step) } ?? d.curvature * d.vector.dot(step)
    let change =
      point.gradient.dot(d.vector) - center.gradient.dot(d.vector)
    let t = box == nil ? t : step.dot(d.vector)
    return abs(change - predicted) <= abs(d.curvature * t) / 8 + noise
  }
}
