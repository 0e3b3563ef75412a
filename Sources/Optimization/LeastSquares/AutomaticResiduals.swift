public import Differentiation
public import Matrix

/// Residuals from a closure alone, with exact derivatives of first and second
/// order.
///
///     let valley = AutomaticResiduals(count: 2) { x in
///       [10 * (x[1] - x[0] * x[0]), 1 - x[0]]
///     }
///     minimize(valley, from: [-1.2, 1], using: .levenbergMarquardt())
///
/// The closure is recorded and replayed as that of `AutomaticMap`.
public struct AutomaticResiduals: DifferentiableResiduals {
  /// The number of residuals m.
  public let count: Int
  /// The map that is derived.
  public let map: AutomaticMap

  /// The residuals that a closure computes.
  ///
  /// Where it returns another number of them than `count`, r is undefined, and a
  /// ``WrongCount`` says so.
  ///
  /// - Precondition: `count` is not negative.
  public init(
    count: Int, _ residuals: @escaping ([Variable]) throws -> [Variable]
  ) {
    precondition(count >= 0, "\(count) residuals")
    self.count = count
    map = AutomaticMap { x in
      let r = try residuals(x)
      guard r.count == count else {
        throw WrongCount(found: r.count, expected: count)
      }
      return r
    }
  }

  /// r(x), by a replay.
  public func residuals(
    at x: Vector<Double>, into residuals: inout Vector<Double>
  ) throws { try map.value(at: x, into: &residuals) }

  /// J(x), by a replay and the cheaper of forward and reverse sweeps.
  public func jacobian(
    at x: Vector<Double>, into jacobian: inout Matrix<Double>
  ) throws { try map.jacobian(at: x, into: &jacobian) }

  /// r(x) and J(x), by one replay.
  public func residualsAndJacobian(
    at x: Vector<Double>, into residuals: inout Vector<Double>,
    jacobian: inout Matrix<Double>
  ) throws {
    try map.valueAndJacobian(at: x, into: &residuals, &jacobian)
  }

  /// A reverse sweep.
  public var hasTransposedProducts: Bool { true }

  /// J(x)ᵀ w, by a replay and one reverse sweep.
  public func transposedProduct(
    at x: Vector<Double>, weights: Vector<Double>,
    into product: inout Vector<Double>
  ) throws {
    try map.vectorJacobianProduct(at: x, weights: weights, into: &product)
  }

  /// They are there.
  public var hasSecondDerivatives: Bool { true }

  /// Σ wᵢ ∇²rᵢ(x), by second-order sweeps.
  public func weightedHessian(
    at x: Vector<Double>, weights: Vector<Double>,
    into hessian: inout Matrix<Double>
  ) throws {
    try map.weightedHessian(at: x, weights: weights, into: &hessian)
  }
}
