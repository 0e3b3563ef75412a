internal import Foundation
internal import SwiftCSV

/// The columns of a file of comma-, semicolon- or tab-separated values, the
/// first line of which names them.
package struct CSVTable {
  private let file: String
  /// The names of the columns.
  package let header: [String]
  private let rows: [[String]]
  /// The line on which each row begins, counted from 1.
  private let lines: [Int]

  /// Reads a file.
  package init(contentsOf path: String) throws(DataError) {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw .unreadable(file: path, reason: error.localizedDescription)
    }
    try self.init(text, file: path)
  }

  /// Reads the text of a file.
  package init(_ text: String, file: String) throws(DataError) {
    guard text.utf8.count(where: { $0 == UInt8(ascii: "\"") }) % 2 == 0 else {
      throw .unreadable(file: file, reason: "a quote that is never closed")
    }
    let csv: EnumeratedCSV
    do {
      csv = try EnumeratedCSV(string: text, loadColumns: false)
    } catch {
      throw .unreadable(file: file, reason: "\(error)")
    }
    self.file = file
    header = csv.header.map(Self.trimmed)
    var (rows, lines): ([[String]], [Int]) = ([], [])
    // A quoted field may run over several lines.
    func lineCount(_ fields: [String]) -> Int {
      1 + fields.reduce(0) { $0 + $1.count { $0.isNewline } }
    }
    var line = 1 + lineCount(csv.header)
    for row in csv.rows {
      let fields = row.map(Self.trimmed)
      if fields.contains(where: { !$0.isEmpty }) {
        rows.append(fields)
        lines.append(line)
      }
      line += lineCount(row)
    }
    guard !rows.isEmpty else { throw .noRows(file: file) }
    self.rows = rows
    self.lines = lines
  }

  /// The number of rows below the header.
  package var count: Int { rows.count }

  /// Throws where a row has more fields than the header has names, or two columns
  /// have one name.
  ///
  /// A row that has fewer fields reads as one that ends with empty ones.
  package func checkFields() throws(DataError) {
    for (i, name) in header.enumerated() where header[..<i].contains(name) {
      throw .repeatedColumn(file: file, name: name)
    }
    for (fields, line) in zip(rows, lines) {
      let filled = 1 + (fields.lastIndex { !$0.isEmpty } ?? 0)
      guard filled <= header.count else {
        throw .wrongFieldCount(
          file: file, line: line, found: filled, expected: header.count)
      }
    }
  }

  /// The fields of a column as they stand, none of them empty.
  package func text(_ name: String) throws(DataError) -> [String] {
    let index = try index(of: name)
    var texts: [String] = []
    for (fields, line) in zip(rows, lines) {
      let field = index < fields.count ? fields[index] : ""
      guard !field.isEmpty else {
        throw .missing(file: file, line: line, column: name)
      }
      texts.append(field)
    }
    return texts
  }

  private func index(of name: String) throws(DataError) -> Int {
    guard let index = header.firstIndex(of: name) else {
      throw .noColumn(file: file, name: name, existing: header)
    }
    return index
  }

  /// The numbers of a column.
  package func column(_ name: String) throws(DataError) -> [Double] {
    let index = try index(of: name)
    var numbers: [Double] = []
    numbers.reserveCapacity(rows.count)
    for (fields, line) in zip(rows, lines) {
      let field = index < fields.count ? fields[index] : ""
      guard let number = Double(field), number.isFinite else {
        throw .notANumber(file: file, line: line, column: name, value: field)
      }
      numbers.append(number)
    }
    return numbers
  }

  /// The numbers of a column that satisfy a condition.
  package func column(
    _ name: String, where holds: (Double) -> Bool, kind: String
  ) throws(DataError) -> [Double] {
    let numbers = try column(name)
    for (number, line) in zip(numbers, lines) where !holds(number) {
      throw .outOfRange(
        file: file, line: line, column: name, value: number, kind: kind)
    }
    return numbers
  }

  private static func trimmed(_ text: String) -> String {
    text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
