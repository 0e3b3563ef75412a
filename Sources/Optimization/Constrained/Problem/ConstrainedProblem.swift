internal import Matrix

/// A function to be minimised within constraints.
///
///     min f(x)   where   l ≤ c(x) ≤ u   and   bounds on x
///
/// It is made by ``DifferentiableObjective/subject(to:within:)`` and is no objective
/// itself, so that a method that knows nothing of constraints does not compile with
/// it.
public protocol ConstrainedProblem {
  /// f with its gradient.
  var objective: any DifferentiableObjective { get }
  /// c, l and u.
  var constraints: ConstraintSystem { get }
  /// The bounds on x; nil for none.
  var bounds: Bounds? { get }
}

/// A constrained problem whose function has a Hessian.
///
/// Second derivatives of constraints that have none are made of differences of
/// their Jacobian.
public protocol TwiceDifferentiableConstrainedProblem: ConstrainedProblem {
  /// f with its gradient and Hessian.
  var secondDerivatives: any TwiceDifferentiableObjective { get }
}

/// An objective within constraints.
public struct ConstrainedObjective: ConstrainedProblem {
  /// f with its gradient.
  public let objective: any DifferentiableObjective
  /// c, l and u.
  public let constraints: ConstraintSystem
  /// The bounds on x; nil for none.
  public let bounds: Bounds?
}

/// An objective with a Hessian within constraints.
public struct TwiceDifferentiableConstrainedObjective:
  TwiceDifferentiableConstrainedProblem
{
  /// f with its gradient and Hessian.
  public let secondDerivatives: any TwiceDifferentiableObjective
  /// c, l and u.
  public let constraints: ConstraintSystem
  /// The bounds on x; nil for none.
  public let bounds: Bounds?

  /// f with its gradient.
  public var objective: any DifferentiableObjective { secondDerivatives }
}

extension DifferentiableObjective {
  /// This objective within constraints.
  ///
  ///     let problem = try f.subject(to: [
  ///       .value(atLeast: 25) { x in x[0] * x[1] * x[2] * x[3] },
  ///       .rows([[1, 1, 1, 1]], atMost: [10]),
  ///     ])
  ///     let solution = minimize(problem, from: x0)
  ///
  /// - Parameters:
  ///   - constraints: the constraints, in the order of which the multipliers come.
  ///   - bounds: those of the variables; none if nil.
  /// - Throws: ``ConstraintError`` where the sides of a constraint cross, or one is
  ///   NaN or leaves no number.
  /// - Precondition: all are about as many variables.
  public func subject(
    to constraints: [Constraints], within bounds: Bounds? = nil
  ) throws(ConstraintError) -> ConstrainedObjective {
    let system = try ConstraintSystem(constraints)
    check(system, bounds)
    return ConstrainedObjective(
      objective: self, constraints: system, bounds: bounds)
  }

  fileprivate func check(_ system: ConstraintSystem, _ bounds: Bounds?) {
    bounds?.check(self)
    if let n = dimension ?? bounds?.count ?? system.dimension {
      system.checkDimension(n)
    }
  }
}

extension TwiceDifferentiableObjective {
  /// This objective within constraints, with its Hessian.
  ///
  /// - Parameters:
  ///   - constraints: the constraints, in the order of which the multipliers come.
  ///   - bounds: those of the variables; none if nil.
  /// - Throws: ``ConstraintError`` where the sides of a constraint cross, or one is
  ///   NaN or leaves no number.
  /// - Precondition: all are about as many variables.
  public func subject(
    to constraints: [Constraints], within bounds: Bounds? = nil
  ) throws(ConstraintError) -> TwiceDifferentiableConstrainedObjective {
    let system = try ConstraintSystem(constraints)
    check(system, bounds)
    return TwiceDifferentiableConstrainedObjective(
      secondDerivatives: self, constraints: system, bounds: bounds)
  }
}
