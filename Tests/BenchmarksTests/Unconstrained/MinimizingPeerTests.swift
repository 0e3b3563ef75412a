import Foundation
import Matrix
import ProblemSets
import Testing

@testable import benchmarks

@Suite struct MinimizingPeerTests {
  /// A peer that takes one Newton step by a diagonal, or gives up.
  static let program = """
    #include <stdio.h>
    #include "objective.h"
    const char *peer_settings(void) { return "step,LN_none"; }
    int peer_minimize(const peer_objective *f, int setting, double *x,
                      char *message) {
      if (setting == 1) {
        snprintf(message, 128, "%lld left in %g ... %g",
                 (long long)f->evaluations, f->lower[1], f->upper[0]);
        return 0;
      }
      double g[2], h[4];
      snprintf(message, 128, "%g", f->value(f->context, x));
      f->gradient(f->context, x, g);
      f->hessian(f->context, x, h);
      for (int i = 0; i < f->n; i++) x[i] -= g[i] / h[3 * i];
      return f->tolerance == 1e-5;
    }
    """

  @Test func `A peer is given function, start and limits`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      component: "peers-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: try CompiledPeer.folder().appending(component: "objective.h"),
      to: folder.appending(component: "objective.h"))
    try Data(Self.program.utf8).write(to: folder.appending(component: "one.c"))
    let source = CompiledPeer.Source(
      name: "one", file: "one.c", compilers: ["clang", "gcc", "cc"],
      libraries: [], package: "none")
    let minimizers = try MinimizingPeer(
      CompiledPeer(source, from: folder, into: folder)
    ).minimizers
    #expect(minimizers.map(\.name) == ["one, step", "one, LN_none"])
    #expect(minimizers.map(\.derivatives) == [.first, .none])

    let problem = Challenge(MoreGarbowHillstrom.rosenbrock.unconstrained)
    let function = Witness(MoreGarbowHillstrom.rosenbrock.objective)
    let step = try minimizers[0].minimize(function, problem, Minimizer.Limits())
    // At (−1.2, 1) f = 24.2, ∇f = (−215.6, −88), and 1330 and 200 are on the
    // diagonal of ∇²f.
    #expect(abs(step.x[0] - (-1.2 + 215.6 / 1330)) < 1e-13)
    #expect(abs(step.x[1] - 1.44) < 1e-13)
    #expect(step.claimsSuccess)
    #expect(step.message == "24.2")
    #expect(function.values == 1)
    #expect(function.gradients == 1)
    #expect(function.hessians == 1)

    let none = try minimizers[1].minimize(function, problem, Minimizer.Limits())
    #expect(none.x == problem.start)
    #expect(!none.claimsSuccess)
    #expect(none.message == "10000 left in -inf ... inf")
  }
}
