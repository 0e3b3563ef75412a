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
      python: shell, program: file, arguments: ["argument"], threads: 3)
  }

  let greeting = #"echo '{"versions": ["1.9", "2.4"]}'"#

  @Test func everyLineIsAnswered() throws {
    let reply = #"{"seconds": 0.5, "iterations": %s, "theta": [1, 2]}\n"#
    let peer = try start(
      """
      \(greeting)
      while read solver; do printf '\(reply)' $OMP_NUM_THREADS; done
      """)
    #expect(peer.versions == ["1.9", "2.4"])
    let expected = PythonPeer.Reply(seconds: 0.5, iterations: 3, theta: [1, 2])
    #expect(try peer.solve("one") == expected)
    #expect(try peer.solve("two") == expected)
  }

  @Test func aProgramThatEndsIsMissing() throws {
    #expect(throws: PythonPeer.Missing.self) { try start("exit 1") }
    let peer = try start(greeting)
    #expect(throws: (any Error).self) {
      _ = try peer.solve("one")
      _ = try peer.solve("two")
    }
  }

  @Test func anEnvironmentThatWasNotSetUpIsMissing() {
    let error = #expect(throws: PythonPeer.Missing.self) {
      try PythonPeer(
        python: URL(fileURLWithPath: "/no/such/python"),
        program: URL(fileURLWithPath: "/dev/null"), arguments: [], threads: 1)
    }
    #expect(
      error?.description == "scikit-learn is missing: run 'make peers' first")
  }
}
