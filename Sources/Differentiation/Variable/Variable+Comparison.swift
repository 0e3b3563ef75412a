// A comparison has no derivative, but it decides what is computed next. Its
// outcome is noted beside the operations; where a replay finds another outcome,
// the function is recorded anew. NaN compares as IEEE 754 has it, and so does its
// replay.

extension Variable: Comparable, Hashable {
  /// Whether the values are equal.
  @inlinable
  public static func == (x: Variable, y: Variable) -> Bool {
    let outcome = x.storedValue == y.storedValue
    if x.tape != nil || y.tape != nil {
      note(.equal, x, y, outcome: outcome ? 1 : 0)
    }
    return outcome
  }

  /// Whether the value is less.
  @inlinable
  public static func < (x: Variable, y: Variable) -> Bool {
    let outcome = x.storedValue < y.storedValue
    if x.tape != nil || y.tape != nil {
      note(.less, x, y, outcome: outcome ? 1 : 0)
    }
    return outcome
  }

  /// Whether the value is less or equal.
  @inlinable
  public static func <= (x: Variable, y: Variable) -> Bool {
    let outcome = x.storedValue <= y.storedValue
    if x.tape != nil || y.tape != nil {
      note(.lessOrEqual, x, y, outcome: outcome ? 1 : 0)
    }
    return outcome
  }

  /// Whether the value is greater.
  @inlinable
  public static func > (x: Variable, y: Variable) -> Bool { y < x }

  /// Whether the value is greater or equal.
  @inlinable
  public static func >= (x: Variable, y: Variable) -> Bool { y <= x }

  /// Whether the values are equal.
  @inlinable
  public func isEqual(to other: Variable) -> Bool { self == other }

  /// Whether the value is less.
  @inlinable
  public func isLess(than other: Variable) -> Bool { self < other }

  /// Whether the value is less or equal.
  @inlinable
  public func isLessThanOrEqualTo(_ other: Variable) -> Bool { self <= other }

  /// Whether the value comes before in the total order of IEEE 754.
  public func isTotallyOrdered(belowOrEqualTo other: Variable) -> Bool {
    value.isTotallyOrdered(belowOrEqualTo: other.value)
  }

  /// Hashes the value, which thereby counts as read.
  public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
