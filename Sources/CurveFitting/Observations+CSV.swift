public import DataFiles

/// Why data could not be read from a file.
public typealias DataError = DataFiles.DataError

/// The columns of a file that say how much each observation counts.
public enum WeightColumn: Equatable, Sendable {
  /// Weights wᵢ ≥ 0; see ``Weighting/relative(_:)``.
  case relative(String)
  /// Standard deviations σᵢ > 0; see ``Weighting/standardDeviations(_:)``.
  case standardDeviations(String)
}

extension Observations<Double> {
  /// Reads observations with one regressor from a file.
  ///
  /// The values are separated by commas, semicolons or tabs; the first line names
  /// the columns.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - x: the name of the regressor's column.
  ///   - y: the name of the response's column.
  ///   - weights: the column that says how much each observation counts.
  /// - Throws: a ``DataError`` that names file, line, column and value.
  public init(
    csv path: String, x: String, y: String, weights: WeightColumn? = nil
  ) throws(DataError) {
    let table = try CSVTable(contentsOf: path)
    self.init(
      x: try table.column(x), y: try table.column(y),
      weighting: try table.weighting(weights), names: (x, y))
  }
}

extension Observations<[Double]> {
  /// Reads observations with several regressors from a file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - x: the names of the regressors' columns.
  ///   - y: the name of the response's column.
  ///   - weights: the column that says how much each observation counts.
  /// - Throws: a ``DataError`` that names file, line, column and value.
  public init(
    csv path: String, x: [String], y: String, weights: WeightColumn? = nil
  ) throws(DataError) {
    let table = try CSVTable(contentsOf: path)
    let y = (name: y, numbers: try table.column(y))
    var columns: [[Double]] = []
    for name in x { columns.append(try table.column(name)) }
    self.init(
      x: y.numbers.indices.map { i in columns.map { $0[i] } }, y: y.numbers,
      weighting: try table.weighting(weights), names: (x, y.name))
  }
}

extension CSVTable {
  /// The weighting of the rows.
  func weighting(_ column: WeightColumn?) throws(DataError) -> Weighting {
    switch column {
    case nil:
      .equal
    case .relative(let name):
      .relative(
        try self.column(
          name, where: { $0 >= 0 }, kind: "a weight of at least 0"))
    case .standardDeviations(let name):
      .standardDeviations(
        try self.column(
          name, where: { $0 > 0 }, kind: "a standard deviation above 0"))
    }
  }
}
