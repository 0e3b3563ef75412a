public import Matrix

/// Residuals r : ℝⁿ → ℝᵐ whose sum of squares is to be minimised.
///
/// What is minimised is f(x) = ½ ‖r(x)‖² = ½ Σ rᵢ(x)². A point where r is
/// undefined is an answer: throw, or write NaN, and the methods back away from it.
///
/// Wrap residuals that have no derivatives in ``DifferencedJacobian``.
public protocol Residuals {
  /// The number of variables n, or nil when any number is taken.
  var dimension: Int? { get }

  /// The number of residuals m.
  var count: Int { get }

  /// Writes r(x) into `residuals`.
  ///
  /// `residuals` comes with m elements and unspecified numbers; write them in
  /// place, so that nothing is allocated.
  ///
  /// - Throws: whatever explains that r is undefined at x.
  func residuals(
    at x: Vector<Double>, into residuals: inout Vector<Double>
  ) throws
}

/// Residuals with their Jacobian Jᵢⱼ = ∂rᵢ/∂xⱼ.
///
///     struct Valley: DifferentiableResiduals {
///       let count = 2
///
///       func residuals(at x: Vector<Double>, into r: inout Vector<Double>) {
///         r[0] = 10 * (x[1] - x[0] * x[0])
///         r[1] = 1 - x[0]
///       }
///
///       func jacobian(at x: Vector<Double>, into j: inout Matrix<Double>) {
///         j = [[-20 * x[0], 10], [-1, 0]]
///       }
///     }
public protocol DifferentiableResiduals: Residuals {
  /// Writes J(x) into `jacobian`, m×n.
  ///
  /// - Throws: whatever explains that J is undefined at x.
  func jacobian(
    at x: Vector<Double>, into jacobian: inout Matrix<Double>
  ) throws

  /// Writes r(x) and J(x), for residuals that share work between the two.
  ///
  /// The default calls one after the other.
  func residualsAndJacobian(
    at x: Vector<Double>, into residuals: inout Vector<Double>,
    jacobian: inout Matrix<Double>
  ) throws

  /// Whether ``transposedProduct(at:weights:into:)`` is cheaper than J(x).
  var hasTransposedProducts: Bool { get }

  /// Writes J(x)ᵀ w into `product`, n elements.
  ///
  /// Called only where ``hasTransposedProducts`` says that it pays.
  func transposedProduct(
    at x: Vector<Double>, weights: Vector<Double>,
    into product: inout Vector<Double>
  ) throws

  /// Whether ``weightedHessian(at:weights:into:)`` is there.
  var hasSecondDerivatives: Bool { get }

  /// Writes the lower triangle of Σ wᵢ ∇²rᵢ(x) into `hessian`, n×n.
  ///
  /// Called only where ``hasSecondDerivatives`` says that it may be.
  func weightedHessian(
    at x: Vector<Double>, weights: Vector<Double>,
    into hessian: inout Matrix<Double>
  ) throws

  /// What is summed of the residuals; nil for their squares.
  var loss: Loss? { get }

  /// Bounds on the variables; nil for none.
  var bounds: Bounds? { get }

  /// The relative error of J: ε = 2⁻⁵² for formulas, more for differences.
  var jacobianAccuracy: Double { get }
}

extension Residuals {
  /// The number of variables is free.
  public var dimension: Int? { nil }
}

extension DifferentiableResiduals {
  /// One after the other.
  public func residualsAndJacobian(
    at x: Vector<Double>, into residuals: inout Vector<Double>,
    jacobian: inout Matrix<Double>
  ) throws {
    try self.residuals(at: x, into: &residuals)
    try self.jacobian(at: x, into: &jacobian)
  }

  /// No transposed products.
  public var hasTransposedProducts: Bool { false }

  /// Not there.
  public func transposedProduct(
    at x: Vector<Double>, weights: Vector<Double>,
    into product: inout Vector<Double>
  ) throws {
    throw MissingDerivative(what: "Jᵀw")
  }

  /// No second derivatives.
  public var hasSecondDerivatives: Bool { false }

  /// Not there.
  public func weightedHessian(
    at x: Vector<Double>, weights: Vector<Double>,
    into hessian: inout Matrix<Double>
  ) throws {
    throw MissingDerivative(what: "Σ wᵢ ∇²rᵢ")
  }

  /// Their squares.
  public var loss: Loss? { nil }

  /// None.
  public var bounds: Bounds? { nil }

  /// ε, rounding alone.
  public var jacobianAccuracy: Double { .ulpOfOne }
}

/// A derivative was asked for that is not there.
public struct MissingDerivative: Error, Equatable, CustomStringConvertible {
  let what: String

  /// A sentence that names it.
  public var description: String { "\(what) is not given" }
}
