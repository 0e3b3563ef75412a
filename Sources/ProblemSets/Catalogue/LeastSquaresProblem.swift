public import Differentiation
public import Matrix
public import Optimization

/// A published sum of squares, with its start and what is known of it.
///
///     f(x) = Σ rᵢ(x)²,  i = 1 … m
///
/// There is no factor ½, as in the papers that the values are from. The formula
/// is written once, and compiled for plain and for recorded numbers.
public struct LeastSquaresProblem: Sendable {
  /// The name of the problem, with its size where it has several.
  public let name: String
  /// The number in the collection.
  public let number: Int
  /// The standard start x₀; its count is n.
  public let start: Vector<Double>
  /// The number of residuals m.
  public let residualCount: Int
  /// Minima, saddles and limits, the global minimum first where it is known.
  public let landmarks: [Landmark]
  /// Author and year.
  public let source: String

  // The formula twice, so that it is compiled for each kind of number, with
  // nothing generic left to look up in the innermost loops.
  private let numbers: @Sendable ([Double]) -> [Double]
  private let variables: @Sendable ([Variable]) -> [Variable]

  /// The problem of a formula.
  ///
  /// - Precondition: `landmarks` have points of as many elements as `start`.
  public init<Formula: ResidualFormula>(
    _ name: String, number: Int = 0, from start: Vector<Double>,
    residuals: Int, landmarks: [Landmark], source: String, _ formula: Formula
  ) {
    requirePoints(of: landmarks, start: start)
    self.name = name
    self.number = number
    self.start = start
    residualCount = residuals
    self.landmarks = landmarks
    self.source = source
    numbers = { formula.residuals($0) }
    variables = { formula.residuals($0) }
  }

  /// The number of variables n.
  public var dimension: Int { start.count }

  /// The global minimum, where it is known.
  public var minimum: Landmark? {
    landmarks.first { $0.kind == .globalMinimum }
  }

  /// r(x).
  ///
  /// - Precondition: x has n elements.
  public func residuals(_ x: [Double]) -> [Double] {
    requireDimension(x.count)
    return numbers(x)
  }

  /// r(x), recorded.
  ///
  /// - Precondition: x has n elements.
  public func residuals(_ x: [Variable]) -> [Variable] {
    requireDimension(x.count)
    return variables(x)
  }

  /// f(x) = Σ rᵢ(x)².
  ///
  /// - Precondition: x has n elements.
  public func value(_ x: [Double]) -> Double { sumOfSquares(residuals(x)) }

  /// f(x) = Σ rᵢ(x)², recorded.
  ///
  /// - Precondition: x has n elements.
  public func value(_ x: [Variable]) -> Variable {
    sumOfSquares(residuals(x))
  }

  /// The residuals with their exact Jacobian.
  public var automaticResiduals: AutomaticResiduals {
    AutomaticResiduals(count: residualCount) { residuals($0) }
  }

  /// f = Σ rᵢ² with exact derivatives.
  ///
  /// Methods for least squares minimise ½ Σ rᵢ², half of it.
  public var objective: AutomaticFunction {
    AutomaticFunction { value($0) }
  }

  /// The problem as one that knows nothing of residuals.
  public var unconstrained: UnconstrainedProblem {
    UnconstrainedProblem(
      name, from: start, landmarks: landmarks, source: source,
      numbers: { value($0) }, variables: { value($0) })
  }

  /// A start farther away, c x₀ with c = 10 or 100 by custom.
  ///
  /// Where x₀ = 0 it is (c, …, c), unless c = 1, as in algorithm 566.
  public func start(times factor: Double) -> Vector<Double> {
    if factor != 1 && start.normInfinity == 0 {
      return Vector(repeating: factor, count: dimension)
    }
    return factor * start
  }

  private func requireDimension(_ count: Int) {
    precondition(
      count == dimension, "\(name) of \(count) variables, not \(dimension)")
  }
}
