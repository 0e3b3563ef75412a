public import DataFiles
internal import Matrix

/// Why data could not be read from a file.
public typealias DataError = DataFiles.DataError

extension DataSet {
  /// Reads samples with their classes.
  ///
  /// The values are separated by commas, semicolons or tabs, and the first line
  /// names the columns; a line is a sample. All columns but one are features. The
  /// classes are numbered in the order of their names, which is that of numbers
  /// where all names are numbers.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - target: the name of the column of classes.
  /// - Throws: a ``DataError`` that names file, line, column and value.
  public init(csv path: String, classes target: String) throws(DataError) {
    try self.init(
      CSVTable(contentsOf: path), name: path, target: target, isClass: true)
  }

  /// Reads samples with a number each.
  ///
  /// The values are separated by commas, semicolons or tabs, and the first line
  /// names the columns; a line is a sample. All columns but one are features.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - target: the name of the column that is to be predicted.
  /// - Throws: a ``DataError`` that names file, line, column and value.
  public init(csv path: String, numbers target: String) throws(DataError) {
    try self.init(
      CSVTable(contentsOf: path), name: path, target: target, isClass: false)
  }

  /// Reads samples with their classes from text in the form of
  /// ``init(csv:classes:)``.
  ///
  /// - Parameters:
  ///   - text: the lines.
  ///   - name: the name of the data set, which errors have for that of a file.
  ///   - target: the name of the column of classes.
  /// - Throws: a ``DataError`` that names line, column and value.
  public init(
    csvText text: String, name: String, classes target: String
  ) throws(DataError) {
    try self.init(
      CSVTable(text, file: name), name: name, target: target, isClass: true)
  }

  /// Reads samples with a number each from text in the form of
  /// ``init(csv:numbers:)``.
  ///
  /// - Parameters:
  ///   - text: the lines.
  ///   - name: the name of the data set, which errors have for that of a file.
  ///   - target: the name of the column that is to be predicted.
  /// - Throws: a ``DataError`` that names line, column and value.
  public init(
    csvText text: String, name: String, numbers target: String
  ) throws(DataError) {
    try self.init(
      CSVTable(text, file: name), name: name, target: target, isClass: false)
  }

  init(
    _ table: CSVTable, name: String, target: String, isClass: Bool
  ) throws(DataError) {
    try table.checkFields()
    let targets: Targets =
      if isClass { Self.classes(try table.text(target)) } else {
        .numbers(Vector(try table.column(target)))
      }
    let features = table.header.filter { $0 != target }
    var samples = Matrix<Double>.zeros(features.count, table.count)
    for (i, feature) in features.enumerated() {
      samples.setRow(i, to: Vector(try table.column(feature)))
    }
    self.init(
      name: name, samples: samples, targets: targets, featureNames: features)
  }

  /// Texts as classes, numbered in the order of their names.
  static func classes(_ texts: [String]) -> Targets {
    let distinct = Set(texts)
    let numbers = distinct.compactMap(Double.init)
    let names =
      numbers.count == distinct.count
      ? distinct.sorted { (Double($0)!, $0) < (Double($1)!, $1) }
      : distinct.sorted()
    let indices = Dictionary(
      uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    return .classes(texts.map { indices[$0]! }, names: names)
  }
}
