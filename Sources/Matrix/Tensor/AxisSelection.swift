/// What a slice takes of one axis of a tensor: an index, which drops the axis,
/// or a range or stride of indices, which keeps it.
///
/// Conforming are `Int`, the ranges over `Int`, of which `0...` is the whole
/// axis, and what `stride(from:to:by:)` and `stride(from:through:by:)` return.
public protocol AxisSelection {
  /// The selected indices of an axis of the given extent.
  func part(ofExtent extent: Int) -> AxisPart
}

/// The selected indices of an axis: `first`, `first + step`, …, `count` of them.
public struct AxisPart: Equatable, Sendable {
  let first: Int
  let step: Int
  let count: Int
  let dropsAxis: Bool

  /// The indices `first`, `first + step`, …, `count` of them.
  public init(first: Int, step: Int = 1, count: Int) {
    self.init(first: first, step: step, count: count, dropsAxis: false)
  }

  init(first: Int, step: Int, count: Int, dropsAxis: Bool) {
    self.first = first
    self.step = step
    self.count = count
    self.dropsAxis = dropsAxis
  }

  /// Whether every selected index is inside an axis of the given extent.
  func isInside(_ extent: Int) -> Bool {
    guard count > 0 else {
      return count == 0 && first >= 0 && first <= extent
    }
    // The last index may lie so far outside that it overflows.
    let (span, tooFar) = (count - 1).multipliedReportingOverflow(by: step)
    let (last, beyond) = first.addingReportingOverflow(span)
    let axis = 0..<extent
    return !tooFar && !beyond && axis.contains(first) && axis.contains(last)
  }
}

extension Int: AxisSelection {
  /// This one index, without its axis.
  public func part(ofExtent extent: Int) -> AxisPart {
    AxisPart(first: self, step: 1, count: 1, dropsAxis: true)
  }
}

extension Range: AxisSelection where Bound == Int {
  /// The indices of the range.
  public func part(ofExtent extent: Int) -> AxisPart {
    AxisPart(first: lowerBound, count: count)
  }
}

extension ClosedRange: AxisSelection where Bound == Int {
  /// The indices of the range.
  public func part(ofExtent extent: Int) -> AxisPart {
    AxisPart(first: lowerBound, count: count)
  }
}

extension PartialRangeFrom: AxisSelection where Bound == Int {
  /// The indices from the lower bound to the end of the axis.
  public func part(ofExtent extent: Int) -> AxisPart {
    AxisPart(first: lowerBound, count: extent - lowerBound)
  }
}

extension PartialRangeUpTo: AxisSelection where Bound == Int {
  /// The indices below the upper bound.
  public func part(ofExtent extent: Int) -> AxisPart {
    AxisPart(first: 0, count: upperBound)
  }
}

extension PartialRangeThrough: AxisSelection where Bound == Int {
  /// The indices up to the upper bound.
  public func part(ofExtent extent: Int) -> AxisPart {
    AxisPart(first: 0, count: upperBound + 1)
  }
}

extension StrideTo: AxisSelection where Element == Int {
  /// The indices of the stride; with a negative step the axis is reversed.
  public func part(ofExtent extent: Int) -> AxisPart { AxisPart(self) }
}

extension StrideThrough: AxisSelection where Element == Int {
  /// The indices of the stride; with a negative step the axis is reversed.
  public func part(ofExtent extent: Int) -> AxisPart { AxisPart(self) }
}

extension AxisPart {
  /// The standard library's strides keep their bounds to themselves, but walking
  /// them tells.
  init(_ indices: some Sequence<Int>) {
    var iterator = indices.makeIterator()
    guard let first = iterator.next() else {
      self.init(first: 0, count: 0)
      return
    }
    guard let second = iterator.next() else {
      self.init(first: first, count: 1)
      return
    }
    var count = 2
    while iterator.next() != nil { count += 1 }
    self.init(first: first, step: second - first, count: count)
  }
}
