import Foundation
import Matrix
import Optimization
import ProblemSets
import Testing

@testable import benchmarks

@Suite(.serialized) struct ProgramPeerTests {
  /// A shell script in the place of Python: answers with x = (1, 2), y = 1, z = 0.
  let script = #"""
    zero='\000\000\000\000\000\000\000\000'
    one='\000\000\000\000\000\000\360\077'
    two='\000\000\000\000\000\000\000\100'
    echo '{"versions": ["Test 1.2"]}'
    while read request; do
      case "$request" in
      *'"program":0'*) claim=optimal ;;
      *) claim=infeasible ;;
      esac
      echo "{\"claim\": \"$claim\", \"word\": \"so\", \"seconds\": 3}"
      printf "$one$two$one$zero$zero"
    done
    """#

  private func program() throws -> QuadraticProgram {
    try QuadraticProgram(
      hessian: [[2, 1], [1, 3]], gradient: [4, 5],
      subjectTo: [.rows([[6, 7]], atLeast: [8])])
  }

  @Test func `Answers come in bytes`() throws {
    let file = FileManager.default.temporaryDirectory.appending(
      component: "peer-\(UUID().uuidString).sh")
    try Data(script.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let program = try program()
    let peer = try ProgramPeer(
      [program, program], program: file, python: #require(findProgram("sh")))
    #expect(peer.solvers.map(\.library) == ["Test"])
    let answer = try peer.solvers[0].solve(0, program, 1e-6)
    #expect(answer.claim == .optimal)
    #expect(answer.word == "so" && answer.seconds == 3)
    #expect(answer.x == [1, 2])
    #expect(answer.multipliers == [1])
    #expect(answer.boundMultipliers == [0, 0])
    let other = try peer.solvers[0].solve(1, program, 1e-6)
    #expect(other.claim == .infeasible)
  }

  @Test func `Programs are written by columns`() throws {
    let data = ProgramPeer.data(of: [try program()])
    let numbers = data.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
    #expect(
      numbers == [
        1, 2, 1, 2, 1, 1, 3, 6, 7, 4, 5, 8, .infinity, -.infinity, -.infinity,
        .infinity, .infinity,
      ])
  }

  /// The peers that are installed solve what every one of them can, with the
  /// multipliers in our signs.
  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(
        atPath: PythonPeer.python.path)))
  func `Installed peers have the signs of our multipliers`() throws {
    let problem = try #require(
      QuadraticPrograms.constructed.first { $0.name == "with equalities 60" })
    let peer = try ProgramPeer([problem.program])
    for solver in peer.solvers {
      let answer = try solver.solve(0, problem.program, 1e-7)
      #expect(answer.claim == .optimal, "\(solver.name): \(answer.word)")
      let certificate = QuadraticCertificate(
        of: problem.program, at: answer.x, multipliers: answer.multipliers,
        boundMultipliers: answer.boundMultipliers, tolerance: 1e-4)
      #expect(certificate.dualResidual < 1e-4, "\(solver.name)")
      #expect(certificate.primalResidual < 1e-4, "\(solver.name)")
    }
  }
}
