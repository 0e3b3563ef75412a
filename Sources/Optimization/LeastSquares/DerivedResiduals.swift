public import Matrix

/// Residuals that are those of a base, about which something else is changed.
///
/// Everything is the base's, unless the conforming type says otherwise.
public protocol DerivedResiduals: DifferentiableResiduals {
  /// The residuals that these are made of.
  var base: any DifferentiableResiduals { get }
}

extension DerivedResiduals {
  /// That of the base.
  public var dimension: Int? { base.dimension }
  /// That of the base.
  public var count: Int { base.count }
  /// That of the base.
  public var loss: Loss? { base.loss }
  /// Those of the base.
  public var bounds: Bounds? { base.bounds }
  /// That of the base.
  public var hasTransposedProducts: Bool { base.hasTransposedProducts }
  /// That of the base.
  public var hasSecondDerivatives: Bool { base.hasSecondDerivatives }
  /// That of the base.
  public var jacobianAccuracy: Double { base.jacobianAccuracy }

  /// r(x) of the base.
  public func residuals(
    at x: Vector<Double>, into residuals: inout Vector<Double>
  ) throws { try base.residuals(at: x, into: &residuals) }

  /// J(x) of the base.
  public func jacobian(
    at x: Vector<Double>, into jacobian: inout Matrix<Double>
  ) throws { try base.jacobian(at: x, into: &jacobian) }

  /// r(x) and J(x) of the base.
  public func residualsAndJacobian(
    at x: Vector<Double>, into residuals: inout Vector<Double>,
    jacobian: inout Matrix<Double>
  ) throws {
    try base.residualsAndJacobian(at: x, into: &residuals, jacobian: &jacobian)
  }

  /// J(x)ᵀ w of the base.
  public func transposedProduct(
    at x: Vector<Double>, weights: Vector<Double>,
    into product: inout Vector<Double>
  ) throws {
    try base.transposedProduct(at: x, weights: weights, into: &product)
  }

  /// Σ wᵢ ∇²rᵢ(x) of the base.
  public func weightedHessian(
    at x: Vector<Double>, weights: Vector<Double>,
    into hessian: inout Matrix<Double>
  ) throws {
    try base.weightedHessian(at: x, weights: weights, into: &hessian)
  }
}
