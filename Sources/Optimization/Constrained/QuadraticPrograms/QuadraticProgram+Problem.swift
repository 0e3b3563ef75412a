internal import Matrix

extension QuadraticProgram {
  /// This program as a constrained problem, for methods that begin at a point and for
  /// their certificate.
  ///
  ///     minimize(program.problem, from: x0, using: .sqp())
  ///     KKTCertificate(of: program.problem, at: x)
  ///
  /// - Complexity: O(m); the matrices are shared.
  public var problem: TwiceDifferentiableConstrainedObjective {
    TwiceDifferentiableConstrainedObjective(
      secondDerivatives: QuadraticValue(program: self),
      constraints: ConstraintSystem(
        checked: constraints.count > 0 ? [Constraints(constraints)] : []),
      bounds: bounds)
  }
}

/// The value of a quadratic program.
private struct QuadraticValue: TwiceDifferentiableObjective {
  let program: QuadraticProgram

  var dimension: Int? { program.dimension }

  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) -> Double {
    program.hessian.symmetricMultiply(x, into: &gradient)
    let square = gradient.dot(x)
    gradient += program.gradient
    return 0.5 * square + program.gradient.dot(x) + program.constant
  }

  func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) { program.hessian.symmetricMultiply(v, into: &product) }

  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
    hessian.copy(from: program.hessian)
  }
}
