public import Matrix

/// Descent by an ``UpdateRule`` that is given the whole gradient: batch gradient
/// descent, Adam and their like on any objective.
///
///     minimize(Rosenbrock(), from: [-1.2, 1], using: .adam(rate: 0.01))
///     minimize(
///       objective, from: x,
///       using: .descent(by: Momentum(rate: 0.1).clipped(toNorm: 1)))
///
/// - Complexity: one evaluation of f and ∇f a step, and the rule's pass.
public struct Descent<Rule: UpdateRule<Double>>: Method {
  /// What can be minimised.
  public typealias Problem = any DifferentiableObjective
  /// The rule's memory.
  public typealias Memory = RuleMemory<Rule>
  /// The rule's scratch space.
  public typealias Workspace = RuleWorkspace<Rule>

  /// How the gradient becomes a step.
  public let rule: Rule

  /// Descent by a rule.
  public init(by rule: Rule) { self.rule = rule }

  /// The rule's name and settings.
  public var name: String {
    "\(rule.name) (\(rule.settings.joined(separator: ", ")))"
  }

  /// The rule's scratch space, made when the problem is known.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    RuleWorkspace(dimension: n)
  }

  /// The rule's memory of one vector.
  public func makeMemory(dimension n: Int) -> Memory {
    RuleMemory(rule, ParameterLayout(count: n))
  }

  /// Evaluates f and ∇f, and makes the memory for the problem's layout.
  public func begin(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) {
    memory = RuleMemory(rule, evaluator.layout(ofCount: point.dimension))
    evaluator.evaluate(&point)
  }

  /// What the rule answers.
  public func answer(at point: Point, _ memory: Memory) -> Vector<Double>? {
    rule.answer(point.x, memory.rule)
  }

  /// One update.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    let n = point.dimension
    return workspace.step(
      rule, from: &point, &memory, layout: evaluator.layout(ofCount: n),
      epochValue: point.value,
      evaluateAgain: { point, _ in evaluator.evaluate(&point) },
      evaluate: { point, _ in evaluator.evaluate(&point) })
  }
}

extension Evaluator {
  /// How the variables are made of matrices.
  func layout(ofCount n: Int) -> ParameterLayout {
    guard let sum = sum ?? objective as? any FiniteSum, let layout = sum.layout
    else { return ParameterLayout(count: n) }
    precondition(
      layout.count == n,
      "a layout of \(layout.count) parameters for \(n) variables")
    return layout
  }
}

extension Method {
  /// Descent by an update rule that is given the whole gradient.
  public static func descent<Rule: UpdateRule<Double>>(
    by rule: Rule
  ) -> Self where Self == Descent<Rule> { Descent(by: rule) }
}
