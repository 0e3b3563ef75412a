import Foundation
import Matrix
import Testing

@testable import Optimization

@Suite struct TraceExportTests {
  /// A trace with the given values, and their negatives as gradient norms.
  private func trace(_ values: [Double]) -> Trace {
    var trace = Trace()
    for (i, value) in values.enumerated() {
      var point = Point(dimension: 1)
      point.value = value
      trace.record(
        Progress(
          iteration: i, point: point, gradientNorm: -value, stepLength: 0.1,
          stepNorm: 1.0 / 3, counts: Counts(), seconds: 2.5),
        .every(1))
    }
    return trace
  }

  private let values = [
    0.1 + 0.2, 1e-300, .leastNonzeroMagnitude, 1.7976931348623157e308, -0.0,
    .infinity, .nan,
  ]

  @Test func `CSV gives every number back`() {
    let lines = trace(values).csv.split(separator: "\n")
    #expect(
      lines[0]
        == "iteration,value,gradientNorm,stepLength,stepNorm,evaluations,seconds"
    )
    #expect(lines.count == values.count + 1)
    for (line, (i, value)) in zip(lines.dropFirst(), values.enumerated()) {
      let cells = line.split(separator: ",").compactMap { Double($0) }
      #expect(cells.count == 7)
      #expect(cells[0] == Double(i))
      #expect(cells[1] == value || cells[1].isNaN && value.isNaN)
      #expect(cells[1].sign == value.sign || value.isNaN)
      #expect(cells[2] == -value || value.isNaN)
      #expect(cells[4] == 1.0 / 3)
      #expect(cells[6] == 2.5)
    }
  }

  @Test func `JSON is read back as rows`() throws {
    let trace = trace(values)
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let rows = try decoder.decode([Trace.Row].self, from: Data(trace.json.utf8))
    #expect(rows.count == values.count)
    for (row, original) in zip(rows, trace.rows) {
      #expect(row == original || original.value.isNaN && row.value.isNaN)
    }
  }

  @Test func `An empty trace is a header and an empty list`() throws {
    #expect(trace([]).csv.split(separator: "\n").count == 1)
    #expect(trace([]).json == "[]\n")
  }

  @Test func `Writes what the name asks for`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent(
        "trace-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let solution = minimize(
      Rosenbrock2(), from: [-1.2, 1], using: .lbfgs(), recording: .every(5))
    for (name, expected) in [
      ("a.csv", solution.trace.csv), ("a.JSON", solution.trace.json),
      ("a", solution.trace.csv),
    ] {
      let url = folder.appendingPathComponent(name)
      try solution.trace.write(to: url.path)
      #expect(try String(contentsOf: url, encoding: .utf8) == expected)
    }
    #expect(throws: (any Error).self) {
      try solution.trace.write(
        to: folder.appendingPathComponent("missing/a.csv").path)
    }
  }
}
