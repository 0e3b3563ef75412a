internal import RandomNumbers

/// Where in its samples a stochastic run stands.
public struct SamplingState: Codable, Equatable, Sendable {
  /// The epochs that are finished.
  public var epoch: Int { next.epoch }
  /// The mean of f over the batches of the last finished epoch, each at the
  /// parameters of its time; nil before the end of the first.
  public internal(set) var lastEpochValue: Double?

  /// Where the next batch is drawn.
  var next: SamplerPosition
  /// Where the batch was drawn that f and ∇f of the point are of.
  var current: SamplerPosition
  /// Whether that batch was all samples, in any order.
  var isWhole = false
  /// Whether an epoch ended with that batch.
  private var endedEpoch = false
  private var sum = 0.0
  private var count = 0

  init(seed: UInt64) {
    next = SamplerPosition(seed: seed)
    current = next
  }

  /// ``lastEpochValue`` if an epoch has just ended, else NaN.
  var epochValue: Double { endedEpoch ? lastEpochValue ?? .nan : .nan }

  /// Notes f of a batch.
  mutating func note(_ value: Double, of batch: Batch) {
    sum += Double(batch.count) * value
    count += batch.count
    endedEpoch = next.epoch != current.epoch
    guard endedEpoch else { return }
    let mean = sum / Double(count)
    // NaN would make equal states unequal.
    lastEpochValue = mean.isNaN ? nil : mean
    sum = 0
    count = 0
  }
}

/// A place in the samples, from which the next batch follows.
struct SamplerPosition: Codable, Equatable, Sendable {
  /// The epochs that are finished.
  var epoch = 0
  /// The samples of this epoch that have been drawn.
  var drawn = 0
  /// The random numbers of this epoch, or of the next draws with replacement.
  var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }
}
