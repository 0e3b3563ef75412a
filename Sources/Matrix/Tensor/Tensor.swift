/// A dense array of `Float` or `Double` with any number of axes.
///
/// A value with shape, strides and storage. Slices, transposes, broadcasts and
/// most reshapes are views: they share the storage of their original and copy
/// nothing until one of the two is changed. The first axis is the contiguous
/// one, as in ``Matrix``, so that vectors and matrices become tensors and back
/// without copying, and a stack of matrices has its batch axis last.
///
///     let a: Tensor<Double> = [[1, 2, 3], [4, 5, 6]]       // 2×3
///     a[1, 2]                                // 6
///     a[0..., 1]                             // [2, 5], a view
///     a.sum(along: [0])                      // [5, 7, 9]
///     contract(a, "ij", a, "kj", into: "ik") // A Aᵀ, by gemm
///
/// Shapes that differ broadcast: aligned at the first axis, an axis of extent 1 or
/// a missing last one is repeated. A vector of m elements so broadcasts along
/// the columns of an m×n tensor, being one of them.
///
/// A change in place writes into the tensor's own storage and allocates nothing
/// when nobody shares it; a view of a part first copies that part.
public struct Tensor<Scalar: BLASScalar>: Sendable {
  @usableFromInline
  var layout: Layout
  @usableFromInline
  var storage: [Scalar]

  @inlinable
  init(_ layout: Layout, _ storage: [Scalar]) {
    self.layout = layout
    self.storage = storage
  }

  /// Takes over numbers stored with the first index running fastest, sharing
  /// their storage.
  ///
  /// - Precondition: as many numbers as the product of the extents, each of which is
  ///   at most `Int32.max`.
  /// - Complexity: O(rank), no copy of the numbers.
  @inlinable
  public init(shape: [Int], columnMajor numbers: [Scalar]) {
    layout = Layout(dense: shape)
    precondition(
      numbers.count == layout.count,
      "\(numbers.count) numbers for a tensor of \(shape.text)")
    storage = numbers
  }

  /// A tensor of one repeated number.
  @inlinable
  public init(repeating number: Scalar, shape: [Int]) {
    layout = Layout(dense: shape)
    storage = Array(repeating: number, count: layout.count)
  }

  /// A tensor of zeros.
  @inlinable
  public static func zeros(_ shape: [Int]) -> Tensor {
    Tensor(repeating: 0, shape: shape)
  }

  /// A tensor whose element at the indices (i₀, i₁, …) is `element([i₀, i₁, …])`.
  @inlinable
  public init(
    shape: [Int], _ element: (_ indices: [Int]) throws -> Scalar
  ) rethrows {
    layout = Layout(dense: shape)
    let count = layout.count
    var indices = [Int](repeating: 0, count: shape.count)
    storage = try Array(unsafeUninitializedCapacity: count) {
      buffer, filled in
      while filled < count {
        buffer.initializeElement(at: filled, to: try element(indices))
        filled += 1
        var k = 0
        while k < shape.count {
          indices[k] += 1
          if indices[k] < shape[k] { break }
          indices[k] = 0
          k += 1
        }
      }
    }
  }

  /// The extents of the axes.
  @inlinable
  public var shape: [Int] { layout.shape }

  /// How far apart in the storage two elements lie whose index differs by 1, for
  /// each axis.
  ///
  /// 0 on a broadcast axis, negative on one that was sliced backwards.
  @inlinable
  public var strides: [Int] { layout.strides }

  /// The number of axes.
  @inlinable
  public var rank: Int { layout.rank }

  /// The number of elements.
  @inlinable
  public var count: Int { layout.count }

  /// Whether the storage holds the elements and nothing else, the first index
  /// running fastest.
  @inlinable
  public var isContiguous: Bool {
    layout.isDense && layout.count == storage.count
  }

  /// The element at the given indices, one for each axis, from 0.
  ///
  /// - Precondition: as many indices as axes, each inside its axis.
  @inlinable
  public subscript(_ indices: Int...) -> Scalar {
    @inline(__always)
    get { storage[layout.place(indices)] }
    @inline(__always)
    set {
      makeWritable()
      storage[layout.place(indices)] = newValue
    }
  }

  /// The same elements in a storage of their own order.
  ///
  /// A view of a small part keeps the whole storage of its original alive; this
  /// lets go of it.
  ///
  /// - Complexity: O(1) when ``isContiguous``, else O(count) and an allocation.
  @inlinable
  public func contiguous() -> Tensor {
    isContiguous ? self : materialized(shape: shape) { $0 }
  }

  /// The tensor of `shape` whose elements are `transform` of those of this one,
  /// which broadcasts to it.
  @inlinable
  func materialized<Other: BLASScalar>(
    shape: [Int], _ transform: (Scalar) throws -> Other
  ) rethrows -> Tensor<Other> {
    let dense = Layout(dense: shape)
    let numbers = try [Other](unsafeUninitializedCapacity: dense.count) {
      buffer, filled in
      guard let target = buffer.baseAddress else { return }
      try read { source in
        try dense.walk(layout) { i, j, count, step, otherStep in
          for k in 0..<count {
            target[i + k * step] = try transform(source[j + k * otherStep])
          }
        }
      }
      filled = dense.count
    }
    return Tensor<Other>(dense, numbers)
  }

  /// Makes every number of the storage exactly one element, so that elements can
  /// be written where they are.
  @inlinable @inline(__always)
  mutating func makeWritable() {
    if !layout.covers(storage.count) { copyOut() }
  }

  /// Gives the elements a storage of their own.
  ///
  /// Out of line, so that writing an element stays small enough to inline.
  @inlinable @inline(never)
  mutating func copyOut() { self = materialized(shape: shape) { $0 } }
}

extension Tensor: Equatable {
  /// Whether shapes and elements are equal, wherever the elements lie.
  @inlinable
  public static func == (a: Tensor, b: Tensor) -> Bool {
    guard a.shape == b.shape else { return false }
    var equal = true
    a.read { x in
      b.read { y in
        a.layout.walk(b.layout) { i, j, count, step, otherStep in
          for k in 0..<count where x[i + k * step] != y[j + k * otherStep] {
            equal = false
            return
          }
        }
      }
    }
    return equal
  }
}

extension Tensor: Hashable {
  /// Feeds the shape and the elements, wherever they lie, to a hasher.
  @inlinable
  public func hash(into hasher: inout Hasher) {
    hasher.combine(shape)
    hasher.combine(columnMajor)
  }
}
