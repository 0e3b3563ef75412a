/// Where ε is added to the root that a step is divided by.
public enum EpsilonPlacement: String, Codable, Sendable {
  /// √(s + ε).
  case insideRoot
  /// √s + ε.
  case outsideRoot

  @inline(__always)
  func split(_ epsilon: Double) -> (inside: Double, outside: Double) {
    switch self {
    case .insideRoot: (epsilon, 0)
    case .outsideRoot: (0, epsilon)
    }
  }

  var setting: String {
    switch self {
    case .insideRoot: "ε inside the root"
    case .outsideRoot: "ε outside the root"
    }
  }
}
