import Presentation

/// What one member of a group solves, and at what cost.
struct SearchResult: Codable, Equatable {
  /// What the members of the group have in common: a direction, for example.
  let group: String
  /// What is this one's own: its search.
  let name: String
  /// How many problems it solves.
  let solved: Int
  /// How many problems all of the group solve.
  let common: Int
  /// Evaluations of f and ∇f for those.
  let evaluations: Int

  static func table(_ results: [SearchResult], problems: Int) -> Table {
    var table = Table(
      columns: [
        "direction", "search", "solved of \(problems)", "evaluations",
        "for problems",
      ], textColumns: 2)
    for result in results {
      table.append([
        result.group, result.name, "\(result.solved)", "\(result.evaluations)",
        "\(result.common)",
      ])
    }
    return table
  }
}
