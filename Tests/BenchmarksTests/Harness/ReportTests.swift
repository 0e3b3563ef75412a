import Foundation
import Testing

@testable import benchmarks

@Suite struct ReportTests {
  @Test func `Is written into a new folder and read back`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      component: "report-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(components: "deep", "report.json")
    try Report(benchmark: "test", results: [1.5, .nan, .infinity])
      .write(to: file)

    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let report = try decoder.decode(
      Report<[Double]>.self, from: Data(contentsOf: file))
    #expect(report.benchmark == "test")
    #expect(report.results[0] == 1.5)
    #expect(report.results[1].isNaN)
    #expect(report.results[2] == .infinity)
    #expect(report.environment == .current)
    #expect(!report.environment.processor.isEmpty)
  }
}
