import Foundation
import Testing

@testable import ProblemSets

@Suite struct StRDFileTests {
  /// A file in the form of NIST's.
  static let text = """
    NIST/ITL StRD
    Dataset Name:  Small             (Small.dat)
    File Format:   ASCII
                   Certified Values  (lines 9 to 15)
                   Data              (lines 17 to 19)
                   Lower Level of Difficulty

            Start 1     Start 2           Parameter     Standard Deviation
      b1 =   500         250           2.5E+02  2.7E+00
      b2 =     0.1         0.5         5.5E-04  7.2E-06

    Residual Sum of Squares:                    1.25E-01
    Residual Standard Deviation:                3.5E-01
    Degrees of Freedom:                                1
    Number of Observations:                            3
    Data:   y               x
          10.07E0      77.6E0
          14.73E0     114.9E0
          -17.94E0     141.1E0
    """

  @Test func `All parts are read`() throws {
    let file = try StRDFile(text: Self.text, file: "Small.dat")
    #expect(file.name == "Small")
    #expect(file.difficulty == .lower)
    #expect(file.starts == [[500, 0.1], [250, 0.5]])
    #expect(file.certified.parameters == [250, 5.5e-4])
    #expect(file.certified.standardDeviations == [2.7, 7.2e-6])
    #expect(file.certified.residualSumOfSquares == 0.125)
    #expect(file.certified.residualStandardDeviation == 0.35)
    #expect(file.certified.degreesOfFreedom == 1)
    #expect(file.response == [10.07, 14.73, -17.94])
    #expect(file.predictors == [[77.6], [114.9], [141.1]])
  }

  @Test(arguments: [
    ("10.07E0", "ten", 17, "\"ten\" is not a finite number"),
    ("14.73E0     114.9E0", "14.73E0", 18, "1 values, not 2"),
    ("14.73E0", "inf", 18, "\"inf\" is not a finite number"),
    ("5.5E-04  7.2E-06", "5.5E-04", 10, "3 values, not 2 or 4"),
    ("2.5E+02", "2.5F+02", 9, "\"2.5F+02\" is not a finite number"),
    ("17 to 19", "17 to 18", 15, "3.0 observations, 2 in the data"),
    ("17 to 19", "17 to 25", 5, "no range of the file's 19 lines"),
    ("Lower", "Any", 6, "no level of difficulty, lower, average or higher"),
    ("3.5E-01", "3.5E-01 7", 13, "2 values instead of one"),
    (
      "Residual Sum", "Sum", 19,
      "the end, without \"Residual Sum of Squares:\""
    ),
  ])
  func `What is wrong is named with its line`(
    original: String, changed: String, line: Int, problem: String
  ) {
    let text = Self.text.replacingOccurrences(of: original, with: changed)
    let error = MalformedData(file: "Small.dat", line: line, problem: problem)
    #expect(throws: error) {
      try StRDFile(text: text, file: "Small.dat")
    }
  }

  @Test func `A file that is not there is named`() {
    #expect(
      throws: MalformedData(
        file: "Misra2.dat", line: 0,
        problem: "no nonlinear regression of that name")
    ) { try NIST.nonlinear("Misra2") }
    #expect(
      throws: MalformedData(
        file: "Misra2.dat", line: 0, problem: "no such file")
    ) { try StRDFile(named: "Misra2") }
  }
}
