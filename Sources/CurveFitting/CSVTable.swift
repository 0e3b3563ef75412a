internal import Foundation
internal import SwiftCSV

/// The columns of a file of comma-, semicolon- or tab-separated values, the
/// first line of which names them.
struct CSVTable {
  private let file: String
  private let header: [String]
  private let rows: [[String]]
  /// The line on which each row begins, counted from 1.
  private let lines: [Int]

  /// Reads a file.
  init(contentsOf path: String) throws(DataError) {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw .unreadable(file: path, reason: error.localizedDescription)
    }
    try self.init(text, file: path)
  }

  /// Reads the text of a file.
  init(_ text: String, file: String) throws(DataError) {
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

  /// The numbers of a column.
  func column(_ name: String) throws(DataError) -> [Double] {
    guard let index = header.firstIndex(of: name) else {
      throw .noColumn(file: file, name: name, existing: header)
    }
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
  func column(
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

/// Why observations could not be read from a file.
public enum DataError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be read, or is not a table of separated values.
  case unreadable(file: String, reason: String)
  /// There is nothing below the names of the columns.
  case noRows(file: String)
  /// There is no column of this name.
  case noColumn(file: String, name: String, existing: [String])
  /// What stands in a row is not a finite number.
  case notANumber(file: String, line: Int, column: String, value: String)
  /// A number that cannot be what it is taken for.
  case outOfRange(
    file: String, line: Int, column: String, value: Double, kind: String)

  /// A sentence with file, line, column and value.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason):
      "\(file): \(reason)"
    case .noRows(let file):
      "\(file): no rows below the names of the columns"
    case .noColumn(let file, let name, let existing):
      """
      \(file), line 1: no column "\(name)" among \
      \(existing.map { "\"\($0)\"" }.joined(separator: ", "))
      """
    case .notANumber(let file, let line, let column, let value):
      "\(file), line \(line), column \"\(column)\": \"\(value)\" is not a number"
    case .outOfRange(let file, let line, let column, let value, let kind):
      "\(file), line \(line), column \"\(column)\": \(value) is not \(kind)"
    }
  }
}
