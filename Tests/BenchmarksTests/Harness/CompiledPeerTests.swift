import Foundation
import Testing

@testable import benchmarks

@Suite struct CompiledPeerTests {
  /// A folder with a peer that multiplies.
  let folder = FileManager.default.temporaryDirectory.appending(
    component: "peers-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true)
    let program = "int answer(int x) { return FACTOR * x; }"
    try Data(program.utf8).write(to: folder.appending(component: "peer.c"))
  }

  func source(
    compilers: [String] = ["clang", "gcc", "cc"], libraries: [String] = []
  ) -> CompiledPeer.Source {
    CompiledPeer.Source(
      name: "test", file: "peer.c", compilers: compilers,
      flags: ["-DFACTOR=6"], libraries: libraries, package: "none")
  }

  @Test func aPeerIsCompiledOnceAndCalled() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let build = folder.appending(component: "build")
    for compilers in [["clang", "gcc", "cc"], ["no-such-compiler"]] {
      // The second time it is there, and no compiler is looked for.
      let peer = try CompiledPeer(
        source(compilers: compilers), from: folder, into: build)
      let answer = try peer.function(
        "answer", as: (@convention(c) (Int32) -> Int32).self)
      #expect(answer(7) == 42)
    }
  }

  @Test func aNewerHeaderHasItCompiledAnew() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let build = folder.appending(component: "build")
    _ = try CompiledPeer(source(), from: folder, into: build)
    let header = folder.appending(component: "peer.h")
    try Data().write(to: header)
    try FileManager.default.setAttributes(
      [.modificationDate: Date.now.addingTimeInterval(60)],
      ofItemAtPath: header.path)
    #expect(throws: CompiledPeer.Missing.self) {
      try CompiledPeer(
        source(compilers: ["no-such-compiler"]), from: folder, into: build)
    }
  }

  @Test func aMissingFunctionIsReported() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let peer = try CompiledPeer(source(), from: folder, into: folder)
    let error = #expect(throws: CompiledPeer.Missing.self) {
      try peer.function("question", as: (@convention(c) () -> Void).self)
    }
    #expect(error?.description.contains("question") == true)
  }

  @Test func aMissingCompilerIsReported() {
    defer { try? FileManager.default.removeItem(at: folder) }
    let error = #expect(throws: CompiledPeer.Missing.self) {
      try CompiledPeer(
        source(compilers: ["no-such-compiler"]), from: folder, into: folder)
    }
    #expect(
      error?.description
        == "test is missing: none of no-such-compiler is installed")
  }

  @Test func aMissingLibraryIsReported() {
    defer { try? FileManager.default.removeItem(at: folder) }
    let error = #expect(throws: CompiledPeer.Missing.self) {
      try CompiledPeer(
        source(libraries: ["no-such-library"]), from: folder, into: folder)
    }
    #expect(
      error?.description.hasPrefix("test is missing (Debian: none): ") == true)
  }
}
