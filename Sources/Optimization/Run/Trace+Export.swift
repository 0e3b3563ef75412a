internal import Foundation

extension Trace {
  /// The rows as comma-separated values under a header line, RFC 4180.
  ///
  /// Numbers are written with the digits that give the same number back; those
  /// that are not finite as `nan`, `inf` and `-inf`, which spreadsheets and
  /// numerical languages read.
  public var csv: String {
    var lines = [
      "iteration,value,gradientNorm,stepLength,stepNorm,evaluations,seconds"
    ]
    for row in rows {
      let cells = [
        "\(row.iteration)", digits(row.value), digits(row.gradientNorm),
        digits(row.stepLength), digits(row.stepNorm), "\(row.evaluations)",
        digits(row.seconds),
      ]
      lines.append(cells.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The rows as a JSON array of objects, one a line.
  ///
  /// Numbers are written with the digits that give the same number back; those
  /// that are not finite, for which JSON has no numbers, as the strings `"nan"`,
  /// `"inf"` and `"-inf"`.
  public var json: String {
    func number(_ x: Double) -> String {
      x.isFinite ? digits(x) : "\"\(digits(x))\""
    }
    let objects = rows.map { row in
      """
      {"iteration":\(row.iteration),"value":\(number(row.value)),\
      "gradientNorm":\(number(row.gradientNorm)),\
      "stepLength":\(number(row.stepLength)),\
      "stepNorm":\(number(row.stepNorm)),"evaluations":\(row.evaluations),\
      "seconds":\(number(row.seconds))}
      """
    }
    return objects.isEmpty
      ? "[]\n" : "[\n" + objects.joined(separator: ",\n") + "\n]\n"
  }

  /// The shortest digits that read back as the same number; NaN without a sign.
  private func digits(_ x: Double) -> String { x.isNaN ? "nan" : "\(x)" }

  /// Writes the rows to a file, as JSON when its name ends in `.json` and as
  /// comma-separated values otherwise.
  ///
  /// The file appears whole or not at all.
  ///
  /// - Throws: what the file system says.
  public func write(to path: String) throws {
    let isJSON = path.lowercased().hasSuffix(".json")
    try Data((isJSON ? json : csv).utf8).write(
      to: URL(fileURLWithPath: path), options: .atomic)
  }
}
