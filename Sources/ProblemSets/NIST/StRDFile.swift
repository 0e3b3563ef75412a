import Foundation
import Matrix

/// A file of NIST's Statistical Reference Datasets, taken apart.
///
/// Line 6 or 7 of such a file say in which lines its certified values and its
/// data are. The certified values are a line for each parameter, `b1 = start 1,
/// start 2, value, standard deviation`, where linear problems have no starts;
/// then, after their names and colons, what is certified of the residuals. The
/// data are a line for each observation: the response, then the predictors.
struct StRDFile {
  let name: String
  let difficulty: Difficulty
  /// Two starts, or none.
  let starts: [Vector<Double>]
  let certified: CertifiedFit
  /// R², which linear problems have.
  let rSquared: Double?
  let response: Vector<Double>
  /// For each observation its predictors.
  let predictors: [[Double]]

  /// Reads a file that comes with the package.
  init(named name: String) throws(MalformedData) {
    let file = "\(name).dat"
    let url = Bundle.module.resourceURL?.appending(path: "Data/NIST/\(file)")
    guard let url, let data = try? Data(contentsOf: url) else {
      throw MalformedData(file: file, line: 0, problem: "no such file")
    }
    try self.init(text: String(decoding: data, as: UTF8.self), file: file)
  }

  /// Reads the text of a file.
  ///
  /// - Throws: ``MalformedData`` at the first line that is not as it has to be.
  init(text: String, file: String) throws(MalformedData) {
    let lines = NumberedLines(text, file: file)
    name = try lines.first("Dataset Name:").word
    difficulty = try Self.difficulty(lines)

    let (starts, values) = try Self.parameters(lines)
    self.starts = starts
    let observations = try lines.first("Number of Observations:").number()
    let freedom = try lines.first("Degrees of Freedom:").number()
    certified = CertifiedFit(
      parameters: values[0], standardDeviations: values[1],
      residualSumOfSquares:
        try lines.first("Residual Sum of Squares:").number(),
      residualStandardDeviation:
        try lines.first("Residual Standard Deviation:").number(),
      degreesOfFreedom: Int(freedom))

    rSquared =
      starts.isEmpty ? try lines.first("R-Squared:").number() : nil

    var (response, predictors): ([Double], [[Double]]) = ([], [])
    for line in try lines.range("Data  ", "(lines") {
      let numbers = try line.numbers()
      let expected = (predictors.first?.count ?? max(1, numbers.count - 1)) + 1
      guard numbers.count == expected else {
        throw line.malformed("\(numbers.count) values, not \(expected)")
      }
      response.append(numbers[0])
      predictors.append(Array(numbers.dropFirst()))
    }
    guard Double(response.count) == observations else {
      throw try lines.first("Number of Observations:").malformed(
        "\(observations) observations, \(response.count) in the data")
    }
    self.response = Vector(response)
    self.predictors = predictors
  }

  private static func difficulty(
    _ lines: NumberedLines
  ) throws(MalformedData) -> Difficulty {
    let line = try lines.containing("Level of Difficulty")
    for difficulty in Difficulty.allCases
    where line.text.lowercased().contains(difficulty.rawValue) {
      return difficulty
    }
    throw line.malformed("no level of difficulty, lower, average or higher")
  }

  /// The starts, none or two, and certified values with standard deviations.
  private static func parameters(
    _ lines: NumberedLines
  ) throws(MalformedData) -> (
    starts: [Vector<Double>], values: [Vector<Double>]
  ) {
    var columns: [[Double]] = []
    for line in try lines.range("Certified Values", "(lines") {
      // The parameters end at the first empty line.
      guard let equals = line.text.firstIndex(of: "=") else { break }
      let numbers = try line.after(equals).numbers()
      let expected = columns.isEmpty ? numbers.count : columns.count
      guard numbers.count == expected, expected == 2 || expected == 4 else {
        throw line.malformed("\(numbers.count) values, not 2 or 4")
      }
      if columns.isEmpty { columns = numbers.map { _ in [] } }
      for (i, number) in numbers.enumerated() { columns[i].append(number) }
    }
    guard columns.count >= 2 else {
      throw try lines.first("File Format").malformed("no parameters")
    }
    let vectors = columns.map { Vector($0) }
    return (Array(vectors.dropLast(2)), Array(vectors.suffix(2)))
  }
}
