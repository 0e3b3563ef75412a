public import Matrix

extension Constraints {
  /// c with its derivatives, where it is no row of A x.
  public var values: (any DifferentiableResiduals)? {
    if case .nonlinear(let function) = function { function } else { nil }
  }

  /// A, where the constraints are its rows.
  public var matrix: Matrix<Double>? {
    if case .linear(let matrix) = function { matrix } else { nil }
  }
}

extension ConstraintSystem {
  /// c(x).
  ///
  /// - Throws: what a constraint throws, or that it gave another number of values.
  /// - Precondition: x has as many elements as there are variables.
  /// - Complexity: one call of each part; allocates the result and scratch.
  public func values(at x: Vector<Double>) throws -> Vector<Double> {
    var scratch = ConstraintScratch(self, dimension: x.count)
    var c = Vector<Double>.zeros(count)
    try values(at: x, into: &c, &scratch)
    return c
  }

  /// J(x), the m×n matrix of ∂cᵢ/∂xⱼ.
  ///
  /// - Throws: what a constraint throws, or that its Jacobian has another shape.
  /// - Precondition: x has as many elements as there are variables.
  /// - Complexity: one call of each part; allocates the result and scratch.
  public func jacobian(at x: Vector<Double>) throws -> Matrix<Double> {
    var scratch = ConstraintScratch(self, dimension: x.count)
    var jacobian = Matrix<Double>.zeros(count, x.count)
    try self.jacobian(at: x, into: &jacobian, &scratch)
    return jacobian
  }
}
