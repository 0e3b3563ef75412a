import Foundation
import Matrix
import Models

/// Mean weekly returns of shares and their covariance.
struct Shares {
  let means: Vector<Double>
  let covariance: Matrix<Double>

  var count: Int { means.count }

  init() throws {
    let data = try DataSet(
      csv: Self.path(of: "hang-seng.csv"), numbers: "mean")
    let n = data.count
    func row(_ name: String) -> Vector<Double> {
      guard let i = data.featureNames.firstIndex(of: name) else {
        preconditionFailure("there is no column \(name)")
      }
      return data.samples.row(i)
    }
    let deviations = row("deviation")
    let correlations = (1...n).map { row("r\($0)") }
    means = data.numbers
    covariance = Matrix(rows: n, columns: n) { i, j in
      correlations[j][i] * deviations[i] * deviations[j]
    }
  }

  /// Points of the efficient frontier as the OR-Library publishes it.
  static func publishedFrontier() throws -> [(
    return: Double, variance: Double
  )] {
    let data = try DataSet(csv: path(of: "frontier.csv"), numbers: "variance")
    return (0..<data.count).map { (data.samples[0, $0], data.numbers[$0]) }
  }

  private static func path(of file: String) -> String {
    URL(filePath: "Data/\(file)", relativeTo: URL(filePath: #filePath)).path
  }
}
