import Foundation

/// A Python program that answers every line it is sent with a line of JSON, or in
/// bytes that both sides agree on.
///
/// It is kept running between the requests, so that neither starting Python nor
/// reading the data counts, and sleeps while this process takes its turn.
final class PythonPeer {
  /// Why the peer cannot take part.
  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  private struct Greeting: Codable {
    let versions: [String]
  }

  /// The versions of the libraries that the program uses, in its order.
  private(set) var versions: [String] = []
  private let name: String
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var unread = Data()

  /// The environment that `make peers` sets up.
  static let python = CommonOptions.folder.appending(
    path: "peers/python/bin/python")

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - name: the library that is said to be missing where it does not start.
  ///   - python: what runs the program.
  ///   - program: the program's file.
  ///   - arguments: its arguments.
  ///   - threads: the most threads that its linear algebra is to use.
  /// - Throws: ``Missing``.
  init(
    _ name: String, python: URL = PythonPeer.python, program: URL,
    arguments: [String], threads: Int
  ) throws {
    self.name = name
    guard FileManager.default.isExecutableFile(atPath: python.path) else {
      throw Missing(description: "\(name) is missing: run 'make peers' first")
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

  /// Sends a line and decodes the line that answers it.
  func ask<Reply: Decodable>(_ request: String) throws -> Reply {
    try send(Data("\(request)\n".utf8))
    return try answer()
  }

  /// Sends bytes.
  func send(_ data: Data) throws {
    try input.fileHandleForWriting.write(contentsOf: data)
  }

  /// Decodes the next line.
  func answer<Reply: Decodable>() throws -> Reply {
    try JSONDecoder().decode(Reply.self, from: try line())
  }

  /// The next bytes, whatever they are.
  func bytes(_ count: Int) throws -> Data {
    while unread.count < count { try readMore() }
    defer { unread = Data(unread.dropFirst(count)) }
    return Data(unread.prefix(count))
  }

  private func line() throws -> Data {
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        defer { unread = Data(unread[(end + 1)...]) }
        return Data(unread[..<end])
      }
      try readMore()
    }
  }

  private func readMore() throws {
    let more = output.fileHandleForReading.availableData
    guard !more.isEmpty else {
      throw Missing(
        description: "\(name) is missing: its program ended early")
    }
    unread += more
  }
}
