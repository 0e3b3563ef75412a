/// Sides of a constraint that no number satisfies.
public struct ConstraintError: Error, Equatable, CustomStringConvertible,
  Sendable
{
  /// The constraint, from 0, counted over all that were given.
  public let index: Int
  /// Its lower side.
  public let lower: Double
  /// Its upper side.
  public let upper: Double

  /// A sentence with the constraint and its sides.
  public var description: String {
    "constraint \(index): no number from \(lower) to \(upper)"
  }

  /// NaN equals NaN here, so that the error can be compared.
  public static func == (a: ConstraintError, b: ConstraintError) -> Bool {
    a.index == b.index && a.lower.bitPattern == b.lower.bitPattern
      && a.upper.bitPattern == b.upper.bitPattern
  }
}
