import Foundation
import Matrix
import ProblemSets
import Testing

@testable import benchmarks

@Suite struct SciPyMinimizerTests {
  /// A shell script in the place of SciPy: asks for f, ∇f and ∇²f at (1, 1) and
  /// comes back with what it was told.
  let script = #"""
    one='\000\000\000\000\000\000\360\077'
    two='\000\000\000\000\000\000\000\100'
    echo '{"versions": ["1"]}'
    read request
    case "$request" in
    *'"method":"CG"'*)
      printf "f$one$one"; f=$(head -c 8 | od -An -tf8 -w8 | tr -d '\n')
      printf "g$two$one"; g=$(head -c 16 | od -An -tf8 -w16 | tr -d '\n')
      printf "h$one$one"; h=$(head -c 32 | od -An -tf8 -w32 | tr -d '\n')
      printf "r$two$one"
      echo "{\"success\": true, \"message\": \"$f$g$h\", \"seconds\": 3}" ;;
    esac
    """#

  @Test func `Questions are answered in bytes`() throws {
    let program = FileManager.default.temporaryDirectory.appending(
      component: "peer-\(UUID().uuidString).sh")
    try Data(script.utf8).write(to: program)
    defer { try? FileManager.default.removeItem(at: program) }
    let peer = try PythonPeer(
      "test", python: try #require(findProgram("sh")), program: program,
      arguments: [], threads: 1)
    let cg = try #require(Minimizer.sciPy(peer).first { $0.method == "CG" })
    #expect(cg.name == "SciPy, CG")
    #expect(cg.derivatives == .first)
    let function = Witness(MoreGarbowHillstrom.rosenbrock.objective)
    let answer = try cg.minimize(
      function, Challenge(MoreGarbowHillstrom.rosenbrock.unconstrained),
      Minimizer.Limits())
    #expect(answer.x.array == [2, 1])
    #expect(answer.claimsSuccess)
    #expect(answer.seconds == 3)
    // f(1, 1) = 0, ∇f(2, 1) = (2402, −600), ∇²f(1, 1) has 802, −400, 200.
    #expect(
      answer.message.split(separator: " ").compactMap { Double($0) }
        == [0, 2402, -600, 802, -400, -400, 200])
    #expect(function.values == 1)
    #expect(function.gradients == 1)
    #expect(function.hessians == 1)
  }
}
