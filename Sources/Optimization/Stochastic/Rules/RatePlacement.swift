/// Where the learning rate enters a rule with momentum.
///
/// At a constant rate the steps are the same. When it changes, only one of the
/// two changes the steps that velocity carries over.
public enum RatePlacement: String, Codable, Sendable {
  /// v ← β v + w, x ← x − η v: a new rate scales the whole step.
  case afterMomentum
  /// v ← β v + η w, x ← x − v: velocity keeps the rates that made it.
  case beforeMomentum

  /// The factors on what enters the velocity, and on the velocity.
  @inline(__always)
  func split(_ rate: Double) -> (gain: Double, rate: Double) {
    switch self {
    case .afterMomentum: (1, rate)
    case .beforeMomentum: (rate, 1)
    }
  }

  var setting: String {
    switch self {
    case .afterMomentum: "rate after momentum"
    case .beforeMomentum: "rate before momentum"
    }
  }
}
