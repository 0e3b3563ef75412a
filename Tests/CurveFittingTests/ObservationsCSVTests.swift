import DataFiles
import Foundation
import Testing

@testable import CurveFitting

@Suite("Observations from files")
struct ObservationsCSVTests {
  private func file(_ text: String) throws -> String {
    let path = NSTemporaryDirectory() + "observations-\(UUID()).csv"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test("columns are found by name, whatever the separator")
  func columns() throws {
    for separator in [",", ";", "\t"] {
      let text = "run,time, counts \n1,0,10.5\n2,1.5e0,-2\n"
      let path = try file(
        text.replacingOccurrences(of: ",", with: separator))
      defer { try? FileManager.default.removeItem(atPath: path) }
      let data = try Observations(csv: path, x: "time", y: "counts")
      #expect(data.regressors == [0, 1.5])
      #expect(data.responses == [10.5, -2])
      #expect(data.regressorNames == ["time"])
      #expect(data.responseName == "counts")
    }
  }

  @Test("several regressors and weights")
  func several() throws {
    let path = try file("a,b,y,s\n1,2,3,0.5\n4,5,6,2\n")
    defer { try? FileManager.default.removeItem(atPath: path) }
    let data = try Observations(
      csv: path, x: ["b", "a"], y: "y", weights: .standardDeviations("s"))
    #expect(data.regressors == [[2, 1], [5, 4]])
    #expect(data.weighting == .standardDeviations([0.5, 2]))
  }

  @Test("a quoted line break counts as a line")
  func quotedLines() throws {
    #expect(
      throws: DataError.notANumber(
        file: "f", line: 4, column: "y", value: "x")
    ) {
      try CSVTable("t,y\n\"a\nb\",1\nc,x\n", file: "f").column("y")
    }
  }

  @Test("what is wrong is named with file, line, column and value")
  func errors() throws {
    func error(_ text: String, _ column: String) -> String {
      do {
        _ = try CSVTable(text, file: "f.csv").column(column)
        return "none"
      } catch { return "\(error)" }
    }
    #expect(
      error("x,y\n1,2\n3,four\n", "y")
        == "f.csv, line 3, column \"y\": \"four\" is not a number")
    #expect(
      error("x,y\n1,2\n\n3\n", "y")
        == "f.csv, line 4, column \"y\": \"\" is not a number")
    #expect(
      error("x,y\n1,nan\n", "y")
        == "f.csv, line 2, column \"y\": \"nan\" is not a number")
    #expect(
      error("x,y\n1,2\n", "z")
        == "f.csv, line 1: no column \"z\" among \"x\", \"y\"")
    #expect(
      error("x,y\n", "y") == "f.csv: no rows below the names of the columns")
    #expect(error("", "y") == "f.csv: no rows below the names of the columns")
    #expect(
      error("x,y\n1,\"2\n", "y") == "f.csv: a quote that is never closed")
  }

  @Test("weights and standard deviations outside their range are errors")
  func weights() throws {
    let path = try file("x,y,w\n1,2,1\n3,4,-1\n")
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(
      throws: DataError.outOfRange(
        file: path, line: 3, column: "w", value: -1,
        kind: "a weight of at least 0")
    ) {
      try Observations(csv: path, x: "x", y: "y", weights: .relative("w"))
    }
    #expect(throws: DataError.self) {
      try Observations(
        csv: path, x: "x", y: "y", weights: .standardDeviations("w"))
    }
  }

  @Test("a file that is not there is named")
  func missing() {
    let error = #expect(throws: DataError.self) {
      try Observations(csv: "/nowhere/data.csv", x: "x", y: "y")
    }
    #expect("\(error!)".hasPrefix("/nowhere/data.csv: "))
  }
}
