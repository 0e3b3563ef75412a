// Operators for reading comfort. Each makes a new vector; where a loop must not
// allocate, `add`, `scale` and `setSum` do the same in place.
extension Vector {
  /// The elementwise sum.
  ///
  /// - Precondition: equal counts.
  @inlinable
  public static func + (a: Vector, b: Vector) -> Vector {
    var result = a
    result.add(b)
    return result
  }

  /// The elementwise difference.
  ///
  /// - Precondition: equal counts.
  @inlinable
  public static func - (a: Vector, b: Vector) -> Vector {
    var result = a
    result.add(b, scaledBy: -1)
    return result
  }

  /// The negated vector.
  @inlinable
  public static prefix func - (a: Vector) -> Vector {
    var result = a
    result.scale(by: -1)
    return result
  }

  /// The vector scaled by a number.
  @inlinable
  public static func * (alpha: Scalar, a: Vector) -> Vector {
    var result = a
    result.scale(by: alpha)
    return result
  }

  /// The vector scaled by a number.
  @inlinable
  public static func * (a: Vector, alpha: Scalar) -> Vector { alpha * a }

  /// Adds another vector in place.
  ///
  /// - Precondition: equal counts.
  @inlinable
  public static func += (a: inout Vector, b: Vector) { a.add(b) }

  /// Subtracts another vector in place.
  ///
  /// - Precondition: equal counts.
  @inlinable
  public static func -= (a: inout Vector, b: Vector) {
    a.add(b, scaledBy: -1)
  }

  /// Scales in place.
  @inlinable
  public static func *= (a: inout Vector, alpha: Scalar) { a.scale(by: alpha) }
}
