/// A data file that cannot be read.
public struct MalformedData: Error, Equatable, CustomStringConvertible {
  /// The file's name.
  public let file: String
  /// The line, counted from 1.
  public let line: Int
  /// What stands there instead of what.
  public let problem: String

  /// File, line and problem in one line.
  public var description: String { "\(file), line \(line): \(problem)" }
}
