public import Matrix

/// −∇f(x) with the natural step of Barzilai and Borwein: 1/t is the curvature of f
/// over the last step, so that t I stands for the inverse Hessian.
///
/// With s = x₊ − x and y = ∇f(x₊) − ∇f(x),
///
///     t = sᵀs / sᵀy  (long)   or   t = sᵀy / yᵀy  (short),
///
/// the least-squares solutions of s = t y and s/t = y. Where f curves downwards over
/// the step, sᵀy < 0, no parabola has a minimum, and the next step is tried ten times
/// as long.
///
/// - Complexity: 20n flops; nothing is allocated.
///
/// Source: Barzilai and Borwein 1988; Dai and Fletcher 2005 (alternation).
public struct BarzilaiBorwein: DescentDirection {
  /// What can be minimised.
  public typealias Problem = any DifferentiableObjective
  /// No scratch space.
  public typealias Workspace = Void

  /// Which of the two steps is taken.
  public enum Rule: String, Codable, Sendable {
    /// t = sᵀs / sᵀy.
    case long
    /// t = sᵀy / yᵀy, never longer than the other.
    case short
    /// The long one after an even number of steps, the short one after an odd.
    case alternating
  }

  /// Which of the two steps is taken.
  public let rule: Rule

  /// Spectral steps along the negative gradient.
  public init(_ rule: Rule = .alternating) { self.rule = rule }

  /// The name.
  public var name: String { "Barzilai-Borwein" }

  /// The rule.
  public var settings: [String] { [rule.rawValue] }

  /// The natural step.
  public struct Memory: Codable, Equatable, Sendable {
    /// t; 0 where there is none.
    public internal(set) var step = 0.0
    /// Whether the number of steps taken is odd.
    var isOdd = false
  }

  /// No step has been taken.
  public func makeMemory(dimension n: Int) -> Memory { Memory() }

  /// Writes −∇f(x).
  public func setDirection(
    _ d: inout Vector<Double>, at point: Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Void
  ) -> DirectionOutcome {
    let outcome = SteepestDescent.set(&d, at: point, &evaluator)
    guard memory.step > 0, case .found(let slope, let length, _) = outcome
    else { return outcome }
    return .found(slope: slope, length: length, naturalStep: memory.step)
  }

  /// Takes the curvature of the step.
  public func accept(
    _ memory: inout Memory, from old: Point, to new: Point,
    along d: Vector<Double>, step: Double, evaluator: inout Evaluator,
    workspace: inout Void
  ) {
    let p = StepProducts(from: old.gradient, to: new.gradient, along: d)
    evaluator.counts.flops += 18 * Double(d.count)
    memory.isOdd.toggle()
    let isShort = rule == .short || rule == .alternating && memory.isOdd
    // s = t d.
    let next = isShort ? step * p.dy / p.yy : step * p.dd / p.dy
    memory.step =
      next > 0 && next.isFinite ? next : p.dy < 0 ? 10 * step : 0
  }

  /// Forgets the curvature, if there is any.
  public func forget(_ memory: inout Memory) -> Bool {
    if memory.step == 0 { return false }
    memory.step = 0
    return true
  }
}

/// Spectral gradient descent: x ← x − t ∇f(x) with the steps of
/// ``BarzilaiBorwein``, shortened by a search.
///
/// With a search that lets f rise, such as ``NonmonotoneArmijo``, it is far faster
/// than steepest descent, at the same cost. On a strictly convex quadratic of any
/// condition it arrives without a search.
///
/// Source: Raydan 1997.
public typealias SpectralGradient<Search: LineSearch> =
  LineSearchMethod<BarzilaiBorwein, Search>

extension Method where Self == SpectralGradient<NonmonotoneArmijo> {
  /// Spectral gradient descent with a nonmonotone search.
  public static func barzilaiBorwein(
    _ rule: BarzilaiBorwein.Rule = .alternating
  ) -> Self {
    SpectralGradient(BarzilaiBorwein(rule), search: NonmonotoneArmijo())
  }
}

extension Method {
  /// Spectral gradient descent with a line search of choice.
  public static func barzilaiBorwein<Search: LineSearch>(
    _ rule: BarzilaiBorwein.Rule = .alternating, search: Search
  ) -> Self where Self == SpectralGradient<Search> {
    SpectralGradient(BarzilaiBorwein(rule), search: search)
  }
}
