internal import Matrix

extension ConstrainedExamination {
  /// Whether f and c change along a direction as ∇f and J say that they do.
  ///
  /// What is verified by derivatives is worth what they are worth. Central differences
  /// with two steps, whose disagreement is the measure of what they may be off by,
  /// are compared with ∇fᵀd and J d for one d that moves every variable, those at
  /// their bounds aside. They have to disagree by a thousandth of the terms of the
  /// sum, so that noise, kinks near by and derivatives that are differences
  /// themselves do not count as contradictions; an error in a small element of a long
  /// row is for ``checkDerivatives(of:at:)-(DifferentiableResiduals,_)`` to find.
  ///
  /// - Complexity: 4 evaluations of f and of c.
  mutating func derivativesAgree() -> Bool {
    let (m, n) = (c.count, point.dimension)
    let step = 0x1p-14
    var d = Vector<Double>.zeros(n)
    for j in 0..<n {
      let x = point.x[j]
      // Of no particular shape, and on the scale of the variable.
      let size = max(abs(x), 1e-3) * (1 + Double((j * 7 + 3) % 5) / 5)
      let reach = 4 * step * size
      if let bounds, x - reach < bounds.lower[j] || x + reach > bounds.upper[j]
      {
        continue
      }
      d[j] = j.isMultiple(of: 2) ? size : -size
    }
    guard d.normInfinity > 0,
      let near = changes(along: d, step),
      let far = changes(along: d, 4 * step)
    else { return true }
    // Derivatives that are wrong by no more than the tolerance mislead nobody.
    let least = tolerance * d.reduce(0) { $0 + abs($1) }
    func contradicts(
      _ near: Double, _ far: Double, _ given: Double, _ terms: Double
    ) -> Bool {
      let allowed = 10 * abs(near - far) + 1e-3 * terms + least
      return abs(near - given) > allowed && abs(far - given) > allowed
    }
    var (slope, terms) = (0.0, 0.0)
    for j in 0..<n {
      slope += point.gradient[j] * d[j]
      terms += abs(point.gradient[j] * d[j])
    }
    // At a minimum ∇f is all rounding; a value's own rounding, over the step, is
    // none of its business.
    terms += 0x1p-30 / step * abs(point.value)
    if contradicts(near.f, far.f, slope, terms) { return false }
    for i in 0..<m {
      (slope, terms) = (0, 0x1p-30 / step * abs(c[i]))
      for j in 0..<n {
        slope += jacobian[i, j] * d[j]
        terms += abs(jacobian[i, j] * d[j])
      }
      if contradicts(near.c[i], far.c[i], slope, terms) { return false }
    }
    return true
  }

  /// (f(x + t d) − f(x − t d)) / 2t and the same of c; nil where one is undefined.
  private mutating func changes(
    along d: Vector<Double>, _ t: Double
  ) -> (f: Double, c: Vector<Double>)? {
    var (x, ahead, behind) = (point.x, c, c)
    x.add(d, scaledBy: t)
    let f = evaluator.value(at: x)
    let hasAhead = evaluator.constraintValues(at: x, into: &ahead)
    x.setSum(point.x, d, scaledBy: -t)
    let g = evaluator.value(at: x)
    let hasBehind = evaluator.constraintValues(at: x, into: &behind)
    guard hasAhead && hasBehind, f.isFinite, g.isFinite else { return nil }
    ahead -= behind
    ahead.scale(by: 1 / (2 * t))
    return ((f - g) / (2 * t), ahead)
  }
}
