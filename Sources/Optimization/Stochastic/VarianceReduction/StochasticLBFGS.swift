internal import Matrix

/// L-BFGS over batches of samples, its pairs damped so that curvature stays positive.
///
///     x₊ = x − η H ∇f_B(x)
///     s = x₊ − x,  y = ∇f_B(x₊) − ∇f_B(x)              on the same batch
///     ȳ = θ y + (1 − θ) B₀ s,
///     θ = 1 if sᵀy ≥ ¼ sᵀB₀s, else ¾ sᵀB₀s / (sᵀB₀s − sᵀy)
///
/// with B₀ = max(yᵀy / sᵀy, δ) I of the pair before and H built from the last m pairs
/// (s, ȳ). Damping makes sᵀȳ ≥ ¼ sᵀB₀s, whatever a non-convex f or the noise of a
/// batch does to y.
///
/// - Complexity: two evaluations of a batch and about 8mn flops a step.
///
/// Source: Schraudolph, Yu and Günter 2007 (one batch for both gradients); Powell
/// 1978 (damping); Wang, Ma, Goldfarb and Liu 2017, equations 3.1 to 3.6.
public struct StochasticLBFGS: Method {
  /// What can be minimised.
  public typealias Problem = any FiniteSum

  /// The learning rate η.
  public let rate: LearningRate
  /// The pairs m.
  public let memory: Int
  /// δ, the least curvature of B₀.
  public let smallestCurvature: Double
  /// Which samples a step asks for.
  public let sampling: Sampling

  /// L-BFGS over batches.
  ///
  /// - Precondition: 1 ≤ m ≤ 50 and δ > 0.
  public init(
    rate: LearningRate, memory: Int = 10, smallestCurvature: Double = 1e-4,
    sampling: Sampling
  ) {
    precondition(
      (1...50).contains(memory),
      "a memory of \(memory) pairs, outside 1 ... 50")
    precondition(
      smallestCurvature > 0,
      "a smallest curvature of \(smallestCurvature), not positive")
    self.rate = rate
    self.memory = memory
    self.smallestCurvature = smallestCurvature
    self.sampling = sampling
  }

  /// Stochastic L-BFGS with its settings.
  public var name: String {
    let settings =
      ["rate \(rate)", "memory \(memory)", "δ \(smallestCurvature)"]
      + sampling.settings
    return "stochastic L-BFGS (\(settings.joined(separator: ", ")))"
  }

  /// The pairs and the samples.
  public struct Memory: Codable, Equatable, Sendable {
    var pairs: LimitedMemory
    /// The factor of B₀; 0 before the first pair.
    var curvature = 0.0
    var steps = 0
    var samples: SamplingState
  }

  /// Places for points and a direction.
  public struct Workspace {
    var trial: Point
    var direction: Vector<Double>
    var sampler = Sampler()
  }

  /// No pairs.
  public func makeMemory(dimension n: Int) -> Memory {
    Memory(
      pairs: LimitedMemory(dimension: n, capacity: memory),
      samples: SamplingState(seed: sampling.seed))
  }

  /// A point and a direction.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(trial: Point(dimension: n), direction: .zeros(n))
  }

  /// The first batch.
  public func begin(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) {
    workspace.sampler.evaluateNext(
      &point, sampling, &memory.samples, &evaluator)
  }

  /// No distance, unless the batch is all samples.
  public func optimality(of point: Point, _ memory: Memory) -> Optimality {
    memory.samples.isWhole || memory.steps == 0 && !point.gradient.isFinite
      ? Optimality(gradientNorm: point.gradient.normInfinity) : .estimated
  }

  /// One step.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    let (_, length) = memory.pairs.direction(
      at: point.gradient, into: &workspace.direction)
    evaluator.counts.flops += memory.pairs.directionFlops
    guard length.isFinite else { return .failed(.undefined) }
    var eta = rate(at: memory.steps)
    // Before there is a pair the gradient says nothing of how far to go.
    if memory.pairs.isEmpty { eta *= min(1, 1 / length) }
    workspace.trial.x.setSum(point.x, workspace.direction, scaledBy: eta)
    workspace.sampler.evaluateAgain(
      &workspace.trial, sampling, memory.samples, &evaluator)
    guard workspace.trial.isFinite else { return .failed(.undefined) }
    addPair(from: point, &workspace, &memory, eta: eta)
    memory.steps += 1
    // The next batch, at the same x.
    workspace.sampler.evaluateNext(
      &workspace.trial, sampling, &memory.samples, &evaluator)
    guard workspace.trial.isFinite else { return .failed(.undefined) }
    swap(&point, &workspace.trial)
    return .moved(length: eta, norm: abs(eta) * length)
  }

  /// Damps y in the trial's gradient, which is not needed any more, and takes in the
  /// pair.
  private func addPair(
    from point: Point, _ workspace: inout Workspace, _ memory: inout Memory,
    eta: Double
  ) {
    let p = StepProducts(
      from: point.gradient, to: workspace.trial.gradient,
      along: workspace.direction)
    // s = η d.
    let (ss, sy, yy) = (eta * eta * p.dd, eta * p.dy, p.yy)
    guard ss > 0 && ss.isFinite && sy.isFinite && yy.isFinite else { return }
    let b =
      memory.curvature > 0
      ? memory.curvature : max(smallestCurvature, sy > 0 ? yy / sy : 0)
    let sBs = b * ss
    if sy < 0.25 * sBs {
      let theta = 0.75 * sBs / (sBs - sy)
      // ∇f_B(x) + ȳ = θ ∇f_B(x₊) + (1 − θ) (∇f_B(x) + B₀ s).
      workspace.trial.gradient.scale(by: theta)
      workspace.trial.gradient.add(point.gradient, scaledBy: 1 - theta)
      workspace.trial.gradient.add(
        workspace.direction, scaledBy: (1 - theta) * b * eta)
    }
    memory.pairs.append(from: point, to: workspace.trial)
    memory.curvature = max(smallestCurvature, sy > 0 ? yy / sy : 0)
  }
}

extension Method where Self == StochasticLBFGS {
  /// L-BFGS over batches of b samples, with damped pairs.
  public static func lbfgs(
    rate: LearningRate, batch: Int, memory: Int = 10, seed: UInt64 = 0
  ) -> Self {
    StochasticLBFGS(
      rate: rate, memory: memory,
      sampling: Sampling(batch: batch, seed: seed))
  }
}
