/// What is wrong with a QPS file, and on which line.
public struct QPSError: Error, Equatable, Sendable {
  /// What is wrong.
  public enum Problem: Equatable, Sendable {
    /// A section of this name is not known.
    case unknownSection(String)
    /// Data before the first section, or in one that has none.
    case dataOutsideSection
    /// So many fields make no entry of this section.
    case fieldCount(Int, section: String)
    /// This is no number, or not a finite one where it has to be.
    case notANumber(String)
    /// A row of this kind is none of N, L, G and E.
    case unknownRowKind(String)
    /// A bound of this kind is not known.
    case unknownBoundKind(String)
    /// No row, or no column, has this name.
    case unknownRow(String)
    /// No column has this name.
    case unknownColumn(String)
    /// A row, a column that was left, or a quadratic element comes twice.
    case duplicate(String)
    /// The column has to be an integer, which this package does not do.
    case integer(String)
    /// Elements (i, j) and (j, i) of the quadratic part differ, or only one is
    /// there, in a section that lists both.
    case notSymmetric(String, String)
    /// The bounds of this column cross.
    case crossedBounds(String, lower: Double, upper: Double)
    /// There is no objective row.
    case noObjective
    /// The file ends before ENDATA.
    case unexpectedEnd
    /// The file cannot be read as text.
    case unreadable(String)
    /// The numbers make no convex program.
    case program(QuadraticProgramError)
  }

  /// The line, from 1; the last one for what is found out at the end.
  public let line: Int
  /// What is wrong.
  public let problem: Problem

  /// An error of a line.
  public init(line: Int, problem: Problem) {
    self.line = line
    self.problem = problem
  }
}

extension QPSError: CustomStringConvertible {
  /// One sentence with the line.
  public var description: String { "line \(line): \(problem)" }
}

extension QPSError.Problem: CustomStringConvertible {
  /// What is wrong, in a few words.
  public var description: String {
    switch self {
    case .unknownSection(let name): "no section is called '\(name)'"
    case .dataOutsideSection: "data outside of a section"
    case .fieldCount(let count, let section):
      "\(count) fields make no entry of \(section)"
    case .notANumber(let text): "'\(text)' is not a number"
    case .unknownRowKind(let kind): "a row is N, L, G or E, not '\(kind)'"
    case .unknownBoundKind(let kind): "no bound is of kind '\(kind)'"
    case .unknownRow(let name): "no row is called '\(name)'"
    case .unknownColumn(let name): "no column is called '\(name)'"
    case .duplicate(let name): "'\(name)' comes twice"
    case .integer(let name): "'\(name)' would have to be an integer"
    case .notSymmetric(let a, let b):
      "the elements of '\(a)' and '\(b)' are not symmetric"
    case .crossedBounds(let name, let lower, let upper):
      "no number from \(lower) to \(upper) for '\(name)'"
    case .noObjective: "no row is of kind N"
    case .unexpectedEnd: "the file ends without ENDATA"
    case .unreadable(let path): "'\(path)' cannot be read"
    case .program(let error): "\(error)"
    }
  }
}
