/// A function to be minimised within bounds on its variables.
///
///     min f(x)   where   lᵢ ≤ xᵢ ≤ uᵢ
///
/// It is made by ``DifferentiableObjective/within(_:)`` and is no objective
/// itself, so that a method that knows nothing of bounds does not compile with it.
public protocol BoundedProblem {
  /// f with its gradient.
  var objective: any DifferentiableObjective { get }
  /// l and u.
  var bounds: Bounds { get }
}

/// A bounded problem whose function has a Hessian.
public protocol TwiceDifferentiableBoundedProblem: BoundedProblem {
  /// f with its gradient and Hessian.
  var secondDerivatives: any TwiceDifferentiableObjective { get }
}

/// An objective within bounds.
public struct BoundedObjective: BoundedProblem {
  /// f with its gradient.
  public let objective: any DifferentiableObjective
  /// l and u.
  public let bounds: Bounds

  /// An objective within bounds.
  ///
  /// - Precondition: as many bounds as the objective has variables.
  public init(_ objective: any DifferentiableObjective, within bounds: Bounds) {
    bounds.check(objective)
    self.objective = objective
    self.bounds = bounds
  }
}

/// An objective with a Hessian within bounds.
public struct TwiceDifferentiableBoundedObjective:
  TwiceDifferentiableBoundedProblem
{
  /// f with its gradient and Hessian.
  public let secondDerivatives: any TwiceDifferentiableObjective
  /// l and u.
  public let bounds: Bounds

  /// An objective within bounds.
  ///
  /// - Precondition: as many bounds as the objective has variables.
  public init(
    _ objective: any TwiceDifferentiableObjective, within bounds: Bounds
  ) {
    bounds.check(objective)
    secondDerivatives = objective
    self.bounds = bounds
  }

  /// f with its gradient.
  public var objective: any DifferentiableObjective { secondDerivatives }
}

extension DifferentiableObjective {
  /// This objective within bounds on its variables.
  ///
  ///     let box = try Bounds(0...1, count: 2)
  ///     let solution = minimize(f.within(box), from: x0, using: .lbfgsb())
  ///
  /// - Precondition: as many bounds as the objective has variables.
  public func within(_ bounds: Bounds) -> BoundedObjective {
    BoundedObjective(self, within: bounds)
  }
}

extension TwiceDifferentiableObjective {
  /// This objective within bounds on its variables, with its Hessian.
  ///
  /// - Precondition: as many bounds as the objective has variables.
  public func within(_ bounds: Bounds) -> TwiceDifferentiableBoundedObjective {
    TwiceDifferentiableBoundedObjective(self, within: bounds)
  }
}

extension Bounds {
  func check(_ objective: any Objective) {
    if let n = objective.dimension {
      precondition(
        count == n, "bounds of \(count) variables for an objective of \(n)")
    }
  }
}
