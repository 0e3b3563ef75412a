import Foundation
import Testing

@testable import benchmarks

@Suite struct TapePeerTests {
  /// A peer for f = Σ xᵢ, of which every call counts.
  static let program = """
    #include "derivatives.h"
    static int n;
    static double sum(const double *x, double *g) {
      double f = 0;
      for (int i = 0; i < n; i++) f += x[i], g[i] = 1;
      return f;
    }
    void *peer_create(int64_t count, const double *x) {
      n = (int)count;
      return &n;
    }
    void peer_destroy(void *function) {}
    double peer_record(void *f, const double *x, double *g) {
      return sum(x, g);
    }
    double peer_gradient(void *f, const double *x, double *g) {
      return sum(x, g);
    }
    void peer_product(void *f, const double *x, const double *v, double *p) {
      for (int i = 0; i < n; i++) p[i] = v[i];
    }
    """

  @Test func `A peer's functions are called`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      component: "peers-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: try CompiledPeer.folder().appending(component: "derivatives.h"),
      to: folder.appending(component: "derivatives.h"))
    try Data(Self.program.utf8).write(to: folder.appending(component: "sum.c"))
    let source = CompiledPeer.Source(
      name: "sum", file: "sum.c", compilers: ["clang", "gcc", "cc"],
      libraries: [], package: "none")
    let peer = try TapePeer(
      CompiledPeer(source, from: folder, into: folder), 3)
    #expect(
      peer.ways.map(\.derivative)
        == [.gradient, .recording, .first10, .product])
    let gradient = [-1.2 + 1 - 1.2, 1, 1, 1]
    #expect(
      try peer.ways.map { try $0.result() }
        == [gradient, gradient, gradient, [1, 0.5, 1.0 / 3]])
    #expect(try peer.ways.allSatisfy { try $0.seconds(2) > 0 })
  }
}
