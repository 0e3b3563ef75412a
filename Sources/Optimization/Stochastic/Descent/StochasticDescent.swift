public import Matrix

/// Descent by an ``UpdateRule`` that is given the gradient of a batch of samples:
/// stochastic and mini-batch gradient descent.
///
///     minimize(
///       sum, from: θ, using: .adam(rate: 1e-3, batch: 64, seed: 1),
///       within: .epochs(20))
///
/// The point of a run carries x with f and ∇f of the batch that the next step
/// follows. They are estimates: no rule about the gradient is met by them, a run
/// ends with its budget, and the solution tells f and ∇f of all samples. Where the
/// batch is all samples, in any order, every rule is as it is for whole gradients.
///
/// What comes next depends on the state alone: that of the random numbers, the place
/// in the epoch and the rule's memory are in it, so that a run that is resumed in the
/// middle of an epoch goes on bit for bit.
///
/// - Complexity: one evaluation of a batch a step, and the rule's pass; shuffling
///   once an epoch.
///
/// Source: Robbins and Monro 1951; Bottou, Curtis and Nocedal 2018, algorithm 4.1.
public struct StochasticDescent<Rule: UpdateRule<Double>>: Method {
  /// What can be minimised.
  public typealias Problem = any FiniteSum
  /// The rule's scratch space, and the order of the epoch.
  public typealias Workspace = RuleWorkspace<Rule>

  /// How the gradient becomes a step.
  public let rule: Rule
  /// Which samples a step asks for.
  public let sampling: Sampling

  /// Descent by a rule over batches of samples.
  public init(by rule: Rule, sampling: Sampling) {
    self.rule = rule
    self.sampling = sampling
  }

  /// The rule's name and settings, with the batch.
  public var name: String {
    let settings =
      rule.settings + sampling.settings
    return "\(rule.name) (\(settings.joined(separator: ", ")))"
  }

  /// What the rule remembers, and where in its samples the run stands.
  public struct Memory: Codable, Equatable, Sendable {
    /// The rule's memory.
    public internal(set) var rule: RuleMemory<Rule>
    /// Where in its samples the run stands.
    public internal(set) var samples: SamplingState
  }

  /// The rule's scratch space, made when the problem is known.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    RuleWorkspace(dimension: n)
  }

  /// The memory before the first batch.
  public func makeMemory(dimension n: Int) -> Memory {
    Memory(
      rule: RuleMemory(rule, ParameterLayout(count: n)),
      samples: SamplingState(seed: sampling.seed))
  }

  /// Evaluates the first batch, and makes the memory for the problem's layout.
  public func begin(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) {
    memory.rule = RuleMemory(
      rule, evaluator.layout(ofCount: point.dimension))
    workspace.sampler.evaluateNext(
      &point, sampling, &memory.samples, &evaluator)
  }

  /// No distance, unless the batch is all samples.
  public func optimality(of point: Point, _ memory: Memory) -> Optimality {
    // Steps are taken to defined points alone; the start is looked at.
    memory.samples.isWhole
      || memory.rule.updates == 0
        && !point.gradient.isFinite
      ? Optimality(gradientNorm: point.gradient.normInfinity) : .estimated
  }

  /// What the rule answers.
  public func answer(at point: Point, _ memory: Memory) -> Vector<Double>? {
    rule.answer(point.x, memory.rule.rule)
  }

  /// One update.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    let n = point.dimension
    // A copy, since the rule's part of the memory is being changed meanwhile.
    let current = memory.samples
    var next = current
    let outcome = workspace.step(
      rule, from: &point, &memory.rule, layout: evaluator.layout(ofCount: n),
      epochValue: current.epochValue,
      evaluateAgain: { point, sampler in
        sampler.evaluateAgain(&point, sampling, current, &evaluator)
      },
      evaluate: { point, sampler in
        sampler.evaluateNext(&point, sampling, &next, &evaluator)
      })
    memory.samples = next
    return outcome
  }
}

extension Method {
  /// Descent by an update rule over batches of samples.
  public static func descent<Rule: UpdateRule<Double>>(
    by rule: Rule, sampling: Sampling
  ) -> Self where Self == StochasticDescent<Rule> {
    StochasticDescent(by: rule, sampling: sampling)
  }

  /// Descent by an update rule over batches of b samples, in an order that is
  /// shuffled anew for every epoch.
  public static func descent<Rule: UpdateRule<Double>>(
    by rule: Rule, batch: Int, seed: UInt64 = 0
  ) -> Self where Self == StochasticDescent<Rule> {
    StochasticDescent(by: rule, sampling: Sampling(batch: batch, seed: seed))
  }
}
