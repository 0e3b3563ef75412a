internal import Foundation
public import Matrix

/// An objective whose gradient is made of differences of its values.
///
/// Forward, ∂ᵢf ≈ (f(x + hᵢeᵢ) − f(x)) / hᵢ, or central,
/// ∂ᵢf ≈ (f(x + hᵢeᵢ) − f(x − hᵢeᵢ)) / 2hᵢ, which is far more accurate and
/// costs twice as much.
///
///     let simulation = Function { x in simulate(x) }
///     minimize(FiniteDifferences(of: simulation), from: x0, using: .lbfgs())
///
/// Where f is NaN or infinite on one side of x, the other side is used alone;
/// where it is so on both, that component is NaN. What the objective throws
/// passes through.
///
/// - Complexity: n + 1 (forward) or 2n + 1 (central) values for a gradient; one
///   allocation.
///
/// Source: Nocedal and Wright 2006, section 8.1; Gill, Murray and Wright 1981,
/// section 8.6.
public struct FiniteDifferences: DifferentiableObjective {
  /// The objective whose values are differenced.
  public let base: any Objective
  /// Which differences are taken.
  public let scheme: DifferenceScheme
  /// The magnitude below which a variable counts as small.
  public let typicalMagnitude: Double
  /// Such a magnitude for each variable, where they are known.
  private var units: Vector<Double>?
  /// The relative error of the values.
  var accuracy = Double.ulpOfOne
  /// The step of each variable, where they are known.
  var steps: Vector<Double>?

  /// Differences of the values of `base`.
  ///
  /// - Parameters:
  ///   - base: the objective.
  ///   - scheme: which differences are taken.
  ///   - typicalMagnitude: a magnitude that is typical of the variables. The step
  ///     of a variable is proportional to its own magnitude, but never to less
  ///     than this.
  /// - Precondition: `typicalMagnitude` is positive.
  public init(
    of base: any Objective, scheme: DifferenceScheme = .central,
    typicalMagnitude: Double = 1
  ) {
    precondition(
      typicalMagnitude > 0,
      "a typical magnitude of \(typicalMagnitude), which is not positive")
    self.base = base
    self.scheme = scheme
    self.typicalMagnitude = typicalMagnitude
  }

  /// The same differences for variables of given typical magnitudes.
  func inUnits(_ units: Vector<Double>) -> FiniteDifferences {
    var result = self
    result.units = units
    return result
  }

  private func step(of i: Int, at x: Double) -> Double {
    if let steps { return (x + steps[i]) - x }
    return scheme.step(
      at: x, typical: units?[i] ?? typicalMagnitude, accuracy: accuracy)
  }

  /// The number of variables of the base or, where that takes any, of the steps.
  public var dimension: Int? { base.dimension ?? steps?.count }

  /// f(x), by the base.
  public func value(at x: Vector<Double>) throws -> Double {
    try base.value(at: x)
  }

  /// f(x) by the base, and differences for ∇f(x).
  ///
  /// - Throws: what the base throws, at x or at a shifted point.
  public func valueAndGradient(
    at x: Vector<Double>, into gradient: inout Vector<Double>
  ) throws -> Double {
    if let steps {
      precondition(
        steps.count == x.count,
        "steps of \(steps.count) variables for \(x.count)")
    }
    let center = try base.value(at: x)
    guard center.isFinite else {
      gradient.fill(with: .nan)
      return center
    }
    var shifted = x
    for i in 0..<x.count {
      let h = step(of: i, at: x[i])
      shifted[i] = x[i] + h
      let ahead = try base.value(at: shifted)
      if scheme == .forward && ahead.isFinite {
        gradient[i] = (ahead - center) / h
      } else {
        shifted[i] = x[i] - h
        let behind = try base.value(at: shifted)
        gradient[i] =
          switch (ahead.isFinite, behind.isFinite) {
          // Halves, so that finite values have a finite difference.
          case (true, true): (ahead / 2 - behind / 2) / h
          case (true, false): (ahead - center) / h
          case (false, true): (center - behind) / h
          case (false, false): .nan
          }
      }
      shifted[i] = x[i]
    }
    return center
  }

  /// √ε for forward and ε^⅔ for central differences, where ε is the relative error of
  /// the values.
  public var gradientAccuracy: Double {
    scheme.accuracy(of: accuracy)
  }
}

/// Which differences stand for a derivative.
public enum DifferenceScheme: String, Codable, Sendable {
  /// (f(x + h) − f(x)) / h: one evaluation, relative error about √ε.
  case forward
  /// (f(x + h) − f(x − h)) / 2h: two evaluations, relative error about ε^⅔.
  case central

  // With values of relative error ε, a forward difference is off by ε|f|/h from
  // rounding and by h|f″|/2 from truncation, a central one by ε|f|/h and
  // h²|f‴|/6. On a scale s where f changes by its own size, f″ ~ f/s² and
  // f‴ ~ f/s³, the two errors are equal near h = √ε s and h = ∛ε s, and then
  // of relative size √ε and ε^⅔. The scale is taken to be |xᵢ|, which makes
  // the step follow a change of units, or the typical magnitude where xᵢ
  // happens to be near zero.

  /// The step for a variable, for a function of relative error `accuracy`.
  func step(at x: Double, typical: Double, accuracy: Double) -> Double {
    let relative = self == .forward ? accuracy.squareRoot() : cbrt(accuracy)
    let h = relative * Swift.max(abs(x), typical)
    // The step that is taken: x + h is rounded, and the quotient has to be over
    // the difference of the two arguments, not over h.
    return (x + h) - x
  }

  /// The relative error of the derivative of a function of relative error
  /// `accuracy`.
  func accuracy(of accuracy: Double) -> Double {
    switch self {
    case .forward: accuracy.squareRoot()
    case .central: cbrt(accuracy * accuracy)
    }
  }
}
