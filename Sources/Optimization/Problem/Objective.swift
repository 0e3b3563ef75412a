public import Matrix

/// A function f : ℝⁿ → ℝ to be minimised, of which only the value is known.
///
/// A point where f is undefined is an answer, not an accident: return NaN or
/// ∞, or throw, and the methods back away from it. Nothing a user's function
/// returns makes a method trap.
///
/// The requirements are called with vectors of one fixed count, the count of
/// the starting point. Wrap a function that has no derivatives in
/// ``FiniteDifferences`` to give it to a method that needs a gradient.
public protocol Objective {
  /// The number of variables n, or nil when the function takes any number.
  var dimension: Int? { get }

  /// f(x).
  ///
  /// - Throws: whatever explains that f is undefined at x.
  func value(at x: Vector<Double>) throws -> Double
}

/// An objective with a gradient, computed together with the value.
///
///     struct Sphere: DifferentiableObjective {
///       func valueAndGradient(
///         at x: Vector<Double>, into gradient: inout Vector<Double>
///       ) -> Double {
///         gradient.copy(from: x)
///         gradient.scale(by: 2)
///         return x.dot(x)
///       }
///     }
public protocol DifferentiableObjective: Objective {
  /// Writes ∇f(x) into `gradient` and returns f(x).
  ///
  /// `gradient` comes with n elements and unspecified numbers; write them in
  /// place, so that nothing is allocated.
  ///
  /// - Throws: whatever explains that f is undefined at x.
  func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double

  /// Writes ∇²f(x) v into `product`.
  ///
  /// The default is a central difference of gradients, (∇f(x + hv) −
  /// ∇f(x − hv)) / 2h with ‖hv‖ = ∛ε max(1, ‖x‖), relative error about
  /// ε^⅔; two gradients, and three vectors are allocated. It is exact, up to
  /// rounding, for quadratics.
  func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) throws

  /// This objective with its Hessian, when it has one.
  ///
  /// Lets code that was handed a gradient find out that there is more. Objectives
  /// that conform to ``TwiceDifferentiableObjective`` answer themselves.
  var withSecondDerivatives: (any TwiceDifferentiableObjective)? { get }

  /// The relative error of the gradient: ε = 2⁻⁵² for formulas, more when it is
  /// itself made of differences or comes from a simulation.
  ///
  /// Differences of gradients take their step from it, and what is concluded
  /// from them its tolerance.
  var gradientAccuracy: Double { get }

  /// The floating-point operations of one call of each derivative, when the
  /// author of the objective has counted them.
  var cost: ObjectiveCost { get }
}

/// An objective with a gradient and a Hessian.
public protocol TwiceDifferentiableObjective: DifferentiableObjective {
  /// Writes ∇²f(x) into the lower triangle of `hessian`.
  ///
  /// `hessian` comes as an n×n matrix with unspecified numbers; what stands
  /// above its diagonal is not read.
  ///
  /// - Throws: whatever explains that ∇²f is undefined at x.
  func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) throws
}

/// The floating-point operations of one evaluation, zero where not counted.
public struct ObjectiveCost: Codable, Equatable, Sendable {
  /// Operations for f and ∇f together.
  public var valueAndGradient: Double
  /// Operations for ∇²f.
  public var hessian: Double
  /// Operations for ∇²f v.
  public var hessianVectorProduct: Double

  /// Costs that were counted by the author of an objective.
  public init(
    valueAndGradient: Double = 0, hessian: Double = 0,
    hessianVectorProduct: Double = 0
  ) {
    self.valueAndGradient = valueAndGradient
    self.hessian = hessian
    self.hessianVectorProduct = hessianVectorProduct
  }
}

extension Objective {
  /// The number of variables is free.
  public var dimension: Int? { nil }
}

extension DifferentiableObjective {
  /// f(x), with a gradient that is thrown away.
  public func value(at x: Vector<Double>) throws -> Double {
    var gradient = Vector<Double>.zeros(x.count)
    return try valueAndGradient(at: x, into: &gradient)
  }

  /// No Hessian.
  public var withSecondDerivatives: (any TwiceDifferentiableObjective)? { nil }

  /// ε, rounding alone.
  public var gradientAccuracy: Double { .ulpOfOne }

  /// Not counted.
  public var cost: ObjectiveCost { ObjectiveCost() }

  /// A central difference of two gradients.
  public func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) throws {
    let length = v.norm
    guard length > 0 && length.isFinite else {
      // A zero direction has a zero product; NaN stays NaN.
      return product.setSum(v, v, scaledBy: 0)
    }
    // The truncation error of the central difference is h²/6 ‖f⁗‖, the
    // rounding error ε ‖∇f‖ / h: balanced at h ~ ∛ε on the scale of x.
    let h =
      DifferenceScheme.central.step(
        at: x.norm, typical: 1, accuracy: gradientAccuracy) / length
    var shifted = x
    shifted.add(v, scaledBy: h)
    var ahead = Vector<Double>.zeros(x.count)
    _ = try valueAndGradient(at: shifted, into: &ahead)
    shifted.setSum(x, v, scaledBy: -h)
    _ = try valueAndGradient(at: shifted, into: &product)
    for size in [ahead.count, product.count] where size != x.count {
      throw WrongSize(what: "a gradient", found: size, expected: x.count)
    }
    for i in 0..<product.count {
      product[i] = (ahead[i] - product[i]) / (2 * h)
    }
  }
}

extension TwiceDifferentiableObjective {
  /// The objective itself.
  public var withSecondDerivatives: (any TwiceDifferentiableObjective)? { self }
}
