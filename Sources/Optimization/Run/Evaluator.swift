public import Matrix

/// The one place where a run calls its objective.
///
/// It counts the calls, keeps x, f and ∇f together, and turns errors into
/// answers: where the objective throws, or returns ∇f or ∇²f of another size
/// than it was asked for, f is NaN there and ``failure`` says why.
public struct Evaluator {
  /// The objective that is evaluated.
  public let objective: any DifferentiableObjective
  /// The objective with its Hessian, when the method needs one.
  public private(set) var secondDerivatives: (any TwiceDifferentiableObjective)?
  /// The same, when its Hessians are made of gradients.
  private var differences: DifferencedHessian?
  /// The objective whose values alone are asked for, when the method needs no
  /// more.
  public private(set) var values: (any Objective)?
  /// The residuals, when the method needs them.
  public private(set) var residuals: (any DifferentiableResiduals)?
  /// What is summed of the residuals; nil for their squares.
  private(set) var loss: Loss?
  /// The sum, when the method asks for batches of its samples.
  public private(set) var sum: (any FiniteSum)?
  /// The constraints, when the method knows of any; nil where there are none.
  public private(set) var constraints: ConstraintSystem?
  /// Room for what the constraints write.
  var constraintScratch: ConstraintScratch?
  /// Bounds on the variables; nil where there are none.
  ///
  /// Nothing is evaluated outside of them: a point that is, if only by the
  /// rounding of x + t d, is moved to the nearest within.
  public internal(set) var bounds: Bounds?
  /// What is added to f, by methods that know of it; nil where there is nothing.
  public private(set) var penalty: (any Penalty)?
  /// The same as a sum over the variables, where it is one.
  private(set) var separablePenalty: (any SeparablePenalty)?
  /// The same as magnitudes and squares, where the method needs that.
  private(set) var absoluteValues: ElasticNet?
  /// The same as a set with a linear oracle, where the method needs one.
  private(set) var set: (any CompactSet)?
  /// The same as a set with finitely many vertices, if it is one.
  private(set) var polytope: (any Polytope)?
  /// What was called, and how often.
  public internal(set) var counts = Counts()
  /// What the last failing call threw.
  public internal(set) var failure: (any Error)?
  /// By how much two values may differ that tell nothing, as far as it is known of
  /// f and more than rounding; 0 until a run has met the noise of f.
  public internal(set) var valueNoise = 0.0

  /// The units that a method thinks in; nil for those of x.
  var units: EvaluatorUnits?

  private let cost: ObjectiveCost

  /// An evaluator for a method that needs a gradient.
  public init(_ objective: any DifferentiableObjective) {
    self.objective = objective
    cost = objective.cost
  }

  /// An evaluator for a method that needs a gradient and a Hessian.
  public init(_ objective: any TwiceDifferentiableObjective) {
    self.objective = objective
    secondDerivatives = objective
    differences = objective as? DifferencedHessian
    cost = objective.cost
  }

  /// An evaluator for a method that needs a gradient and stays within bounds.
  public init(_ problem: any BoundedProblem) {
    objective = problem.objective
    bounds = problem.bounds
    cost = objective.cost
  }

  /// An evaluator for a method that needs a gradient and a Hessian and stays within
  /// bounds.
  public init(_ problem: any TwiceDifferentiableBoundedProblem) {
    let second = problem.secondDerivatives
    objective = second
    secondDerivatives = second
    bounds = problem.bounds
    cost = second.cost
  }

  /// An evaluator for a method that needs a gradient and knows of a penalty.
  ///
  /// What it evaluates is f, without R.
  public init(_ problem: any CompositeProblem) {
    objective = problem.objective
    penalty = problem.penalty
    separablePenalty = problem.penalty as? any SeparablePenalty
    cost = objective.cost
  }

  /// An evaluator for a method that needs a gradient and a Hessian and knows of a
  /// penalty.
  public init(_ problem: any TwiceDifferentiableCompositeProblem) {
    let second = problem.secondDerivatives
    objective = second
    secondDerivatives = second
    penalty = problem.penalty
    separablePenalty = problem.penalty as? any SeparablePenalty
    cost = second.cost
  }

  /// An evaluator for a method that needs a gradient and a penalty of magnitudes
  /// and squares.
  public init(_ problem: any AbsoluteValueProblem) {
    self.init(problem as any CompositeProblem)
    absoluteValues = problem.absoluteValues
  }

  /// An evaluator for a method that needs a gradient and a set with a linear oracle.
  public init(_ problem: any SetProblem) {
    self.init(problem as any CompositeProblem)
    set = problem.set
    polytope = problem.set as? any Polytope
  }

  /// An evaluator for a method that needs residuals and their Jacobian.
  ///
  /// The objective is their ``SumOfSquares``.
  public init(_ residuals: any DifferentiableResiduals) {
    let squares = SumOfSquares(of: residuals)
    objective = squares
    secondDerivatives = squares
    self.residuals = residuals
    loss = residuals.loss
    bounds = residuals.bounds
    cost = squares.cost
  }

  /// An evaluator for a method that asks for batches of samples.
  public init(_ sum: any FiniteSum) {
    objective = sum
    self.sum = sum
    cost = sum.cost
  }

  /// An evaluator for a method that needs values alone.
  ///
  /// A gradient is for the certificate then: that of the objective where it has
  /// one, central ``FiniteDifferences`` elsewhere.
  public init(valuesOf objective: any Objective) {
    self.objective =
      objective as? any DifferentiableObjective
      ?? FiniteDifferences(of: objective)
    values = objective
    cost = ObjectiveCost()
  }

  /// An evaluator for a method that needs a gradient and knows of constraints.
  public init(_ problem: any ConstrainedProblem) {
    objective = problem.objective
    constraints = problem.constraints
    bounds = problem.bounds
    cost = objective.cost
  }

  /// An evaluator for a method that needs a gradient and a Hessian and knows of
  /// constraints.
  public init(_ problem: any TwiceDifferentiableConstrainedProblem) {
    let second = problem.secondDerivatives
    objective = second
    secondDerivatives = second
    constraints = problem.constraints
    bounds = problem.bounds
    differences = second as? DifferencedHessian
    cost = second.cost
  }

  /// f(x), of which a method that needs values alone may know no more.
  ///
  /// - Returns: NaN where the objective throws.
  /// - Complexity: one evaluation, no allocation of its own.
  public mutating func value(at x: Vector<Double>) -> Double {
    counts.values += 1
    do {
      if units != nil { return try value(inUnitsAt: x) }
      return try (values ?? objective).value(at: x)
    } catch {
      failure = error
      return .nan
    }
  }

  /// Evaluates f and ∇f at `point.x`, in place, once it is within the bounds.
  ///
  /// - Complexity: one evaluation, no allocation of its own.
  public mutating func evaluate(_ point: inout Point) {
    counts.values += 1
    counts.gradients += 1
    counts.flops += cost.valueAndGradient
    bounds?.project(&point.x)
    do {
      point.value =
        units == nil
        ? try objective.valueAndGradient(
          at: point.x, into: &point.gradient)
        : try valueAndGradient(inUnitsAt: point.x, into: &point.gradient)
      refuseWrongSize(&point)
    } catch {
      fail(&point, error)
    }
  }

  /// Evaluates f and ∇f of a batch at `point.x`, in place.
  ///
  /// - Precondition: the method's problem is a ``FiniteSum``.
  /// - Complexity: one evaluation of the batch, no allocation of its own.
  public mutating func evaluate(_ point: inout Point, of batch: Batch) {
    guard let sum else {
      preconditionFailure("a batch of an objective that is not a finite sum")
    }
    counts.samples += batch.count
    counts.flops +=
      cost.valueAndGradient * (Double(batch.count) / Double(sum.sampleCount))
    do {
      point.value = try sum.valueAndGradient(
        at: point.x, of: batch, into: &point.gradient)
      refuseWrongSize(&point)
    } catch {
      fail(&point, error)
    }
  }

  /// Makes f NaN where ∇f came in another size than x.
  @inline(__always)
  private mutating func refuseWrongSize(_ point: inout Point) {
    let (found, n) = (point.gradient.count, point.x.count)
    guard found != n else { return }
    fail(&point, WrongSize(what: "a gradient", found: found, expected: n))
  }

  @inline(never)
  private mutating func fail(_ point: inout Point, _ error: any Error) {
    failure = error
    point.value = .nan
    // The objective may have left anything, of any size.
    point.gradient = Vector(repeating: .nan, count: point.x.count)
  }

  /// Writes ∇²f(x) into the lower triangle of `hessian`.
  ///
  /// - Returns: whether the objective produced one; it may still hold NaN.
  /// - Precondition: the method's problem is a ``TwiceDifferentiableObjective``.
  public mutating func hessian(
    at x: Vector<Double>, into hessian: inout Matrix<Double>
  ) -> Bool {
    guard let secondDerivatives else {
      preconditionFailure("a Hessian of an objective that has only a gradient")
    }
    if let differences {
      let gradients = differences.gradientCount(dimension: x.count)
      counts.values += gradients
      counts.gradients += gradients
    } else {
      counts.hessians += 1
    }
    counts.flops += cost.hessian
    do {
      if units == nil {
        try secondDerivatives.hessian(at: x, into: &hessian)
      } else {
        try self.hessian(of: secondDerivatives, inUnitsAt: x, into: &hessian)
      }
      if hessian.rows == x.count && hessian.columns == x.count { return true }
      failure = WrongSize(
        what: "a Hessian", found: hessian.rows, expected: x.count)
    } catch {
      failure = error
    }
    if hessian.rows != x.count || hessian.columns != x.count {
      hessian = .zeros(x.count, x.count)
    }
    return false
  }

  /// Makes Hessians of forward differences of gradients from here on.
  ///
  /// - Parameter magnitudes: what is typical of each variable, positive.
  mutating func takeDifferences(magnitudes: Vector<Double>) {
    var magnitudes = magnitudes
    if let units { magnitudes.multiply(by: units.magnitudes) }
    let made = DifferencedHessian(of: objective, magnitudes: magnitudes)
    secondDerivatives = made
    differences = made
  }

  /// Takes the Hessian that the objective itself has.
  ///
  /// - Returns: whether it has one.
  mutating func takeOwnSecondDerivatives() -> Bool {
    guard let second = objective.withSecondDerivatives else { return false }
    secondDerivatives = second
    differences = second as? DifferencedHessian
    return true
  }

  /// Whether Hessians are made of gradients.
  var takesDifferences: Bool { differences != nil }

  /// Writes ∇²f(x) v into `product`.
  ///
  /// - Returns: whether the objective produced one; it may still hold NaN.
  public mutating func hessianVectorProduct(
    at x: Vector<Double>, along v: Vector<Double>,
    into product: inout Vector<Double>
  ) -> Bool {
    counts.hessianVectorProducts += 1
    counts.flops += cost.hessianVectorProduct
    do {
      if units == nil {
        try objective.hessianVectorProduct(at: x, along: v, into: &product)
      } else {
        try hessianVectorProduct(inUnitsAt: x, along: v, into: &product)
      }
      if product.count == x.count { return true }
      failure = WrongSize(
        what: "a Hessian-vector product", found: product.count,
        expected: x.count)
    } catch {
      failure = error
    }
    // Before it threw, the objective may have left anything.
    if product.count != x.count { product = .zeros(x.count) }
    return false
  }

  /// Notes a factorization of a matrix of order n that took `flops`.
  mutating func countFactorization(flops: Double) {
    counts.factorizations += 1
    counts.flops += flops
  }
}

/// An objective returned a derivative of another size than it was given.
public struct WrongSize: Error, Equatable, CustomStringConvertible {
  let what: String
  let found: Int
  let expected: Int

  /// A sentence with both sizes.
  public var description: String {
    "the objective returned \(what) of size \(found) for \(expected) variables"
  }
}
