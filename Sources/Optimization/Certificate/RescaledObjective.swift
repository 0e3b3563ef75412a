internal import Matrix

/// An objective of some of its variables in other units: f̃(z) = f(x) with
/// xᵢ = uᵢ zₖ for the k-th free variable i, the others fixed.
///
/// The signs of the eigenvalues of ∇²f are those of the eigenvalues in any units
/// (Sylvester), but what rounding leaves of them is not.
struct RescaledObjective: TwiceDifferentiableObjective {
  let base: any DifferentiableObjective
  /// Outside of which it is undefined.
  let bounds: Bounds?
  let units: Vector<Double>
  let free: [Int]
  let fixed: Vector<Double>
  /// The free variables of `fixed` in their units.
  private let center: Vector<Double>

  init(
    of base: any DifferentiableObjective, within bounds: Bounds?,
    units: Vector<Double>, free: [Int], at x: Vector<Double>
  ) {
    self.base = base
    self.bounds = bounds
    self.units = units
    self.free = free
    fixed = x
    center = Vector(count: free.count) { x[free[$0]] / units[free[$0]] }
  }

  var dimension: Int? { free.count }

  private func original(_ z: Vector<Double>) -> Vector<Double> {
    // The point that is examined, not what two roundings make of it.
    if z == center { return fixed }
    var x = fixed
    for (k, i) in free.enumerated() {
      x[i] = units[i] * z[k]
      // At a bound in one unit is at the bound in the other, to rounding.
      if let bounds, abs(x[i] - bounds.lower[i]) <= .ulpOfOne * abs(x[i]) {
        x[i] = bounds.lower[i]
      } else if let bounds,
        abs(x[i] - bounds.upper[i]) <= .ulpOfOne * abs(x[i])
      {
        x[i] = bounds.upper[i]
      }
    }
    return x
  }

  /// The bounds of the free variables, in their units.
  var box: Bounds? {
    bounds.flatMap { bounds in
      try? Bounds(
        lower: Vector(count: free.count) {
          bounds.lower[free[$0]] / units[free[$0]]
        },
        upper: Vector(count: free.count) {
          bounds.upper[free[$0]] / units[free[$0]]
        })
    }
  }

  /// The point in the free variables.
  func restrict(_ point: Point) -> Point {
    var result = Point(dimension: free.count)
    result.value = point.value
    result.x = center
    for (k, i) in free.enumerated() {
      result.gradient[k] = point.gradient[i] * units[i]
    }
    return result
  }

  /// A direction in the free variables as one of x.
  func original(_ found: NegativeCurvature) -> NegativeCurvature {
    var d = Vector<Double>.zeros(fixed.count)
    for (k, i) in free.enumerated() { d[i] = units[i] * found.direction[k] }
    let length = d.norm
    guard length > 0 && length.isFinite else { return found }
    d.scale(by: 1 / length)
    return NegativeCurvature(
      direction: d, curvature: found.curvature / length / length)
  }

  func valueAndGradient(
    at z: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    var whole = Vector<Double>.zeros(fixed.count)
    let x = original(z)
    if let bounds, !bounds.contains(x) { throw OutsideOfBounds() }
    let value = try base.valueAndGradient(at: x, into: &whole)
    guard whole.count == fixed.count else {
      throw WrongSize(
        what: "a gradient", found: whole.count, expected: fixed.count)
    }
    for (k, i) in free.enumerated() { gradient[k] = whole[i] * units[i] }
    return value
  }

  func hessian(
    at z: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    guard let second = base.withSecondDerivatives else {
      throw MissingDerivative(what: "∇²f")
    }
    let n = fixed.count
    var whole = Matrix<Double>.zeros(n, n)
    try second.hessian(at: original(z), into: &whole)
    guard whole.rows == n && whole.columns == n else {
      throw WrongSize(what: "a Hessian", found: whole.rows, expected: n)
    }
    // The free variables are in order, so that lower stays lower.
    for (l, j) in free.enumerated() {
      for (k, i) in free.enumerated().dropFirst(l) {
        hessian[k, l] = whole[i, j] * units[i] * units[j]
      }
    }
  }

  var withSecondDerivatives: (any TwiceDifferentiableObjective)? {
    base.withSecondDerivatives == nil ? nil : self
  }

  var gradientAccuracy: Double { base.gradientAccuracy }
}

/// A point at which a bounded objective is not evaluated.
struct OutsideOfBounds: Error {}
