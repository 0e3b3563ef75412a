import Foundation
import Testing

@testable import benchmarks

@Suite struct PythonPeerTests {
  /// Starts a peer whose program is a shell script.
  func start(_ script: String) throws -> PythonPeer {
    let file = FileManager.default.temporaryDirectory.appending(
      component: "peer-\(UUID().uuidString).sh")
    try Data(script.utf8).write(to: file)
    let shell = try #require(findProgram("sh"))
    return try PythonPeer(
      "the test", python: shell, program: file, arguments: ["argument"],
      threads: 3)
  }

  struct Reply: Codable, Equatable {
    let seconds: Double
    let theta: [Int]
  }

  let greeting = #"echo '{"versions": ["1.9", "2.4"]}'"#

  @Test func everyLineIsAnswered() throws {
    let reply = #"{"seconds": 0.5, "theta": [%s, 2]}\n"#
    let peer = try start(
      """
      \(greeting)
      while read solver; do printf '\(reply)' $OMP_NUM_THREADS; done
      """)
    #expect(peer.versions == ["1.9", "2.4"])
    // The program's number of threads comes back as the first element.
    let expected = Reply(seconds: 0.5, theta: [3, 2])
    #expect(try peer.ask("one") == expected)
    #expect(try peer.ask("two") == expected)
  }

  @Test func aProgramThatEndsIsMissing() throws {
    #expect(throws: PythonPeer.Missing.self) { try start("exit 1") }
    let peer = try start(greeting)
    #expect(throws: (any Error).self) {
      let _: Reply = try peer.ask("one")
      let _: Reply = try peer.ask("two")
    }
  }

  @Test func anEnvironmentThatWasNotSetUpIsMissing() {
    let error = #expect(throws: PythonPeer.Missing.self) {
      try PythonPeer(
        "JAX", python: URL(fileURLWithPath: "/no/such/python"),
        program: URL(fileURLWithPath: "/dev/null"), arguments: [], threads: 1)
    }
    #expect(
      error?.description == "JAX is missing: run 'make peers' first")
  }
}
