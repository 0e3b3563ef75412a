/// Why data could not be read from a file.
public enum DataError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be read, or is not a table of separated values.
  case unreadable(file: String, reason: String)
  /// There is nothing below the names of the columns.
  case noRows(file: String)
  /// There is no line with a sample.
  case noSamples(file: String)
  /// There is no column of this name.
  case noColumn(file: String, name: String, existing: [String])
  /// What stands in a row is not a finite number.
  case notANumber(file: String, line: Int, column: String, value: String)
  /// A row has more values than there are columns.
  case wrongFieldCount(file: String, line: Int, found: Int, expected: Int)
  /// Two columns have the same name.
  case repeatedColumn(file: String, name: String)
  /// Nothing stands where a name is needed.
  case missing(file: String, line: Int, column: String)
  /// What stands at a place of a line, counted from 1 in bytes, cannot be there.
  case malformed(
    file: String, line: Int, position: Int, value: String, problem: String)
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
    case .noSamples(let file):
      "\(file): no samples"
    case .noColumn(let file, let name, let existing):
      """
      \(file), line 1: no column "\(name)" among \
      \(existing.map { "\"\($0)\"" }.joined(separator: ", "))
      """
    case .notANumber(let file, let line, let column, let value):
      "\(file), line \(line), column \"\(column)\": \"\(value)\" is not a number"
    case .wrongFieldCount(let file, let line, let found, let expected):
      "\(file), line \(line): \(found) values in \(expected) columns"
    case .repeatedColumn(let file, let name):
      "\(file), line 1: two columns are named \"\(name)\""
    case .missing(let file, let line, let column):
      "\(file), line \(line), column \"\(column)\": nothing stands there"
    case .malformed(let file, let line, let position, let value, let problem):
      "\(file), line \(line), column \(position): \"\(value)\" \(problem)"
    case .outOfRange(let file, let line, let column, let value, let kind):
      "\(file), line \(line), column \"\(column)\": \(value) is not \(kind)"
    }
  }
}
