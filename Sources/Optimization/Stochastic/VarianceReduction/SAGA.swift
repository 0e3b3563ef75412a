internal import Matrix
internal import RandomNumbers

/// Stochastic descent along a gradient that a table of the last gradients of all
/// samples corrects.
///
/// With the samples in J groups of b, of weights wⱼ = bⱼ/N, and the group j drawn
/// from all,
///
///     v ← J wⱼ (∇fⱼ(x) − tⱼ) + Σᵢ wᵢ tᵢ
///     tⱼ ← ∇fⱼ(x)
///     x ← x − η v
///
/// No step takes more than a batch; what it costs is a table of J gradients, so that
/// it is for few parameters or large groups. On a strongly convex sum it converges
/// linearly at a constant rate of about 1/(3L).
///
/// Every `period`-th epoch of J steps ends with f and ∇f of all samples, at which
/// rules about the gradient can be met.
///
/// - Complexity: one evaluation of a batch and 6n flops a step; N samples every
///   `period` epochs; a table of J n numbers.
///
/// Source: Defazio, Bach and Lacoste-Julien 2014, section 2.
public struct SAGA: Method {
  /// What can be minimised.
  public typealias Problem = any FiniteSum

  /// The learning rate η.
  public let rate: LearningRate
  /// The samples b of a group.
  public let batch: Int
  /// The epochs from one whole gradient to the next.
  public let period: Int
  /// What the random numbers depend on.
  public let seed: UInt64

  /// Descent with a table of gradients.
  ///
  /// - Precondition: b ≥ 1 and a period of at least 1.
  public init(
    rate: LearningRate, batch: Int = 1, period: Int = 5, seed: UInt64 = 0
  ) {
    precondition(
      batch >= 1 && period >= 1,
      "groups of \(batch) samples, a whole gradient every \(period) epochs")
    self.rate = rate
    self.batch = batch
    self.period = period
    self.seed = seed
  }

  /// SAGA with its settings.
  public var name: String {
    "SAGA (rate \(rate), groups of \(batch), period \(period))"
  }

  /// The table, its mean and the random numbers.
  public struct Memory: Codable, Equatable, Sendable {
    /// tⱼ, n numbers for each j.
    var table: Vector<Double>
    /// Σ wⱼ tⱼ.
    var mean: Vector<Double>
    /// The group that f and ∇f of the point are of; nil for all samples.
    var group: Int?
    var steps = 0
    var generator: SplitMix64
  }

  /// Places for a point and a gradient.
  public struct Workspace {
    var trial: Point
    var step: Vector<Double>
  }

  /// An empty table.
  public func makeMemory(dimension n: Int) -> Memory {
    Memory(
      table: [], mean: .zeros(n), generator: SplitMix64(seed: seed))
  }

  /// A point and a step.
  public func makeWorkspace(dimension n: Int) -> Workspace {
    Workspace(trial: Point(dimension: n), step: .zeros(n))
  }

  private func groups(_ sum: any FiniteSum) -> Int {
    (sum.sampleCount + batch - 1) / batch
  }

  private func samples(_ group: Int, of sum: any FiniteSum) -> Batch {
    let low = group * batch
    return Batch(low..<min(low + batch, sum.sampleCount))
  }

  private func weight(_ group: Int, of sum: any FiniteSum) -> Double {
    let low = group * batch
    let count = min(low + batch, sum.sampleCount) - low
    return Double(count) / Double(sum.sampleCount)
  }

  /// The gradients of all groups at the start.
  public func begin(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) {
    guard let sum = evaluator.sum else { return }
    let n = point.dimension
    let count = groups(sum)
    if memory.table.count != n * count { memory.table = .zeros(n * count) }
    memory.mean.fill(with: 0)
    workspace.trial.x.copy(from: point.x)
    var value = 0.0
    for j in 0..<count {
      evaluator.evaluate(&workspace.trial, of: samples(j, of: sum))
      let weight = weight(j, of: sum)
      value += weight * workspace.trial.value
      memory.mean.add(workspace.trial.gradient, scaledBy: weight)
      memory.table.write { table in
        workspace.trial.gradient.read { g in
          (table + j * n).update(from: g, count: n)
        }
      }
    }
    point.value = value
    point.gradient.copy(from: memory.mean)
  }

  /// ‖∇f(x)‖∞ where the whole gradient is known.
  public func optimality(of point: Point, _ memory: Memory) -> Optimality {
    memory.group == nil
      ? Optimality(gradientNorm: point.gradient.normInfinity) : .estimated
  }

  /// One step.
  public func step(
    _ point: inout Point, _ memory: inout Memory,
    evaluator: inout Evaluator, workspace: inout Workspace
  ) -> StepOutcome {
    guard let sum = evaluator.sum else { return .failed(.undefined) }
    let n = point.dimension
    let count = groups(sum)
    // The whole gradient needs no correction.
    workspace.step.copy(from: point.gradient)
    if let j = memory.group {
      let weight = weight(j, of: sum)
      let scale = Double(count) * weight
      workspace.step.write { v in
        point.gradient.read { g in
          memory.mean.write { mean in
            memory.table.write { table in
              let t = table + j * n
              for i in 0..<n {
                let change = g[i] - t[i]
                v[i] = scale * change + mean[i]
                mean[i] += weight * change
                t[i] = g[i]
              }
            }
          }
        }
      }
    }
    let eta = rate(at: memory.steps)
    workspace.trial.x.setSum(point.x, workspace.step, scaledBy: -eta)
    var generator = memory.generator
    var group: Int?
    if (memory.steps + 1).isMultiple(of: period * count) {
      evaluator.evaluateAllSamples(&workspace.trial)
    } else {
      let next = generator.next(below: count)
      evaluator.evaluate(&workspace.trial, of: samples(next, of: sum))
      group = next
    }
    guard workspace.trial.isFinite else { return .failed(.undefined) }
    memory.group = group
    memory.generator = generator
    memory.steps += 1
    swap(&point, &workspace.trial)
    return .moved(length: eta, norm: abs(eta) * workspace.step.norm)
  }
}

extension Method where Self == SAGA {
  /// Descent with a table of the gradients of groups of b samples.
  public static func saga(
    rate: LearningRate, batch: Int = 1, period: Int = 5, seed: UInt64 = 0
  ) -> Self {
    SAGA(rate: rate, batch: batch, period: period, seed: seed)
  }
}
