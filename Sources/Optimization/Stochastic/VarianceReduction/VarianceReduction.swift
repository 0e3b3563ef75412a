internal import Matrix

/// Stochastic descent along a gradient whose error vanishes as the run arrives, so
/// that it arrives at a constant rate, and is verified.
///
///     v ← ∇f(x)                                    every m steps, then
///     v ← ∇f_B(x) − ∇f_B(x̃) + ∇f(x̃)               SVRG, x̃ the point of the last
///                                                  whole gradient
///     v ← ∇f_B(x) − ∇f_B(x₋) + v₋                  SARAH, x₋ the point before
///     x ← x − η v
///
/// SVRG's v is unbiased; SARAH's is not, but has less variance along an inner loop.
/// On a strongly convex sum both converge linearly, with a rate that may be a
/// constant of order 1/L of the terms' smoothness, where plain SGD must let its rate
/// fall.
///
/// Every m-th point carries f and ∇f of all samples, those between of a batch; rules
/// about the gradient are met at the former alone.
///
/// - Complexity: two evaluations of a batch a step, and N samples every m steps.
///
/// Source: Johnson and Zhang 2013, figure 1 (option I); Nguyen, Liu, Scheinberg and
/// Takáč 2017, algorithm 1.
public struct VarianceReduction: Method {
  /// What can be minimised.
  public typealias Problem = any FiniteSum

  /// What the batch's gradient is compared with.
  public enum Estimator: String, Codable, Sendable {
    /// That of the batch at the last point of a whole gradient.
    case svrg = "SVRG"
    /// That of the batch at the point before.
    case sarah = "SARAH"
  }

  /// What the batch's gradient is compared with.
  public let estimator: Estimator
  /// The learning rate η.
  public let rate: LearningRate
  /// The steps m from one whole gradient to the next; nil for two epochs.
  public let period: Int?
  /// Which samples a step asks for.
  public let sampling: Sampling

  /// Descent with a whole gradient every m steps.
  ///
  /// - Precondition: m ≥ 1.
  public init(
    _ estimator: Estimator, rate: LearningRate, period: Int? = nil,
    sampling: Sampling
  ) {
    precondition(
      period ?? 1 >= 1, "a whole gradient every \(period ?? 0) steps")
    self.estimator = estimator
    self.rate = rate
    self.period = period
    self.sampling = sampling
  }

  /// The estimator with its settings.
  public var name: String {
    let settings =
      ["rate \(rate)"] + (period.map { ["period \($0)"] } ?? [])
      + sampling.settings
    return "\(estimator.rawValue) (\(settings.joined(separator: ", ")))"
  }

  /// The point that is compared with, and the samples.
  public struct Memory: Codable, Equatable, Sendable {
    /// x̃ or x₋.
    var reference: Vector<Double>
    /// ∇f(x̃) or v₋.
    var estimate: Vector<Double>
    /// The steps since the last whole gradient; at 0 the point has it.
    var inner = 0
    var steps = 0
    var samples: SamplingState
  }

  /// Places for points and gradients.
  public struct Workspace {
    var trial: Point
    var compared: Point
    var step: Vector<Double>
    var sampler = Sampler()
  }

  /// No step taken.
  public func makeMemory(dimension n: Int) -> Memory {
    Memory(
      reference: .zeros(n), estimate: .zeros(n),
      samples: SamplingState(seed: sampling.seed))
  }

  /// Two points and a step.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(
      trial: Point(dimension: n), compared: Point(dimension: n),
      step: .zeros(n))
  }

  /// The whole sum.
  public func begin(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) { evaluator.evaluateAllSamples(&point) }

  /// ‖∇f(x)‖∞ where the whole gradient is known.
  public func optimality(of point: Point, _ memory: Memory) -> Optimality {
    memory.inner == 0
      ? Optimality(gradientNorm: point.gradient.normInfinity) : .estimated
  }

  /// One step.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    guard let sum = evaluator.sum else { return .failed(.undefined) }
    // v.
    workspace.step.copy(from: point.gradient)
    if memory.inner > 0 {
      workspace.compared.x.copy(from: memory.reference)
      workspace.sampler.evaluateAgain(
        &workspace.compared, sampling, memory.samples, &evaluator)
      guard workspace.compared.gradient.isFinite else {
        return .failed(.undefined)
      }
      workspace.step.add(workspace.compared.gradient, scaledBy: -1)
      workspace.step.add(memory.estimate)
    }
    let eta = rate(at: memory.steps)
    workspace.trial.x.setSum(point.x, workspace.step, scaledBy: -eta)

    let period =
      period ?? 2 * sampling.stepsPerEpoch(samples: sum.sampleCount)
    let isLast = memory.inner + 1 >= period
    var samples = memory.samples
    if isLast {
      evaluator.evaluateAllSamples(&workspace.trial)
    } else {
      workspace.sampler.evaluateNext(
        &workspace.trial, sampling, &samples, &evaluator)
    }
    guard workspace.trial.isFinite else { return .failed(.undefined) }
    if memory.inner == 0 || estimator == .sarah {
      memory.reference.copy(from: point.x)
      memory.estimate.copy(from: workspace.step)
    }
    memory.samples = samples
    memory.inner = isLast ? 0 : memory.inner + 1
    memory.steps += 1
    swap(&point, &workspace.trial)
    return .moved(length: eta, norm: abs(eta) * workspace.step.norm)
  }
}

extension Evaluator {
  /// Evaluates f and ∇f of all samples, and counts them as samples.
  mutating func evaluateAllSamples(_ point: inout Point) {
    guard let sum else { return }
    evaluate(&point, of: Batch(0..<sum.sampleCount))
  }
}

extension Point {
  /// Whether f and ∇f are finite.
  var isFinite: Bool { value.isFinite && gradient.isFinite }
}

extension Method where Self == VarianceReduction {
  /// Stochastic variance-reduced gradient descent over batches of b samples.
  public static func svrg(
    rate: LearningRate, batch: Int = 1, period: Int? = nil, seed: UInt64 = 0
  ) -> Self {
    VarianceReduction(
      .svrg, rate: rate, period: period,
      sampling: Sampling(batch: batch, order: .withReplacement, seed: seed))
  }

  /// Stochastic recursive gradient descent over batches of b samples.
  public static func sarah(
    rate: LearningRate, batch: Int = 1, period: Int? = nil, seed: UInt64 = 0
  ) -> Self {
    VarianceReduction(
      .sarah, rate: rate, period: period,
      sampling: Sampling(batch: batch, order: .withReplacement, seed: seed))
  }
}
