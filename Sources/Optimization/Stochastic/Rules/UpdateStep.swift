internal import Matrix

/// Which step of a run a rule takes, and on which parameters.
public struct UpdateStep: Sendable {
  /// The updates before this one, 0 for the first.
  public internal(set) var index: Int
  /// f of the batch at the parameters before the update; NaN if not known.
  public internal(set) var value: Double
  /// The mean of f over the batches of an epoch, at the first update after it.
  ///
  /// NaN at other updates. Where there are no batches, ``value``.
  public internal(set) var epochValue: Double
  /// A factor on the rate that the rule asks its schedule for.
  public internal(set) var rateScale = 1.0
  /// The matrices that are updated; frozen ones are left out.
  public internal(set) var blocks: [ScaledBlock]
  /// The same parameters as the fewest ranges of one scale each.
  public internal(set) var ranges: [ScaledRange]

  /// A matrix among the parameters, and the scales of its group.
  public struct ScaledBlock: Equatable, Sendable {
    /// The matrix.
    public let block: ParameterLayout.Block
    /// A factor on the learning rate.
    public let rateScale: Double
    /// A factor on decoupled weight decay.
    public let decayScale: Double
  }

  /// Consecutive parameters of one scale.
  public struct ScaledRange: Equatable, Sendable {
    /// Their places.
    public internal(set) var places: Range<Int>
    /// A factor on the learning rate.
    public let rateScale: Double
    /// A factor on decoupled weight decay.
    public let decayScale: Double
  }

  /// A step on all parameters of a layout.
  public init(
    index: Int, value: Double = .nan, on layout: ParameterLayout
  ) {
    self.index = index
    self.value = value
    epochValue = value
    blocks = layout.blocks.map {
      ScaledBlock(block: $0, rateScale: 1, decayScale: 1)
    }
    ranges = Self.merged(blocks)
  }

  /// The place behind the last parameter that is updated.
  var end: Int {
    ranges.isEmpty ? 0 : ranges[ranges.count - 1].places.upperBound
  }

  /// The ranges of blocks, neighbours of equal scales in one.
  static func merged(_ blocks: [ScaledBlock]) -> [ScaledRange] {
    var ranges: [ScaledRange] = []
    for scaled in blocks {
      let places = scaled.block.range
      if let last = ranges.last, last.places.upperBound == places.lowerBound,
        last.rateScale == scaled.rateScale,
        last.decayScale == scaled.decayScale
      {
        ranges[ranges.count - 1].places =
          last.places.lowerBound..<places.upperBound
      } else {
        ranges.append(
          ScaledRange(
            places: places, rateScale: scaled.rateScale,
            decayScale: scaled.decayScale))
      }
    }
    return ranges
  }

  /// Calls `body` with ranges that cover what is updated, on several threads
  /// where there are many parameters.
  ///
  /// What `body` does to an element must not depend on the range it comes in.
  ///
  /// - Complexity: no allocation below 2¹⁸ parameters or on one thread.
  @inline(__always)
  func sweep(
    _ body: (
      _ places: Range<Int>, _ rateScale: Double, _ decayScale: Double
    ) -> Void
  ) {
    // An iterator over the array would allocate where nothing is optimised.
    for k in 0..<ranges.count {
      let range = ranges[k]
      let rate = rateScale * range.rateScale
      let places = range.places
      if places.count < 1 << 18 {
        body(places, rate, range.decayScale)
        continue
      }
      RowBlocks(places.count).forEach { _, rows in
        let low = places.lowerBound + rows.lowerBound
        body(low..<low + rows.count, rate, range.decayScale)
      }
    }
  }
}
