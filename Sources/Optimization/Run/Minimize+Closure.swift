public import Differentiation
public import Matrix

/// Minimises what a closure computes, with automatic derivatives.
///
///     let solution = minimize(from: [-1.2, 1]) { x in
///       100 * (x[1] - x[0] * x[0]).squared + (1 - x[0]).squared
///     }
///
/// - Parameters:
///   - start: the starting point x₀.
///   - stop: when the run has arrived; ‖∇f‖∞ ≤ 1e-6 by default.
///   - budget: what the run may cost; 10,000 steps by default.
///   - f: the function; see `AutomaticFunction` for what it may contain.
/// - Returns: the last point with its certificate, by ``Automatic``.
public func minimize(
  from start: Vector<Double>, until stop: StopRule = .gradientNorm(1e-6),
  within budget: Budget = Budget(),
  _ f: @escaping ([Variable]) throws -> Variable
) -> Solution {
  minimize(
    AutomaticFunction(f), from: start, using: .automatic(), until: stop,
    within: budget)
}

/// Minimises what a closure computes, with automatic derivatives, by a given
/// method.
///
///     let solution = minimize(from: [-1.2, 1], using: .newton()) { x in
///       100 * (x[1] - x[0] * x[0]).squared + (1 - x[0]).squared
///     }
///
/// - Parameters:
///   - start: the starting point x₀.
///   - method: a method that needs at most second derivatives.
///   - stop: when the run has arrived; ‖∇f‖∞ ≤ 1e-6 by default.
///   - budget: what the run may cost; 10,000 steps by default.
///   - f: the function; see `AutomaticFunction` for what it may contain.
/// - Returns: the last point with its certificate.
public func minimize<M: Method>(
  from start: Vector<Double>, using method: M,
  until stop: StopRule = .gradientNorm(1e-6), within budget: Budget = Budget(),
  _ f: @escaping ([Variable]) throws -> Variable
) -> Solution where M.Problem == any TwiceDifferentiableObjective {
  minimize(
    AutomaticFunction(f), from: start, using: method, until: stop,
    within: budget)
}

/// Minimises what a closure computes, with an automatic gradient, by a given
/// method.
///
/// - Parameters:
///   - start: the starting point x₀.
///   - method: a method that needs a gradient.
///   - stop: when the run has arrived; ‖∇f‖∞ ≤ 1e-6 by default.
///   - budget: what the run may cost; 10,000 steps by default.
///   - f: the function; see `AutomaticFunction` for what it may contain.
/// - Returns: the last point with its certificate.
public func minimize<M: Method>(
  from start: Vector<Double>, using method: M,
  until stop: StopRule = .gradientNorm(1e-6), within budget: Budget = Budget(),
  _ f: @escaping ([Variable]) throws -> Variable
) -> Solution where M.Problem == any DifferentiableObjective {
  minimize(
    AutomaticFunction(f), from: start, using: method, until: stop,
    within: budget)
}
