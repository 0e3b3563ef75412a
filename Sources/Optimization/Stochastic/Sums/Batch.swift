/// The samples that one evaluation of a ``FiniteSum`` is about: their indices, some
/// possibly twice.
public struct Batch: RandomAccessCollection, Equatable, Sendable {
  // The order of an epoch, of which a batch is a part, without a copy; empty where
  // the indices are their own places.
  private let order: [Int]
  private let places: Range<Int>

  /// Consecutive samples.
  public init(_ samples: Range<Int>) {
    order = []
    places = samples
  }

  /// Samples by their indices.
  public init(_ indices: [Int]) { self.init(indices, at: 0..<indices.count) }

  /// The samples that stand at some places of an order.
  init(_ order: [Int], at places: Range<Int>) {
    self.order = order
    self.places = order.isEmpty ? 0..<0 : places
  }

  /// The samples as a range, where they are known to be one.
  ///
  /// What is stored sample by sample can then be used where it stands.
  public var range: Range<Int>? { order.isEmpty ? places : nil }

  /// 0.
  public var startIndex: Int { 0 }
  /// The number of samples.
  public var endIndex: Int { places.count }
  /// The number of samples.
  public var count: Int { places.count }

  /// The index of the k-th sample.
  public subscript(k: Int) -> Int {
    order.isEmpty ? places.lowerBound + k : order[places.lowerBound + k]
  }
}
