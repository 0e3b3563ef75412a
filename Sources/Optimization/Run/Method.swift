public import Matrix

/// A way to minimise: how a run starts and how one step is taken.
///
/// A method is a value that holds its settings and nothing else. It knows
/// nothing of stopping, budgets, tracing, checkpoints or cancellation: ``Run``
/// does these for all methods alike. What it carries from step to step is its
/// ``Memory``; together with the point, that is all the next step depends on,
/// so that a run saved and resumed is bit for bit the run that went on.
///
/// The problem a method can take is its type: a method whose `Problem` is
/// `any TwiceDifferentiableObjective` does not compile with an objective that has
/// only a gradient.
public protocol Method<Problem>: Codable, Equatable, Sendable {
  /// What the method can minimise.
  associatedtype Problem
  /// What the next step needs beyond the current point.
  associatedtype Memory: Codable, Equatable, Sendable
  /// Scratch space that carries nothing from one step to the next.
  associatedtype Workspace

  /// The method's name with its settings, as reports print it.
  var name: String { get }

  /// What the method looks for, and so what a certificate has to confirm.
  static var goal: Goal { get }

  /// The evaluator through which a run calls `problem`.
  func evaluator(for problem: Problem) -> Evaluator

  /// Scratch space for n variables, reused over steps and runs.
  func makeWorkspace(dimension n: Int) -> Workspace

  /// The memory of a run that has not taken a step.
  func makeMemory(dimension n: Int) -> Memory

  /// Makes the memory again what it was before the first step.
  ///
  /// The default makes another; a method whose memory is large keeps its storage.
  func forget(_ memory: inout Memory, dimension n: Int)

  /// Evaluates the problem at the start, in place.
  ///
  /// The default evaluates f and ∇f and leaves the memory as it was made.
  func begin(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  )

  /// How far the point is from what the method looks for.
  ///
  /// The default is ‖∇f(x)‖∞.
  func optimality(of point: Point, _ memory: Memory) -> Optimality

  /// The scales in which the certificate thinks; nil for an absolute tolerance
  /// and variables of about 1.
  func scales(_ memory: Memory) -> ProblemScales?

  /// The rule by which runs end unless told.
  static var usualRule: StopRule { get }

  /// What is answered at a point, where that is not the point itself but, say, an
  /// average of those before it; nil where it is.
  func answer(at point: Point, _ memory: Memory) -> Vector<Double>?

  /// What the user should know of how the run began, in sentences.
  func notes(_ memory: Memory) -> [String]

  /// Moves `point` by one step.
  ///
  /// On failure the point is left where it was.
  ///
  /// - Complexity: stated by each method; nothing is allocated.
  func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome
}

/// How far a point is from what a method looks for, in the measures that stop
/// rules are about.
public struct Optimality: Codable, Equatable, Sendable {
  /// ‖∇f(x)‖∞, of the projected gradient where variables are bounded; the largest
  /// residual of the first-order conditions where there are constraints.
  public var gradientNorm: Double
  /// By how much constraints are violated, at most; 0 where there are none.
  public private(set) var infeasibility = 0.0
  /// ‖P r‖ / ‖r‖ of a least-squares problem, NaN for others; see
  /// ``StopRule/relativeOffset(_:)``.
  public var relativeOffset: Double
  /// The extent of the simplex, nil for methods without one.
  public var simplex: SimplexExtent?
  /// Whether f and ∇f of the point are those of a batch of samples alone.
  public private(set) var isEstimated = false

  /// A distance by the gradient and, for least squares, by the residuals.
  public init(gradientNorm: Double, relativeOffset: Double = .nan) {
    self.gradientNorm = gradientNorm
    self.relativeOffset = relativeOffset
  }

  /// A distance by the residuals of the first-order conditions.
  ///
  /// - Parameters:
  ///   - residual: the largest of them.
  ///   - infeasibility: that of the constraints alone.
  public init(residual: Double, infeasibility: Double) {
    gradientNorm = residual
    relativeOffset = .nan
    self.infeasibility = infeasibility
  }

  /// No distance, since f and ∇f of the point are those of a batch of samples.
  public static var estimated: Optimality {
    var optimality = Optimality(gradientNorm: .nan)
    optimality.isEstimated = true
    return optimality
  }

  /// A distance by the extent of a simplex, where no gradient is known.
  public init(simplex: SimplexExtent) {
    gradientNorm = .nan
    relativeOffset = .nan
    self.simplex = simplex
  }
}

/// What a method that knows no gradient found out of the scales of a problem, in
/// which its certificate then thinks.
public struct ProblemScales: Equatable, Sendable {
  /// The bound on ‖∇f(x)‖∞ where the stop rule names none.
  public var gradientTolerance: Double
  /// A magnitude that is typical of each variable.
  public var units: Vector<Double>

  /// Scales of value and variables.
  public init(gradientTolerance: Double, units: Vector<Double>) {
    self.gradientTolerance = gradientTolerance
    self.units = units
  }
}

/// What a method looks for.
public enum Goal: String, Codable, Sendable {
  /// A point with no smaller value near it.
  case minimum
  /// A point where the gradient vanishes: minimum, maximum or saddle.
  case criticalPoint
}

/// How one step of a method went.
public enum StepOutcome: Equatable, Sendable {
  /// The point moved by s = t d, of length t along its direction and of
  /// Euclidean norm ‖s‖₂.
  case moved(length: Double, norm: Double)
  /// No acceptable point was found; the point is where it was.
  case failed(StepFailure)
}

/// Why a method could not take a step.
public enum StepFailure: String, Codable, Sendable {
  /// The line search found no acceptable point: typically the value no longer
  /// changes beyond rounding.
  case lineSearch
  /// The objective is undefined everywhere the method looked.
  case undefined
  /// The Hessian is undefined or has elements that are not finite.
  case hessian
  /// The Hessian is singular, so that the step is not determined.
  case singular
  /// The constraints are violated, and no point near by violates them less.
  case infeasible
}

extension Method {
  /// A minimum.
  public static var goal: Goal { .minimum }

  /// Another memory in place of the old.
  public func forget(_ memory: inout Memory, dimension n: Int) {
    memory = makeMemory(dimension: n)
  }

  /// f and ∇f at the start.
  public func begin(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) { evaluator.evaluate(&point) }

  /// Nil.
  public func scales(_ memory: Memory) -> ProblemScales? { nil }

  /// ‖∇f‖∞ ≤ 1e-6.
  public static var usualRule: StopRule { .gradientNorm(1e-6) }

  /// Nil: the point.
  public func answer(at point: Point, _ memory: Memory) -> Vector<Double>? {
    nil
  }

  /// Nothing.
  public func notes(_ memory: Memory) -> [String] { [] }

  /// ‖∇f(x)‖∞.
  public func optimality(of point: Point, _ memory: Memory) -> Optimality {
    Optimality(gradientNorm: point.gradient.normInfinity)
  }
}

extension Method where Problem == any DifferentiableObjective {
  /// An evaluator of f and ∇f.
  public func evaluator(for problem: any DifferentiableObjective) -> Evaluator {
    Evaluator(problem)
  }
}

extension Method where Problem == any TwiceDifferentiableObjective {
  /// An evaluator of f, ∇f and ∇²f.
  public func evaluator(
    for problem: any TwiceDifferentiableObjective
  ) -> Evaluator {
    Evaluator(problem)
  }
}

extension Method
where
  Problem == any DifferentiableResiduals, Memory == LeastSquaresMemory
{
  /// That variables of the start were moved within their bounds.
  public func notes(_ memory: Memory) -> [String] {
    Bounds.notes(movedAtStart: memory.movedAtStart)
  }
}

extension Method where Problem == any FiniteSum {
  /// An evaluator of f and ∇f over batches of samples.
  public func evaluator(for problem: any FiniteSum) -> Evaluator {
    Evaluator(problem)
  }
}

extension Method where Problem == any Objective {
  /// An evaluator of f alone.
  public func evaluator(for problem: any Objective) -> Evaluator {
    Evaluator(valuesOf: problem)
  }

  /// A simplex of 10⁻⁸ of the variables.
  public static var usualRule: StopRule { .simplexSize(1e-8) }
}

extension Method where Problem == any DifferentiableResiduals {
  /// ``StopRule/leastSquares``.
  public static var usualRule: StopRule { .leastSquares }

  /// An evaluator of r and J.
  public func evaluator(for problem: any DifferentiableResiduals) -> Evaluator {
    Evaluator(problem)
  }
}

/// The memory of a method whose steps depend on the current point alone.
public struct NoMemory: Codable, Equatable, Sendable {
  /// Nothing to remember.
  public init() {}
}
