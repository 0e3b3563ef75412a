import Foundation
import Matrix
import ProblemSets
import Testing

@testable import benchmarks

@Suite struct SciPySolverTests {
  /// A shell script in the place of SciPy: asks for everything at (1, 1) and comes
  /// back with what it was told.
  let script = #"""
    one='\000\000\000\000\000\000\360\077'
    two='\000\000\000\000\000\000\000\100'
    echo '{"versions": ["1"]}'
    read request
    case "$request" in
    *'"method":"SLSQP"'*)
      printf "f$one$one"; f=$(head -c 8 | od -An -tf8 -w8 | tr -d '\n')
      printf "g$one$one"; g=$(head -c 16 | od -An -tf8 -w16 | tr -d '\n')
      printf "c$two$one"; c=$(head -c 8 | od -An -tf8 -w8 | tr -d '\n')
      printf "j$two$one"; j=$(head -c 16 | od -An -tf8 -w16 | tr -d '\n')
      printf "h$one$one$two$one"; h=$(head -c 32 | od -An -tf8 -w32 | tr -d '\n')
      printf "r$two$one"
      echo "{\"success\": true, \"message\": \"$f$g$c$j$h\", \"seconds\": 3}" ;;
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
    let sequential = try #require(
      NonlinearSolver.sciPy(peer).first { $0.method == "SLSQP" })
    #expect(sequential.name == "SciPy, SLSQP")
    let challenge = NonlinearChallenge(HockSchittkowski.hs12)
    let answer = try sequential.solve(
      NonlinearWitness(challenge.problem()), challenge,
      NonlinearSolver.Limits())
    #expect(answer.x.array == [2, 1])
    #expect(answer.claimsSuccess)
    #expect(answer.seconds == 3)
    // f = ½x₁² + x₂² − x₁x₂ − 7x₁ − 7x₂ is −13.5 at (1, 1), ∇f = (−7, −6);
    // c = 4x₁² + x₂² is 17 at (2, 1), J = (16, 2); 2 ∇²f + ∇²c has 10, −2, 6.
    #expect(
      answer.message.split(separator: " ").compactMap { Double($0) }
        == [-13.5, -7, -6, 17, 16, 2, 10, -2, -2, 6])
  }
}
