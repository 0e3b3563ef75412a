public import Matrix

/// A function R : ℝⁿ → ℝ ∪ {∞} that is added to an objective, and whose proximal
/// map is known in closed form.
///
///     prox_{tR}(v) = argmin ½ ‖x − v‖² + t R(x)
///
/// Nothing else is asked of R: it may have kinks, as ``L1Norm``, which is how
/// answers get exact zeros, or be the indicator of a set, 0 in it and ∞ outside,
/// as ``ProbabilitySimplex``; its proximal map is then the projection on the set.
///
///     let problem = objective + 0.1 * .l1
///     let solution = minimize(problem, from: x0)
///
/// Numbers that are NaN make values NaN and stay NaN in a proximal map; nothing
/// traps.
///
/// Source: Moreau 1965; Parikh and Boyd, Proximal algorithms, 2014.
public protocol Penalty: Codable, Equatable, Sendable {
  /// The penalty with its settings, as reports print it.
  var name: String { get }

  /// The number of variables n, nil where it is free.
  var dimension: Int? { get }

  /// Whether R is convex, so that a stationary point of a convex f + R is a
  /// minimum.
  var isConvex: Bool { get }

  /// The penalty λ R; the same indicator for an indicator.
  ///
  /// - Precondition: 0 ≤ λ < ∞, and λ > 0 for an indicator.
  func scaled(by lambda: Double) -> Self

  /// R(x), ∞ where it is.
  ///
  /// An indicator is 0 where x is in the set to rounding.
  func value(at x: Vector<Double>) -> Double

  /// Writes an element of the subdifferential ∂R(x), that of least norm where R has
  /// a kink.
  ///
  /// For an indicator it is 0, which is in the normal cone everywhere.
  func subgradient(at x: Vector<Double>, into s: inout Vector<Double>)

  /// v ← prox_{tR}(v), in place.
  ///
  /// - Precondition: t ≥ 0.
  func applyProximalMap(step t: Double, to v: inout Vector<Double>)

  /// The conjugate R*(y) = sup yᵀx − R(x), ∞ where it is.
  func conjugate(at y: Vector<Double>) -> Double

  /// The largest s ≤ 1 for which R*(s y) is finite, provided y is 0 along the
  /// variables that are not penalised.
  ///
  /// For λ times a norm it is min(1, λ / ‖y‖) by the dual norm.
  func conjugateScale(at y: Vector<Double>) -> Double

  /// The variables along which R is constant from x on to infinity, so that R* is
  /// infinite for y of one sign at least, and y = 0 where x minimises R − yᵀx.
  func unpenalized(at x: Vector<Double>) -> [Int]

  /// How far −∇f(x) is from ∂R(x), which is 0 where x is stationary for f + R, in
  /// the units of ∇f.
  ///
  /// The default is the residual of the proximal map,
  /// ‖x − prox_R(x − ∇f(x))‖∞, which adds variables to gradients; penalties that
  /// know their ∂R have the distance itself, in the largest component.
  ///
  /// - Parameters:
  ///   - x: the point.
  ///   - gradient: ∇f(x).
  ///   - scratch: as many elements as x, overwritten.
  func stationarity(
    at x: Vector<Double>, gradient: Vector<Double>,
    scratch: inout Vector<Double>
  ) -> Double
}

extension Penalty {
  /// Any number of variables.
  public var dimension: Int? { nil }

  /// Convex.
  public var isConvex: Bool { true }

  /// 1: the conjugate is finite everywhere.
  public func conjugateScale(at y: Vector<Double>) -> Double { 1 }

  /// None.
  public func unpenalized(at x: Vector<Double>) -> [Int] { [] }

  /// ‖x − prox_R(x − ∇f(x))‖∞.
  public func stationarity(
    at x: Vector<Double>, gradient: Vector<Double>,
    scratch: inout Vector<Double>
  ) -> Double {
    proximalResidual(at: x, gradient: gradient, scratch: &scratch)
  }

  /// ‖x − prox_R(x − ∇f(x))‖∞, whatever the penalty knows of ∂R.
  ///
  /// - Precondition: three vectors of equal counts.
  /// - Complexity: a proximal map and 3n flops.
  public func proximalResidual(
    at x: Vector<Double>, gradient: Vector<Double>,
    scratch: inout Vector<Double>
  ) -> Double {
    scratch.setDifference(x, gradient)
    applyProximalMap(step: 1, to: &scratch)
    scratch.add(x, scaledBy: -1)
    return scratch.normInfinity
  }

  /// λ R.
  ///
  /// - Precondition: 0 ≤ λ < ∞, and λ > 0 for an indicator.
  public static func * (lambda: Double, penalty: Self) -> Self {
    penalty.scaled(by: lambda)
  }

  func checkCount(_ x: Vector<Double>) {
    if let n = dimension {
      precondition(
        x.count == n, "a penalty of \(n) variables for \(x.count)")
    }
  }
}

func checkMultiplier(_ lambda: Double) {
  precondition(
    lambda >= 0 && lambda < .infinity,
    "a penalty times \(lambda), which is not from 0 to ∞")
}

func checkIndicatorMultiplier(_ lambda: Double) {
  precondition(
    lambda > 0 && lambda < .infinity,
    "an indicator times \(lambda), which is not a positive number")
}
