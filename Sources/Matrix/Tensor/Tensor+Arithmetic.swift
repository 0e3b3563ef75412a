// Elementwise arithmetic. In place, the other operand broadcasts to the shape
// of this one; the operators broadcast both.
extension Tensor {
  /// t ← operation(t, other), element by element, in place.
  ///
  /// - Precondition: `other` broadcasts to this tensor's shape.
  /// - Complexity: one pass, no allocation.
  @inlinable @inline(__always)
  public mutating func combine(
    _ other: Tensor, _ operation: (Scalar, Scalar) throws -> Scalar
  ) rethrows {
    makeWritable()
    let layout = layout
    try other.read { y in
      try write { x in
        try layout.walk(other.layout) { i, j, count, step, otherStep in
          // The common cases apart, so that the compiler can vectorise them.
          if step == 1 && otherStep == 1 {
            let (x, y) = (x + i, y + j)
            for k in 0..<count { x[k] = try operation(x[k], y[k]) }
          } else if step == 1 && otherStep == 0 {
            let (x, number) = (x + i, y[j])
            for k in 0..<count { x[k] = try operation(x[k], number) }
          } else {
            for k in 0..<count {
              let place = i + k * step
              x[place] = try operation(x[place], y[j + k * otherStep])
            }
          }
        }
      }
    }
  }

  /// t ← t + α other, in place.
  ///
  /// - Precondition: `other` broadcasts to this tensor's shape.
  @inlinable
  public mutating func add(_ other: Tensor, scaledBy alpha: Scalar = 1) {
    combine(other) { $0 + alpha * $1 }
  }

  /// t ← t − other, in place.
  ///
  /// - Precondition: `other` broadcasts to this tensor's shape.
  @inlinable
  public mutating func subtract(_ other: Tensor) {
    combine(other) { $0 - $1 }
  }

  /// t ← t · other, element by element, in place.
  ///
  /// - Precondition: `other` broadcasts to this tensor's shape.
  @inlinable
  public mutating func multiply(by other: Tensor) {
    combine(other) { $0 * $1 }
  }

  /// t ← t / other, element by element, in place.
  ///
  /// - Precondition: `other` broadcasts to this tensor's shape.
  @inlinable
  public mutating func divide(by other: Tensor) {
    combine(other) { $0 / $1 }
  }

  /// t ← α t, in place.
  @inlinable
  public mutating func scale(by alpha: Scalar) { apply { alpha * $0 } }

  /// t ← transform(t), element by element, in place.
  ///
  /// - Complexity: one pass, no allocation.
  @inlinable @inline(__always)
  public mutating func apply(
    _ transform: (Scalar) throws -> Scalar
  ) rethrows {
    // A tensor that may be written has its elements alone in its storage, so
    // that their order does not matter.
    makeWritable()
    let count = count
    try write { x in
      for k in 0..<count { x[k] = try transform(x[k]) }
    }
  }

  /// Sets every element to one number, in place.
  @inlinable
  public mutating func fill(with number: Scalar) { apply { _ in number } }

  /// Copies the elements of another tensor into this one's own storage.
  ///
  /// - Precondition: `other` broadcasts to this tensor's shape.
  @inlinable
  public mutating func copy(from other: Tensor) { combine(other) { $1 } }

  /// The tensor of `transform` of each element; also the way from one scalar
  /// type to another.
  @inlinable
  public func map<Other: BLASScalar>(
    _ transform: (Scalar) throws -> Other
  ) rethrows -> Tensor<Other> {
    try materialized(shape: shape, transform)
  }

  /// The elementwise sum.
  ///
  /// - Precondition: the shapes broadcast to one another.
  @inlinable
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    var result = a.widened(for: b)
    result.add(b)
    return result
  }

  /// The elementwise difference.
  ///
  /// - Precondition: the shapes broadcast to one another.
  @inlinable
  public static func - (a: Tensor, b: Tensor) -> Tensor {
    var result = a.widened(for: b)
    result.subtract(b)
    return result
  }

  /// The elementwise product.
  ///
  /// - Precondition: the shapes broadcast to one another.
  @inlinable
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    var result = a.widened(for: b)
    result.multiply(by: b)
    return result
  }

  /// The negated tensor.
  @inlinable
  public static prefix func - (a: Tensor) -> Tensor { a.map { -$0 } }

  /// The tensor scaled by a number.
  @inlinable
  public static func * (alpha: Scalar, a: Tensor) -> Tensor {
    a.map { alpha * $0 }
  }

  /// The tensor scaled by a number.
  @inlinable
  public static func * (a: Tensor, alpha: Scalar) -> Tensor { alpha * a }

  /// Adds another tensor in place.
  ///
  /// - Precondition: `b` broadcasts to the shape of `a`.
  @inlinable
  public static func += (a: inout Tensor, b: Tensor) { a.add(b) }

  /// Subtracts another tensor in place.
  ///
  /// - Precondition: `b` broadcasts to the shape of `a`.
  @inlinable
  public static func -= (a: inout Tensor, b: Tensor) { a.subtract(b) }

  /// Multiplies by another tensor in place, element by element.
  ///
  /// - Precondition: `b` broadcasts to the shape of `a`.
  @inlinable
  public static func *= (a: inout Tensor, b: Tensor) { a.multiply(by: b) }

  /// Scales in place.
  @inlinable
  public static func *= (a: inout Tensor, alpha: Scalar) { a.scale(by: alpha) }

  /// This tensor, broadcast to the shape that it and `other` have in common.
  @inlinable
  func widened(for other: Tensor) -> Tensor {
    shape == other.shape
      ? self : broadcast(to: layout.commonShape(other.layout))
  }
}
