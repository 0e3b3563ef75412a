// Data of type `Double` have operators of their own, so that `y - x[0] * t` needs
// no conversion. They are disfavoured, so that a literal is a `Variable` without
// the compiler trying both.

extension Variable {
  /// The sum.
  @inlinable @inline(__always)
  public static func + (x: Variable, y: Variable) -> Variable {
    record(.add, x, y, x.storedValue + y.storedValue)
  }

  /// The difference.
  @inlinable @inline(__always)
  public static func - (x: Variable, y: Variable) -> Variable {
    record(.subtract, x, y, x.storedValue - y.storedValue)
  }

  /// The product.
  @inlinable @inline(__always)
  public static func * (x: Variable, y: Variable) -> Variable {
    record(.multiply, x, y, x.storedValue * y.storedValue)
  }

  /// The quotient.
  @inlinable @inline(__always)
  public static func / (x: Variable, y: Variable) -> Variable {
    record(.divide, x, y, x.storedValue / y.storedValue)
  }

  /// The sum with a constant.
  @inlinable @inline(__always) @_disfavoredOverload
  public static func + (x: Variable, y: Double) -> Variable { x + Variable(y) }

  /// The sum with a constant.
  @inlinable @inline(__always) @_disfavoredOverload
  public static func + (x: Double, y: Variable) -> Variable { Variable(x) + y }

  /// The difference to a constant.
  @inlinable @inline(__always) @_disfavoredOverload
  public static func - (x: Variable, y: Double) -> Variable { x - Variable(y) }

  /// The difference from a constant.
  @inlinable @inline(__always) @_disfavoredOverload
  public static func - (x: Double, y: Variable) -> Variable { Variable(x) - y }

  /// The product with a constant.
  @inlinable @inline(__always) @_disfavoredOverload
  public static func * (x: Variable, y: Double) -> Variable { x * Variable(y) }

  /// The product with a constant.
  @inlinable @inline(__always) @_disfavoredOverload
  public static func * (x: Double, y: Variable) -> Variable { Variable(x) * y }

  /// The quotient by a constant.
  @inlinable @inline(__always) @_disfavoredOverload
  public static func / (x: Variable, y: Double) -> Variable { x / Variable(y) }

  /// The quotient of a constant.
  @inlinable @inline(__always) @_disfavoredOverload
  public static func / (x: Double, y: Variable) -> Variable { Variable(x) / y }

  /// The negative.
  @inlinable @inline(__always)
  public static prefix func - (x: Variable) -> Variable {
    record(.negate, x, -x.storedValue)
  }

  /// Adds in place.
  @inlinable @inline(__always)
  public static func += (x: inout Variable, y: Variable) { x = x + y }

  /// Subtracts in place.
  @inlinable @inline(__always)
  public static func -= (x: inout Variable, y: Variable) { x = x - y }

  /// Multiplies in place.
  @inlinable @inline(__always)
  public static func *= (x: inout Variable, y: Variable) { x = x * y }

  /// Divides in place.
  @inlinable @inline(__always)
  public static func /= (x: inout Variable, y: Variable) { x = x / y }

  /// Adds a constant in place.
  @inlinable @inline(__always) @_disfavoredOverload
  public static func += (x: inout Variable, y: Double) { x = x + y }

  /// Subtracts a constant in place.
  @inlinable @inline(__always) @_disfavoredOverload
  public static func -= (x: inout Variable, y: Double) { x = x - y }

  /// Multiplies by a constant in place.
  @inlinable @inline(__always) @_disfavoredOverload
  public static func *= (x: inout Variable, y: Double) { x = x * y }

  /// Divides by a constant in place.
  @inlinable @inline(__always) @_disfavoredOverload
  public static func /= (x: inout Variable, y: Double) { x = x / y }

  /// Replaces by the negative.
  @inlinable
  public mutating func negate() { self = -self }

  /// x², one operation.
  @inlinable @inline(__always)
  public var squared: Variable {
    Variable.record(.square, self, storedValue * storedValue)
  }

  /// The constant 0.
  @inlinable
  public static var zero: Variable { Variable(0) }

  /// 1 / x, as `Double` gives it: nil where the reciprocal is not normal, though x
  /// is finite and not zero.
  @inlinable
  public var reciprocal: Variable? {
    let result = 1 / self
    return result.isNormal || isZero || !isFinite ? result : nil
  }
}

extension RealNumber {
  /// x².
  @inlinable @inline(__always)
  public var squared: Self { self * self }
}
