// There are no operators between a variable and a `Double`: with three candidates for
// each `*`, where literals may be either, the compiler gives up on formulas of a
// dozen operations. Literals are variables, and data becomes one by `Variable(t)`.

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
