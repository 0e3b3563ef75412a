import Presentation

extension ProgramReport: CustomStringConvertible {
  /// The verdict, what it rests on, and a table of variables and one of rows.
  var description: String {
    var parts = [
      heading, Table.labelled(findings),
      table("variable", variables).description,
    ]
    if !rows.isEmpty { parts.append(table("row", rows).description) }
    return parts.joined(separator: "\n\n")
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private var heading: String {
    let verdict =
      switch status {
      case .optimal: "Optimal, verified"
      case .infeasible:
        "Infeasible, verified: no point satisfies the constraints"
      case .unbounded:
        isMaximum
          ? "Unbounded, verified: the objective rises forever along the ray"
          : "Unbounded, verified: the objective falls forever along the ray"
      case .notVerified: "Not verified"
      }
    return """
      \(name.isEmpty ? file : name): \(count(variables.count, "variable")), \
      \(count(rows.count, "row")), \(isMaximum ? "maximum" : "minimum")
      \(verdict)
      """
  }

  private var findings: [(String, String)] {
    func residual(_ r: Double) -> String {
      Format.number(r) + (r <= tolerance ? " ≤ " : " > ")
        + Format.number(tolerance)
    }
    var lines: [(String, String)] = []
    if let objective {
      lines.append(("objective", Self.number(objective)))
    }
    if let residuals {
      lines.append(("primal", residual(residuals.primal)))
      lines.append(("dual", residual(residuals.dual)))
      lines.append(("gap", residual(residuals.gap)))
    }
    if status == .infeasible {
      lines.append(
        (
          "proof",
          infeasibilityRadius.map { "none with ‖x‖₁ < \(Format.number($0))" }
            ?? "none at all"
        ))
    }
    lines.append(("method", method))
    lines.append(
      (
        "cost",
        count(iterations, "iteration") + ", "
          + count(factorizations, "factorization")
      ))
    lines.append(("time", Format.seconds(seconds)))
    return lines + notes.map { ("note", $0) }
  }

  private func table(_ kind: String, _ entries: [Entry]) -> Table {
    let isRay = status == .unbounded
    var table = Table(columns: [
      kind, "value", "lower", "upper", isRay ? "ray" : "multiplier",
    ])
    for entry in entries {
      table.append([
        entry.name, Self.number(entry.value),
        entry.lower.map(Self.number) ?? "−∞",
        entry.upper.map(Self.number) ?? "∞",
        Self.number(isRay ? entry.ray ?? 0 : entry.multiplier),
      ])
    }
    return table
  }

  /// Ten digits, without zeros at the end.
  private static func number(_ x: Double) -> String {
    let text = Format.number(x, digits: 10)
    guard text.contains("."), !text.contains("e") else { return text }
    let trimmed = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
    return String(trimmed.reversed())
  }
}
