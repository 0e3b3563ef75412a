/// A function to be minimised with a penalty.
///
///     min f(x) + R(x)
///
/// It is made by `f + λ * penalty` and is no objective itself, so that a method
/// that knows nothing of kinks does not compile with it.
public protocol CompositeProblem {
  /// f with its gradient.
  var objective: any DifferentiableObjective { get }
  /// R.
  var penalty: any Penalty { get }
}

/// A composite problem whose function has a Hessian.
public protocol TwiceDifferentiableCompositeProblem: CompositeProblem {
  /// f with its gradient and Hessian.
  var secondDerivatives: any TwiceDifferentiableObjective { get }
}

/// A composite problem whose penalty is one of magnitudes and squares.
public protocol AbsoluteValueProblem: CompositeProblem {
  /// R.
  var absoluteValues: ElasticNet { get }
}

/// An objective with a penalty.
public struct CompositeObjective<P: Penalty>: CompositeProblem {
  /// f with its gradient.
  public let objective: any DifferentiableObjective
  /// R.
  public let term: P

  /// f + R.
  ///
  /// - Precondition: f and R have equally many variables, where both say.
  public init(_ objective: any DifferentiableObjective, _ penalty: P) {
    penalty.check(objective)
    self.objective = objective
    term = penalty
  }

  /// R.
  public var penalty: any Penalty { term }
}

/// An objective that has a Hessian, with a penalty.
public struct TwiceDifferentiableCompositeObjective<P: Penalty>:
  TwiceDifferentiableCompositeProblem
{
  /// f with its gradient and Hessian.
  public let secondDerivatives: any TwiceDifferentiableObjective
  /// R.
  public let term: P

  /// f + R.
  ///
  /// - Precondition: f and R have equally many variables, where both say.
  public init(_ objective: any TwiceDifferentiableObjective, _ penalty: P) {
    penalty.check(objective)
    secondDerivatives = objective
    term = penalty
  }

  /// f with its gradient.
  public var objective: any DifferentiableObjective { secondDerivatives }
  /// R.
  public var penalty: any Penalty { term }
}

extension CompositeObjective: AbsoluteValueProblem
where P: AbsoluteValuePenalty {
  /// R.
  public var absoluteValues: ElasticNet { term.elasticNet }
}

extension TwiceDifferentiableCompositeObjective: AbsoluteValueProblem
where P: AbsoluteValuePenalty {
  /// R.
  public var absoluteValues: ElasticNet { term.elasticNet }
}

extension Penalty {
  /// An objective with this penalty.
  ///
  ///     minimize(objective + 0.1 * .l1, from: x0)
  ///
  /// - Precondition: equally many variables, where both say.
  public static func + (
    objective: any DifferentiableObjective, penalty: Self
  ) -> CompositeObjective<Self> {
    CompositeObjective(objective, penalty)
  }

  /// An objective that has a Hessian, with this penalty.
  ///
  /// - Precondition: equally many variables, where both say.
  public static func + (
    objective: any TwiceDifferentiableObjective, penalty: Self
  ) -> TwiceDifferentiableCompositeObjective<Self> {
    TwiceDifferentiableCompositeObjective(objective, penalty)
  }
}

extension CompositeObjective where P: AbsoluteValuePenalty {
  /// One penalty of magnitudes and squares more.
  ///
  /// - Precondition: equal factors.
  public static func + (
    problem: Self, penalty: some AbsoluteValuePenalty
  ) -> CompositeObjective<ElasticNet> {
    CompositeObjective<ElasticNet>(problem.objective, problem.term + penalty)
  }
}

extension TwiceDifferentiableCompositeObjective where P: AbsoluteValuePenalty {
  /// One penalty of magnitudes and squares more.
  ///
  /// - Precondition: equal factors.
  public static func + (
    problem: Self, penalty: some AbsoluteValuePenalty
  ) -> TwiceDifferentiableCompositeObjective<ElasticNet> {
    TwiceDifferentiableCompositeObjective<ElasticNet>(
      problem.secondDerivatives, problem.term + penalty)
  }
}

extension AbsoluteValuePenalty {
  /// The same as an elastic net.
  var elasticNet: ElasticNet {
    ElasticNet(
      absoluteWeight: absoluteWeight, squareWeight: squareWeight,
      factors: factors)
  }
}

extension Penalty {
  func check(_ objective: any Objective) {
    if let n = objective.dimension, let count = dimension {
      precondition(
        count == n,
        "a penalty of \(count) variables for an objective of \(n)")
    }
  }
}
