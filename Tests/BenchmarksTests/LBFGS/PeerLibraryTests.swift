import Foundation
import Testing

@testable import benchmarks

@Suite struct PeerLibraryTests {
  /// A folder with a peer that does nothing but arrive.
  let folder = FileManager.default.temporaryDirectory.appending(
    component: "peers-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true)
    let program = """
      const char *peer_settings(void) { return "first,second"; }
      typedef struct { long long k, e; double f, g; } result;
      int peer_minimize(long long n, double *x, int chained, int setting,
                        double tolerance, result *r) {
        r->k = n, r->e = 10 * chained + setting, r->f = x[0], r->g = tolerance;
        return setting;
      }
      """
    try Data(program.utf8).write(to: folder.appending(component: "peer.c"))
  }

  @Test func aPeerIsCompiledAndCalled() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = CompiledPeer.Source(
      name: "test", file: "peer.c", compilers: ["clang", "gcc", "cc"],
      libraries: [], package: "none")
    let peer = try PeerLibrary(
      CompiledPeer(source, from: folder, into: folder))
    #expect(peer.settings == ["first", "second"])
    #expect(
      peer.run(from: [7, 8], setting: 0, tolerance: 0.5)
        == PeerLibrary.Outcome(
          iterations: 2, evaluations: 0, value: 7, gradientNorm: 0.5))
    #expect(
      peer.run(from: [7, 8], isChained: true, setting: 0, tolerance: 0.5)?
        .evaluations == 10)
    #expect(peer.run(from: [7, 8], setting: 1, tolerance: 0.5) == nil)
  }
}
