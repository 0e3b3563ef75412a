internal import Matrix

/// What a certificate found of the bounds on the variables.
///
/// At a minimum within bounds the multiplier of an active bound is the derivative
/// ∂f/∂xᵢ: at least 0 at a lower bound, at most 0 at an upper one. It says by how
/// much f would change if the bound moved.
public struct ActiveBounds: Codable, Equatable, Sendable {
  /// A variable that a bound holds.
  public struct Element: Codable, Equatable, Sendable {
    /// The variable, from 0.
    public let index: Int
    /// Which bound holds it.
    public let side: Bounds.Side
    /// The bound.
    public let bound: Double
    /// ∂f/∂xᵢ.
    public let multiplier: Double
  }

  /// The variables that a bound holds, in order.
  public let elements: [Element]
  /// How far the variable is outside that is farthest, 0 within the bounds.
  public let violation: Double
  /// The variables at a bound with a multiplier of at most the gradient's tolerance,
  /// so that its sign is not certain; in order.
  public let weak: [Int]

  /// Whether every variable at a bound has a multiplier beyond the gradient's
  /// tolerance.
  ///
  /// Then x stays a minimum of the same bounds when f is changed a little, and the
  /// second derivatives along the free variables decide.
  public var isStrictlyComplementary: Bool { weak.isEmpty }

  init(of point: Point, within bounds: Bounds, tolerance: Double) {
    var elements: [Element] = []
    var (violation, weak) = (0.0, [Int]())
    for i in 0..<bounds.count {
      let (x, g) = (point.x[i], point.gradient[i])
      let (l, u) = (bounds.lower[i], bounds.upper[i])
      violation = x.isNaN ? .nan : max(violation, l - x, x - u)
      let side = bounds.side(i, at: x, slope: g, value: point.value)
      if side != .fixed && abs(g) <= tolerance
        && (side != nil || x == l || x == u)
      {
        weak.append(i)
      }
      guard let side else { continue }
      let bound = side == .upper ? u : l
      elements.append(
        Element(index: i, side: side, bound: bound, multiplier: g))
    }
    self.elements = elements
    self.violation = violation
    self.weak = weak
  }
}

extension ActiveBounds: CustomStringConvertible {
  /// How many variables are held, and the first of them with their multipliers.
  ///
  ///     2 of 3 held: x₀ ≥ 0 (multiplier 3.2), x₂ ≤ 1 (multiplier -0.5)
  public var description: String {
    var parts = elements.prefix(4).map(\.description)
    if elements.count > 4 { parts.append("…") }
    var text = elements.count == 1 ? "1 holds" : "\(elements.count) hold"
    if !parts.isEmpty { text += ": " + parts.joined(separator: ", ") }
    if !weak.isEmpty { text += "; \(weak.count) without a certain sign" }
    if violation > 0 {
      text += "; violated by \(violation.rounded(digits: 3))"
    }
    return text
  }
}

extension ActiveBounds.Element: CustomStringConvertible {
  /// The variable with its bound and multiplier.
  public var description: String {
    let sign =
      switch side {
      case .lower: "≥"
      case .upper: "≤"
      case .fixed: "="
      }
    return "x[\(index)] \(sign) \(bound.rounded(digits: 4)) "
      + "(multiplier \(multiplier.rounded(digits: 3)))"
  }
}
