// A regression from a file of NIST's to a report, and the report beside what NIST
// certifies: 7 parameters of a rational function, 37 observations of the mobility of
// electrons in a semiconductor, and a start that is far away.
//
//     swift run CertifiedRegression [Thurber.dat] [plot.svg]

import CurveFitting
import Foundation

/// The numbers of the file that the fit takes or is compared with.
struct Certified {
  var start: [Double] = []
  var parameters: [Double] = []
  var standardDeviations: [Double] = []
  var residualStandardDeviation = Double.nan
  var x: [Double] = []
  var y: [Double] = []

  init(contentsOf path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var isData = false
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      let numbers = words.compactMap { Double($0) }
      if line.hasPrefix("Data:   y") {
        isData = true
      } else if isData, numbers.count == 2 {
        y.append(numbers[0])
        x.append(numbers[1])
      } else if words.first?.first == "b", numbers.count == 4 {
        start.append(numbers[0])
        parameters.append(numbers[2])
        standardDeviations.append(numbers[3])
      } else if line.hasPrefix("Residual Standard Deviation:") {
        residualStandardDeviation = numbers[0]
      }
    }
  }
}

@main
struct CertifiedRegression {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
    let path =
      arguments.first
      ?? sources.appending(
        path: "../../../Sources/ProblemSets/Data/NIST/Thurber.dat"
      ).standardized.path
    let certified = try Certified(contentsOf: path)

    let data = Observations(
      x: certified.x, y: certified.y,
      names: ("log density", "electron mobility"))
    let result = fit(data, from: Parameters(certified.start)) { x, b in
      (b[0] + x * (b[1] + x * (b[2] + x * b[3])))
        / (1 + x * (b[4] + x * (b[5] + x * b[6])))
    }
    print(result)

    print("\nBeside the certified values:")
    var fewest = 11.0
    for (parameter, (value, deviation)) in zip(
      result.parameters, zip(certified.parameters, certified.standardDeviations)
    ) {
      let digits = digits(parameter.value, value)
      let error = parameter.standardError ?? .nan
      let errorDigits = self.digits(error, deviation)
      fewest = min(fewest, digits, errorDigits)
      print(
        String(
          format: "  %@  %17.10e  %17.10e  %4.1f digits, of its error %4.1f",
          parameter.name, parameter.value, value, digits, errorDigits))
    }
    let deviation = result.residualStandardDeviation ?? .nan
    fewest = min(fewest, digits(deviation, certified.residualStandardDeviation))
    print("at least 8 digits of everything: \(fewest >= 8)")

    if let plot = arguments.dropFirst().first {
      try result.writePlot(to: plot)
      print("plot in \(plot)")
    }
  }

  /// The correct digits of a number, at most the 11 that are certified.
  static func digits(_ found: Double, _ certified: Double) -> Double {
    let error = abs(found - certified) / abs(certified)
    return error == 0 ? 11 : min(11, -log10(error))
  }
}
