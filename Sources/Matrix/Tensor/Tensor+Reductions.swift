// Reductions. Along axes they give a tensor without those axes, or with extents
// of 1 in their place when `keepingAxes`, which then broadcasts back.
extension Tensor {
  /// The sums along the given axes; 0 along an axis of extent 0.
  ///
  /// - Precondition: the axes are different ones of this tensor.
  /// - Complexity: count additions.
  @inlinable
  public func sum(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    fold(axes, from: 0, { $0 }, +).dropping(keepingAxes ? [] : axes)
  }

  /// The means along the given axes; NaN along an axis of extent 0.
  ///
  /// - Precondition: the axes are different ones of this tensor.
  @inlinable
  public func mean(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    var result = sum(along: axes, keepingAxes: keepingAxes)
    // Not through the quotient of the counts, which is 0/0 for no elements.
    let terms = Scalar(axes.reduce(1) { $0 * shape[$1] })
    result.apply { $0 / terms }
    return result
  }

  /// The largest elements along the given axes.
  ///
  /// NaN where an element is NaN, −∞ along an axis of extent 0.
  ///
  /// - Precondition: the axes are different ones of this tensor.
  @inlinable
  public func maximum(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    fold(axes, from: -.infinity, { $0 }, Self.larger)
      .dropping(keepingAxes ? [] : axes)
  }

  /// The smallest elements along the given axes.
  ///
  /// NaN where an element is NaN, ∞ along an axis of extent 0.
  ///
  /// - Precondition: the axes are different ones of this tensor.
  @inlinable
  public func minimum(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    fold(axes, from: .infinity, { $0 }, Self.smaller)
      .dropping(keepingAxes ? [] : axes)
  }

  /// The Euclidean norms √(Σ t²) along the given axes, free of overflow and
  /// underflow.
  ///
  /// NaN where an element is NaN, ∞ where one is infinite and none is NaN.
  ///
  /// - Precondition: the axes are different ones of this tensor.
  /// - Complexity: count multiply-adds; further passes only when a sum of squares
  ///   leaves the safe range.
  @inlinable
  public func norm(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    var squares = fold(axes, from: 0, { $0 * $0 }, +)
    // The range in which a sum of squares is exact to rounding, as argued in
    // Vector.norm.
    let terms = axes.reduce(1) { $0 * shape[$1] }
    let smallest =
      Scalar.leastNormalMagnitude / Scalar.ulpOfOne * Scalar(terms + 1)
    if squares.storage.allSatisfy({ $0 > smallest && $0 < .infinity }) {
      squares.apply { $0.squareRoot() }
    } else {
      let scale = fold(axes, from: 0, \.magnitude, Self.larger)
      var ratios = self
      ratios.divide(by: scale)
      squares = ratios.fold(axes, from: 0, { $0 * $0 }, +)
      squares.combine(scale) { sum, scale in
        scale > 0 && scale < .infinity ? scale * sum.squareRoot() : scale
      }
    }
    return squares.dropping(keepingAxes ? [] : axes)
  }

  /// The sum of all elements.
  @inlinable
  public var sum: Scalar { sum(along: Array(0..<rank)).storage[0] }

  /// The mean of all elements; NaN when there are none.
  @inlinable
  public var mean: Scalar { mean(along: Array(0..<rank)).storage[0] }

  /// The largest element; NaN when one is NaN, −∞ when there are none.
  @inlinable
  public var maximum: Scalar { maximum(along: Array(0..<rank)).storage[0] }

  /// The smallest element; NaN when one is NaN, ∞ when there are none.
  @inlinable
  public var minimum: Scalar { minimum(along: Array(0..<rank)).storage[0] }

  /// The Euclidean norm √(Σ t²) of all elements, free of overflow and underflow.
  @inlinable
  public var norm: Scalar { norm(along: Array(0..<rank)).storage[0] }

  // NaN wins in both, unlike in Swift.max.

  @inlinable @inline(__always)
  static func larger(_ a: Scalar, _ b: Scalar) -> Scalar {
    a > b || a != a ? a : b
  }

  @inlinable @inline(__always)
  static func smaller(_ a: Scalar, _ b: Scalar) -> Scalar {
    a < b || a != a ? a : b
  }

  /// Folds `transform` of the elements along the given axes, whose extents become
  /// 1.
  ///
  /// `operation` is associative and commutative and `identity` its neutral
  /// element, so that the order is free.
  @inlinable @inline(__always)
  func fold(
    _ axes: [Int], from identity: Scalar,
    _ transform: (Scalar) -> Scalar,
    _ operation: (Scalar, Scalar) -> Scalar
  ) -> Tensor {
    var result = Tensor(repeating: identity, shape: layout.flattened(axes))
    let cells = result.layout
    read { x in
      result.write { t in
        layout.walk(cells) { i, j, count, step, cellStep in
          if step == 1 && cellStep == 1 {
            let (x, t) = (x + i, t + j)
            for k in 0..<count { t[k] = operation(t[k], transform(x[k])) }
            return
          }
          guard cellStep == 0 else {
            for k in 0..<count {
              let cell = j + k * cellStep
              t[cell] = operation(t[cell], transform(x[i + k * step]))
            }
            return
          }
          // All into one cell: four partial results run beside one another, and
          // those of a sum have a quarter of the roundings.
          var (a, b, c, d) = (t[j], identity, identity, identity)
          var k = 0
          while k + 4 <= count {
            let place = i + k * step
            a = operation(a, transform(x[place]))
            b = operation(b, transform(x[place + step]))
            c = operation(c, transform(x[place + 2 * step]))
            d = operation(d, transform(x[place + 3 * step]))
            k += 4
          }
          while k < count {
            a = operation(a, transform(x[i + k * step]))
            k += 1
          }
          t[j] = operation(operation(a, b), operation(c, d))
        }
      }
    }
    return result
  }

  /// This contiguous tensor without axes of extent 1.
  @inlinable
  func dropping(_ axes: [Int]) -> Tensor {
    axes.isEmpty
      ? self
      : reshaped(shape.indices.filter { !axes.contains($0) }.map { shape[$0] })
  }
}

extension Layout {
  /// The shape with extents of 1 for the given axes.
  @usableFromInline
  func flattened(_ axes: [Int]) -> [Int] {
    precondition(
      Set(axes).count == axes.count && axes.allSatisfy(shape.indices.contains),
      "axes \(axes) are not different axes of a tensor of \(shape.text)")
    return shape.indices.map { axes.contains($0) ? 1 : shape[$0] }
  }
}
