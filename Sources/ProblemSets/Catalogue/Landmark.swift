public import Matrix

/// What is known of a function at one place: a minimum, a saddle, a value that
/// is only approached.
///
/// Values and points are given to all digits of a `Double`, computed with 60
/// digits from the formula; the literature mostly gives six.
public struct Landmark: Equatable, Sendable {
  /// What kind of place it is.
  public enum Kind: String, Codable, Sendable {
    /// f is nowhere lower.
    case globalMinimum
    /// f is nowhere lower nearby, though it is elsewhere.
    case localMinimum
    /// ∇f = 0, and f is lower as close by as one likes.
    case saddle
    /// f tends to the value as x goes to infinity, and does not reach it.
    case atInfinity
  }

  /// What kind of place it is.
  public let kind: Kind
  /// f there.
  public let value: Double
  /// The place, or nil where it is at infinity or is described by the note.
  public let point: Vector<Double>?
  /// What else is to be known, or an empty string.
  ///
  /// That the place is one of many, for example, or where infinity lies.
  public let note: String

  /// Whether methods that minimise may end here.
  ///
  /// A run can follow a value at infinity until its gradient is as small as was
  /// asked for. From a saddle it would have to start with bad luck.
  public var isAcceptableEnd: Bool { kind != .saddle }

  /// A global minimum.
  public static func minimum(
    _ value: Double, at point: Vector<Double>? = nil, _ note: String = ""
  ) -> Landmark {
    Landmark(kind: .globalMinimum, value: value, point: point, note: note)
  }

  /// A minimum that is not the lowest.
  public static func localMinimum(
    _ value: Double, at point: Vector<Double>? = nil, _ note: String = ""
  ) -> Landmark {
    Landmark(kind: .localMinimum, value: value, point: point, note: note)
  }

  /// A saddle.
  public static func saddle(
    _ value: Double, at point: Vector<Double>? = nil, _ note: String = ""
  ) -> Landmark {
    Landmark(kind: .saddle, value: value, point: point, note: note)
  }

  /// A value that is approached where the note says.
  public static func atInfinity(_ value: Double, _ note: String) -> Landmark {
    Landmark(kind: .atInfinity, value: value, point: nil, note: note)
  }
}
