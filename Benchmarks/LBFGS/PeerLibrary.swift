import Foundation

/// A C or C++ library's L-BFGS, by a small program that is compiled here and
/// now and loaded into this process.
///
/// Compiled at run time, because the package must build where the library is
/// missing; in the same process, so that one clock times both sides in turns.
struct PeerLibrary {
  /// What there is to compile.
  struct Source {
    /// The library's name.
    let name: String
    /// A file among this target's resources.
    let file: String
    /// Compilers to try, the first that is found being used.
    let compilers: [String]
    /// What it is linked with.
    let libraries: [String]
    /// The Debian package that has the library.
    let package: String
    /// Whether its time depends on OpenBLAS's number of threads.
    let usesBLAS: Bool

    static let all = [
      Source(
        name: "liblbfgs", file: "liblbfgs.c",
        compilers: ["clang", "gcc", "cc"], libraries: ["lbfgs", "m"],
        package: "liblbfgs-dev", usesBLAS: false),
      Source(
        name: "dlib", file: "dlib.cpp",
        compilers: ["clang++", "g++", "c++"], libraries: ["dlib", "openblas"],
        package: "libdlib-dev", usesBLAS: true),
    ]
  }

  /// Why a peer cannot take part.
  enum Missing: Error, CustomStringConvertible {
    case compiler(Source)
    case library(Source, message: String)

    var description: String {
      switch self {
      case .compiler(let source):
        "\(source.name) is missing: none of "
          + "\(source.compilers.joined(separator: ", ")) is installed"
      case .library(let source, let message):
        "\(source.name) is missing (Debian: \(source.package)): \(message)"
      }
    }
  }

  /// What a run ended with; the layout of `peer_result` in rosenbrock.h.
  struct Outcome: Codable, Equatable {
    var iterations: Int64 = 0
    var evaluations: Int64 = 0
    var value = Double.nan
    var gradientNorm = Double.nan
  }

  private typealias Minimize =
    @convention(c) (
      Int64, UnsafeMutablePointer<Double>, Int32, Double,
      UnsafeMutableRawPointer
    ) -> Int32
  private typealias Settings = @convention(c) () -> UnsafePointer<CChar>

  let source: Source
  /// The names of the settings it can be run with.
  let settings: [String]
  private let minimize: Minimize

  /// Compiles and loads a peer.
  ///
  /// - Throws: ``Missing``.
  init(_ source: Source, from folder: URL, into build: URL) throws {
    let file = folder.appending(component: source.file)
    let library = build.appending(component: "\(source.name)-peer.so")
    if !isUpToDate(library, with: folder) {
      guard let compiler = source.compilers.lazy.compactMap(findProgram).first
      else { throw Missing.compiler(source) }
      try FileManager.default.createDirectory(
        at: build, withIntermediateDirectories: true)
      let result = try runProgram(
        compiler,
        ["-O2", "-shared", "-fPIC", file.path, "-o", library.path]
          + source.libraries.map { "-l\($0)" })
      guard result.status == 0 else {
        let lines = result.errors.split(separator: "\n")
        let message = lines.first { $0.contains("error") } ?? lines.first ?? ""
        throw Missing.library(source, message: String(message))
      }
    }
    guard let handle = dlopen(library.path, RTLD_NOW | RTLD_LOCAL),
      let minimize = dlsym(handle, "peer_minimize"),
      let settings = dlsym(handle, "peer_settings")
    else {
      throw Missing.library(
        source, message: dlerror().map { String(cString: $0) } ?? "")
    }
    self.source = source
    self.minimize = unsafeBitCast(minimize, to: Minimize.self)
    self.settings = String(
      cString: unsafeBitCast(settings, to: Settings.self)()
    ).components(separatedBy: ",")
  }

  /// Minimises the extended Rosenbrock function from `start`.
  ///
  /// - Returns: what it ended with, nil when it did not arrive.
  func run(
    from start: [Double], setting: Int, tolerance: Double
  ) -> Outcome? {
    var x = start
    var outcome = Outcome()
    let status = minimize(
      Int64(x.count), &x, Int32(setting), tolerance, &outcome)
    return status == 0 ? outcome : nil
  }
}

/// Whether a file is newer than everything in a folder.
private func isUpToDate(_ file: URL, with folder: URL) -> Bool {
  func date(_ file: URL) -> Date? {
    try? file.resourceValues(forKeys: [.contentModificationDateKey])
      .contentModificationDate
  }
  let sources = try? FileManager.default.contentsOfDirectory(
    at: folder, includingPropertiesForKeys: [.contentModificationDateKey])
  guard let built = date(file), let sources else { return false }
  return sources.allSatisfy { (date($0) ?? .distantFuture) < built }
}
