/// A table of texts, printed in aligned columns or as HTML.
///
/// The first columns, texts, are aligned to the left, the others, numbers, to the
/// right.
package struct Table: CustomStringConvertible {
  /// The columns' headings.
  package let columns: [String]
  /// How many of the columns are texts.
  package let textColumns: Int
  /// The rows, each of as many cells as there are columns.
  package private(set) var rows: [[String]] = []

  package init(columns: [String], textColumns: Int = 1) {
    self.columns = columns
    self.textColumns = textColumns
  }

  /// Adds a row.
  ///
  /// - Precondition: as many cells as columns.
  package mutating func append(_ cells: [String]) {
    precondition(
      cells.count == columns.count,
      "\(cells.count) cells for \(columns.count) columns")
    rows.append(cells)
  }

  /// The columns' widths in characters.
  package var widths: [Int] {
    columns.indices.map { j in
      ([columns] + rows).map { $0[j].count }.max() ?? 0
    }
  }

  /// Heading, rule and rows, two spaces between columns.
  package var description: String {
    let widths = widths
    let rule = widths.map { String(repeating: "─", count: $0) }
    let lines = ([columns] + rows).map {
      Self.line($0, widths, textColumns: textColumns)
    }
    return ([lines[0], rule.joined(separator: "  ")] + lines.dropFirst())
      .joined(separator: "\n")
  }

  /// Cells padded to their columns' widths.
  ///
  /// Also for output that appears row by row, where the widths have to be known
  /// beforehand.
  package static func line(
    _ cells: [String], _ widths: [Int], textColumns: Int = 1
  ) -> String {
    var line = ""
    for (j, (cell, width)) in zip(cells, widths).enumerated() {
      let padding = String(repeating: " ", count: max(0, width - cell.count))
      line += j == 0 ? "" : "  "
      line += j < textColumns ? cell + padding : padding + cell
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  /// The table as an HTML element.
  package var html: String {
    func row(_ cells: [String], _ element: String) -> String {
      let cells = cells.enumerated().map { j, cell in
        let kind = j < textColumns ? " class=\"text\"" : ""
        return "<\(element)\(kind)>\(escaped(cell))</\(element)>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    let body = rows.map { row($0, "td") }.joined(separator: "\n")
    return """
      <table>
      <thead>\(row(columns, "th"))</thead>
      <tbody>
      \(body)
      </tbody>
      </table>
      """
  }

  /// The table in GitHub's Markdown.
  package var markdown: String {
    func line(_ cells: [String]) -> String {
      // A bar would end the cell.
      let cells = cells.map { $0.replacing("|", with: "\\|") }
      return "| \(cells.joined(separator: " | ")) |"
    }
    let rule = columns.indices.map { $0 < textColumns ? "---" : "---:" }
    return ([columns, rule] + rows).map(line).joined(separator: "\n")
  }

  /// Labels and what they stand for, the latter aligned.
  package static func labelled(_ lines: [(String, String)]) -> String {
    let width = lines.map(\.0.count).max() ?? 0
    return lines.map { line($0.0, $0.1, width) }.joined(separator: "\n")
  }

  private static func line(
    _ label: String, _ text: String, _ width: Int
  ) -> String {
    Self.line([label, text], [width, 0], textColumns: 2)
  }
}
