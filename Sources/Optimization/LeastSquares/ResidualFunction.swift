public import Matrix

/// A closure for r as residuals.
///
///     let decay = ResidualFunction(count: data.count) { x, r in
///       for i in 0..<data.count { r[i] = x[0] * exp(-x[1] * t[i]) - data[i] }
///     }
///     minimize(DifferencedJacobian(of: decay), from: [1, 1],
///       using: .levenbergMarquardt())
public struct ResidualFunction: Residuals {
  /// Writes the residuals at the first argument into the second.
  public typealias Values =
    (Vector<Double>, inout Vector<Double>) throws -> Void

  /// The number of residuals m.
  public let count: Int
  private let r: Values

  /// Residuals that call `values`.
  ///
  /// - Precondition: `count` is not negative.
  public init(count: Int, _ values: @escaping Values) {
    precondition(count >= 0, "\(count) residuals")
    self.count = count
    r = values
  }

  /// r(x), as the closure computes it.
  public func residuals(
    at x: Vector<Double>, into residuals: inout Vector<Double>
  ) throws { try r(x, &residuals) }
}

/// Closures for r and J as residuals.
///
///     let valley = DifferentiableResidualFunction(count: 2) { x, r in
///       r[0] = 10 * (x[1] - x[0] * x[0])
///       r[1] = 1 - x[0]
///     } jacobian: { x, j in
///       j = [[-20 * x[0], 10], [-1, 0]]
///     }
public struct DifferentiableResidualFunction: DifferentiableResiduals {
  /// The number of residuals m.
  public let count: Int
  private let r: ResidualFunction.Values
  private let j: (Vector<Double>, inout Matrix<Double>) throws -> Void

  /// Residuals that call the closures.
  ///
  /// - Parameters:
  ///   - count: m.
  ///   - values: writes r(x) into its second argument.
  ///   - jacobian: writes the m×n matrix J(x) into its second argument.
  /// - Precondition: `count` is not negative.
  public init(
    count: Int, _ values: @escaping ResidualFunction.Values,
    jacobian: @escaping (Vector<Double>, inout Matrix<Double>) throws -> Void
  ) {
    precondition(count >= 0, "\(count) residuals")
    self.count = count
    r = values
    j = jacobian
  }

  /// r(x), as the closure computes it.
  public func residuals(
    at x: Vector<Double>, into residuals: inout Vector<Double>
  ) throws { try r(x, &residuals) }

  /// J(x), as the closure computes it.
  public func jacobian(
    at x: Vector<Double>, into jacobian: inout Matrix<Double>
  ) throws { try j(x, &jacobian) }
}
