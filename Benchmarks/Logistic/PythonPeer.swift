import Foundation

/// A Python program that solves one problem again and again, a time for each
/// line it is sent.
///
/// It is kept running between the solves, so that neither starting Python nor
/// reading the data counts, and sleeps while this process takes its turn.
final class PythonPeer {
  /// Why the peer cannot take part.
  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  /// The answer to a request.
  struct Reply: Codable, Equatable {
    let seconds: Double
    let iterations: Int
    /// The variables, the intercept last.
    let theta: [Double]
  }

  private struct Greeting: Codable {
    let versions: [String]
  }

  /// The versions of scikit-learn, NumPy and SciPy.
  private(set) var versions: [String] = []
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var unread = Data()

  /// The environment that `make peers` sets up.
  static let python = CommonOptions.folder.appending(
    path: "peers/python/bin/python")

  /// Starts the program.
  ///
  /// - Throws: ``Missing``.
  init(
    python: URL = PythonPeer.python, program: URL, arguments: [String],
    threads: Int
  ) throws {
    guard FileManager.default.isExecutableFile(atPath: python.path) else {
      throw Missing(
        description: "scikit-learn is missing: run 'make peers' first")
    }
    process.executableURL = python
    process.arguments = [program.path] + arguments
    var environment = ProcessInfo.processInfo.environment
    // The wheels carry an OpenBLAS of their own, which chooses its own kernels.
    environment["OPENBLAS_CORETYPE"] = nil
    environment["OPENBLAS_NUM_THREADS"] = "\(threads)"
    environment["OMP_NUM_THREADS"] = "\(threads)"
    process.environment = environment
    process.standardInput = input
    process.standardOutput = output
    // Writing to a program that has ended is to be an error, not this one's end.
    signal(SIGPIPE, SIG_IGN)
    try process.run()
    versions = try JSONDecoder().decode(Greeting.self, from: try line())
      .versions
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// Solves once.
  func solve(_ solver: String) throws -> Reply {
    try input.fileHandleForWriting.write(contentsOf: Data("\(solver)\n".utf8))
    return try JSONDecoder().decode(Reply.self, from: try line())
  }

  private func line() throws -> Data {
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        defer { unread = Data(unread[(end + 1)...]) }
        return Data(unread[..<end])
      }
      let more = output.fileHandleForReading.availableData
      guard !more.isEmpty else {
        throw Missing(
          description: "scikit-learn is missing: its program ended early")
      }
      unread += more
    }
  }
}
