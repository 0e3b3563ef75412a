public import Differentiation
public import Matrix
public import Optimization

/// A function f : ℝⁿ → ℝ with constraints c : ℝⁿ → ℝᵐ, both written once for all
/// kinds of numbers.
public protocol ConstrainedFormula: ObjectiveFormula {
  /// c(x), those constraints that are no linear rows.
  func constraints<Number: RealNumber>(_ x: [Number]) -> [Number]
}

extension ConstrainedFormula {
  /// None but linear rows and bounds.
  public func constraints<Number: RealNumber>(_ x: [Number]) -> [Number] { [] }
}

/// A published function with equalities, inequalities and bounds, its start and what
/// is known of it.
///
///     min f(x)   where   l ≤ A x ≤ u,   l' ≤ c(x) ≤ u'   and bounds on x
///
/// Constraints are in that order: rows, then c. The formulas are written once, and
/// compiled for plain and for recorded numbers.
public struct ConstrainedTestProblem: Sendable {
  /// The name of the problem, with its size where it has several.
  public let name: String
  /// The number in the collection.
  public let number: Int
  /// The standard start x₀, which need not satisfy anything.
  public let start: Vector<Double>
  /// l ≤ A x ≤ u, no rows where there are none.
  public let rows: LinearConstraints
  /// l', a side for each value of c.
  public let lower: Vector<Double>
  /// u', a side for each value of c.
  public let upper: Vector<Double>
  /// The bounds on x; nil where there are none.
  public let bounds: Bounds?
  /// Minima, the global one first where it is known.
  public let landmarks: [Landmark]
  /// f at the minimum as it was published.
  public let publishedValue: Double
  /// What is known wrong of what was published, or an empty string.
  public let note: String
  /// Author and year.
  public let source: String

  private let numbers: @Sendable ([Double]) -> Double
  private let variables: @Sendable ([Variable]) -> Variable
  private let constrainedNumbers: @Sendable ([Double]) -> [Double]
  private let constrainedVariables: @Sendable ([Variable]) -> [Variable]

  /// The problem of a formula.
  ///
  /// - Precondition: as many sides as constraints, as many bounds and columns as
  ///   `start` has elements.
  public init<Formula: ConstrainedFormula>(
    _ name: String, number: Int, from start: Vector<Double>,
    rows: LinearConstraints? = nil, lower: Vector<Double> = [],
    upper: Vector<Double> = [], bounds: Bounds? = nil, landmarks: [Landmark],
    published: Double, note: String = "", source: String, _ formula: Formula
  ) {
    self.init(
      name, number: number, from: start, rows: rows, lower: lower,
      upper: upper, bounds: bounds, landmarks: landmarks, published: published,
      note: note, source: source, numbers: { formula.value($0) },
      variables: { formula.value($0) },
      constrainedNumbers: { formula.constraints($0) },
      constrainedVariables: { formula.constraints($0) })
  }

  /// A problem that has bounds alone.
  public init(
    _ problem: BoundedTestProblem, number: Int, published: Double,
    note: String = ""
  ) {
    self.init(
      problem.name, number: number, from: problem.start, rows: nil, lower: [],
      upper: [], bounds: problem.bounds, landmarks: problem.landmarks,
      published: published, note: note, source: problem.source,
      numbers: { problem.value($0) }, variables: { problem.value($0) },
      constrainedNumbers: { _ in [] }, constrainedVariables: { _ in [] })
  }

  private init(
    _ name: String, number: Int, from start: Vector<Double>,
    rows: LinearConstraints?, lower: Vector<Double>, upper: Vector<Double>,
    bounds: Bounds?, landmarks: [Landmark], published: Double, note: String,
    source: String, numbers: @escaping @Sendable ([Double]) -> Double,
    variables: @escaping @Sendable ([Variable]) -> Variable,
    constrainedNumbers: @escaping @Sendable ([Double]) -> [Double],
    constrainedVariables: @escaping @Sendable ([Variable]) -> [Variable]
  ) {
    let n = start.count
    requirePoints(of: landmarks, start: start)
    let rows = rows ?? .rows(.zeros(0, n), from: [], to: [])
    precondition(
      rows.matrix.columns == n,
      "\(name): rows of \(rows.matrix.columns) elements for \(n) variables")
    precondition(
      lower.count == upper.count,
      "\(name): \(lower.count) lower and \(upper.count) upper sides")
    if let bounds {
      precondition(
        bounds.count == n, "\(name): \(bounds.count) bounds, \(n) variables")
    }
    self.name = name
    self.number = number
    self.start = start
    self.rows = rows
    self.lower = lower
    self.upper = upper
    self.bounds = bounds
    self.landmarks = landmarks
    publishedValue = published
    self.note = note
    self.source = source
    self.numbers = numbers
    self.variables = variables
    self.constrainedNumbers = constrainedNumbers
    self.constrainedVariables = constrainedVariables
  }

  /// The number of variables n.
  public var dimension: Int { start.count }

  /// The number of constraints m, without the bounds.
  public var constraintCount: Int { rows.lower.count + lower.count }

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

  /// c(x), without the rows.
  ///
  /// - Precondition: x has n elements.
  public func constraints(_ x: [Double]) -> [Double] {
    requireDimension(x.count)
    return constrainedNumbers(x)
  }

  /// c(x), without the rows, recorded.
  ///
  /// - Precondition: x has n elements.
  public func constraints(_ x: [Variable]) -> [Variable] {
    requireDimension(x.count)
    return constrainedVariables(x)
  }

  /// How far A x, c(x) and x are outside their sides, at most.
  ///
  /// - Precondition: x has n elements.
  public func violation(at x: Vector<Double>) -> Double {
    var worst = 0.0
    func see(_ value: Double, _ lower: Double, _ upper: Double) {
      worst = max(worst, lower - value, value - upper)
    }
    let ax = rows.matrix * x
    for i in 0..<ax.count { see(ax[i], rows.lower[i], rows.upper[i]) }
    for (i, c) in constraints(x.array).enumerated() {
      see(c, lower[i], upper[i])
    }
    if let bounds {
      for j in 0..<x.count { see(x[j], bounds.lower[j], bounds.upper[j]) }
    }
    return worst
  }

  /// f with exact derivatives, without the constraints.
  public var objective: AutomaticFunction {
    AutomaticFunction { value($0) }
  }

  /// c with exact derivatives, without the rows.
  public var constraintFunction: AutomaticResiduals {
    AutomaticResiduals(count: lower.count) { constraints($0) }
  }

  /// f within the constraints, all with exact derivatives.
  public var problem: TwiceDifferentiableConstrainedObjective {
    problem(of: objective, constrainedBy: constraintFunction)
  }

  /// The problem with other derivatives of the same functions, such as those of C.
  ///
  /// - Parameters:
  ///   - objective: f.
  ///   - function: c, as many values as ``lower`` has elements.
  public func problem(
    of objective: any TwiceDifferentiableObjective,
    constrainedBy function: any DifferentiableResiduals
  ) -> TwiceDifferentiableConstrainedObjective {
    var parts: [Constraints] = []
    if rows.lower.count > 0 { parts.append(Constraints(rows)) }
    if lower.count > 0 {
      parts.append(.values(of: function, from: lower, to: upper))
    }
    do {
      return try objective.subject(to: parts, within: bounds)
    } catch {
      preconditionFailure("\(name): \(error)")
    }
  }

  private func requireDimension(_ count: Int) {
    precondition(
      count == dimension, "\(name) of \(count) variables, not \(dimension)")
  }
}

extension ConstrainedTestProblem: CustomStringConvertible {
  /// Its name.
  public var description: String { name }
}
