import Foundation

/// A C or C++ program that is compiled here and now and loaded into this process.
///
/// Compiled at run time, because the package must build where the library is
/// missing; in the same process, so that one clock times both sides in turns.
struct CompiledPeer {
  /// What there is to compile.
  struct Source {
    /// The library's name.
    let name: String
    /// A file among this target's resources.
    let file: String
    /// Compilers to try, the first that is found being used.
    let compilers: [String]
    /// The compiler's flags besides -O2.
    var flags: [String] = []
    /// What it is linked with.
    let libraries: [String]
    /// The Debian package that has the library.
    let package: String
    /// Whether its time depends on OpenBLAS's number of threads.
    var usesBLAS = false

    /// The compilers of C++ that are tried.
    static let compilersOfCPlusPlus = ["clang++", "g++", "c++"]
  }

  /// Why a peer cannot take part.
  enum Missing: Error, CustomStringConvertible {
    case sources
    case compiler(Source)
    case library(Source, message: String)

    var description: String {
      switch self {
      case .sources: "the peers' sources are not beside the program"
      case .compiler(let source):
        "\(source.name) is missing: none of "
          + "\(source.compilers.joined(separator: ", ")) is installed"
      case .library(let source, let message):
        "\(source.name) is missing (Debian: \(source.package)): \(message)"
      }
    }
  }

  let source: Source
  private let handle: UnsafeMutableRawPointer

  /// The folder of the peers' sources.
  ///
  /// - Throws: ``Missing``.
  static func folder() throws -> URL {
    guard
      let folder = Bundle.module.url(forResource: "Peers", withExtension: nil)
    else { throw Missing.sources }
    return folder
  }

  /// Compiles and loads a peer, unless the library is newer than its source.
  ///
  /// - Throws: ``Missing``.
  init(
    _ source: Source, from folder: URL,
    into build: URL = CommonOptions.folder.appending(component: "peers")
  ) throws {
    let file = folder.appending(component: source.file)
    // A library may take part in several benchmarks.
    let library = build.appending(
      component: "\(file.deletingPathExtension().lastPathComponent)-peer.so")
    if !isUpToDate(library, with: file) {
      guard let compiler = source.compilers.lazy.compactMap(findProgram).first
      else { throw Missing.compiler(source) }
      try FileManager.default.createDirectory(
        at: build, withIntermediateDirectories: true)
      let result = try runProgram(
        compiler,
        ["-O2", "-shared", "-fPIC"] + source.flags
          + [file.path, "-o", library.path]
          + source.libraries.map { "-l\($0)" })
      guard result.status == 0 else {
        let lines = result.errors.split(separator: "\n")
        let message = lines.first { $0.contains("error") } ?? lines.first ?? ""
        throw Missing.library(source, message: String(message))
      }
    }
    guard let handle = dlopen(library.path, RTLD_NOW | RTLD_LOCAL) else {
      throw Missing.library(source, message: Self.loaderMessage)
    }
    self.source = source
    self.handle = handle
  }

  /// The function of that name, which has to be of that type.
  ///
  /// - Throws: ``Missing``.
  func function<Function>(
    _ name: String, as type: Function.Type
  ) throws -> Function {
    guard let symbol = dlsym(handle, name) else {
      throw Missing.library(source, message: Self.loaderMessage)
    }
    return unsafeBitCast(symbol, to: type)
  }

  private static var loaderMessage: String {
    dlerror().map { String(cString: $0) } ?? ""
  }
}

/// Whether a library is newer than its source and all headers beside that.
private func isUpToDate(_ library: URL, with source: URL) -> Bool {
  func date(_ file: URL) -> Date? {
    try? file.resourceValues(forKeys: [.contentModificationDateKey])
      .contentModificationDate
  }
  let beside = try? FileManager.default.contentsOfDirectory(
    at: source.deletingLastPathComponent(), includingPropertiesForKeys: nil)
  guard let built = date(library), let beside else { return false }
  let headers = beside.filter { $0.pathExtension == "h" }
  return ([source] + headers).allSatisfy {
    (date($0) ?? .distantFuture) < built
  }
}
