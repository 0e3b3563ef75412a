public import Matrix

extension StopRule {
  /// The rule for least squares: ‖P r‖ ≤ 10⁻⁹ ‖r‖, or, where the residuals vanish,
  /// ‖∇f‖∞ ≤ 10⁻¹⁵ and ≤ 10⁻¹² ‖∇f(x₀)‖∞.
  ///
  /// The latter so that residuals in small units do not begin at the end.
  public static var leastSquares: StopRule {
    .relativeOffset(1e-9).or(
      .gradientNorm(1e-15).and(.relativeGradientNorm(1e-12)))
  }
}

/// Minimises the sum of squares f(x) = ½ ‖r(x)‖².
///
///     let solution = minimize(
///       residuals, from: [1, 1], using: .levenbergMarquardt())
///
/// As ``minimize(_:from:using:until:within:verifying:recording:observing:)-(M.Problem,_,_,_,_,_,_,_)``,
/// with a rule that does not depend on the units of variables and residuals.
///
/// - Parameters:
///   - residuals: whose sum of squares is minimised.
///   - start: the starting point x₀.
///   - method: `.levenbergMarquardt()`, ….
///   - stop: when the run has arrived.
///   - budget: what the run may cost; 10,000 steps by default.
///   - verification: how the answer is verified.
///   - recording: which iterations are kept in ``Solution/trace``.
///   - observer: a closure that sees every iteration and may stop the run.
/// - Returns: the last point with its certificate.
/// - Precondition: `start` has as many elements as the residuals have variables.
public func minimize<M: Method>(
  _ residuals: any DifferentiableResiduals, from start: Vector<Double>,
  using method: M,
  until stop: StopRule = .leastSquares, within budget: Budget = Budget(),
  verifying verification: Verification = .automatic,
  recording: Recording = .nothing, observing observer: Observer? = nil
) -> Solution where M.Problem == any DifferentiableResiduals {
  var run = Run(residuals, from: start, using: method)
  return run.solve(
    until: stop, within: budget, verifying: verification,
    recording: recording, observing: observer)
}
