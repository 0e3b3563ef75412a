internal import Matrix

/// Scratch space of a method that steps by an ``UpdateRule``.
public struct RuleWorkspace<Rule: UpdateRule<Double>> {
  /// The layout's update and the rule's scratch; nil until the first step, since the
  /// problem is not known before.
  private var prepared: (step: UpdateStep, rule: Rule.Workspace)?
  /// The point that is tried.
  private var trial: Point
  /// The gradient that the rule may overwrite.
  private var gradient: Vector<Double>
  /// Draws batches.
  var sampler = Sampler()

  init(dimension n: Int) {
    trial = Point(dimension: n)
    gradient = .zeros(n)
  }

  /// Takes one step of a rule.
  ///
  /// - Parameters:
  ///   - rule: the rule.
  ///   - point: x with f and ∇f of some samples; replaced by the new x with those of
  ///     the next samples.
  ///   - memory: the rule's memory and the number of its updates.
  ///   - layout: how the parameters are made of matrices; asked for once.
  ///   - epochValue: the mean of f over the epoch that has just ended, else NaN.
  ///   - evaluateAgain: evaluates f and ∇f of the same samples elsewhere.
  ///   - evaluate: evaluates f and ∇f of the next samples.
  /// - Complexity: beside the rule and the evaluation two copies and three passes
  ///   over n numbers.
  @inline(__always)
  mutating func step(
    _ rule: Rule, from point: inout Point, _ memory: inout RuleMemory<Rule>,
    layout: @autoclosure () -> ParameterLayout, epochValue: Double,
    evaluateAgain: (inout Point, inout Sampler) -> Void,
    evaluate: (inout Point, inout Sampler) -> Void
  ) -> StepOutcome {
    if prepared == nil {
      let layout = layout()
      prepared = (
        UpdateStep(index: 0, on: layout), rule.makeWorkspace(for: layout)
      )
    }
    gradient.copy(from: point.gradient)
    let radius = rule.sharpnessRadius
    if radius > 0 {
      // A gradient that vanishes points nowhere.
      let norm = point.gradient.norm
      if norm > 0 {
        trial.x.setSum(point.x, point.gradient, scaledBy: radius / norm)
        evaluateAgain(&trial, &sampler)
        gradient.copy(from: trial.gradient)
      }
    }
    trial.x.copy(from: point.x)
    prepared!.step.index = memory.updates
    prepared!.step.value = point.value
    prepared!.step.epochValue = epochValue
    rule.update(
      &trial.x, by: &gradient, &memory.rule, &prepared!.rule,
      at: prepared!.step)
    memory.updates += 1
    for _ in 0...max(0, rule.toleratedFailures) {
      evaluate(&trial, &sampler)
      guard trial.value.isFinite && trial.gradient.isFinite else { continue }
      gradient.setSum(trial.x, point.x, scaledBy: -1)
      swap(&point, &trial)
      return .moved(length: 1, norm: gradient.norm)
    }
    return .failed(.undefined)
  }
}

/// What a method that steps by an ``UpdateRule`` remembers.
public struct RuleMemory<Rule: UpdateRule<Double>>: Codable, Equatable, Sendable
{
  /// What the rule remembers.
  public internal(set) var rule: Rule.Memory
  /// The updates made.
  public internal(set) var updates = 0

  init(_ rule: Rule, _ layout: ParameterLayout) {
    self.rule = rule.makeMemory(for: layout)
  }
}
