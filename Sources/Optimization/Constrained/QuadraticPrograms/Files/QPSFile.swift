internal import Foundation

/// A quadratic or linear program with the names of a QPS or MPS file.
///
///     let file = try QPSFile(contentsOf: "HS35.QPS")
///     let solution = minimize(file.program)
///
/// Sections ROWS, COLUMNS, RHS, RANGES, BOUNDS, QUADOBJ (one triangle), QSECTION (the
/// same), QMATRIX (both triangles), OBJSENSE and ENDATA, in free format: fields
/// without blanks in them. Fixed format is read too, names with blanks excepted. As
/// is the custom,
///
/// - the right-hand side of the objective is subtracted: −r;
/// - the first N row is the objective, others are left out;
/// - columns are from 0 to ∞ unless bounds say otherwise, and an upper bound below
///   0 takes away a lower bound of 0;
/// - a range R of an equality b is from b to b + R, or from b + R to b where R < 0;
/// - numbers of 10²⁰ and more are infinite as sides and bounds;
/// - with OBJSENSE MAX the program is that of the negated objective.
///
/// Source: Maros and Mészáros, A repository of convex quadratic programming problems,
/// Optimization Methods and Software 11, 1999, section 2.
public struct QPSFile: Equatable, Sendable {
  /// The name in the file; empty where it has none.
  public let name: String
  /// The program.
  public let program: QuadraticProgram
  /// The names of the variables.
  public let columns: [String]
  /// The names of the constraints, without the objective.
  public let rows: [String]
  /// Whether the file asks for a maximum, so that the program's value is its
  /// negative.
  public let isMaximum: Bool

  /// Reads a file.
  ///
  /// - Throws: ``QPSError`` with the line.
  public init(contentsOf path: String) throws(QPSError) {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw QPSError(line: 0, problem: .unreadable(path))
    }
    try self.init(text)
  }

  /// Reads the text of a file.
  ///
  /// - Throws: ``QPSError`` with the line.
  public init(_ text: String) throws(QPSError) {
    var reader = QPSReader()
    try reader.read(text)
    name = reader.name
    columns = reader.columns
    rows = reader.rows.filter { $0.kind != "N" }.map(\.name)
    isMaximum = reader.isMaximum
    program = try reader.program()
  }
}
