/// Where the elements of a tensor lie in its storage.
///
/// Element (i₀, i₁, …) is at `offset + Σ iₖ·strides[k]`. All that is a view,
/// slices, transposes, broadcasts and most reshapes, is another layout of
/// the same storage.
@usableFromInline
struct Layout: Sendable {
  @usableFromInline let shape: [Int]
  @usableFromInline let strides: [Int]
  @usableFromInline let offset: Int
  @usableFromInline let count: Int

  init(shape: [Int], strides: [Int], offset: Int) {
    self.shape = shape
    self.strides = strides
    self.offset = offset
    count = Self.count(of: shape)
  }

  /// The elements one behind another, the first index running fastest.
  @usableFromInline
  init(dense shape: [Int]) {
    self.init(shape: shape, strides: Self.denseStrides(shape), offset: 0)
  }

  @inlinable
  var rank: Int { shape.count }

  /// Whether the elements lie one behind another, in order.
  @usableFromInline
  var isDense: Bool {
    var next = 1
    for k in shape.indices where shape[k] != 1 {
      if strides[k] != next { return count == 0 }
      next *= shape[k]
    }
    return true
  }

  /// Whether every number of a storage of `size` is exactly one element, so
  /// that the elements may be written where they are.
  ///
  /// Every layout is made from a dense one. Slicing and permuting keep different
  /// elements at different places; only broadcasting, by strides of 0, does not.
  @inlinable
  func covers(_ size: Int) -> Bool {
    guard count == size else { return false }
    for k in 0..<rank where strides[k] == 0 && shape[k] > 1 { return false }
    return true
  }

  /// The place of an element in the storage.
  @inlinable @inline(__always)
  func place(_ indices: [Int]) -> Int {
    precondition(
      indices.count == shape.count,
      "\(indices.count) indices for a tensor of rank \(shape.count)")
    var place = offset
    for k in indices.indices {
      precondition(
        indices[k] >= 0 && indices[k] < shape[k],
        "element \(indices) of a tensor of \(shape.text)")
      place += indices[k] * strides[k]
    }
    return place
  }

  static func denseStrides(_ shape: [Int]) -> [Int] {
    var next = 1
    return shape.map { extent in
      // A product that overflows here is found when the elements are counted.
      defer { next &*= max(extent, 1) }
      return next
    }
  }

  /// The product of the extents; traps when BLAS or `Int` cannot count them.
  @usableFromInline
  static func count(of shape: [Int]) -> Int {
    for (k, extent) in shape.enumerated() {
      checkDimension(extent, "the extent of axis \(k) of a tensor")
    }
    guard let count = countIfValid(shape) else {
      preconditionFailure(
        "a tensor of \(shape.text) has more elements than Int counts")
    }
    return count
  }

  /// The product of the extents, or nil when BLAS or `Int` cannot count them.
  static func countIfValid(_ shape: [Int]) -> Int? {
    var count = 1
    for extent in shape {
      guard 0...Int(Int32.max) ~= extent else { return nil }
      // An extent of 0 leaves the others, and so the strides, in need of a
      // count all the same.
      let product = count.multipliedReportingOverflow(by: max(extent, 1))
      if product.overflow { return nil }
      count = product.partialValue
    }
    return shape.contains(0) ? 0 : count
  }
}

// MARK: Views

extension Layout {
  @usableFromInline
  func permuted(_ axes: [Int]) -> Layout {
    precondition(
      axes.count == rank && Set(axes) == Set(0..<rank),
      "axes \(axes) are not a permutation of the \(rank) axes of a tensor")
    return Layout(
      shape: axes.map { shape[$0] }, strides: axes.map { strides[$0] },
      offset: offset)
  }

  @usableFromInline
  func sliced(_ selections: [any AxisSelection]) -> Layout {
    precondition(
      selections.count == rank,
      "\(selections.count) selections for a tensor of \(shape.text)")
    var newShape: [Int] = []
    var newStrides: [Int] = []
    var start = offset
    for (k, selection) in selections.enumerated() {
      let part = selection.part(ofExtent: shape[k])
      precondition(
        part.isInside(shape[k]),
        "\(selection) on axis \(k) of a tensor of \(shape.text)")
      // Of an empty part the start may be one past the end.
      if part.count > 0 { start += part.first * strides[k] }
      if !part.dropsAxis {
        newShape.append(part.count)
        newStrides.append(part.step * strides[k])
      }
    }
    return Layout(shape: newShape, strides: newStrides, offset: start)
  }

  /// Whether repeating axes of extent 1 and missing last ones gives `newShape`.
  func broadcasts(to newShape: [Int]) -> Bool {
    // Loops rather than closures here and in `covers`: they allocate nothing
    // even when they are not optimised.
    guard rank <= newShape.count else { return false }
    for k in 0..<rank where shape[k] != newShape[k] && shape[k] != 1 {
      return false
    }
    return true
  }

  @usableFromInline
  func broadcast(to newShape: [Int]) -> Layout {
    precondition(
      broadcasts(to: newShape),
      "a tensor of \(shape.text) does not broadcast to \(newShape.text)")
    return Layout(
      shape: newShape,
      strides: newShape.indices.map { k in
        k < rank && shape[k] == newShape[k] ? strides[k] : 0
      },
      offset: offset)
  }

  /// The smallest shape that this and `other` both broadcast to.
  @usableFromInline
  func commonShape(_ other: Layout) -> [Int] {
    (0..<max(rank, other.rank)).map { k in
      guard k < rank else { return other.shape[k] }
      guard k < other.rank, other.shape[k] != 1 else { return shape[k] }
      precondition(
        shape[k] == other.shape[k] || shape[k] == 1,
        """
        tensors of \(shape.text) and \(other.shape.text) do not broadcast: \
        axis \(k) differs
        """)
      return other.shape[k]
    }
  }

  /// The same elements in the same order under another shape, or nil when no
  /// strides express that.
  ///
  /// Old axes that lie behind one another merge into one run; each new axis
  /// must then take its share of a single run.
  @usableFromInline
  func reshaped(_ newShape: [Int]) -> Layout? {
    let newCount = Self.count(of: newShape)
    precondition(
      newCount == count,
      """
      a tensor of \(shape.text), \(count) elements, does not reshape to \
      \(newShape.text), \(newCount) elements
      """)
    if isDense {
      return Layout(
        shape: newShape, strides: Self.denseStrides(newShape), offset: offset)
    }
    var runs: [(extent: Int, stride: Int)] = []
    for k in shape.indices where shape[k] != 1 {
      if let last = runs.last, strides[k] == last.stride * last.extent {
        runs[runs.count - 1].extent *= shape[k]
      } else {
        runs.append((shape[k], strides[k]))
      }
    }
    var run = runs.startIndex
    var newStrides: [Int] = []
    for extent in newShape {
      guard extent > 1 else {
        newStrides.append(0)
        continue
      }
      guard runs[run].extent.isMultiple(of: extent) else { return nil }
      newStrides.append(runs[run].stride)
      runs[run].extent /= extent
      runs[run].stride *= extent
      if runs[run].extent == 1 { run += 1 }
    }
    return Layout(shape: newShape, strides: newStrides, offset: offset)
  }
}

extension [Int] {
  /// A shape as messages show it: 2×3×4.
  @usableFromInline
  var text: String {
    isEmpty ? "rank 0" : map(String.init).joined(separator: "×")
  }
}
