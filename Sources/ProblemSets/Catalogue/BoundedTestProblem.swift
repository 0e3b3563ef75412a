public import Differentiation
public import Matrix
public import Optimization

/// A published function with bounds on its variables, its start and what is known
/// of it.
///
/// The formula is written once, and compiled for plain and for recorded numbers.
public struct BoundedTestProblem: Sendable {
  /// The name of the problem, with its size where it has several.
  public let name: String
  /// The standard start x₀, which need not be within the bounds.
  public let start: Vector<Double>
  /// The bounds l and u.
  public let bounds: Bounds
  /// Minima, the global minimum first where it is known.
  public let landmarks: [Landmark]
  /// Author and year.
  public let source: String

  private let numbers: @Sendable ([Double]) -> Double
  private let variables: @Sendable ([Variable]) -> Variable

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
      name, from: start, lower: lower, upper: upper, landmarks: landmarks,
      source: source, numbers: { formula.value($0) },
      variables: { formula.value($0) })
  }

  /// An unconstrained sum of squares within bounds.
  init(
    _ problem: LeastSquaresProblem, lower: Vector<Double>,
    upper: Vector<Double>, landmarks: [Landmark], source: String
  ) {
    self.init(
      "\(problem.name) within bounds", from: problem.start, lower: lower,
      upper: upper, landmarks: landmarks, source: source,
      numbers: { problem.value($0) }, variables: { problem.value($0) })
  }

  private init(
    _ name: String, from start: Vector<Double>, lower: Vector<Double>,
    upper: Vector<Double>, landmarks: [Landmark], source: String,
    numbers: @escaping @Sendable ([Double]) -> Double,
    variables: @escaping @Sendable ([Variable]) -> Variable
  ) {
    requirePoints(of: landmarks, start: start)
    precondition(
      lower.count == start.count,
      "\(lower.count) bounds for a start of \(start.count) elements")
    do {
      bounds = try Bounds(lower: lower, upper: upper)
    } catch {
      preconditionFailure("\(name): \(error)")
    }
    self.name = name
    self.start = start
    self.landmarks = landmarks
    self.source = source
    self.numbers = numbers
    self.variables = variables
  }

  /// The number of variables n.
  public var dimension: Int { start.count }

  /// f(x).
  ///
  /// - Precondition: x has n elements.
  public func value(_ x: [Double]) -> Double {
    requireDimension(x.count)
    return numbers(x)
  }

  /// f(x), recorded.
  ///
  /// - Precondition: x has n elements.
  public func value(_ x: [Variable]) -> Variable {
    requireDimension(x.count)
    return variables(x)
  }

  /// f with exact derivatives, without the bounds.
  public var objective: AutomaticFunction {
    AutomaticFunction { value($0) }
  }

  /// f with exact derivatives within the bounds.
  public var problem: TwiceDifferentiableBoundedObjective {
    objective.within(bounds)
  }

  private func requireDimension(_ count: Int) {
    precondition(
      count == dimension, "\(name) of \(count) variables, not \(dimension)")
  }
}
