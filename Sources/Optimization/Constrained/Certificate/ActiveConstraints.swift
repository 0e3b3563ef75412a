/// The constraints and bounds whose sides a point is at.
public struct ActiveConstraints: Codable, Equatable, Sendable {
  /// The constraints, from 0, in order; equalities among them.
  public let constraints: [Int]
  /// The variables at a bound, from 0, in order.
  public let variables: [Int]
  /// The rank of their normals.
  public let rank: Int
  /// How many of the inequalities among them have a multiplier that cannot be told
  /// from 0.
  public let weakCount: Int

  /// How many sides the point is at.
  public var count: Int { constraints.count + variables.count }

  /// Whether the normals of the active sides are linearly independent, so that the
  /// multipliers are the only ones, and every minimum has some.
  public var areIndependent: Bool { rank == count }
}

extension ActiveConstraints: CustomStringConvertible {
  /// How many sides are active, and whether their normals are independent.
  public var description: String {
    guard count > 0 else { return "none" }
    var text = "\(constraints.count) of the constraints"
    if !variables.isEmpty {
      text +=
        variables.count == 1 ? ", 1 bound" : ", \(variables.count) bounds"
    }
    text +=
      areIndependent
      ? "; independent"
      : "; of rank \(rank), so that multipliers are not unique"
    if weakCount > 0 { text += "; \(weakCount) with a multiplier of 0" }
    return text
  }
}
