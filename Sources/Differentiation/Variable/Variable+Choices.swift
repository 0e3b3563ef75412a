// |x|, max and min are operations, not decisions: a replay follows them without
// recording anew. At a kink they have the derivative stated here, an element of
// the subdifferential.

extension Variable {
  /// |x|; its derivative is sign x, and 0 at x = 0.
  @inlinable
  public var magnitude: Variable {
    Variable.record(.abs, self, storedValue.magnitude)
  }

  /// The larger of two.
  ///
  /// The derivative is that of the larger, of `x` where both are equal. NaN gives
  /// way to a number.
  @inlinable
  public static func maximum(_ x: Variable, _ y: Variable) -> Variable {
    let first = x.storedValue >= y.storedValue || y.storedValue.isNaN
    return record(.maximum, x, y, first ? x.storedValue : y.storedValue)
  }

  /// The smaller of two.
  ///
  /// The derivative is that of the smaller, of `x` where both are equal. NaN gives
  /// way to a number.
  @inlinable
  public static func minimum(_ x: Variable, _ y: Variable) -> Variable {
    let first = x.storedValue <= y.storedValue || y.storedValue.isNaN
    return record(.minimum, x, y, first ? x.storedValue : y.storedValue)
  }

  /// The one of larger magnitude, by a decision.
  public static func maximumMagnitude(_ x: Variable, _ y: Variable) -> Variable
  {
    if y.isNaN || x.magnitude > y.magnitude { return x }
    return x.isNaN || x.magnitude < y.magnitude ? y : maximum(x, y)
  }

  /// The one of smaller magnitude, by a decision.
  public static func minimumMagnitude(_ x: Variable, _ y: Variable) -> Variable
  {
    if y.isNaN || x.magnitude < y.magnitude { return x }
    return x.isNaN || x.magnitude > y.magnitude ? y : minimum(x, y)
  }
}

/// The larger of two; the derivative is that of the larger, of `x` where both are
/// equal.
@inlinable
public func max(_ x: Variable, _ y: Variable) -> Variable {
  .maximum(x, y)
}

/// The smaller of two; the derivative is that of the smaller, of `x` where both
/// are equal.
@inlinable
public func min(_ x: Variable, _ y: Variable) -> Variable {
  .minimum(x, y)
}
