internal import Foundation
internal import Matrix
internal import Optimization
internal import Presentation

extension Fit: CustomStringConvertible {
  /// A report: the parameters with standard errors and 95 % confidence intervals,
  /// how well the model fits, and what was verified.
  public var description: String { report() }

  /// A report with confidence intervals of this level.
  ///
  /// - Precondition: 0 < `level` < 1.
  public func report(level: Double = 0.95) -> String {
    let heading = """
      Fit of \(observations.responseName) by \
      \(observations.regressorNames.joined(separator: ", ")): \
      \(Self.count(observations.count, "observation")), \
      \(Self.count(parameters.count, "parameter"))
      """
    let facts = Table.labelled(facts)
    return """
      \(heading)

      \(Self.indented(parameterTable(level: level).description))

      \(Self.indented(facts))
      """
  }

  private func parameterTable(level: Double) -> Table {
    let hasNotes = parameters.contains { $0.standardError == nil }
    var table = Table(
      columns: [
        "parameter", "estimate", "standard error",
        "\(Self.percent(level)) confidence",
      ] + (hasNotes ? ["remark"] : []))
    for parameter in parameters {
      let interval = parameter.confidenceInterval(level: level)
      let note =
        switch parameter.status {
        case .estimated: parameter.standardError == nil ? "error unknown" : ""
        case .fixed: "fixed"
        case .atBound: "at its bound"
        case .undetermined: "not determined"
        }
      let cells = [
        parameter.name, Self.number(parameter.value, 10),
        parameter.standardError.map { Self.number($0, 6) } ?? "—",
        interval.map {
          "\(Self.number($0.lowerBound, 6)) to \(Self.number($0.upperBound, 6))"
        } ?? "—",
      ]
      table.append(cells + (hasNotes ? [note] : []))
    }
    return table
  }

  private var facts: [(String, String)] {
    var facts: [(String, String)] = [
      ("residual sum of squares", Self.number(residualSumOfSquares, 10)),
      (
        "residual standard deviation",
        (residualStandardDeviation.map { Self.number($0, 10) } ?? "unknown")
          + " on \(Self.count(degreesOfFreedom, "degree")) of freedom"
      ),
    ]
    if let r2 = determinationCoefficient {
      facts.append(("R²", Self.number(r2, 8)))
    }
    let freeCount = free.count
    if rank < freeCount {
      facts.append(
        ("rank", "\(rank) of \(freeCount): not all parameters are determined"))
    }
    facts.append(("verdict", certificate.description.firstLine))
    if let solution {
      facts.append(("method", solution.method))
      if let cause = solution.cause { facts.append(("stopped", "\(cause)")) }
      facts.append(
        (
          "cost",
          """
          \(Self.count(solution.iterations, "iteration")), \
          \(Format.seconds(solution.seconds))
          """
        ))
    } else {
      facts.append(("method", "QR with refinement"))
    }
    return facts
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// A level as a percentage, such as `95 %`.
  static func percent(_ level: Double) -> String {
    "\(number(100 * level, 6)) %"
  }

  private static func number(_ x: Double, _ digits: Int) -> String {
    x.isNaN ? "—" : String(format: "%.\(digits)g", x)
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n")
  }
}

extension String {
  fileprivate var firstLine: String {
    String(prefix { !$0.isNewline })
  }
}
