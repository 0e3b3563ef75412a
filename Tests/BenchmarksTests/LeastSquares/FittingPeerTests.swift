import Foundation
import ProblemSets
import Testing

@testable import benchmarks

@Suite struct FittingPeerTests {
  /// A peer that returns what it was given: sums of data as parameters.
  static let program = """
    #include "regression.h"
    const char *peer_settings(void) { return "x,y"; }
    int peer_fit(const peer_regression *r, int setting, double *beta,
                 peer_cost *cost) {
      if (r->name[0] != 'N') return 1;
      int64_t p = setting ? 1 : r->predictors;
      const double *data = setting ? r->y : r->x;
      double sum = 0;
      for (int64_t i = 0; i < r->observations * p; i++) sum += data[i];
      cost->iterations = r->parameters;
      cost->residuals = r->observations;
      cost->jacobians = p;
      beta[0] = sum;
      return 0;
    }
    """

  @Test func `A peer is given data and start`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      component: "peers-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: try CompiledPeer.folder().appending(component: "regression.h"),
      to: folder.appending(component: "regression.h"))
    try Data(Self.program.utf8).write(to: folder.appending(component: "sum.c"))
    let source = CompiledPeer.Source(
      name: "sum", file: "sum.c", compilers: ["clang", "gcc", "cc"],
      libraries: [], package: "none")
    let fitters = try FittingPeer(
      CompiledPeer(source, from: folder, into: folder)
    ).fitters
    #expect(fitters.map(\.name) == ["sum, x", "sum, y"])

    let nelson = try NIST.nonlinear("Nelson")
    let fits = try fitters.map { try $0.fit(nelson, 1) }
    let sums = [
      nelson.predictors.joined().reduce(0, +),
      nelson.response.array.reduce(0, +),
    ]
    #expect(fits.map { $0.parameters[0] } == sums)
    let start = nelson.starts[1]
    #expect(
      fits.allSatisfy {
        Array($0.parameters.array[1...]) == Array(start.array[1...])
      })
    #expect(fits.map(\.residuals) == [nelson.count, nelson.count])
    #expect(fits.map(\.jacobians) == [2, 1])

    #expect(throws: FittingPeer.UnknownModel.self) {
      try fitters[0].fit(try NIST.nonlinear("Misra1a"), 0)
    }
  }
}

@Suite struct SciPyTests {
  @Test func `The program is sent regressions and requests`() throws {
    let misra = try NIST.nonlinear("Misra1a")
    let file = try Fitter.file(of: [misra])
    let read = try #require(
      try JSONSerialization.jsonObject(with: file) as? [[String: Any]])
    #expect(read[0]["name"] as? String == "Misra1a")
    #expect(read[0]["response"] as? [Double] == misra.response.array)
    #expect(read[0]["predictors"] as? [[Double]] == misra.predictors)

    // A program that answers one request, if it asks for trf.
    let script = """
      echo '{"versions": ["1"]}'
      read request
      case "$request" in
      *'"method":"trf"'*)
        echo '{"seconds": 2, "parameters": [3, 4], "residuals": 5, \
      "jacobians": 6}' ;;
      esac
      """
    let program = FileManager.default.temporaryDirectory.appending(
      component: "peer-\(UUID().uuidString).sh")
    try Data(script.utf8).write(to: program)
    defer { try? FileManager.default.removeItem(at: program) }
    let peer = try PythonPeer(
      "test", python: try #require(findProgram("sh")), program: program,
      arguments: [], threads: 1)
    let fitters = Fitter.sciPy(peer)
    #expect(
      fitters.map(\.name) == ["SciPy, lm", "SciPy, trf", "SciPy, dogbox"])
    let fit = try fitters[1].fit(misra, 0)
    #expect(fit.seconds == 2)
    #expect(fit.parameters == [3, 4])
    #expect(fit.residuals == 5)
    #expect(fit.jacobians == 6)
    #expect(fit.isVerified == nil)
  }
}
