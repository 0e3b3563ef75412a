import Foundation
import Matrix

/// What a benchmark writes as JSON: its results with what they depend on.
struct Report<Results: Codable>: Codable {
  /// The subcommand.
  let benchmark: String
  /// The arguments it was called with.
  let arguments: [String]
  /// When it was run, in ISO 8601.
  let date: String
  /// The machine and the libraries.
  let environment: Environment
  /// What was measured.
  let results: Results

  init(benchmark: String, results: Results) {
    self.benchmark = benchmark
    arguments = Array(CommandLine.arguments.dropFirst())
    date = Date.now.formatted(.iso8601)
    environment = .current
    self.results = results
  }

  /// Writes the report as JSON, making the folder where it is missing.
  ///
  /// Numbers that are not finite become the texts "nan", "inf" and "-inf".
  func write(to file: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    try writeFile(encoder.encode(self), to: file)
  }
}

/// Writes a file, making its folder where it is missing.
func writeFile(_ data: Data, to file: URL) throws {
  try FileManager.default.createDirectory(
    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
  try data.write(to: file, options: .atomic)
}

/// The machine and the libraries that measured times depend on.
struct Environment: Codable, Equatable {
  /// The processor's name.
  let processor: String
  /// The number of processors that are online.
  let processorCount: Int
  /// The operating system.
  let system: String
  /// OpenBLAS's version and build options.
  let openBLAS: String
  /// The processor type whose kernels OpenBLAS uses.
  let kernels: String
  /// The most threads that the linear algebra uses.
  let threads: Int
  /// Whether the benchmarks were compiled with optimization.
  let isOptimized: Bool

  /// This process's environment.
  static var current: Environment {
    var isOptimized = true
    // The condition of an assertion is evaluated in debug builds only.
    assert(
      {
        isOptimized = false; return true
      }())
    return Environment(
      processor: processorName,
      processorCount: ProcessInfo.processInfo.activeProcessorCount,
      system: ProcessInfo.processInfo.operatingSystemVersionString,
      openBLAS: Threads.configuration, kernels: Threads.kernels,
      threads: Threads.maximum, isOptimized: isOptimized)
  }

  /// The environment in one line.
  var summary: String {
    let build = isOptimized ? "" : ", DEBUG BUILD: times mean nothing"
    return """
      \(processor), \(processorCount) processors, \(system); OpenBLAS with \
      \(kernels) kernels, up to \(threads) thread\(threads == 1 ? "" : "s")\
      \(build)
      """
  }

  private static var processorName: String {
    #if os(macOS)
    var size = 0
    sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0)
    var name = [UInt8](repeating: 0, count: size)
    sysctlbyname("machdep.cpu.brand_string", &name, &size, nil, 0)
    return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
    #else
    let file = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
    let line = file?.split(separator: "\n").first {
      $0.hasPrefix("model name")
    }
    let name = line?.split(separator: ":").last.map(String.init)
    return name?.trimmingCharacters(in: .whitespaces) ?? "unknown processor"
    #endif
  }
}
