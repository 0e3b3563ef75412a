import Foundation

/// The program of that name in one of the folders of `PATH`.
func findProgram(_ name: String) -> URL? {
  let folders = ProcessInfo.processInfo.environment["PATH"] ?? ""
  return folders.split(separator: ":").lazy
    .map { URL(fileURLWithPath: String($0)).appending(component: name) }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }
}

/// Runs a program to its end and returns what it printed.
///
/// - Parameter environment: variables to set besides those of this process, or
///   with nil to remove.
func runProgram(
  _ program: URL, _ arguments: [String], environment: [String: String?] = [:]
) throws -> (status: Int32, output: String, errors: String) {
  // Through files, since a pipe that nobody reads would stop the program when
  // it is full.
  let folder = FileManager.default.temporaryDirectory.appending(
    component: "benchmarks-\(UUID().uuidString)")
  try FileManager.default.createDirectory(
    at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let files = [
    folder.appending(component: "output"),
    folder.appending(component: "errors"),
  ]
  for file in files { try Data().write(to: file) }

  let process = Process()
  process.executableURL = program
  process.arguments = arguments
  process.environment = ProcessInfo.processInfo.environment.merging(
    environment.compactMapValues { $0 }
  ) { $1 }
  .filter { key, _ in environment[key] != .some(nil) }
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = try FileHandle(forWritingTo: files[0])
  process.standardError = try FileHandle(forWritingTo: files[1])
  try process.run()
  process.waitUntilExit()
  let texts = try files.map {
    String(decoding: try Data(contentsOf: $0), as: UTF8.self)
  }
  return (process.terminationStatus, texts[0], texts[1])
}
