public import Differentiation
public import Matrix
public import Optimization

/// A published function with bounds on its variables, its start and what is known
/// of it.
///
/// The formula is written once, and compiled for plain and for recorded numbers.
public struct BoundedTestProblem: Sendable {
  /// The function, its start and what is known of it within the bounds.
  private let function: UnconstrainedProblem
  /// The bounds l and u.
  public let bounds: Bounds

  /// The problem of a formula.
  ///
  /// - Precondition: as many lower and upper bounds as `start` has elements, and
  ///   no lower bound above the upper one.
  public init<Formula: ObjectiveFormula>(
    _ name: String, from start: Vector<Double>, lower: Vector<Double>,
    upper: Vector<Double>, landmarks: [Landmark], source: String,
    _ formula: Formula
  ) {
    self.init(
      UnconstrainedProblem(
        name, from: start, landmarks: landmarks, source: source, formula),
      lower: lower, upper: upper)
  }

  /// An unconstrained sum of squares within bounds.
  init(
    _ problem: LeastSquaresProblem, lower: Vector<Double>,
    upper: Vector<Double>, landmarks: [Landmark], source: String
  ) {
    self.init(
      UnconstrainedProblem(
        "\(problem.name) within bounds", from: problem.start,
        landmarks: landmarks, source: source,
        numbers: { problem.value($0) }, variables: { problem.value($0) }),
      lower: lower, upper: upper)
  }

  private init(
    _ function: UnconstrainedProblem, lower: Vector<Double>,
    upper: Vector<Double>
  ) {
    precondition(
      lower.count == function.dimension,
      "\(lower.count) bounds for a start of \(function.dimension) elements")
    do {
      bounds = try Bounds(lower: lower, upper: upper)
    } catch {
      preconditionFailure("\(function.name): \(error)")
    }
    self.function = function
  }

  /// The name of the problem, with its size where it has several.
  public var name: String { function.name }
  /// The standard start x₀, which need not be within the bounds.
  public var start: Vector<Double> { function.start }
  /// Minima within the bounds, the global one first where it is known.
  public var landmarks: [Landmark] { function.landmarks }
  /// Author and year.
  public var source: String { function.source }
  /// The number of variables n.
  public var dimension: Int { function.dimension }

  /// f(x).
  ///
  /// - Precondition: x has n elements.
  public func value(_ x: [Double]) -> Double { function.value(x) }

  /// f(x), recorded.
  ///
  /// - Precondition: x has n elements.
  public func value(_ x: [Variable]) -> Variable { function.value(x) }

  /// f with exact derivatives, without the bounds.
  public var objective: AutomaticFunction { function.objective }

  /// f with exact derivatives within the bounds.
  public var problem: TwiceDifferentiableBoundedObjective {
    objective.within(bounds)
  }
}
