public import Matrix

/// Backtracking to sufficient decrease, φ(t) ≤ φ(0) + c₁ t φ′(0).
///
/// From the first step t is reduced to the minimiser of the quadratic through
/// φ(0), φ′(0) and φ(t), kept within [t/10, t/2]; where f is undefined, to t/10.
/// A value that equals φ(0) up to rounding is accepted when the slope there is
/// no steeper, so that a run can go on to gradients that the value no longer
/// shows.
///
/// Source: Armijo 1966; Dennis and Schnabel 1983, algorithm A6.3.1.
public struct Armijo: LineSearch {
  /// The fraction c₁ of the decrease predicted by the slope.
  public let decrease: Double
  /// The most evaluations in one search.
  public let maximumEvaluations: Int

  /// A search for sufficient decrease.
  ///
  /// - Precondition: 0 < c₁ < 1.
  public init(decrease: Double = 1e-4, maximumEvaluations: Int = 60) {
    precondition(
      decrease > 0 && decrease < 1, "c₁ = \(decrease) is not within (0, 1)")
    self.decrease = decrease
    self.maximumEvaluations = maximumEvaluations
  }

  /// The search, with its constant where it is not the usual one.
  public var name: String {
    decrease == 1e-4 ? "Armijo" : "Armijo(\(decrease))"
  }

  /// Backtracks from the first step.
  ///
  /// - Complexity: an evaluation for each step tried, one when the first step
  ///   is accepted.
  public func search(
    from origin: Point, along direction: Vector<Double>, slope: Double,
    firstStep: Double, memory: inout NoMemory, evaluator: inout Evaluator,
    trial: inout Point
  ) -> LineSearchOutcome {
    backtrack(
      from: origin, along: direction, slope: slope, firstStep: firstStep,
      reference: origin.value, decrease: decrease,
      maximumEvaluations: maximumEvaluations, evaluator: &evaluator,
      trial: &trial)
  }
}
