import Foundation
internal import Matrix
public import Models

extension DataSet {
  /// Breast Cancer Wisconsin (Diagnostic): 569 samples, 30 features, 2 classes.
  ///
  /// - Throws: ``MalformedData`` when the file that comes with the package is
  ///   missing or was changed.
  ///
  /// Source: Street, Wolberg and Mangasarian 1993, UCI, CC BY 4.0.
  public static func breastCancer() throws -> DataSet {
    try DataSet(resource: "breast-cancer.csv", name: "breast cancer")
  }

  /// Handwritten digits: 1797 images of 8×8 gray levels, 10 classes.
  ///
  /// - Throws: ``MalformedData`` when the file that comes with the package is
  ///   missing or was changed.
  ///
  /// Source: Alpaydin and Kaynak 1998, UCI, CC BY 4.0.
  public static func digits() throws -> DataSet {
    try DataSet(resource: "digits.csv", name: "digits")
  }

  private init(resource file: String, name: String) throws {
    let url = Bundle.module.resourceURL?.appending(path: "Data/\(file)")
    guard let url, let data = try? Data(contentsOf: url) else {
      throw MalformedData(file: file, line: 0, problem: "no such file")
    }
    try self.init(
      scikitLearn: String(decoding: data, as: UTF8.self), file: file, name: name
    )
  }

  /// Reads comma-separated values in the form of scikit-learn's data sets.
  ///
  /// The first line holds the number of samples, the number of features and the
  /// names of the classes; each following line the features of a sample and
  /// the index of its class.
  ///
  /// - Throws: ``MalformedData`` at the first line that is not like this.
  public init(
    scikitLearn text: String, file: String, name: String
  ) throws(MalformedData) {
    func malformed(_ line: Int, _ problem: String) -> MalformedData {
      MalformedData(file: file, line: line, problem: problem)
    }
    var lines = text.utf8.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }

    let header = lines.first.map(Self.fields) ?? []
    guard header.count > 3, let sampleCount = Int(header[0]), sampleCount > 0,
      let featureCount = Int(header[1]), featureCount > 0
    else {
      throw malformed(
        1, "not the numbers of samples and features and the classes' names")
    }
    let classNames = header.dropFirst(2).map(String.init)
    guard lines.count == sampleCount + 1 else {
      throw malformed(
        lines.count, "\(lines.count - 1) samples, \(sampleCount) announced")
    }

    var numbers: [Double] = []
    var classes: [Int] = []
    for (line, text) in zip(2..., lines.dropFirst()) {
      let fields = Self.fields(text)
      guard fields.count == featureCount + 1 else {
        throw malformed(
          line, "\(fields.count) values, not \(featureCount + 1)")
      }
      for field in fields.dropLast() {
        guard let number = Double(field), number.isFinite else {
          throw malformed(line, "\"\(field)\" is not a finite number")
        }
        numbers.append(number)
      }
      let last = fields[featureCount]
      guard let k = Int(last), classNames.indices.contains(k) else {
        throw malformed(
          line, "\"\(last)\" is not a class from 0 to \(classNames.count - 1)")
      }
      classes.append(k)
    }
    self.init(
      name: name,
      samples: Matrix(
        rows: featureCount, columns: sampleCount, columnMajor: numbers),
      classes: classes, classNames: classNames)
  }

  private static func fields(_ line: Substring.UTF8View) -> [Substring] {
    line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      .map { Substring($0) }
  }
}
