/// Which samples each step of a stochastic method asks for.
///
/// An epoch is a pass over all N samples. With batches of b it has ⌈N/b⌉ steps, the
/// last of them on the N mod b samples that are left, or ⌊N/b⌋ where a partial batch
/// is dropped.
public struct Sampling: Codable, Equatable, Sendable {
  /// The order of samples.
  public enum Order: String, Codable, Sendable {
    /// A permutation that is drawn anew for every epoch.
    case reshuffled
    /// 0, 1, …, N − 1 in every epoch.
    case sequential
    /// Each sample of a batch is drawn from all N, whatever was drawn before.
    case withReplacement
  }

  /// What becomes of the samples of an epoch that do not fill a batch.
  public enum PartialBatch: String, Codable, Sendable {
    /// They are a smaller batch.
    case kept
    /// They are left out of this epoch.
    case dropped
  }

  /// The samples b of a batch.
  public let batch: Int
  /// The order of samples.
  public let order: Order
  /// What becomes of samples that do not fill a batch.
  public let partialBatch: PartialBatch
  /// What the random numbers depend on, and nothing else.
  public let seed: UInt64

  /// Batches of b samples.
  ///
  /// - Precondition: b ≥ 1.
  public init(
    batch: Int, order: Order = .reshuffled,
    partialBatch: PartialBatch = .kept, seed: UInt64 = 0
  ) {
    precondition(batch >= 1, "a batch of \(batch) samples, less than 1")
    self.batch = batch
    self.order = order
    self.partialBatch = partialBatch
    self.seed = seed
  }

  /// The settings, for the names of methods.
  var settings: [String] {
    let order =
      switch order {
      case .reshuffled: "reshuffled"
      case .sequential: "in order"
      case .withReplacement: "with replacement"
      }
    return ["batch \(batch)", order]
      + (partialBatch == .dropped ? ["partial batches dropped"] : [])
  }

  /// The steps of an epoch of N samples, if they are not in chunks.
  public func stepsPerEpoch(samples count: Int) -> Int {
    switch (order, partialBatch) {
    case (.withReplacement, _), (_, .kept): (count + batch - 1) / batch
    case (_, .dropped): max(1, count / batch)
    }
  }
}
