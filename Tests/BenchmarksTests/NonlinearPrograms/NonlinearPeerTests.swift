import Foundation
import Matrix
import ProblemSets
import Testing

@testable import benchmarks

@Suite struct NonlinearPeerTests {
  /// A peer that says what it sees at the start and comes back from elsewhere.
  static let program = """
    #include <stdio.h>
    #include "program.h"
    const char *peer_settings(void) { return "exact Hessian,other"; }
    int peer_solve(const peer_program *p, int setting, double *x, double *y,
                   double *z, char *message) {
      double g[4], c[4], j[16], h[16], w[2] = {1, 0.5};
      if (setting == 1) {
        snprintf(message, 128, "%g %g %g %g %g %g", p->lower[0], p->upper[3],
                 p->lower_side[0], p->upper_side[0], p->lower_side[1],
                 p->upper_side[1]);
        return 0;
      }
      p->gradient(p->context, x, g);
      p->constraints(p->context, x, c);
      p->jacobian(p->context, x, j);
      p->hessian(p->context, x, 2, w, h);
      snprintf(message, 128, "%lld %lld %g %g %g %g %g %g %g %g",
               (long long)p->n, (long long)p->m, p->value(p->context, x), g[0],
               c[0], c[1], j[0], j[4], h[1], h[4]);
      x[0] = 2;
      y[0] = 3;
      z[3] = -4;
      return 3;
    }
    """

  @Test func `A peer is given the program and gives multipliers`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      component: "peers-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: try CompiledPeer.folder().appending(component: "program.h"),
      to: folder.appending(component: "program.h"))
    try Data(Self.program.utf8).write(to: folder.appending(component: "two.c"))
    let source = CompiledPeer.Source(
      name: "two", file: "two.c", compilers: ["clang", "gcc", "cc"],
      libraries: [], package: "none")
    let solvers = try NonlinearPeer(
      CompiledPeer(source, from: folder, into: folder)
    ).solvers
    #expect(solvers.map(\.name) == ["two, exact Hessian", "two, other"])
    #expect(solvers.map(\.asksForHessians) == [true, false])

    // f = x₁x₄ (x₁ + x₂ + x₃) + x₃ at (1, 5, 5, 1): 16, ∂f/∂x₁ = 12; the product is
    // 25 with ∂/∂x₁ = 25, the sum of squares 52 with ∂/∂x₁ = 2; of ∂²/∂x₁∂x₂ f has
    // 1 and the product 5.
    let challenge = NonlinearChallenge(HockSchittkowski.hs71)
    let witness = NonlinearWitness(challenge.problem())
    let limits = NonlinearSolver.Limits()
    let answer = try solvers[0].solve(witness, challenge, limits)
    #expect(answer.message == "4 2 16 12 25 52 25 2 7 7")
    #expect(answer.x.array == [2, 5, 5, 1])
    #expect(answer.multipliers?.0.array == [3, 0])
    #expect(answer.multipliers?.1.array == [0, 0, 0, -4])
    #expect(answer.claimsSuccess)
    #expect(witness.values == 1)
    #expect(witness.gradients == 1)
    #expect(witness.constraints == 1)
    #expect(witness.jacobians == 1)
    #expect(witness.hessians == 1)

    let none = try solvers[1].solve(witness, challenge, limits)
    #expect(none.message == "1 5 25 inf 40 40")
    #expect(!none.claimsSuccess)
    #expect(none.multipliers == nil)
  }

  /// A linear row comes first and has no second derivatives.
  @Test func `Rows come before functions`() throws {
    // x₁ + x₂ + x₃ = 1, 6x₂ + 4x₃ − x₁³ ≥ 3.
    let witness = NonlinearWitness(HockSchittkowski.hs32.problem)
    let x: Vector<Double> = [2, 1, 3]
    #expect(witness.lower.array == [1, 3])
    #expect(witness.upper.array == [1, .infinity])
    #expect(try witness.constraints(at: x).array == [6, 10])
    #expect(try witness.jacobian(at: x) == [[1, 1, 1], [-12, 6, 4]])
    let h = try witness.hessian(at: x, 0, [7, 2])
    #expect(h == [[-24, 0, 0], [0, 0, 0], [0, 0, 0]])
  }

  /// Ours see the counts too.
  @Test func `What a method of ours evaluates is counted`() throws {
    let challenge = NonlinearChallenge(HockSchittkowski.hs71)
    for solver in NonlinearSolver.ours {
      let witness = NonlinearWitness(challenge.problem())
      _ = try solver.solve(witness, challenge, NonlinearSolver.Limits())
      #expect(witness.values > 1 && witness.gradients > 1)
      #expect(witness.constraints > 1 && witness.jacobians > 1)
      #expect(
        solver.asksForHessians == (witness.hessians > 0), "\(solver.name)")
    }
  }
}
