public import Matrix

/// A closure for f as an objective.
public struct Function: Objective {
  private let f: (Vector<Double>) throws -> Double

  /// An objective that calls `value`.
  public init(_ value: @escaping (Vector<Double>) throws -> Double) {
    f = value
  }

  /// f(x), as the closure returns it.
  public func value(at x: Vector<Double>) throws -> Double { try f(x) }
}

/// A closure for f and ∇f as an objective.
///
///     let sphere = DifferentiableFunction { x, gradient in
///       gradient.copy(from: x)
///       gradient.scale(by: 2)
///       return x.dot(x)
///     }
public struct DifferentiableFunction: DifferentiableObjective {
  /// Writes the gradient at the first argument into the second and returns the
  /// value.
  public typealias ValueAndGradient =
    (Vector<Double>, inout Vector<Double>) throws -> Double

  private let f: ValueAndGradient

  /// An objective that calls `valueAndGradient`.
  public init(_ valueAndGradient: @escaping ValueAndGradient) {
    f = valueAndGradient
  }

  /// f(x) and ∇f(x), as the closure computes them.
  public func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    try f(x, &gradient)
  }
}

/// Closures for f, ∇f and ∇²f as an objective.
///
///     let bowl = TwiceDifferentiableFunction { x, gradient in
///       gradient.copy(from: x)
///       return 0.5 * x.dot(x)
///     } hessian: { x, hessian in
///       hessian = .identity(x.count)
///     }
public struct TwiceDifferentiableFunction: TwiceDifferentiableObjective {
  private let f: DifferentiableFunction.ValueAndGradient
  private let secondDerivatives:
    (Vector<Double>, inout Matrix<Double>) throws -> Void

  /// An objective that calls the closures.
  ///
  /// - Parameters:
  ///   - valueAndGradient: writes ∇f(x) into its second argument, returns f(x).
  ///   - hessian: writes the lower triangle of ∇²f(x) into its second argument.
  public init(
    _ valueAndGradient:
      @escaping DifferentiableFunction.ValueAndGradient,
    hessian: @escaping (Vector<Double>, inout Matrix<Double>) throws -> Void
  ) {
    f = valueAndGradient
    secondDerivatives = hessian
  }

  /// f(x) and ∇f(x), as the closure computes them.
  public func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    try f(x, &gradient)
  }

  /// ∇²f(x), as the closure computes it.
  public func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws {
    try secondDerivatives(x, &hessian)
  }
}
