internal import Matrix

/// An objective in other units: f̃(z) = f(x) with xᵢ = uᵢ zᵢ.
///
/// The signs of the eigenvalues of ∇²f are those of the eigenvalues in any units
/// (Sylvester), but what rounding leaves of them is not.
struct RescaledObjective: TwiceDifferentiableObjective {
  let base: any DifferentiableObjective
  let units: Vector<Double>

  init(of base: any DifferentiableObjective, units: Vector<Double>) {
    self.base = base
    self.units = units
  }

  var dimension: Int? { units.count }

  private func original(_ z: Vector<Double>) -> Vector<Double> {
    Vector(count: z.count) { units[$0] * z[$0] }
  }

  func valueAndGradient(
    at z: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    let value = try base.valueAndGradient(at: original(z), into: &gradient)
    guard gradient.count == z.count else { return value }
    for i in 0..<z.count { gradient[i] *= units[i] }
    return value
  }

  func hessian(
    at z: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    guard let second = base.withSecondDerivatives else {
      throw MissingDerivative(what: "∇²f")
    }
    try second.hessian(at: original(z), into: &hessian)
    let n = z.count
    guard hessian.rows == n && hessian.columns == n else { return }
    for j in 0..<n {
      for i in j..<n { hessian[i, j] *= units[i] * units[j] }
    }
  }

  var withSecondDerivatives: (any TwiceDifferentiableObjective)? {
    base.withSecondDerivatives == nil ? nil : self
  }

  var gradientAccuracy: Double { base.gradientAccuracy }
}

extension NegativeCurvature {
  /// The direction in variables x of which this one has xᵢ / uᵢ.
  func inUnits(_ units: Vector<Double>) -> NegativeCurvature {
    var d = direction
    for i in 0..<d.count { d[i] *= units[i] }
    let length = d.norm
    guard length > 0 && length.isFinite else { return self }
    d.scale(by: 1 / length)
    return NegativeCurvature(
      direction: d, curvature: curvature / length / length)
  }
}
