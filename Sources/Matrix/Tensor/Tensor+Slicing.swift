// Views. None of them copies a number, except a reshape that no strides express.
extension Tensor {
  /// The part that one selection per axis takes: an index drops its axis, a
  /// range or stride keeps it.
  ///
  ///     t[0..., 2]                               // column 2 of a matrix
  ///     t[1..<3, stride(from: 4, through: 0, by: -2), 0]
  ///
  /// Reading gives a view. Assigning copies the new value, which may broadcast, into
  /// the selected elements.
  ///
  /// - Precondition: as many selections as axes, each inside its axis.
  /// - Complexity: O(rank) to read.
  @inlinable
  public subscript(_ selections: any AxisSelection...) -> Tensor {
    get { Tensor(layout.sliced(selections), storage) }
    set {
      makeWritable()
      let part = layout.sliced(selections)
      newValue.read { source in
        write { target in
          part.walk(newValue.layout) { i, j, count, step, otherStep in
            for k in 0..<count {
              target[i + k * step] = source[j + k * otherStep]
            }
          }
        }
      }
    }
  }

  /// The view whose axis k is axis `axes[k]` of this tensor.
  ///
  /// - Precondition: `axes` is a permutation of 0 ..< rank.
  /// - Complexity: O(rank).
  @inlinable
  public func permuted(_ axes: [Int]) -> Tensor {
    Tensor(layout.permuted(axes), storage)
  }

  /// The view with the axes in reverse order: of rank 2, the transpose.
  ///
  /// - Complexity: O(rank).
  @inlinable
  public var transposed: Tensor { permuted(Array((0..<rank).reversed())) }

  /// The same elements, in the same order with the first index running fastest,
  /// under another shape.
  ///
  /// - Precondition: both shapes have equally many elements.
  /// - Complexity: O(rank) where strides express the new shape, as they always
  ///   do when the tensor is contiguous; else O(count) and an allocation.
  @inlinable
  public func reshaped(_ shape: [Int]) -> Tensor {
    if let view = layout.reshaped(shape) { return Tensor(view, storage) }
    return Tensor(shape: shape, columnMajor: columnMajor)
  }

  /// The view that repeats axes of extent 1 and missing last axes to fill
  /// `shape`.
  ///
  /// - Precondition: every other axis has the extent that `shape` gives it.
  /// - Complexity: O(rank).
  @inlinable
  public func broadcast(to shape: [Int]) -> Tensor {
    Tensor(layout.broadcast(to: shape), storage)
  }
}
