public import Differentiation
public import Matrix

/// A published function f : ℝⁿ → ℝ, with its start and what is known of it.
///
/// The formula is written once, and compiled for plain and for recorded numbers.
public struct UnconstrainedProblem: Sendable {
  /// What makes a function hard, or a test of one thing in particular.
  public enum Trait: String, CaseIterable, Codable, Sendable {
    /// Any n, up to a rule.
    case family
    /// Curvatures or variables differ by 10⁴ and more.
    case badlyScaled
    /// ∇²f is singular at the minimum.
    case singularMinimum
    /// A saddle is at the start or on the way.
    case saddle
    /// Far from the minimum f hardly changes.
    case flat
    /// Several minima.
    case multimodal
    /// Small fast waves upon the function.
    case noisy
    /// f is NaN somewhere, for the logarithm or root of a negative number.
    case partlyUndefined
    /// f is infinite somewhere, or overflows close to the start.
    case partlyInfinite
    /// f has a kink, where the gradient jumps.
    case nonsmooth
    /// f has no lower bound that is attained.
    case unattained
  }

  /// The name of the problem, with its size where it has several.
  public let name: String
  /// The standard start x₀; its count is n.
  public let start: Vector<Double>
  /// What makes it hard.
  public let traits: Set<Trait>
  /// Minima, saddles and limits, the global minimum first where it is known.
  public let landmarks: [Landmark]
  /// Author and year.
  public let source: String

  private let numbers: @Sendable ([Double]) -> Double
  private let variables: @Sendable ([Variable]) -> Variable

  /// The problem of a formula.
  ///
  /// - Precondition: `landmarks` have points of as many elements as `start`.
  public init<Formula: ObjectiveFormula>(
    _ name: String, from start: Vector<Double>, _ traits: Set<Trait> = [],
    landmarks: [Landmark], source: String, _ formula: Formula
  ) {
    self.init(
      name, from: start, traits, landmarks: landmarks, source: source,
      numbers: { formula.value($0) }, variables: { formula.value($0) })
  }

  init(
    _ name: String, from start: Vector<Double>, _ traits: Set<Trait> = [],
    landmarks: [Landmark], source: String,
    numbers: @escaping @Sendable ([Double]) -> Double,
    variables: @escaping @Sendable ([Variable]) -> Variable
  ) {
    requirePoints(of: landmarks, start: start)
    self.name = name
    self.start = start
    self.traits = traits
    self.landmarks = landmarks
    self.source = source
    self.numbers = numbers
    self.variables = variables
  }

  /// The number of variables n.
  public var dimension: Int { start.count }

  /// The global minimum, where it is known.
  public var minimum: Landmark? {
    landmarks.first { $0.kind == .globalMinimum }
  }

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

  /// f with exact derivatives.
  public var objective: AutomaticFunction {
    AutomaticFunction { value($0) }
  }

  private func requireDimension(_ count: Int) {
    precondition(
      count == dimension, "\(name) of \(count) variables, not \(dimension)")
  }
}

func requirePoints(of landmarks: [Landmark], start: Vector<Double>) {
  for point in landmarks.compactMap(\.point) {
    precondition(
      point.count == start.count,
      "a minimiser of \(point.count) elements, a start of \(start.count)")
  }
}
